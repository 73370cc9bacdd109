import type { PROBLEM_TYPES } from '../problems/problem-types.ts';

/** A problem code that the documents know. */
export type ProblemCode = keyof typeof PROBLEM_TYPES;

/** The codes of a route that stores something although the storage is not ready, see the storage watch. */
export const STORAGE_CODES = [
  'disk-full',
  'data-read-only',
  'data-gone',
  'database-locked',
  'database-damaged',
  'disk-failing',
] as const satisfies readonly ProblemCode[];
