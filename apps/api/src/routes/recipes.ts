import { CreateRecipe, CreateRevision, Recipe, RecipeQuery, SignBody } from '@boardwalk/contracts';
import { z } from 'zod';
import { listed, made, one } from './answer.ts';
import { resource } from './row.ts';

const RevisionPath = z.object({
  name: z.string(),
  revision: z.coerce.number().int().min(1).max(1_000_000),
});
const IF_MATCH = { name: 'If-Match', description: 'ETag of the revision last seen' };
const IF_NONE_MATCH = { name: 'If-None-Match', description: 'ETag of what is known' };
const madeRevision = made(Recipe, ({ name, revision }) => ['recipes', name, 'revisions', revision]);

export const RECIPES = resource('recipes', {
  createRecipe: {
    method: 'POST',
    path: '/api/v1/recipes',
    summary: 'Creates a recipe with revision 1. What a revision does never changes.',
    may: 'write-recipes',
    body: CreateRecipe,
    answers: madeRevision,
    refuses: ['recipe-exists', 'ambiguous', 'image-unreadable'],
  },
  reviseRecipe: {
    method: 'POST',
    path: '/api/v1/recipes/:name/revisions',
    summary: 'Adds a revision; with If-Match only to the one last seen.',
    may: 'write-recipes',
    headers: [IF_MATCH],
    body: CreateRevision,
    answers: madeRevision,
    refuses: ['changed-meanwhile', 'ambiguous', 'image-unreadable'],
  },
  listRecipes: {
    method: 'GET',
    path: '/api/v1/recipes',
    summary: 'Revisions of recipes, the newest first.',
    may: 'look',
    query: RecipeQuery,
    answers: listed(Recipe),
  },
  getLatestRecipe: {
    method: 'GET',
    path: '/api/v1/recipes/:name',
    summary: 'The latest revision, whatever its state.',
    may: 'look',
    headers: [IF_NONE_MATCH],
    answers: one(Recipe),
  },
  getRecipe: {
    method: 'GET',
    path: '/api/v1/recipes/:name/revisions/:revision',
    summary: 'One revision.',
    may: 'look',
    params: RevisionPath,
    headers: [IF_NONE_MATCH],
    answers: one(Recipe),
  },
  releaseRecipe: {
    method: 'POST',
    path: '/api/v1/recipes/:name/revisions/:revision/release',
    summary: 'Signs a draft for production; it is released once enough people have.',
    may: 'release-recipes',
    params: RevisionPath,
    headers: [IF_MATCH],
    body: SignBody,
    answers: one(Recipe),
    refuses: ['wrong-state', 'second-person-needed', 'changed-meanwhile', 'not-your-name'],
  },
  retireRecipe: {
    method: 'POST',
    path: '/api/v1/recipes/:name/revisions/:revision/retire',
    summary: 'Takes a revision out of use; jobs that wait for it are held.',
    may: 'release-recipes',
    params: RevisionPath,
    headers: [IF_MATCH],
    body: SignBody,
    answers: one(Recipe),
    refuses: ['wrong-state', 'changed-meanwhile', 'not-your-name'],
  },
});
