import type { Verdict } from '@boardwalk/contracts';
import type { Expectation } from '../expectation.ts';

type Outcome = readonly [verdict: Verdict, resembles: string | null];
/** `hot`: the core runs, so nothing is written to it. `protected`: read protection, core halted at reset. */
export type Mode = 'reset' | 'normal' | 'hot' | 'protected' | 'hot and protected';

/** A board, what is to be said of it, and the section of the two sheets of published fingerprints that says so. */
export interface Expected {
  readonly board: string;
  readonly order?: Expectation;
  readonly genuine: boolean;
  readonly outcome: Outcome;
  readonly from: string;
  /** The modes in which less is said, and why: a miss, explained. */
  readonly misses?: { readonly [mode in Mode]?: Outcome };
  readonly why?: string;
}

const CONSISTENT: Outcome = ['consistent', null];
const UNIDENTIFIED: Outcome = ['differs', null];
const INSUFFICIENT: Outcome = ['insufficient', null];

const genuine = (board: string, from: string, order?: Expectation): Expected => ({
  ...{ board, from, genuine: true, outcome: CONSISTENT },
  ...(order && { order }),
});
const line = (board: string, from: string, outcome: Outcome, order?: Expectation): Expected => ({
  ...{ board, from, genuine: true, outcome },
  ...(order && { order }),
});
const other = (
  board: string,
  from: string,
  resembles: string | null,
  more?: Partial<Expected>,
): Expected => ({
  ...{ board, from, genuine: false, outcome: ['differs', resembles] },
  ...more,
});

const NO_WIDTHS = { hot: UNIDENTIFIED, 'hot and protected': UNIDENTIFIED } as const;

/** Genuine parts of every density and revision, and states in which genuine parts look odd. */
const GENUINE: readonly Expected[] = [
  genuine('f103c8', 'sheet 1 §2.1, §2.3; §7: a hidden 64 KiB is typical of genuine parts', {
    flashSizeKib: 64,
  }),
  genuine('f103cb', 'sheet 1 §2.1, §2.2', { deviceIds: [0x410], package: 'LQFP48' }),
  genuine('f103c6', 'sheet 1 §2.1; sheet 2 §4, C6T7A'),
  genuine('f103c4', 'sheet 1 §2.1'),
  genuine('f103rc', 'sheet 1 §2.1', { pins: 64, flashSizeKib: 256 }),
  genuine('f103re', 'sheet 1 §2.1'),
  genuine('f103rg', 'sheet 1 §2.1; sheet 2 §4, ZG: core r1p1 as far as the board has it'),
  genuine('f103cb-rev-a', 'sheet 1 §2.1, REV_ID 0000'),
  genuine('f103cb-rev-z', 'sheet 2 §4, MD revision Z'),
  genuine('f103c8-2008', 'sheet 1 §2.3 and §11: an old part has the SRAM size in the upper half'),
  genuine('f103ze-rev-z', 'sheet 1 §2.1, 10016414'),
  genuine('f103vd', 'sheet 1 §2.1'),
  genuine('f103c8+uid=066fff485351885087174728', 'sheet 1 §6: one id on two boards is the record’s doubt'),
  genuine('f103cb+nosense', 'sheet 1 §11: a reading of 0 V is the probe’s'),
];

/** ST's silicon of another line: named, and never "an unidentified family". */
const OTHER_LINES: readonly Expected[] = [
  line('f105rc', 'sheet 2 §4, F105; sheet 1 gate G4', UNIDENTIFIED),
  line('f107vc', 'sheet 2 §4, F107', UNIDENTIFIED),
  line('f100rb', 'sheet 2 §4, F100; sheet 1 §2.1, value line', UNIDENTIFIED),
  line('f100ze', 'sheet 2 §4, F100', UNIDENTIFIED, { deviceIds: [0x414] }),
  line('f105rc', 'sheet 2 §4: named where it was ordered', CONSISTENT, { deviceIds: [0x418] }),
  line('f303cc', 'sheet 1 §0.3: 2BA01477 is normal on other series', INSUFFICIENT),
  line('f303cc', 'sheet 1 gate G4', UNIDENTIFIED, { deviceIds: [0x410] }),
  line('f030c8', 'sheet 1 §11, genuine F0', INSUFFICIENT),
];

