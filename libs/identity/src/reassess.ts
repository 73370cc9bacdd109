import type { Assessment, Identity, Reassessed } from '@boardwalk/contracts';
import { assess } from './assess.ts';
import type { Expectation } from './expectation.ts';

/** The rules of before records said their version. */
const FIRST_VERSION = 1;

/** Judges a stored identity again by the present rules. The record keeps what was said at the time. */
export function reassess(
  identity: Identity,
  expectation: Expectation,
  stored: Assessment,
): Pick<Reassessed, 'was' | 'now' | 'changed'> {
  const now = assess(identity, expectation);
  const { verdict, resembles, modelVersion = FIRST_VERSION } = stored;
  const changed = verdict !== now.verdict || resembles !== now.resembles;
  return { was: { verdict, resembles, modelVersion }, now, changed };
}
