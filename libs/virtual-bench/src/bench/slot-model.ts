import { noLineFaults } from '../debug-port/debug-port.ts';
import type { Socket } from '../debug-port/socket.ts';
import type { BoardSpec } from '../boards/board-spec.ts';
import { BOARD_PROFILES } from '../profiles/profiles.ts';
import { uniqueIdOf } from '../profiles/unique-id.ts';
import { PROBE_MODELS } from '../stlink/models.ts';
import { StLink } from '../stlink/st-link.ts';
import { Chip } from '../target/chip.ts';
import { noFlashFaults } from '../target/flash-faults.ts';
import { emptyLedger, type Ledger } from '../time/ledger.ts';
import { serialUnits, units, type StringTable } from '../usb/descriptors.ts';
import { ProbeUsbDevice } from '../usb/usb-device.ts';
import { firstNumberOf, numbersFrom, type BoardNumbers } from './board-numbers.ts';
import type { FaultSpec } from './fault-spec.ts';

/** What a board keeps without power. */
export interface BoardMemory {
  readonly profile: string;
  readonly uid: readonly number[];
  readonly flash: Uint8Array;
  readonly options: Uint8Array;
}

/** A board in its socket: the spec it was put in with, and its unique id as 24 hex digits. */
export interface BoardInSocket {
  readonly spec: string;
  readonly uid: string;
}

/** The chip that is put in, where the spec does not name it. */
export interface Insertion {
  readonly remembered?: BoardMemory | null;
  readonly number?: bigint | undefined;
}

/** Below this the part holds itself in reset: VPOR/PDR of DS5319, 1.88 V typical. */
const LOWEST_SUPPLY_MV = 1880;

/** One place on the virtual bench: a probe on a USB port, a socket, a time line and a ledger. */
export class SlotModel implements Socket {
  readonly ledger = emptyLedger();
  chip: Chip | null = null;
  probe: StLink;
  usb: ProbeUsbDevice;
  #spec: BoardSpec;
  #seed: number;
  readonly #numbers: BoardNumbers;
  #probeDrivesReset = false;

  constructor(
    readonly portPath: string,
    spec: BoardSpec,
    private readonly benchSeed: number,
    private readonly index: number,
    remembered: BoardMemory | null,
    boardNumber?: bigint,
  ) {
    this.#spec = spec;
    this.#numbers = numbersFrom(firstNumberOf(benchSeed * 1009 + index));
    this.#seed = (benchSeed * 7919 + index * 104729 + 1) >>> 0;
    this.probe = this.#newProbe();
    this.usb = this.#newUsb();
    if (!spec.empty) this.insert(spec, { remembered, number: boardNumber });
  }

