import { hex } from '@boardwalk/contracts';
import { FlashError } from '../errors.ts';
import { ProbeError, readDevice, type Target } from '@boardwalk/debug';
import { FLASH } from '../controller/registers.ts';
import {
  decodeOptions,
  encodeOptions,
  isProtected,
  optionsOf,
  type ChipOptions,
  type OptionBytes,
} from './option-bytes.ts';
import { noOption, notTaken, permanent, useTheOtherVerb } from './option-errors.ts';
import { loadOptions } from './option-load.ts';
import { OptionWriter } from './option-writer.ts';
import { wrongLoaded } from './loaded-options.ts';
import type { Series } from '@boardwalk/series';

const PROOF_BYTES = 1024;

/** The option bytes of a chip as they are now, and how to read them. */
interface Found extends ChipOptions {
  readonly series: Series;
  readonly raw: Uint8Array;
  readonly options: OptionBytes;
}

async function find(target: Target): Promise<Found> {
  const { series, line } = await readDevice(target);
  const chip = optionsOf(series, line);
  const raw = await rawOptions(target, series);
  return { ...chip, series, raw, options: decodeOptions(raw, chip) };
}

const rawOptions = (target: Target, { options }: Series): Promise<Uint8Array> =>
  target.readMemory(options.base, 2 * options.factory.length);

/** The option bytes as they are in the chip, whether or not it has loaded them. @throws ProbeError */
export async function readOptions(target: Target): Promise<OptionBytes> {
  return (await find(target)).options;
}

/** Whether the chip's option bytes protect its flash from being read. @throws ProbeError */
export async function isReadProtected(target: Target): Promise<boolean> {
  const found = await find(target);
  return isProtected(found.options, found);
}

/**
 * Writes option bytes and lets the chip load them, which resets it; the core is halted afterwards. What the chip has
 * then is read and compared. Lifting read protection this way erases all flash: that is what `unprotect` is for.
 * @returns the options before and after
 * @throws FlashError `flash.no_option`, `flash.permanent`, `flash.read_protected` when RDP would change,
 *   `flash.options_not_taken`, `flash.timeout`
 */
export async function writeOptions(
  target: Target,
  change: Readonly<Record<string, number>>,
): Promise<{ readonly before: OptionBytes; readonly after: OptionBytes }> {
  const found = await find(target);
  const names = found.fields.map(([name]) => name);
  const unknown = Object.keys(change).find((name) => !names.includes(name));
  if (unknown !== undefined) throw noOption(unknown, names);
  const before = found.options;
  const wanted = { ...before, ...change };
  if (wanted.RDP === found.layout.readProtection.permanent) throw permanent(wanted.RDP);
  if (isProtected(wanted, found) !== isProtected(before, found))
    throw useTheOtherVerb(isProtected(before, found));
  await write(target, found, wanted);
  const after = decodeOptions(await rawOptions(target, found.series), found);
  const missed = names.find((name) => after[name] !== wanted[name]);
  if (missed !== undefined) throw notTaken(`${missed} reads ${hex(after[missed]!)} after a reset`);
  const wrong = await wrongLoaded(target, found.series, found, wanted);
  if (wrong) throw notTaken(wrong);
  return { before, after };
}

/**
 * Sets read-out protection and proves it: after a reset the chip says that it is protected, and a read of flash fails.
 * @throws FlashError `flash.options_not_taken` when flash can still be read
 */
export async function protect(target: Target): Promise<void> {
  const found = await find(target);
  const { series, layout, options } = found;
  if (!isProtected(options, found)) await write(target, found, { ...options, RDP: layout.readProtection.on });
  else if (layout.loadedBy === 'launch' && !(await saysProtected(target, series)))
    await loadOptions(target, series);
  if (!(await saysProtected(target, series))) throw new FlashError('flash.options_not_taken:unsaid', {});
  if (await flashReads(target, series)) throw new FlashError('flash.options_not_taken:readable', {});
}

/**
 * Lifts read-out protection, which erases the whole flash, and proves it: flash reads blank.
 * @throws FlashError `flash.options_not_taken`
 */
export async function unprotect(target: Target): Promise<void> {
  const found = await find(target);
  const { series, layout, options } = found;
  await write(target, found, { ...options, RDP: layout.readProtection.off });
  if (await saysProtected(target, series)) throw notTaken('the chip is still protected');
  const start = await target.readMemory(series.flashBase, PROOF_BYTES);
  if (!start.every((byte) => byte === 0xff)) throw notTaken('flash is not blank');
}

async function write(target: Target, found: Found, wanted: OptionBytes): Promise<void> {
  await new OptionWriter(target, found.series).write(encodeOptions(wanted, found.raw, found));
  await loadOptions(target, found.series);
}

async function saysProtected(target: Target, { blocks, options }: Series): Promise<boolean> {
  return ((await target.readWord(blocks.flash + FLASH.OBR)) & options.loaded.readProtected) !== 0;
}

async function flashReads(target: Target, { flashBase }: Series): Promise<boolean> {
  try {
    await target.readWord(flashBase);
    return true;
  } catch (cause) {
    if (cause instanceof ProbeError && cause.code === 'target.fault') return false;
    throw cause;
  }
}
