import { partNumberOf } from './arm.ts';
import type { Line, OptionField, Series, SeriesBlock } from './series.ts';
import { STM32F0 } from './stm32f0.ts';
import { STM32F1 } from './stm32f1.ts';
import { STM32F3 } from './stm32f3.ts';

/** Every series that the station knows. A further one is a file of facts and a name here. */
export const SERIES: readonly Series[] = [STM32F1, STM32F0, STM32F3];

const KIB = 1024;
const DEVICE_ID = 0xfff;

export const LINES: readonly Line[] = SERIES.flatMap(({ lines }) => lines);

/** The most flash that any known line has, and the most SRAM. */
export const LARGEST_FLASH_BYTES = Math.max(...LINES.flatMap(({ flashSizesKib }) => flashSizesKib)) * KIB;
export const LARGEST_SRAM_BYTES = Math.max(...LINES.map(({ largestSramBytes }) => largestSramBytes));

/** The options that any chip has; an option of one name has as many bits on all of them. */
export const OPTION_FIELDS: ReadonlyMap<string, OptionField> = new Map(
  SERIES.flatMap(({ options }) => Object.entries(options.fields)),
);

/** The names of the known series, for sentences. */
export const SERIES_NAMES = SERIES.map(({ name }) => name).join(', ');

/** DEV_ID of DBGMCU_IDCODE. */
export const deviceIdOf = (idcode: number): number => idcode & DEVICE_ID;

/** The line that a device id belongs to, in one series or in any; null: none. */
export function lineOf(idcode: number, among: readonly Series[] = SERIES): Line | null {
  const lines = among.flatMap(({ lines }) => lines);
  return lines.find(({ deviceId }) => deviceId === deviceIdOf(idcode)) ?? null;
}

/** The series of a line. */
export function seriesOf(line: Line): Series {
  return SERIES.find(({ lines }) => lines.includes(line))!;
}

/** The series whose parts have such a core, in the order of the registry; all of them for a core that none has. */
export function seriesWithCore(cpuid: number): readonly Series[] {
  const known = SERIES.filter(({ partNumbers }) => partNumbers.includes(partNumberOf(cpuid)));
  return known.length > 0 ? known : SERIES;
}

/** A chip by its core and its device id. Where no line has that id, the first series with such a core. */
export function chipOf(
  cpuid: number,
  idcode: number,
): { readonly series: Series; readonly line: Line | null } {
  const candidates = seriesWithCore(cpuid);
  const line = lineOf(idcode, candidates);
  return { series: line ? seriesOf(line) : candidates[0]!, line };
}

export function addressOf(
  { blocks }: Series,
  { block, offset }: { readonly block: SeriesBlock; readonly offset: number },
): number {
  return blocks[block] + offset;
}

/** The flash of the largest part of a line, KiB. */
export function largestKibOf({ flashSizesKib }: Line): number {
  return flashSizesKib.at(-1)!;
}
