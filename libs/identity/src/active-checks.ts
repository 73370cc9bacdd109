import { ProbeError, type Target } from '@boardwalk/debug';
import {
  IDENTITY_REGISTERS,
  REGISTER_NAMES,
  SCS,
  SRAM_BASE,
  STM32F1,
  type Line,
  type Series,
} from '@boardwalk/series';
import type { Reader } from './reader.ts';

const NVIC_IPR0 = SCS + 0x400;
/** Registers that are written to be read. */
export const WIDTHS = REGISTER_NAMES.filter((name) => IDENTITY_REGISTERS[name].how === 'width');
const ITEMS = [...WIDTHS, 'priorityBits'];

/** Whether the active checks are done, and why they are not. */
export async function activeChecksBar(target: Target, wanted: boolean): Promise<string | null> {
  if (!wanted) return 'It is only read where the recipe switches the active checks on.';
  // VTOR set to all ones under a running firmware would throw it into nowhere at its next interrupt.
  return (await target.isHalted()) ? null : 'The core is running; this is only read halted.';
}

/** Names everything that only an active check shows as not read. */
export function noActiveChecks(reader: Reader, why: string): void {
  for (const item of ITEMS) reader.unread.push({ item, why });
}

/** Shows which bits stick when all are written; the register is put back as it was, also where showing them fails. */
export async function readWidth(target: Target, address: number): Promise<number> {
  const before = await target.readWord(address);
  try {
    await target.writeWord(address, 0xffffffff);
    return await target.readWord(address);
  } finally {
    await target.writeWord(address, before);
  }
}

/** The word of NVIC_IPR0 of which the sticky bits tell the number of priority bits. */
export function readPriority(reader: Reader, target: Target): Promise<number | null> {
  return reader.tried('priorityBits', () => readWidth(target, NVIC_IPR0));
}

/**
 * Whether SRAM answers past the end of the largest part of the line: a word there is turned over and put back. Null for
 * a line whose end is not known.
 */
export async function readSramBeyond(
  reader: Reader,
  target: Target,
  series: Series,
  line: Line | null,
): Promise<boolean | null> {
  if (series !== STM32F1 || line === null) return null;
  return reader.tried('sramBeyond', () => isWritable(target, SRAM_BASE + line.largestSramBytes));
}

async function isWritable(target: Target, address: number): Promise<boolean> {
  const before = await answer(target, address);
  if (before === null) return false;
  const turned = ~before >>> 0;
  try {
    await target.writeWord(address, turned);
    return (await target.readWord(address)) === turned;
  } catch (cause) {
    if (isFault(cause)) return false;
    throw cause;
  } finally {
    await target.writeWord(address, before).catch((cause: unknown) => {
      if (!isFault(cause)) throw cause;
    });
  }
}

/** The word at an address; null: nothing answers there. */
async function answer(target: Target, address: number): Promise<number | null> {
  try {
    return await target.readWord(address);
  } catch (cause) {
    if (isFault(cause)) return null;
    throw cause;
  }
}

const isFault = (cause: unknown): boolean => cause instanceof ProbeError && cause.code === 'target.fault';
