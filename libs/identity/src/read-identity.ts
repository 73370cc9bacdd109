import { hex32, type Identity, type PeripheralId } from '@boardwalk/contracts';
import { ProbeError, type Target } from '@boardwalk/debug';
import { createHash } from 'node:crypto';

/** What the reader is told by whoever attached. */
export interface IdentityOptions {
  readonly targetVoltage: number | null;
  /** The core was stopped at reset before anything was read. */
  readonly readUnderReset: boolean;
}

const DEMCR = 0xe000edfc;
const TRCENA = 1 << 24;
const ROM_TABLE = 0xe00ff000;
const ROM_ENTRIES = 6;
const BOOT_ROM = 0x1ffff000;
/** Up to the per-chip signature. */
const BOOT_ROM_BYTES = 2016;
const SIGNATURE = 0x1ffff7e0;
const OPTION_BYTES = 0x1ffff800;

/** CoreSight components of a Cortex-M3 (ARM DDI0337, ROM table). */
const COMPONENTS: Readonly<Record<string, number>> = {
  SCS: 0xe000e000,
  DWT: 0xe0001000,
  FPB: 0xe0002000,
  ITM: 0xe0000000,
  TPIU: 0xe0040000,
  ETM: 0xe0041000,
};

/** Single registers by the name under which the identity keeps them. */
const REGISTERS = {
  cpuid: 0xe000ed00,
  fpCtrl: 0xe0002000,
  dwtCtrl: 0xe0001000,
  mpuType: 0xe000ed90,
  ictr: 0xe000e004,
  deviceId: 0xe0042000,
  flashAcr: 0x40022000,
  flashCr: 0x40022010,
  flashObr: 0x4002201c,
  flashWrpr: 0x40022020,
  gigadevicePid: 0x40022100,
} as const;
type RegisterName = keyof typeof REGISTERS;

/**
 * Reads every identity register of a target: raw values, never interpreted. What cannot be read is null, with the
 * reason in `unread`, and so is what only writing shows while the core runs; a lost probe or target throws.
 * @throws ProbeError when the probe is gone or nobody answers
 */
export async function readIdentity(target: Target, options: IdentityOptions): Promise<Identity> {
  const reader = new Reader();
  const demcr = await target.readWord(DEMCR);
  // DWT and ITM read as zero without it, on genuine parts too.
  await target.writeWord(DEMCR, (demcr | TRCENA) >>> 0);
  try {
    return await readAll(reader, target, options);
  } finally {
    await target.writeWord(DEMCR, demcr).catch(() => undefined);
  }
}

async function readAll(reader: Reader, target: Target, options: IdentityOptions): Promise<Identity> {
  const values = {} as Record<RegisterName, string | null>;
  for (const name of Object.keys(REGISTERS) as RegisterName[]) {
    values[name] = await reader.hex(name, () => target.readWord(REGISTERS[name]));
  }
  const signature = await reader.tried('signature', () => target.readWords(SIGNATURE, 5));
  const bootRom = await reader.tried('bootRom', () => target.readMemory(BOOT_ROM, BOOT_ROM_BYTES));
  const optionBytes = await reader.tried('optionBytes', () => target.readMemory(OPTION_BYTES, 16));
  return {
    dpidr: hex32(target.dpidr),
    apIdr: await reader.hex('apIdr', () => target.readAp(0, 0xfc)),
    apBase: await reader.hex('apBase', () => target.readAp(0, 0xf8)),
    ...values,
    romTable: await readRomTable(reader, target),
    components: await readComponents(reader, target),
    signature: signature ? [...signature].map(hex32) : null,
    flashSizeKib: signature ? flashSizeOf(signature[0]!) : null,
    uid: signature ? [2, 3, 4].map((i) => hex32(signature[i]!).slice(2)).join('') : null,
    bootRomSha256: bootRom ? createHash('sha256').update(bootRom).digest('hex') : null,
    bootRomVectors: bootRom ? firstWords(bootRom, 4).map(hex32) : null,
    optionBytes: optionBytes ? Buffer.from(optionBytes).toString('hex') : null,
    ...(await readByWriting(reader, target)),
    sramBeyond: null,
    readUnderReset: options.readUnderReset,
    targetVoltage: options.targetVoltage,
    unread: reader.unread,
  };
}

