import { hex32 } from '@boardwalk/contracts';
import { STM32F1 } from '@boardwalk/series';
import type { Facts } from '../facts.ts';
import { is, rows, type EvidenceRow } from './row.ts';

/** The only boot ROM that is published: medium density, V2.2. */
const ST_VECTORS = [0x200001fc, 0x1ffff021, 0x1ffff765, 0x1ffff767];
const FROM = Math.min(...STM32F1.lines.map(({ bootRom }) => bootRom.from));
const TO = STM32F1.options.base;

/** XL density and the connectivity line have a boot ROM that begins earlier: the words read are not its first (AN2606). */
const LARGE_ROM_DEVICES = [0x430, 0x418];

const isMedium = ({ deviceId, vectors }: Facts): boolean => deviceId === 0x410 && vectors !== null;
const isStRom = ({ vectors }: Facts): boolean => ST_VECTORS.every((word, i) => vectors![i] === word);
const isBlankRom = ({ deviceId, vectors }: Facts): boolean =>
  !is(deviceId, ...LARGE_ROM_DEVICES) && vectors !== null && vectors.every((word) => word === 0xffffffff);

function isOutside(f: Facts): boolean {
  if (f.vectors === null || isBlankRom(f) || is(f.deviceId, ...LARGE_ROM_DEVICES)) return false;
  return f.vectors[1]! < FROM || f.vectors[1]! >= TO;
}

/** The boot ROM's first words. Clones copy them, and a bad read changes them: they never decide. */
export const BOOT_ROM_EVIDENCE: readonly EvidenceRow[] = rows(
  {
    ...{ group: 'rom', read: (f) => f.vectors?.map(hex32).join(' ') ?? 'not read' },
    ...{
      expected: ST_VECTORS.map(hex32).join(' '),
      source: 'published listing of the boot ROM',
      cites: ['bootListing', 'bootNote'],
    },
  },
  ['SYS_VECT_ST', [1, 'B', 'supports'], (f) => isMedium(f) && isStRom(f), 'the boot ROM begins as ST’s'],
  ['SYS_BLANK', [-4, 'A', 'odd'], isBlankRom, 'the boot ROM is blank'],
  ['SYS_OUTSIDE', [-3, 'C', 'odd'], isOutside, 'the boot ROM starts outside its place'],
  [
    'SYS_OTHER',
    [-1, 'C', 'odd'],
    (f) => isMedium(f) && !isStRom(f),
    'the boot ROM begins otherwise than ST’s',
  ],
);
