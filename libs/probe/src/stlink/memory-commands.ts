import { hex32 } from '@boardwalk/contracts';
import type { MemoryPiece, WriteOptions } from '@boardwalk/debug';
import { half, word } from './bytes.ts';
import type { StLinkWire } from './wire.ts';

const READ_COMMAND = { 1: 0x0c, 2: 0x47, 4: 0x07 } as const;
const WRITE_COMMAND = { 1: 0x0d, 2: 0x48, 4: 0x08 } as const;

/** One word by the register command: one exchange, its status within. */
export async function readWord(wire: StLinkWire, address: number): Promise<number> {
  const operation = `read ${hex32(address)}`;
  const command = [0xf2, 0x36, ...word(address)];
  const reply = await wire.command(command, 8, operation, { address, repeatable: true });
  return reply.getUint32(4, true);
}

export async function writeWord(
  wire: StLinkWire,
  address: number,
  value: number,
  { repeatable }: WriteOptions,
): Promise<void> {
  const operation = `write ${hex32(address)}`;
  const command = [0xf2, 0x35, ...word(address), ...word(value)];
  await wire.command(command, 2, operation, { address, repeatable });
}

/** @param lastStatus2 the firmware tells the address that faulted */
export async function readBlock(
  wire: StLinkWire,
  piece: MemoryPiece,
  lastStatus2: boolean,
): Promise<Uint8Array> {
  const { address, lengthBytes, itemBytes } = piece;
  // The firmware never answers with a single byte: it sends two.
  const inBytes = itemBytes === 1 ? Math.max(lengthBytes, 2) : lengthBytes;
  const operation = `read ${lengthBytes} bytes at ${hex32(address)}`;
  const block = blockOf(READ_COMMAND[itemBytes], piece);
  const command = { block, address, out: null, inBytes, operation, repeatable: true };
  const data = await wire.memory(command, lastStatus2);
  return inBytes === lengthBytes ? data : data.subarray(0, lengthBytes);
}

export async function writeBlock(
  wire: StLinkWire,
  piece: MemoryPiece,
  out: Uint8Array,
  { repeatable, lastStatus2 }: WriteOptions & { readonly lastStatus2: boolean },
): Promise<void> {
  const { address, lengthBytes, itemBytes } = piece;
  const operation = `write ${lengthBytes} bytes at ${hex32(address)}`;
  const block = blockOf(WRITE_COMMAND[itemBytes], piece);
  await wire.memory({ block, address, out, inBytes: 0, operation, repeatable }, lastStatus2);
}

function blockOf(command: number, { address, lengthBytes }: MemoryPiece): Uint8Array {
  const block = new Uint8Array(16);
  block.set([0xf2, command, ...word(address), ...half(lengthBytes)]);
  return block;
}
