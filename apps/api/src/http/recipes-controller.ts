import {
  CreateRecipe,
  CreateRevision,
  CreateWorkOrder,
  listOf,
  Recipe,
  WorkOrder,
} from '@boardwalk/contracts';
import { Body, Controller, Get, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { RecipeBook } from '../recipes/recipe-book.ts';
import { WorkOrders } from '../recipes/work-orders.ts';

@ApiTags('recipes')
@ApiBearerAuth()
@Controller('api/v1/recipes')
export class RecipesController {
  constructor(private readonly recipes: RecipeBook) {}

  @Post()
  @ApiCreatedResponse({ standardSchema: Recipe })
  create(@Body({ schema: CreateRecipe }) body: CreateRecipe): Promise<Recipe> {
    return this.recipes.create(body);
  }

  @Post(':name/revisions')
  @ApiCreatedResponse({ standardSchema: Recipe })
  revise(
    @Param('name') name: string,
    @Body({ schema: CreateRevision }) body: CreateRevision,
  ): Promise<Recipe> {
    return this.recipes.revise(name, body);
  }

  @Get()
  @ApiOkResponse({ standardSchema: listOf(Recipe) })
  async list() {
    return { data: await this.recipes.list(), nextCursor: null };
  }

  @Get(':name')
  @ApiOkResponse({ standardSchema: Recipe })
  latest(@Param('name') name: string): Promise<Recipe> {
    return this.recipes.get(name);
  }

  @Get(':name/revisions/:revision')
  @ApiOkResponse({ standardSchema: Recipe })
  get(@Param('name') name: string, @Param('revision', ParseIntPipe) revision: number): Promise<Recipe> {
    return this.recipes.get(name, revision);
  }
}

@ApiTags('work orders')
@ApiBearerAuth()
@Controller('api/v1/work-orders')
export class WorkOrdersController {
  constructor(private readonly orders: WorkOrders) {}

  @Post()
  @ApiCreatedResponse({ standardSchema: WorkOrder })
  create(@Body({ schema: CreateWorkOrder }) body: CreateWorkOrder): Promise<WorkOrder> {
    return this.orders.create(body);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: WorkOrder })
  get(@Param('id') id: string): Promise<WorkOrder> {
    return this.orders.get(id);
  }
}
