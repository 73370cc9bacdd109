import {
  BOARD_PROFILES,
  Chip,
  emptyLedger,
  type AccessBytes,
  type BusMaster,
} from '@boardwalk/virtual-bench';
import { registerName } from './register-names.ts';

const PERIPHERALS = 0x40000000;
/** Far more than a run that goes well makes. */
const LIMIT = 200_000;

/** An STM32F103CB that writes down each access of its core to a peripheral or a system register. */
export class TracedChip extends Chip {
  readonly accesses: string[] = [];
  /** Faults as they were raised: the exception, and where. */
  readonly faults: string[] = [];

  constructor(image: Uint8Array) {
    const profile = BOARD_PROFILES.get('f103cb')!;
    // Every instruction is executed: skipped turns of waiting loops would not count.
    super(profile, profile.uid, emptyLedger(), { skipPolling: false });
    this.flash.cells.set(image);
    this.#watchPrivateBus();
    this.powerOn(0);
  }

  override read(address: number, bytes: AccessBytes, master: BusMaster): number {
    const value = super.read(address, bytes, master);
    if (address >= PERIPHERALS && master === 'data') this.#note('read', address, bytes, value);
    return value;
  }

  override write(address: number, bytes: AccessBytes, value: number, master: BusMaster): void {
    if (address >= PERIPHERALS && master === 'data') this.#note('write', address, bytes, value);
    super.write(address, bytes, value, master);
  }

  /** System registers never reach the chip's side of the bus. */
  #watchPrivateBus(): void {
    const { core } = this;
    const read = core.ppbRead.bind(core);
    const write = core.ppbWrite.bind(core);
    const escalated = core.escalated.bind(core);
    core.ppbRead = (address, bytes) => {
      const value = read(address, bytes);
      this.#note('read', address, bytes, value);
      return value;
    };
    core.ppbWrite = (address, bytes, value) => {
      this.#note('write', address, bytes, value);
      write(address, bytes, value);
    };
    core.escalated = (exception) => {
      this.faults.push(`exception ${exception} at ${hex(core.pc)}`);
      return escalated(exception);
    };
  }

  #note(kind: 'read' | 'write', address: number, bytes: AccessBytes, value: number): void {
    if (this.accesses.length === LIMIT)
      throw new Error(`more than ${LIMIT} accesses: the firmware went astray`);
    const width = bytes === 4 ? '' : `.${bytes * 8}`;
    this.accesses.push(
      `${hex(this.core.pc)} ${`${kind}${width}`.padEnd(8)} ${registerName(address).padEnd(13)} ${hex(value)}`,
    );
  }
}

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');
