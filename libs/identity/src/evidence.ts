import { type EvidenceGroup, type Finding, hex, hex32 } from '@boardwalk/contracts';
import { IDENTITY_REGISTERS, registerAddress, STM32F1 } from '@boardwalk/series';
import type { Facts } from './facts.ts';

/** One row of the model: when it fires, what it weighs (positive: towards genuine ST) and why. */
export interface EvidenceRow {
  readonly id: string;
  readonly group: EvidenceGroup;
  readonly weight: number;
  readonly reliability: Finding['reliability'];
  readonly when: (facts: Facts) => boolean;
  readonly read: (facts: Facts) => string;
  readonly expected: string;
  readonly why: string;
  readonly source: string;
  /** The names of the series that it is about; absent: the STM32F1. */
  readonly series?: readonly string[];
}

/** Contribution of each group is held within these bounds: one piece of evidence is not counted five times. */
export const GROUP_BOUNDS: Readonly<Record<EvidenceGroup, readonly [min: number, max: number]>> = {
  core: [-6, 5],
  vendor: [-8, 4],
  dbg: [-5, 1],
  mem: [-6, 2],
  uid: [-6, 1],
  rom: [-4, 1],
  periph: [-6, 0],
};

/** Evidence that read protection excuses: genuine protected parts read so too. */
export const EXCUSED_BY_PROTECTION = /^(SIZE|HALF|UID|SYS)_/;

const F103_DEVICES = [0x410, 0x412, 0x414, 0x430];
const F1_DEVICES = STM32F1.lines.map(({ deviceId }) => deviceId);
const F103_LINES = STM32F1.lines.filter(({ deviceId }) => F103_DEVICES.includes(deviceId));
/** REV_ID by DEV_ID. */
const REVISIONS: Readonly<Record<number, readonly number[]>> = Object.fromEntries(
  F103_LINES.map(({ deviceId, revisions }) => [deviceId, revisions]),
);
const SIZES_KIB: Readonly<Record<number, readonly number[]>> = Object.fromEntries(
  F103_LINES.map(({ deviceId, flashSizesKib }) => [deviceId, flashSizesKib]),
);
const BOOT_ROM = Math.min(...F103_LINES.map(({ bootRom }) => bootRom.from));
const FMC_PID = registerAddress(STM32F1, IDENTITY_REGISTERS.gigadevicePid)!;
const ST_BOOT_VECTORS = [0x200001fc, 0x1ffff021, 0x1ffff765, 0x1ffff767];

const PUBLIC_LOGS = 'public debugger logs of measured parts; ARM DDI0337';
const ROM_SOURCE = 'CoreSight ROM table as ST’s own tools check it; public logs';
const register = (pick: (facts: Facts) => number | null) => (facts: Facts) => {
  const value = pick(facts);
  return value === null ? 'not read' : hex32(value);
};
const isSt = ({ designer }: Facts): boolean =>
  designer !== null && designer.jedec && designer.bank === 0 && designer.id === 0x20;
const isArm = ({ designer }: Facts): boolean =>
  designer !== null && designer.jedec && designer.bank === 4 && designer.id === 0x3b;
const designerText = ({ designer }: Facts): string =>
  designer === null
    ? 'not read'
    : `bank ${designer.bank + 1}, id ${hex(designer.id)}, part ${hex(designer.part)}${designer.jedec ? '' : ', no JEDEC code'}`;
const uidText = ({ uidText: text }: Facts): string => text ?? 'not read';
const sizeText = ({ sizeKib }: Facts): string => (sizeKib === null ? 'not read' : `${sizeKib} KiB`);

type Base = Pick<EvidenceRow, 'group' | 'read' | 'expected' | 'source' | 'series'>;
type Rest = [
  id: string,
  weight: number,
  reliability: Finding['reliability'],
  when: EvidenceRow['when'],
  why: string,
];
const rows = (base: Base, ...list: Rest[]): EvidenceRow[] =>
  list.map(([id, weight, reliability, when, why]) => ({ ...base, id, weight, reliability, when, why }));

