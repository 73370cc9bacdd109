import type { Verdict } from '@boardwalk/contracts';
import { isOtherLine } from './evidence/device-id.ts';
import { isF103Ordered } from './expectation.ts';
import type { Facts } from './facts.ts';
import type { Fired } from './findings.ts';
import { F103_DEVICES } from './lines.ts';
import { isRelabelled } from './modifiers.ts';
import { isContradiction, isRed, isSignatureTrap, missingReads } from './verdict.ts';

/** What the findings come to, in one sentence: never that a chip is genuine, never an accusation. */
export function summaryOf(
  verdict: Verdict,
  resembles: string | null,
  facts: Facts,
  fired: readonly Fired[],
  modifiers: readonly string[],
): string {
  const more = modifiers.length > 0 ? ` (${modifiers.join('; ')})` : '';
  if (verdict === 'consistent') return `Consistent with a genuine ST part${lineName(facts)}${more}.`;
  if (verdict === 'differs') return `${difference(resembles, facts, fired)}${more}.`;
  return insufficiency(facts, fired, more);
}

/** The line, where it is not one of the F103: it was ordered so. */
function lineName({ line, deviceId, expectation }: Facts): string {
  const isOrdered = deviceId !== null && (expectation.deviceIds ?? []).includes(deviceId);
  const named = line !== null && isOrdered && !F103_DEVICES.includes(deviceId);
  return named ? `, ${line.name}` : '';
}

function difference(resembles: string | null, facts: Facts, fired: readonly Fired[]): string {
  if (isOtherLine(facts) && !isContradiction(facts, fired))
    return `Differs from the part expected: ST silicon, but ${facts.line!.name} and not ${expectedPart(facts)}`;
  if (isRelabelled(facts, fired) && resembles === null) return 'Differs from the part ordered';
  const family = resembles === null ? 'the family is unidentified' : `reports itself as ${resembles}`;
  return `Differs from a genuine ST part: ${family}`;
}

function expectedPart({ expectation }: Facts): string {
  return expectation.deviceIds === undefined || isF103Ordered(expectation) ? 'an F103' : 'the part ordered';
}

function insufficiency(facts: Facts, fired: readonly Fired[], more: string): string {
  const missing = missingReads(facts);
  if (missing.length > 0)
    return `Too little could be read to conclude anything: ${missing.join(', ')}${more}. Read it again under reset.`;
  if (isSignatureTrap(facts)) return `The signature reads blank${more}; read it again with reset held.`;
  const odd = fired.find(isRed);
  if (!odd) return `Not enough evidence either way${more}.`;
  const { finding } = odd;
  const others = fired.filter(isRed).length > 1 ? ' and other reads are unusual too' : '';
  return `Not enough evidence either way: ${finding.why} (read ${finding.read})${others}${more}. Read it again under reset, with another probe if it stays.`;
}
