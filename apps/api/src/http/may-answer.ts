import { ApiExtension } from '@nestjs/swagger';
import type { PROBLEM_TYPES } from '../problems/problem-types.ts';

/** A problem code that the documents know. */
export type ProblemCode = keyof typeof PROBLEM_TYPES;

/** What refuses what would have to be stored, see the storage watch. */
export const STORAGE_CODES = [
  'disk-full',
  'data-read-only',
  'data-gone',
  'database-locked',
  'database-damaged',
  'disk-failing',
] as const satisfies readonly ProblemCode[];

export const MAY_ANSWER = 'x-may-answer';

/** The problems that a route may answer, beside those that every route of its kind may. */
export const MayAnswer = (...codes: ProblemCode[]): MethodDecorator => ApiExtension(MAY_ANSWER, codes);
