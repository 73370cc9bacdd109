import type { Recipe } from '@boardwalk/contracts';
import { Controller, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RecipeBook } from '../recipes/recipe-book.ts';
import { RecipeReleases } from '../recipes/recipe-releases.ts';
import { RECIPES } from '../routes/recipes.ts';
import type { TakenBy } from '../routes/row.ts';
import { matching, tagged } from './etag.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class RecipesController {
  constructor(
    private readonly recipes: RecipeBook,
    private readonly releases: RecipeReleases,
  ) {}

  @Route(RECIPES.createRecipe)
  async createRecipe(
    @Taken() { body }: TakenBy<typeof RECIPES.createRecipe>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Recipe> {
    return tagged(response, await this.recipes.create(body));
  }

  @Route(RECIPES.reviseRecipe)
  async reviseRecipe(
    @Taken() { params, body }: TakenBy<typeof RECIPES.reviseRecipe>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Recipe> {
    return tagged(response, await this.recipes.revise(params.name, body, matching(request)));
  }

  @Route(RECIPES.releaseRecipe)
  async releaseRecipe(
    @Taken() { params, body }: TakenBy<typeof RECIPES.releaseRecipe>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Recipe> {
    return tagged(response, await this.releases.sign(params, 'release', body, matching(request)));
  }

  @Route(RECIPES.retireRecipe)
  async retireRecipe(
    @Taken() { params, body }: TakenBy<typeof RECIPES.retireRecipe>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Recipe> {
    return tagged(response, await this.releases.sign(params, 'retire', body, matching(request)));
  }

  @Route(RECIPES.listRecipes)
  listRecipes(@Taken() { query }: TakenBy<typeof RECIPES.listRecipes>) {
    return this.recipes.list(query);
  }

  @Route(RECIPES.getLatestRecipe)
  async getLatestRecipe(
    @Taken() { params }: TakenBy<typeof RECIPES.getLatestRecipe>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Recipe> {
    return tagged(response, await this.recipes.get(params.name));
  }

  @Route(RECIPES.getRecipe)
  async getRecipe(
    @Taken() { params }: TakenBy<typeof RECIPES.getRecipe>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Recipe> {
    return tagged(response, await this.recipes.get(params.name, params.revision));
  }
}