const SIZE_HIDDEN = { protected: CONSISTENT, 'hot and protected': CONSISTENT } as const;

/** ST's silicon that is not the part ordered. */
const RELABELLED: readonly Expected[] = [
  other('relabelled-c6', 'sheet 1 §5 and §7: C6 sold as C8', null, { order: { flashSizeKib: 64 } }),
  other('f103c8', 'sheet 1 §12, SIZE_DIFF; sheet 2 §6 rule 4: C8 sold as CB', null, {
    ...{ order: { flashSizeKib: 128 }, misses: SIZE_HIDDEN },
    why: 'protection hides the size, and everything else of a C8 is that of a CB',
  }),
  other('f103re', 'sheet 1 §2.1 and §7: no 48-pin part has 0x414', null, { order: { package: 'LQFP48' } }),
  // A C8 of ST that declares 128 KiB is a CB or an exception (grade C): it is not accused.
  genuine('f103cb', 'sheet 1 §7: declares 128 KiB with r1p1 and ST’s name, grade C', { flashSizeKib: 64 }),
];

/** Parts of other makers, and parts of nobody known. */
const OTHERS: readonly Expected[] = [
  other('cks32', 'sheet 2 §1 and §6 rule 1: ARM’s default ids name no family', null),
  other('cks32-one-uid', 'sheet 1 §6; sheet 2 §6 rule 1', null),
  other('cs32-64', 'sheet 1 §7; sheet 2 §6 rule 1', null, { order: { flashSizeKib: 64 } }),
  other('cs32-no-size', 'sheet 2 §3, CS32: flash 0', null),
  other('apm32', 'sheet 1 §5, AHBENR bit 3; sheet 2 §6 rule 1', 'APM32F103', {
    ...{ misses: NO_WIDTHS, why: 'RCC_AHBENR is only written to a halted core; attach under reset' },
  }),
  other('apm32-c8', 'sheet 1 §5, AHBENR bit 3', 'APM32F103', {
    ...{ misses: NO_WIDTHS, why: 'RCC_AHBENR is only written to a halted core; attach under reset' },
  }),
  other('gd32', 'sheet 1 §4 and §5, GD32F103CB; sheet 2 §1, REV 1303', 'GD32F1'),
  other('gd32-c8', 'sheet 1 §4 and §5', 'GD32F1'),
  other('gd32-ve', 'sheet 1 §5, HD 13090414 and product id', 'GD32F1'),
  other('gd32f303', 'sheet 2 §1, GigaDevice with a Cortex-M4, and §6 rule 2', 'GD32F3/E10x/C10x'),
  other('ch32', 'sheet 1 §5 and §6; sheet 2 §1, FLOCK', 'CH32F103'),
  other('ch32-no-size', 'sheet 1 §5, size 0000; sheet 2 §3, second id', 'CH32F103'),
  other('hk32', 'sheet 1 §4, HK32F103', 'HK32F103'),
  other('lot-991ka', 'sheet 2 §1: a marking is no family', null),
  other('claims-414', 'sheet 1 §5, unattributed 10010414', null),
  other('mh2103', 'sheet 1 §5 and §6: id and priority bits', 'MH2103/AIR32F103'),
  other('air32-cc', 'sheet 1 §6, 1A5A5CCx; sheet 2 §3', 'MH2103/AIR32F103'),
  other('at32f403a', 'sheet 2 §1: the series in IDCODE', 'AT32F4'),
  other('n32g455', 'sheet 2 §1 and §3, N32', null),
  other('fmd', 'sheet 1 §4, FMD (grade C); sheet 2 §8', null),
  other('mm32', 'sheet 1 §5, no published fingerprint: by the core of the board only', null),
  other('blank-rom', 'sheet 1 §4; sheet 2 §1: names no family', null),
  other('spoofed-st', 'sheet 1 §4, spoofed ST table; sheet 2 §6 rule 4', null),
  other('low-density-lock', 'sheet 1 §5, LOCK reads 0: the core and ROM table are invented', null),
  other('m4-no-fpu', 'sheet 1 §5; sheet 2 §3 and §8: unidentified', null),
];

export const EXPECTED: readonly Expected[] = [...GENUINE, ...OTHER_LINES, ...RELABELLED, ...OTHERS];
