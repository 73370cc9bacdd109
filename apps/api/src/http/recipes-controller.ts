import { CreateRecipe, CreateRevision, Recipe, RecipeQuery, SignBody } from '@boardwalk/contracts';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { RecipeBook } from '../recipes/recipe-book.ts';
import { RecipeReleases } from '../recipes/recipe-releases.ts';
import { Created } from './created.ts';
import { matching, tagged } from './etag.ts';
import { ListRoute } from './list-route.ts';
import { MayAnswer } from './may-answer.ts';

const Revision = z.coerce.number().int().min(1).max(1_000_000);
const IF_MATCH = { name: 'If-Match', required: false, description: 'ETag of the revision last seen' };
const IF_NONE_MATCH = { name: 'If-None-Match', required: false, description: 'ETag of what is known' };

@ApiTags('recipes')
@ApiBearerAuth()
@Controller('api/v1/recipes')
export class RecipesController {
  constructor(
    private readonly recipes: RecipeBook,
    private readonly releases: RecipeReleases,
  ) {}

  @ApiOperation({ summary: 'Creates a recipe with revision 1. What a revision does never changes.' })
  @Post()
  @Created(Recipe, ({ name, revision }) => ['recipes', name, 'revisions', revision])
  @MayAnswer('recipe-exists', 'ambiguous', 'image-unreadable')
  async createRecipe(
    @Body({ schema: CreateRecipe }) body: CreateRecipe,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Recipe> {
    return tagged(response, await this.recipes.create(body));
  }

  @ApiOperation({ summary: 'Adds a revision; with If-Match only to the one last seen.' })
  @Post(':name/revisions')
  @ApiHeader(IF_MATCH)
  @Created(Recipe, ({ name, revision }) => ['recipes', name, 'revisions', revision])
  @MayAnswer('changed-meanwhile', 'ambiguous', 'image-unreadable')
  async reviseRecipe(
    @Param('name') name: string,
    @Body({ schema: CreateRevision }) body: CreateRevision,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Recipe> {
    return tagged(response, await this.recipes.revise(name, body, matching(request)));
  }

  @ApiOperation({ summary: 'Signs a draft for production; it is released once enough people have.' })
  @Post(':name/revisions/:revision/release')
  @HttpCode(200)
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ standardSchema: Recipe })
  @MayAnswer('wrong-state', 'second-person-needed', 'changed-meanwhile', 'not-your-name')
  async releaseRecipe(
    @Param('name') name: string,
    @Param('revision', { schema: Revision }) revision: number,
    @Body({ schema: SignBody }) body: SignBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Recipe> {
    const recipe = await this.releases.sign({ name, revision }, 'release', body, matching(request));
    return tagged(response, recipe);
  }

  @ApiOperation({ summary: 'Takes a revision out of use; jobs that wait for it are held.' })
  @Post(':name/revisions/:revision/retire')
  @HttpCode(200)
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ standardSchema: Recipe })
  @MayAnswer('wrong-state', 'changed-meanwhile', 'not-your-name')
  async retireRecipe(
    @Param('name') name: string,
    @Param('revision', { schema: Revision }) revision: number,
    @Body({ schema: SignBody }) body: SignBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Recipe> {
    const recipe = await this.releases.sign({ name, revision }, 'retire', body, matching(request));
    return tagged(response, recipe);
  }

  @ApiOperation({ summary: 'Revisions of recipes, the newest first.' })
  @Get()
  @ListRoute(Recipe)
  listRecipes(@Query({ schema: RecipeQuery }) query: RecipeQuery) {
    return this.recipes.list(query);
  }

  @ApiOperation({ summary: 'The latest revision, whatever its state.' })
  @Get(':name')
  @ApiHeader(IF_NONE_MATCH)
  @ApiOkResponse({ standardSchema: Recipe })
  async getLatestRecipe(
    @Param('name') name: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Recipe> {
    return tagged(response, await this.recipes.get(name));
  }

  @ApiOperation({ summary: 'One revision.' })
  @Get(':name/revisions/:revision')
  @ApiHeader(IF_NONE_MATCH)
  @ApiOkResponse({ standardSchema: Recipe })
  async getRecipe(
    @Param('name') name: string,
    @Param('revision', { schema: Revision }) revision: number,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Recipe> {
    return tagged(response, await this.recipes.get(name, revision));
  }
}