/** Flash in KiB as the size register's word states it; null where it is blank, as on a chip that hides it. */
export function flashSizeOf(word: number): number | null {
  const kib = word & 0xffff;
  return kib === 0 || kib === 0xffff ? null : kib;
}

async function readRomTable(reader: Reader, target: Target): Promise<Identity['romTable']> {
  return reader.tried('romTable', async () => ({
    entries: [...(await target.readWords(ROM_TABLE, ROM_ENTRIES))].map(hex32),
    peripheralId: await readPeripheralId(target, ROM_TABLE),
    componentId: [...(await target.readWords(ROM_TABLE + 0xff0, 4))].map((word) => word & 0xff),
  }));
}

async function readComponents(reader: Reader, target: Target): Promise<Identity['components']> {
  const found: Record<string, PeripheralId> = {};
  for (const [name, base] of Object.entries(COMPONENTS)) {
    const id = await reader.tried(name, () => readPeripheralId(target, base));
    if (id) found[name] = id;
  }
  return found;
}

async function readPeripheralId(target: Target, base: number): Promise<PeripheralId> {
  const [pidr4, , , , ...pidr] = await target.readWords(base + 0xfd0, 8);
  return { pidr4: pidr4! & 0xff, pidr: pidr.map((word) => word & 0xff) };
}

const VTOR = 0xe000ed08;
const RCC_AHBENR = 0x40021014;
const NVIC_IPR0 = 0xe000e400;
const BY_WRITING = ['vtorReadback', 'ahbenrSticky', 'priorityBits'] as const;

/** Widths that only show when written: each is put back as it was. The core must be halted. */
async function readByWriting(reader: Reader, target: Target) {
  if (!(await target.isHalted())) {
    // VTOR set to all ones under a running firmware would throw it into nowhere at its next interrupt.
    for (const item of BY_WRITING)
      reader.unread.push({ item, why: 'The core is running; this is only read halted.' });
    return { vtorReadback: null, ahbenrSticky: null, priorityBits: null };
  }
  const probe = async (address: number): Promise<number> => {
    const before = await target.readWord(address);
    await target.writeWord(address, 0xffffffff);
    const shown = await target.readWord(address);
    await target.writeWord(address, before);
    return shown;
  };
  const priority = await reader.tried('priorityBits', () => probe(NVIC_IPR0));
  return {
    vtorReadback: await reader.hex('vtorReadback', () => probe(VTOR)),
    ahbenrSticky: await reader.hex('ahbenrSticky', () => probe(RCC_AHBENR)),
    priorityBits: priority === null ? null : bitCount(priority & 0xff),
  };
}

function bitCount(value: number): number {
  return value.toString(2).replaceAll('0', '').length;
}

function firstWords(bytes: Uint8Array, count: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: count }, (_, i) => view.getUint32(i * 4, true));
}

/** Tries a read; a refusal by the target is noted, anything worse is thrown. */
class Reader {
  readonly unread: { item: string; why: string }[] = [];

  async tried<Value>(item: string, read: () => Promise<Value>): Promise<Value | null> {
    try {
      return await read();
    } catch (cause) {
      if (!(cause instanceof ProbeError) || !TOLERATED.has(cause.code)) throw cause;
      this.unread.push({ item, why: cause.message });
      return null;
    }
  }

  async hex(item: string, read: () => Promise<number>): Promise<string | null> {
    const value = await this.tried(item, read);
    return value === null ? null : hex32(value);
  }
}

const TOLERATED: ReadonlySet<string> = new Set(['target.fault', 'probe.unsupported']);