  #newProbe(): StLink {
    const probe = new StLink(PROBE_MODELS.get(this.#spec.probe)!, this, this.ledger);
    probe.targetMillivolts = this.chip ? sensed(this.#spec) : 0;
    return probe;
  }

  #newUsb(): ProbeUsbDevice {
    const serial = serialUnits(this.#spec.serial, this.benchSeed * 1000 + this.index + 1);
    const strings: StringTable = [
      null,
      units('STMicroelectronics'),
      units(this.probe.model.product),
      serial,
      units('ST Link'),
    ];
    const usb = new ProbeUsbDevice(this.portPath, this.probe, strings, this.ledger, (ps) => this.pass(ps));
    usb.onBrownOut = () => this.brownOut();
    return usb;
  }

  /** The probe is plugged in again: a new USB device, the same board. */
  replug(): void {
    this.probe = this.#newProbe();
    this.usb = this.#newUsb();
  }

  // -- Socket --------------------------------------------------------------------------------------------

  pass(durationPs: number): void {
    this.ledger.nowPs += durationPs;
    this.chip?.advance(this.ledger.nowPs);
    // A debug access that had to wait for the flash array took longer than planned.
    if (this.chip) this.ledger.nowPs = Math.max(this.ledger.nowPs, this.chip.nowPs());
  }

  random(): number {
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return this.#seed / 2 ** 32;
  }

  driveReset(low: boolean): void {
    this.#probeDrivesReset = low;
    if (!this.#spec.noReset) this.chip?.driveReset(low);
  }

  // -- the hand ------------------------------------------------------------------------------------------

  /**
   * Puts a board in: the chip that a spec or a memory names, else a new one. Its unique id follows from `number`, by
   * default from numbers of this slot alone.
   */
  insert(spec: BoardSpec, { remembered = null, number }: Insertion = {}): void {
    const profile = BOARD_PROFILES.get(spec.profile)!;
    const kept = remembered && isOf(spec, remembered) ? remembered : null;
    const uid =
      kept?.uid ?? spec.uid ?? uniqueIdOf(profile.uid, profile.uidFree, number ?? this.#numbers.next());
    const chip = new Chip(profile, uid, this.ledger);
    if (kept) {
      chip.flash.cells.set(kept.flash.subarray(0, chip.flash.sizeBytes));
      chip.options.cells.set(kept.options);
    } else {
      if (spec.firmware) chip.flash.cells.set(spec.firmware.subarray(0, chip.flash.sizeBytes));
      if (spec.rdp) chip.options.cells.set([0x00, 0xff], 0);
      if (spec.rdp2) chip.options.cells.set([0xcc, 0x33], 0);
      if (spec.wrp) chip.options.cells.set([0xfe, 0x01], 8);
    }
    this.#spec = { ...this.#spec, ...spec, probe: this.#spec.probe, serial: this.#spec.serial };
    this.probe.targetMillivolts = sensed(spec);
    this.chip = chip;
    chip.powered = spec.millivolts >= LOWEST_SUPPLY_MV;
    chip.powerOn(this.ledger.nowPs);
    this.probe.port.powerOnReset();
    if (this.#probeDrivesReset) this.driveReset(true);
  }

  remove(): void {
    this.chip = null;
    this.probe.targetMillivolts = 0;
    this.probe.port.powerOnReset();
  }

  holdReset(down: boolean): void {
    if (!this.chip) return;
    this.chip.buttonHeld = down;
    this.chip.driveReset(this.#probeDrivesReset && !this.#spec.noReset);
  }

  /** The board's supply fails for a moment: what was being programmed is undefined, all but flash is lost. */
  brownOut(): void {
    this.chip?.powerOn(this.ledger.nowPs);
    this.probe.port.powerOnReset();
  }

  /** Time passes with nobody on USB. */
  wait(durationPs: number): void {
    this.ledger.hostWaitPs += durationPs;
    this.pass(durationPs);
  }

  // -- faults and records --------------------------------------------------------------------------------

  fault(spec: FaultSpec): void {
    LAY_ON[spec.kind](this, spec as never);
  }

  clearFaults(): void {
    if (this.chip) {
      this.chip.flash.faults = noFlashFaults();
      this.chip.ramFault = null;
      this.chip.firmwareTakesPins = false;
    }
    Object.assign(this.probe.port.faults, noLineFaults());
    this.probe.faults.enterFails = 0;
    Object.assign(this.usb.faults, { silentReplies: 0, shortReplies: 0, staleReplies: 0, stallIn: false });
    this.usb.faults.unplugAfterTransfers = this.usb.faults.brownOutAfterTransfers = null;
  }

  /** The board in the socket, null without one. */
  board(): BoardInSocket | null {
    return this.chip && { spec: this.#spec.text, uid: this.chip.uid.map(hexWord).join('') };
  }

  memory(): BoardMemory | null {
    const { chip } = this;
    if (!chip) return null;
    return {
      profile: chip.profile.name,
      uid: chip.uid,
      flash: chip.flash.cells.slice(),
      options: chip.options.cells.slice(),
    };
  }

  snapshot(): Ledger {
    return { ...this.ledger };
  }
}

function sensed({ noSense, millivolts }: BoardSpec): number {
  return noSense ? 0 : millivolts;
}

function hexWord(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}

/** Whether a remembered board is the one that a spec asks for. */
function isOf({ profile, uid }: BoardSpec, remembered: BoardMemory): boolean {
  return remembered.profile === profile && (uid === null || uid.join() === remembered.uid.join());
}

type LayOn = {
  [Kind in FaultSpec['kind']]: (slot: SlotModel, spec: Extract<FaultSpec, { kind: Kind }>) => void;
};

function flashFaults(slot: SlotModel) {
  return slot.chip ? slot.chip.flash.faults : noFlashFaults();
}

const LAY_ON: LayOn = {
  'flash-ignores-writes': (slot) => (flashFaults(slot).ignoresWrites = true),
  'flash-wrong-bit': (slot, { address, bit }) => (flashFaults(slot).wrongBit = { address, bit }),
  'flash-drops-half-word': (slot, { address }) => (flashFaults(slot).dropsHalfWordAt = address & ~1),
  'flash-stuck-bit': (slot, { address, bit, value }) =>
    (flashFaults(slot).stuckBit = { address, bit, value }),
  'page-does-not-erase': (slot, { address }) => (flashFaults(slot).pageDoesNotEraseAt = address),
  'slow-flash': (slot, { factor }) => (flashFaults(slot).slowFactor = factor),
  'ram-bit': (slot, { address, bit }) => {
    if (slot.chip) slot.chip.ramFault = { address, bit };
  },
  'swd-bit-errors': (slot, { aboveKhz, oneIn }) => {
    Object.assign(slot.probe.port.faults, { bitErrorsAboveKhz: aboveKhz, oneIn: oneIn ?? 400 });
  },
  'parity-errors': (slot, { count }) => (slot.probe.port.faults.parityErrors = count),
  'flash-read-flips': (slot, { count }) => (slot.probe.port.faults.flashReadFlips = count),
  'swd-waits': (slot, { count }) => (slot.probe.port.faults.waits = count),
  'enter-fails': (slot, { count }) => (slot.probe.faults.enterFails = count),
  'silent-replies': (slot, { count }) => (slot.usb.faults.silentReplies = count),
  'short-replies': (slot, { count }) => (slot.usb.faults.shortReplies = count),
  'stale-replies': (slot, { count }) => (slot.usb.faults.staleReplies = count),
  stall: (slot) => (slot.usb.faults.stallIn = true),
  'swd-pins-off': (slot) => {
    if (slot.chip) slot.chip.firmwareTakesPins = true;
  },
  'brown-out': (slot) => slot.brownOut(),
  'brown-out-after': (slot, { transfers }) => (slot.usb.faults.brownOutAfterTransfers = transfers),
  'unplug-after': (slot, { transfers }) => (slot.usb.faults.unplugAfterTransfers = transfers),
};