/** Every row. A new fingerprint is one line here. */
export const EVIDENCE: readonly EvidenceRow[] = [
  ...rows(
    { group: 'core', read: register((f) => f.dpidr), expected: '0x1ba01477', source: PUBLIC_LOGS },
    ['DPIDR_R1', 1, 'A', (f) => f.dpidr === 0x1ba01477, 'the debug port is that of ST’s F103'],
    ['DPIDR_R2', -3, 'A', (f) => f.dpidr === 0x2ba01477, 'a newer debug port than any F103 of ST carries'],
    [
      'DPIDR_ODD',
      -4,
      'B',
      (f) => f.dpidr !== null && ![0x1ba01477, 0x2ba01477].includes(f.dpidr),
      'no F103 answers with this debug port',
    ],
  ),
  ...rows(
    { group: 'core', read: register((f) => f.apIdr), expected: '0x14770011', source: PUBLIC_LOGS },
    ['APIDR_R1', 1, 'A', (f) => f.apIdr === 0x14770011, 'the access port belongs to Cortex-M3 r1'],
    [
      'APIDR_R2',
      -3,
      'A',
      (f) => f.apIdr !== null && f.apIdr >>> 28 > 1,
      'the access port belongs to a newer core',
    ],
  ),
  ...rows(
    { group: 'core', read: register((f) => f.cpuid), expected: '0x411fc231', source: PUBLIC_LOGS },
    ['CPUID_R1P1', 2, 'A', (f) => f.cpuid === 0x411fc231, 'Cortex-M3 r1p1, as in ST’s F103'],
    [
      'CPUID_M3_R2',
      -4,
      'A',
      (f) => f.cpuid === 0x412fc230 || f.cpuid === 0x412fc231,
      'Cortex-M3 r2, which ST never put into an F103',
    ],
    [
      'CPUID_NOT_M3',
      -6,
      'A',
      (f) => f.cpuid !== null && ((f.cpuid >>> 4) & 0xfff) !== 0xc23,
      'the core is no Cortex-M3',
    ],
  ),
  ...rows(
    {
      group: 'core',
      read: (f) => [...f.coreRows].join(', ') || 'no known row',
      expected: 'r1p1',
      source: PUBLIC_LOGS,
    },
    ['COMP_R1P1', 2, 'A', (f) => f.coreRows.has('r1p1'), 'the debug components are those of r1p1'],
    [
      'COMP_OTHER',
      -4,
      'A',
      (f) => f.coreRows.size > 0 && !f.coreRows.has('r1p1'),
      'the debug components are those of a newer core',
    ],
    [
      'CORE_MIXED',
      -4,
      'B',
      (f) => f.cpuid === 0x411fc231 && f.coreRows.size > 0 && !f.coreRows.has('r1p1'),
      'core and components contradict each other',
    ],
  ),
  ...rows(
    {
      group: 'core',
      read: register((f) => f.vtor),
      expected: '0x3fffff80',
      source: 'published measurement of register widths',
    },
    ['VTOR_R2', -4, 'B', (f) => f.vtor === 0xffffff80, 'VTOR is as wide as in r2 and later cores'],
  ),
  ...rows(
    {
      group: 'vendor',
      read: designerText,
      expected: 'bank 1, id 0x20 (STMicroelectronics)',
      source: ROM_SOURCE,
    },
    ['VENDOR_ST', 4, 'A', isSt, 'the ROM table names ST as the designer'],
    ['VENDOR_ARM', -7, 'A', isArm, 'the ROM table was left as ARM delivers it; ST’s parts carry ST’s code'],
    [
      'VENDOR_JEP',
      -8,
      'A',
      (f) => f.designer !== null && f.designer.jedec && !isSt(f) && !isArm(f),
      'the ROM table names another designer than ST',
    ],
    [
      'VENDOR_NONE',
      -7,
      'A',
      (f) => f.designer !== null && !f.designer.jedec,
      'the ROM table carries no legal designer code',
    ],
    [
      'ROMPART_DIFF',
      -1,
      'B',
      (f) => isSt(f) && f.designer!.part !== f.deviceId,
      'the ROM table names another part than the device id',
    ],
  ),
  ...rows(
    {
      group: 'dbg',
      read: register((f) => f.idcode),
      expected: 'DEV_ID 0x410, 0x412, 0x414 or 0x430 with a known revision',
      source: 'RM0008 31.6.1',
    },
    [
      'DEVID_F103',
      1,
      'A',
      (f) => f.deviceId !== null && F103_DEVICES.includes(f.deviceId),
      'the device id is one of the F103 lines',
    ],
    [
      'DEVID_ODD',
      -4,
      'A',
      (f) => f.deviceId !== null && f.idcode !== 0 && !F1_DEVICES.includes(f.deviceId),
      'the device id belongs to no F1',
    ],
    ['IDCODE_ZERO', -3, 'B', (f) => f.idcode === 0, 'the device id reads as zero'],
    [
      'IDNIB_ZERO',
      -3,
      'B',
      (f) =>
        f.idcode !== null &&
        f.idcode !== 0 &&
        ((f.idcode >>> 12) & 15) === 0 &&
        F1_DEVICES.includes(f.idcode & 0xfff),
      'bits 15:12 of the device id are 6 on ST’s parts',
    ],
    [
      'REV_UNKNOWN',
      -2,
      'B',
      (f) =>
        f.deviceId !== null &&
        REVISIONS[f.deviceId] !== undefined &&
        !REVISIONS[f.deviceId]!.includes(f.revision!),
      'ST published no such revision',
    ],
    [
      'REV_GD',
      -3,
      'B',
      (f) => f.revision !== null && [0x13, 0x17, 0x19].includes(f.revision >>> 8),
      'the revision is one that GigaDevice uses',
    ],
  ),
  ...rows(
    {
      group: 'mem',
      read: sizeText,
      expected: 'the size ordered, legal for the device id',
      source: 'DS5319; RM0008 30.1',
    },
    [
      'SIZE_OK',
      1,
      'B',
      (f) => f.sizeKib !== null && f.sizeKib === f.expectation.flashSizeKib,
      'the flash size is the one ordered',
    ],
    [
      'SIZE_DIFF',
      -2,
      'B',
      (f) =>
        f.expectation.flashSizeKib !== undefined &&
        f.sizeKib !== null &&
        f.sizeKib !== f.expectation.flashSizeKib,
      'the flash size is not the one ordered',
    ],
    [
      'SIZE_ILLEGAL',
      -3,
      'A',
      (f) =>
        f.deviceId !== null &&
        f.sizeKib !== null &&
        SIZES_KIB[f.deviceId] !== undefined &&
        !SIZES_KIB[f.deviceId]!.includes(f.sizeKib),
      'no part with this device id has that much flash',
    ],
  ),
  ...rows(
    {
      group: 'mem',
      read: (f) => (f.sizeHigh === null ? 'not read' : hex(f.sizeHigh)),
      expected: '0xffff',
      source: 'two published signature dumps',
    },
    ['HALF_FFFF', 1, 'B', (f) => f.sizeHigh === 0xffff, 'the half-word beside the flash size is blank'],
    [
      'HALF_SRAM',
      -2,
      'B',
      (f) => f.sizeHigh !== null && f.sizeHigh > 0 && f.sizeHigh <= 256,
      'the half-word beside the flash size holds an SRAM size, as GigaDevice’s parts do',
    ],
  ),
  ...rows(
    {
      group: 'uid',
      read: uidText,
      expected: 'first byte 06 or 05',
      source: 'unique ids published of genuine parts',
    },
    [
      'UID_SHAPE',
      1,
      'C',
      (f) => f.uid !== null && [5, 6].includes(f.uid[0]! >>> 24),
      'the unique id has the usual shape',
    ],
    [
      'UID_BLANK',
      -3,
      'B',
      (f) =>
        f.readUnderReset &&
        f.uid !== null &&
        (f.uid.every((w) => w === 0xffffffff) || f.uid.every((w) => w === 0)),
      'the unique id is blank',
    ],
    [
      'UID_CH32',
      -5,
      'B',
      (f) => f.uid !== null && (f.uid[0]! & 0xffff) === 0xabcd && f.uid[2]! >>> 16 === 0x2000,
      'the unique id has the pattern of a CH32F103',
    ],
    [
      'UID_AIR32',
      -5,
      'B',
      (f) => f.uid !== null && [0x1a5a5, 0x1a6a5, 0x1a8a6, 0x1a9a6].includes(f.uid[0]! >>> 12),
      'the unique id has the pattern of an AIR32/MH2103',
    ],
  ),
  ...rows(
    {
      group: 'rom',
      read: (f) => f.vectors?.map(hex32).join(' ') ?? 'not read',
      expected: ST_BOOT_VECTORS.map(hex32).join(' '),
      source: 'published listing of the boot ROM',
    },
    [
      'SYS_VECT_ST',
      1,
      'B',
      (f) =>
        f.deviceId === 0x410 && f.vectors !== null && f.vectors.every((w, i) => w === ST_BOOT_VECTORS[i]),
      'the boot ROM begins as ST’s',
    ],
    [
      'SYS_BLANK',
      -4,
      'A',
      (f) => f.vectors !== null && f.vectors.every((w) => w === 0xffffffff),
      'the boot ROM is blank',
    ],
    [
      'SYS_OUTSIDE',
      -3,
      'C',
      (f) =>
        f.deviceId !== 0x430 &&
        f.vectors !== null &&
        f.vectors[1] !== 0xffffffff &&
        (f.vectors[1]! < BOOT_ROM || f.vectors[1]! >= STM32F1.options.base),
      'the boot ROM starts outside its place',
    ],
    [
      'SYS_OTHER',
      -1,
      'C',
      (f) => f.deviceId === 0x410 && f.vectors !== null && f.vectors.some((w, i) => w !== ST_BOOT_VECTORS[i]),
      'the boot ROM begins otherwise than ST’s',
    ],
  ),
  ...rows(
    {
      group: 'periph',
      read: register((f) => f.fmcPid),
      expected: '0x00000000',
      source: 'GigaDevice user manual; public logs',
    },
    [
      'FMC_PID',
      -6,
      'A',
      (f) => f.fmcPid !== null && (f.fmcPid & 0xff) === 0x33,
      `a GigaDevice product id answers at ${hex32(FMC_PID)}`,
    ],
  ),
  ...rows(
    {
      group: 'periph',
      read: register((f) => f.ahbenr),
      expected: 'bits 3 and 12 stay zero',
      source: 'published register comparison',
    },
    [
      'AHB_BIT3',
      -5,
      'B',
      (f) => f.ahbenr !== null && (f.ahbenr & 8) !== 0,
      'RCC_AHBENR bit 3 sticks, as on an APM32',
    ],
    [
      'AHB_BIT12',
      -5,
      'B',
      (f) => f.deviceId !== 0x418 && f.ahbenr !== null && (f.ahbenr & 0x1000) !== 0,
      'RCC_AHBENR bit 12 sticks, as on a CH32',
    ],
  ),
  ...rows(
    { group: 'periph', read: register((f) => f.flashCr), expected: '0x00000080', source: 'PM0075 3.5' },
    [
      'FLASHCR_ODD',
      -3,
      'B',
      (f) => f.readUnderReset && f.flashCr !== null && f.flashCr !== 0x80,
      'FLASH_CR does not read its reset value',
    ],
  ),
  ...rows(
    {
      group: 'periph',
      read: (f) => String(f.priorityBits ?? 'not read'),
      expected: '4',
      source: 'PM0056; vendor header',
    },
    [
      'PRIO_BITS',
      -4,
      'B',
      (f) => f.priorityBits !== null && f.priorityBits !== 4,
      'the interrupt controller has another number of priority bits',
    ],
  ),
];

/** The rows about a series; none: no model of evidence exists for it. */
export function evidenceFor(series: string): readonly EvidenceRow[] {
  return EVIDENCE.filter(({ series: about = [STM32F1.name] }) => about.includes(series));
}
