import { deviceIdOf, LINES, partNumberOf, seriesOf, STM32F1, type Line } from '@boardwalk/series';
import { isSt, type Designer } from './designer.ts';

/** DEV_ID of the F103 lines: low, medium, high and XL density (RM0008 31.6.1). */
export const F103_DEVICES: readonly number[] = [0x410, 0x412, 0x414, 0x430];
export const F103_LINES: readonly Line[] = STM32F1.lines.filter(({ deviceId }) =>
  F103_DEVICES.includes(deviceId),
);
/** Revisions of GigaDevice's parts with DEV_IDs of the F1 (public logs of marked parts; OpenOCD's table of revisions). */
export const GIGADEVICE_REVISIONS: readonly number[] = [0x1303, 0x1309, 0x1704, 0x1906, 0x1909];

/** Lines of ST of which the station has no facts, by DEV_ID: [DEV_ID, PARTNO of the core, name, manual with the id]. */
const OTHER_LINES: readonly (readonly [deviceId: number, core: number, name: string, source: string])[] = [
  [0x411, 0xc23, 'STM32F2', 'RM0033'],
  [0x413, 0xc24, 'STM32F405/407/415/417', 'RM0090'],
  [0x419, 0xc24, 'STM32F42x/43x', 'RM0090'],
  [0x423, 0xc24, 'STM32F401xB/xC', 'RM0368'],
  [0x433, 0xc24, 'STM32F401xD/xE', 'RM0368'],
  [0x431, 0xc24, 'STM32F411', 'RM0383'],
  [0x421, 0xc24, 'STM32F446', 'RM0390'],
  [0x434, 0xc24, 'STM32F469/479', 'RM0386'],
  [0x441, 0xc24, 'STM32F412', 'RM0402'],
  [0x458, 0xc24, 'STM32F410', 'RM0401'],
  [0x463, 0xc24, 'STM32F413/423', 'RM0430'],
  [0x449, 0xc27, 'STM32F74x/75x', 'RM0385'],
  [0x451, 0xc27, 'STM32F76x/77x', 'RM0410'],
  [0x452, 0xc27, 'STM32F72x/73x', 'RM0431'],
  [0x416, 0xc23, 'STM32L1 category 1', 'RM0038'],
  [0x429, 0xc23, 'STM32L1 category 2', 'RM0038'],
  [0x427, 0xc23, 'STM32L1 category 3', 'RM0038'],
  [0x436, 0xc23, 'STM32L1 category 4', 'RM0038'],
  [0x437, 0xc23, 'STM32L1 category 5 or 6', 'RM0038'],
  [0x417, 0xc60, 'STM32L05x/06x', 'RM0367'],
  [0x447, 0xc60, 'STM32L07x/08x', 'RM0367'],
  [0x425, 0xc60, 'STM32L03x/04x', 'RM0377'],
  [0x457, 0xc60, 'STM32L01x/02x', 'RM0377'],
  [0x415, 0xc24, 'STM32L47x/48x', 'RM0351'],
  [0x461, 0xc24, 'STM32L49x/4Ax', 'RM0351'],
  [0x435, 0xc24, 'STM32L43x/44x', 'RM0394'],
  [0x462, 0xc24, 'STM32L45x/46x', 'RM0394'],
  [0x460, 0xc60, 'STM32G07x/08x', 'RM0444'],
  [0x466, 0xc60, 'STM32G03x/04x', 'RM0444'],
  [0x468, 0xc24, 'STM32G431/441', 'RM0440'],
  [0x469, 0xc24, 'STM32G47x/48x', 'RM0440'],
];

/** A line of ST that a device id names. */
export interface NamedLine {
  readonly name: string;
  readonly deviceId: number;
  /** The series that the station has facts of; null: none. */
  readonly series: string | null;
  readonly revisions: readonly number[] | null;
  /** PARTNO of the cores that its parts have; empty: any core, as the parts that are sold for one have others. */
  readonly cores: readonly number[];
  readonly source: string;
}

const NAMED: ReadonlyMap<number, NamedLine> = new Map(
  [
    ...OTHER_LINES.map(([deviceId, core, name, source]) => {
      return { name, deviceId, series: null, revisions: null, cores: [core], source };
    }),
    ...LINES.map((line) => {
      const { name: series, partNumbers } = seriesOf(line);
      // A chip that claims to be an F1 is judged as one, whatever its core is.
      const cores = series === STM32F1.name ? [] : partNumbers;
      return { ...pick(line), series, cores };
    }),
  ].map((line) => [line.deviceId, line]),
);

function pick({
  name,
  deviceId,
  revisions,
  source,
}: Line): Pick<Line, 'name' | 'deviceId' | 'revisions' | 'source'> {
  return { name, deviceId, revisions, source };
}

/** The line that a device id names; null where none has it, or where the core is not one of that line's. */
export function namedLine(idcode: number, cpuid: number | null): NamedLine | null {
  const line = NAMED.get(deviceIdOf(idcode)) ?? null;
  if (line === null || cpuid === null || line.cores.length === 0) return line;
  return line.cores.includes(partNumberOf(cpuid)) ? line : null;
}

/**
 * Whether the whole word, not only its DEV_ID, is one that the line's parts show: a garbled word has a known DEV_ID once in a
 * hundred times. ST's parts have 6 in bits 15:12; 0 there is seen with ids that others copied.
 */
function isWordOf({ revisions }: NamedLine, idcode: number): boolean {
  const [revision, nibble] = [idcode >>> 16, (idcode >>> 12) & 15];
  // ST counts revisions from 0x1000 or 0x2000 up, and none of its lines has got beyond 0x20ff.
  if (revisions === null) return nibble === 6 && [0x10, 0x20].includes(revision >>> 8);
  return [...revisions, ...GIGADEVICE_REVISIONS].includes(revision) && (nibble === 0 || nibble === 6);
}

/** Whether one wrong bit makes the word from one that belongs to the part which ST's ROM table names. */
function isOneBitFrom(romPart: number, idcode: number): boolean {
  const revisions = NAMED.get(romPart)?.revisions;
  if (!revisions) return true;
  return revisions.some((revision) => bitCount((revision << 16) ^ (ST_NIBBLE | romPart) ^ idcode) < 2);
}

const ST_NIBBLE = 6 << 12;
const bitCount = (word: number): number => (word >>> 0).toString(2).replaceAll('0', '').length;

/** Whether the line that a device id names is certain: lines are one bit apart, as medium and low density are. */
export function isLineCertain(line: NamedLine, idcode: number, designer: Designer | null): boolean {
  if (!isSt(designer)) return isWordOf(line, idcode);
  return (
    designer!.part === line.deviceId || (isWordOf(line, idcode) && !isOneBitFrom(designer!.part, idcode))
  );
}
