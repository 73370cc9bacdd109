import type { StLink } from '../stlink/st-link.ts';
import type { UsbTiming } from '../time/constants.ts';
import type { LedgerParts } from '../time/ledger.ts';
import {
  configurationDescriptor,
  deviceDescriptor,
  stringDescriptor,
  type StringTable,
} from './descriptors.ts';
import type { UrbRequest, UrbResult, UrbStatus, VirtualUsbDevice } from './urb.ts';

const EMPTY = new Uint8Array(0);
const DIRECTION_IN = 0x80;

/** Faults of the USB side. Counters count down with each use. */
export interface UsbFaults {
  /** The next replies are never sent. */
  silentReplies: number;
  /** The next replies lose their last bytes. */
  shortReplies: number;
  /** The next replies are preceded by stale bytes of an earlier session. */
  staleReplies: number;
  /** The IN endpoint is halted until it is cleared. */
  stallIn: boolean;
  /** The device leaves the bus at the n-th transfer from now; null: stays. */
  unplugAfterTransfers: number | null;
  /** The board's supply fails for a moment at the n-th transfer from now; null: holds. */
  brownOutAfterTransfers: number | null;
}

interface Parked {
  readonly urb: UrbRequest;
  readonly resolve: (result: UrbResult) => void;
  /** Whole packets of the reply so far: only a short packet or a full buffer ends a bulk transfer. */
  received: Uint8Array;
}

/** A virtual ST-LINK as the USB host sees it. */
export class ProbeUsbDevice implements VirtualUsbDevice {
  readonly speed: 'full' | 'high';
  readonly deviceDescriptor: Uint8Array;
  readonly configurationDescriptor: Uint8Array;
  readonly faults: UsbFaults = {
    silentReplies: 0,
    shortReplies: 0,
    staleReplies: 0,
    stallIn: false,
    unplugAfterTransfers: null,
    brownOutAfterTransfers: null,
  };
  #replies: Uint8Array[] = [];
  #parked: Parked[] = [];
  #configuration = 0;
  #unplugged = false;
  onUnplug: () => void = () => undefined;
  onBrownOut: () => void = () => undefined;

  constructor(
    readonly portPath: string,
    private readonly probe: StLink,
    readonly strings: StringTable,
    private readonly ledger: LedgerParts,
    private readonly pass: (durationPs: number) => void,
  ) {
    this.speed = probe.model.hardware === 3 ? 'high' : 'full';
    this.deviceDescriptor = deviceDescriptor(probe.model, strings[3] !== null && strings[3] !== undefined);
    this.configurationDescriptor = configurationDescriptor(probe.model);
  }

  submit(urb: UrbRequest): Promise<UrbResult> {
    this.#countDown();
    if (this.#unplugged) return Promise.resolve(result('disconnected'));
    if ((urb.endpoint & 0x7f) === 0) return Promise.resolve(this.#control(urb));
    if (urb.endpoint === this.probe.model.outEndpoint) return Promise.resolve(this.#out(urb.data ?? EMPTY));
    if (urb.endpoint === this.probe.model.inEndpoint) return this.#in(urb);
    if (urb.endpoint === this.probe.model.traceEndpoint) return this.#park(urb);
    return Promise.resolve(result('stall'));
  }

  #countDown(): void {
    const { faults } = this;
    if (this.#unplugged) return;
    if (faults.unplugAfterTransfers !== null && --faults.unplugAfterTransfers < 0) this.unplug();
    if (faults.brownOutAfterTransfers !== null && --faults.brownOutAfterTransfers < 0) {
      faults.brownOutAfterTransfers = null;
      this.onBrownOut();
    }
  }

  unlink(id: number): Promise<boolean> {
    const index = this.#parked.findIndex(({ urb }) => urb.id === id);
    if (index < 0) return Promise.resolve(false);
    const [parked] = this.#parked.splice(index, 1);
    parked!.resolve({ ...result('cancelled'), data: parked!.received });
    return Promise.resolve(true);
  }

  isParked(id: number): boolean {
    return this.#parked.some(({ urb }) => urb.id === id);
  }

  reset(): Promise<void> {
    this.#replies = [];
    this.faults.stallIn = false;
    for (const { resolve } of this.#parked.splice(0)) resolve(result('cancelled'));
    this.probe.usbReset();
    return Promise.resolve();
  }

  unplug(): void {
    if (this.#unplugged) return;
    this.#unplugged = true;
    for (const { resolve } of this.#parked.splice(0)) resolve(result('disconnected'));
    this.onUnplug();
  }

  #out(data: Uint8Array): UrbResult {
    this.#bill(data.length, true);
    const reply = this.probe.take(data.slice());
    if (reply) this.#queue(reply);
    return { status: 'ok', data: EMPTY, bytesWritten: data.length };
  }

  #queue(reply: Uint8Array): void {
    const { faults } = this;
    if (faults.silentReplies > 0) {
      faults.silentReplies -= 1;
      return;
    }
    if (faults.staleReplies > 0) {
      faults.staleReplies -= 1;
      this.#replies.push(Uint8Array.from([0x80, 0x00]));
    }
    const short = faults.shortReplies > 0 && reply.length > 1;
    if (short) faults.shortReplies -= 1;
    this.#replies.push(short ? reply.subarray(0, this.#shortened(reply.length)) : reply);
    this.#serve();
  }

  /** Half a reply, and an odd end: what stops at a packet's border would not end the transfer. */
  #shortened(bytes: number): number {
    const half = bytes >>> 1;
    return half % this.probe.model.packetBytes === 0 ? half - 1 : half;
  }

  #in(urb: UrbRequest): Promise<UrbResult> {
    if (this.faults.stallIn) return Promise.resolve(result('stall'));
    const answer = this.#park(urb);
    this.#serve();
    return answer;
  }

  #park(urb: UrbRequest): Promise<UrbResult> {
    return new Promise((resolve) => this.#parked.push({ urb, resolve, received: EMPTY }));
  }

  #serve(): void {
    while (this.#replies.length > 0) {
      const parked = this.#parked.find(({ urb }) => urb.endpoint === this.probe.model.inEndpoint);
      if (!parked) return;
      const answer = this.#answer(parked);
      if (!answer) continue;
      this.#parked.splice(this.#parked.indexOf(parked), 1);
      parked.resolve(answer);
    }
  }

  /**
   * Moves the next reply's packets into a waiting transfer. It ends when its buffer is full or a packet is short;
   * a packet that does not fit is babble. The device sends no empty packet after a reply of whole packets, so a
   * host that asked for more than that goes on waiting.
   */
  #answer(parked: Parked): UrbResult | null {
    const { packetBytes } = this.probe.model;
    const reply = this.#replies[0]!;
    const room = parked.urb.length - parked.received.length;
    const fits = reply.length <= room ? reply.length : room - (room % packetBytes);
    const babble = reply.length > room && room % packetBytes !== 0;
    this.#bill(fits, false);
    const rest = reply.subarray(babble ? fits + packetBytes : fits);
    if (rest.length > 0) this.#replies[0] = rest;
    else this.#replies.shift();
    if (babble) return result('overflow');
    parked.received = joined(parked.received, reply.subarray(0, fits));
    const ended = parked.received.length === parked.urb.length || fits % packetBytes !== 0;
    return ended ? { status: 'ok', data: parked.received, bytesWritten: 0 } : null;
  }

