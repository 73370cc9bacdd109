import { hex32, type Identity, type PeripheralId } from '@boardwalk/contracts';
import { DEMCR, ProbeError, readDevice, readSignatureOf, TRCENA, type Target } from '@boardwalk/debug';
import {
  chipOf,
  IDENTITY_REGISTERS,
  REGISTER_NAMES,
  registerAddress,
  uidText,
  type Line,
  type RegisterName,
  type RegisterRow,
  type Series,
} from '@boardwalk/series';
import { createHash } from 'node:crypto';
import { activeChecksBar, noActiveChecks, readPriority, readSramBeyond, readWidth } from './active-checks.ts';
import { Reader } from './reader.ts';

/** Facts of the attach that the reader is told. */
export interface IdentityOptions {
  readonly targetVoltage: number | null;
  /** The core was stopped at reset before anything was read. */
  readonly readUnderReset: boolean;
  /** Checks that write to the chip and put back what was there; done unless it is false. */
  readonly activeChecks?: boolean;
}

const ROM_ENTRIES = 6;
const ROM_VECTORS = 4;

/**
 * Reads every identity register of a target: raw values, never interpreted. What cannot be read is null, with the
 * reason in `unread`, and so is what only writing shows, where the core runs or nobody asked for it; a lost probe or
 * target throws.
 * @throws ProbeError when the probe is gone or nobody answers
 */
export async function readIdentity(target: Target, options: IdentityOptions): Promise<Identity> {
  const reader = new Reader();
  // DWT and ITM read as zero without it, on genuine parts too: what was refused then counts as not read.
  const demcr = await reader.tried('DEMCR', () => traceEnabled(target));
  try {
    return await readAll(reader, target, options);
  } finally {
    if (demcr !== null) await target.writeWord(DEMCR, demcr).catch(() => undefined);
  }
}

/** Switches the trace blocks on; resolves with what DEMCR was before. */
async function traceEnabled(target: Target): Promise<number> {
  const before = await target.readWord(DEMCR);
  await target.writeWord(DEMCR, (before | TRCENA) >>> 0);
  return before;
}

async function readAll(reader: Reader, target: Target, options: IdentityOptions): Promise<Identity> {
  const { series, line } = await chipAt(target);
  const registers = noRegisters();
  await readRegisters(registers, 'word', reader, target, series);
  const signature = await reader.tried('signature', () => readSignatureOf(target, series));
  const rom = await reader.tried('bootRom', () => readBootRom(target, line ?? series.lines[0]!));
  const { base, factory } = series.options;
  const optionBytes = await reader.tried('optionBytes', () => target.readMemory(base, 2 * factory.length));
  const apIdr = await reader.hex('apIdr', () => target.readAp(0, 0xfc));
  const apBase = await reader.hex('apBase', () => target.readAp(0, 0xf8));
  const romTable = await readRomTable(reader, target, series);
  const { components, componentIds } = await readComponents(reader, target, series);
  const why = await activeChecksBar(target, options.activeChecks ?? true);
  if (why !== null) noActiveChecks(reader, why);
  const priority = why === null ? await readPriority(reader, target) : null;
  if (why === null) await readRegisters(registers, 'width', reader, target, series);
  const sramBeyond = why === null ? await readSramBeyond(reader, target, series, line) : null;
  return {
    dpidr: hex32(target.dpidr),
    apIdr,
    apBase,
    ...registers,
    romTable,
    components,
    signature: signature ? [...signature.words].map(hex32) : null,
    flashSizeKib: signature ? flashSizeOf(signature.sizeWord) : null,
    uid: signature ? uidText(signature.uid) : null,
    bootRomSha256: rom ? createHash('sha256').update(rom).digest('hex') : null,
    bootRomVectors: rom ? firstWords(rom, ROM_VECTORS).map(hex32) : null,
    optionBytes: optionBytes ? Buffer.from(optionBytes).toString('hex') : null,
    priorityBits: priority === null ? null : bitCount(priority & 0xff),
    sramBeyond,
    readUnderReset: options.readUnderReset,
    targetVoltage: options.targetVoltage,
    unread: reader.unread,
    priorityReadback: priority === null ? null : hex32(priority),
    componentIds,
  };
}

/** A chip whose device id cannot be read is taken for the first series with its core. */
async function chipAt(target: Target): Promise<{ series: Series; line: Line | null }> {
  try {
    return await readDevice(target);
  } catch (cause) {
    if (!(cause instanceof ProbeError) || cause.code !== 'target.fault') throw cause;
    return chipOf(target.cpuid, 0);
  }
}

/** Flash in KiB as the size register's word states it; null where it is blank, as on a chip that hides it. */
export function flashSizeOf(word: number): number | null {
  const kib = word & 0xffff;
  return kib === 0 || kib === 0xffff ? null : kib;
}

type Registers = Record<RegisterName, string | null>;

const noRegisters = (): Registers =>
  Object.fromEntries(REGISTER_NAMES.map((name) => [name, null])) as Registers;

/** Reads the registers that are read so, by their rows; one that the series does not have stays null. */
async function readRegisters(
  values: Registers,
  how: RegisterRow['how'],
  reader: Reader,
  target: Target,
  series: Series,
): Promise<void> {
  for (const name of REGISTER_NAMES) {
    const row: RegisterRow = IDENTITY_REGISTERS[name];
    if (row.how !== how) continue;
    const address = registerAddress(series, row);
    const read = how === 'word' ? readWord : readWidth;
    values[name] =
      address === null
        ? reader.absent(name, series.name)
        : await reader.hex(name, () => read(target, address));
  }
}

const readWord = (target: Target, address: number): Promise<number> => target.readWord(address);

async function readBootRom(target: Target, { bootRom }: Line): Promise<Uint8Array> {
  return target.readMemory(bootRom.from, bootRom.bytes);
}

async function readRomTable(
  reader: Reader,
  target: Target,
  { core: { romTable } }: Series,
): Promise<Identity['romTable']> {
  return reader.tried('romTable', async () => ({
    entries: [...(await target.readWords(romTable, ROM_ENTRIES))].map(hex32),
    ...(await readIds(target, romTable)),
  }));
}

async function readComponents(
  reader: Reader,
  target: Target,
  { core: { blocks } }: Series,
): Promise<{ components: Identity['components']; componentIds: Record<string, number[]> }> {
  const components: Record<string, PeripheralId> = {};
  const componentIds: Record<string, number[]> = {};
  for (const [name, base] of Object.entries(blocks)) {
    const ids = await reader.tried(name, () => readIds(target, base));
    if (!ids) continue;
    components[name] = ids.peripheralId;
    componentIds[name] = ids.componentId;
  }
  return { components, componentIds };
}

/** PIDR4 to 7, PIDR0 to 3 and CIDR0 to 3 of a block: twelve words in a row (ARM IHI0029, component and peripheral ids). */
async function readIds(
  target: Target,
  base: number,
): Promise<{ peripheralId: PeripheralId; componentId: number[] }> {
  const bytes = [...(await target.readWords(base + 0xfd0, 12))].map((word) => word & 0xff);
  return {
    peripheralId: { pidr4: bytes[0]!, pidr: bytes.slice(4, 8) },
    componentId: bytes.slice(8),
  };
}

function bitCount(value: number): number {
  return value.toString(2).replaceAll('0', '').length;
}

function firstWords(bytes: Uint8Array, count: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: count }, (_, i) => view.getUint32(i * 4, true));
}
