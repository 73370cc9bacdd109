import { SlotModel } from '../bench/slot-model.ts';
import { parseBoardSpec } from '../boards/board-spec.ts';
import type { UrbResult } from '../usb/urb.ts';

const COMMAND_BYTES = 16;

/** Plays the USB host at one slot: hex in wire order goes out, hex in wire order comes back. */
export class Wire {
  #nextUrb = 1;

  constructor(readonly slot: SlotModel) {}

  static to(spec: string, seed = 1): Wire {
    return new Wire(new SlotModel('1-1', parseBoardSpec(spec), seed, 0, null));
  }

  /** A wire on which the probe is in SWD mode with AP 0 open. */
  static async entered(spec: string): Promise<Wire> {
    const wire = Wire.to(spec);
    await wire.ask('F2 30 A3', 2);
    await wire.ask('F2 4B 00', 2);
    return wire;
  }

  submitOut(data: Uint8Array): Promise<UrbResult> {
    const endpoint = this.slot.probe.model.outEndpoint;
    return this.slot.usb.submit({ id: this.#nextUrb++, endpoint, data, length: data.length });
  }

  submitIn(length: number, id = this.#nextUrb++): Promise<UrbResult> {
    return this.slot.usb.submit({ id, endpoint: this.slot.probe.model.inEndpoint, length });
  }

  control(setup: string, length = 255): Promise<UrbResult> {
    const bytes = bytesOf(setup);
    return this.slot.usb.submit({ id: this.#nextUrb++, endpoint: bytes[0]! & 0x80, setup: bytes, length });
  }

  /** A 16-byte command block, zero padded. */
  async command(hex: string): Promise<void> {
    const block = new Uint8Array(COMMAND_BYTES);
    block.set(bytesOf(hex));
    await this.submitOut(block);
  }

  /** A command and its reply of exactly that many bytes. */
  async ask(hex: string, replyBytes: number): Promise<string> {
    await this.command(hex);
    const { status, data } = await this.submitIn(replyBytes);
    return status === 'ok' ? hexOf(data) : status;
  }

  /** A command with an OUT data phase, then the status of the last access. */
  async tell(hex: string, data: string | Uint8Array): Promise<string> {
    await this.command(hex);
    await this.submitOut(typeof data === 'string' ? bytesOf(data) : data);
    return this.status();
  }

  /** GETLASTRWSTATUS2's first byte. */
  async status(): Promise<string> {
    return (await this.ask('F2 3E', 12)).slice(0, 2);
  }

  async readWord(address: number): Promise<number> {
    const reply = bytesOf(await this.ask(`F2 36 ${le32(address)}`, 8));
    return new DataView(reply.buffer).getUint32(4, true);
  }

  /** The status byte of WRITEDEBUGREG. */
  async writeWord(address: number, value: number): Promise<string> {
    return (await this.ask(`F2 35 ${le32(address)} ${le32(value)}`, 2)).slice(0, 2);
  }

  /** A half-word over WRITEMEM16: what the flash controller takes. */
  writeHalfWord(address: number, value: number): Promise<string> {
    const data = Uint8Array.of(value & 0xff, value >>> 8);
    return this.tell(`F2 48 ${le32(address)} 02 00`, data);
  }
}

export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.split(/\s+/).filter(Boolean), (byte) => parseInt(byte, 16));
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ');
}

export function le32(value: number): string {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value >>> 0, true);
  return hexOf(new Uint8Array(view.buffer));
}
