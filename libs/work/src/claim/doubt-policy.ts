import type { OnRecordDoubt } from '@boardwalk/contracts';

/** What a doubt about records leads to: the board waits for a person, it runs with a finding, or its unit ends. */
export type DoubtPolicy = OnRecordDoubt;

/** Where no recipe says: production waits for a person, a trial goes on and the record says so. */
export function doubtPolicyOf(
  stated: DoubtPolicy | null,
  { ordered, released }: { readonly ordered: boolean; readonly released: boolean },
): DoubtPolicy {
  return stated ?? (ordered || released ? 'hold' : 'accept');
}