  #bill(bytes: number, out: boolean): void {
    const { usb }: { usb: UsbTiming } = this.probe.model;
    const durationPs = usb.transferPs + bytes * usb.bytePs;
    if (out) {
      this.ledger.usbTransfersOut += 1;
      this.ledger.usbBytesOut += bytes;
    } else {
      this.ledger.usbTransfersIn += 1;
      this.ledger.usbBytesIn += bytes;
    }
    this.ledger.usbPs += durationPs;
    this.pass(durationPs);
  }

  // -- endpoint 0 ----------------------------------------------------------------------------------------

  #control(urb: UrbRequest): UrbResult {
    const setup = urb.setup;
    if (!setup || setup.length !== 8) return result('stall');
    const view = new DataView(setup.buffer, setup.byteOffset, 8);
    const request = view.getUint8(1);
    const value = view.getUint16(2, true);
    const index = view.getUint16(4, true);
    const wanted = view.getUint16(6, true);
    const type = view.getUint8(0);
    if ((type & 0x60) !== 0) return result('stall');
    if (type & DIRECTION_IN) {
      const answer = this.#describe(request, value, index);
      if (!answer) return result('stall');
      return { status: 'ok', data: answer.slice(0, Math.min(wanted, urb.length || wanted)), bytesWritten: 0 };
    }
    return this.#configure(request, value, index);
  }

  #describe(request: number, value: number, index: number): Uint8Array | null {
    switch (request) {
      case 0x06:
        if (value >>> 8 === 1) return this.deviceDescriptor;
        if (value >>> 8 === 2 && (value & 0xff) === 0) return this.configurationDescriptor;
        return value >>> 8 === 3 ? stringDescriptor(this.strings, value & 0xff) : null;
      case 0x08:
        return Uint8Array.of(this.#configuration);
      case 0x0a:
        return Uint8Array.of(0);
      case 0x00:
        return Uint8Array.of(this.faults.stallIn && index === this.probe.model.inEndpoint ? 1 : 0, 0);
      default:
        return null;
    }
  }

  #configure(request: number, value: number, index: number): UrbResult {
    switch (request) {
      case 0x09:
        if (value > 1) return result('stall');
        this.#configuration = value;
        void this.reset();
        return result('ok');
      case 0x0b:
        if (value !== 0 || index !== 0) return result('stall');
        void this.reset();
        return result('ok');
      case 0x01:
        if (index === this.probe.model.inEndpoint) this.faults.stallIn = false;
        return result('ok');
      case 0x03:
        if (index === this.probe.model.inEndpoint) this.faults.stallIn = true;
        return result('ok');
      default:
        return result('stall');
    }
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function result(status: UrbStatus): UrbResult {
  return { status, data: EMPTY, bytesWritten: 0 };
}
