import { isGigaDevice, isHk32 } from './designer.ts';
import { isArtery } from './evidence/device-id.ts';
import { isApm32Clock, isCh32Clock, isFlock, isProductId, isThreeBits } from './evidence/peripherals.ts';
import { isAir32Uid, isCh32Uid } from './evidence/unique-id.ts';
import type { Facts } from './facts.ts';

interface FamilyRow {
  readonly family: (facts: Facts) => string;
  /** Reads that this family alone shows; one is enough. */
  readonly when: readonly ((facts: Facts) => boolean)[];
  readonly source: string;
}

/** The core says which branch of the maker it is. */
function gigaDeviceBranch({ core }: Facts): string {
  return core === 'M3' ? 'GD32F1' : core === 'M4' ? 'GD32F3/E10x/C10x' : 'GD32';
}

/**
 * Families by what each alone shows. No row for the CKS32, FMD, MM32, N32 and others: ARM's default ids, ids that were never
 * programmed, a listed ETM, revision 0x2000 and a marking are each shown by several makers' parts.
 */
const FAMILIES: readonly FamilyRow[] = [
  {
    family: gigaDeviceBranch,
    when: [(f) => isGigaDevice(f.designer), isProductId],
    source: 'GigaDevice user manual; Black Magic’s rule for the core',
  },
  { family: () => 'AT32F4', when: [isArtery], source: 'OpenOCD’s driver; Black Magic' },
  { family: () => 'HK32F103', when: [(f) => isHk32(f.designer)], source: 'measurement of a marked part' },
  {
    family: () => 'CH32F103',
    when: [isCh32Uid, isFlock, isCh32Clock],
    source: 'Black Magic’s driver; two published unique ids; register comparison',
  },
  { family: () => 'APM32F103', when: [isApm32Clock], source: 'published register comparison' },
  {
    family: () => 'MH2103/AIR32F103',
    when: [isAir32Uid, isThreeBits],
    source: 'vendor header; readme of its makers’ library',
  },
];

/** The family whose fingerprint an identity shows; null where it shows none, or those of two. */
export function resembledFamily(facts: Facts): string | null {
  const shown = FAMILIES.filter(({ when }) => when.some((shows) => shows(facts)));
  return shown.length === 1 ? shown[0]!.family(facts) : null;
}
