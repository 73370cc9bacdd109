import { SetMetadata } from '@nestjs/common';
import type { PROBLEM_TYPES } from './problem-types.ts';

/** A problem code that the documents know. */
export type ProblemCode = keyof typeof PROBLEM_TYPES;

export const MAY_ANSWER = 'boardwalk:may-answer';

/** The problems that a route may answer, beside those that every route of its kind may. */
export const MayAnswer = (...codes: ProblemCode[]): MethodDecorator => SetMetadata(MAY_ANSWER, codes);
