import { hex32, type Identity } from '@boardwalk/contracts';
import { ProbeError, settleSpeed, type Target } from '@boardwalk/debug';
import {
  FlashEngine,
  protect,
  readGeometry,
  readOptions,
  writeOptions,
  type FlashAccess,
} from '@boardwalk/flash';
import { readIdentity, type IdentityOptions } from '@boardwalk/identity';
import { openProbe, USUAL_REPEATS, type FoundProbe, type Probe } from '@boardwalk/probe';
import { StepFailure } from '../run/reasons.ts';
import type { BoardLink, ChooseGeometry, ConnectRequest, OptionAccess } from './board-link.ts';

const SIGNATURE = 0x1ffff7e0;

/** A board on the SWD pins of an ST-LINK. */
export class SwdLink implements BoardLink {
  readonly transport = 'swd';
  readonly options: OptionAccess = {
    read: () => readOptions(this.target),
    write: (change) => writeOptions(this.target, change),
    protect: () => protect(this.target),
  };
  #target: Target | null = null;

  private constructor(private readonly probe: Probe) {}

  /** @throws ProbeError when the probe cannot be opened */
  static async open(found: FoundProbe): Promise<SwdLink> {
    return new SwdLink(await openProbe(found.device, { repeats: USUAL_REPEATS }));
  }

  get clock() {
    return this.probe.clock;
  }

  get isConnected(): boolean {
    return this.#target !== null;
  }

  get firmware(): string {
    return this.probe.firmware.text;
  }

  get attachRetries(): number {
    return this.probe.attachRetries;
  }

  get transferRetries(): number {
    return this.probe.transferRetries;
  }

  /** The microcontroller, which `connect` provides. */
  get target(): Target {
    if (this.#target) return this.#target;
    throw new StepFailure(
      'station-failed',
      'The recipe does not connect before this step.',
      'Begin the recipe with "connect".',
    );
  }

  targetVoltage(): Promise<number | null> {
    return this.probe.targetVoltage();
  }

  async connect({ mode, speedKhz, ...how }: ConnectRequest): Promise<void> {
    const khz = speedKhz === 'as-before' ? this.probe.speedKhz : speedKhz;
    const speed = khz === null || khz === undefined ? {} : { speedKhz: khz };
    this.#target = await this.probe.attach({ connect: mode, ...speed, ...how });
  }

  async settle(): Promise<string> {
    const { askedKhz, failed } = await settleSpeed(this.target);
    return failed.length === 0 ? '' : `The line does not carry ${askedKhz} kHz: ${failed[0]!.because}`;
  }

  describe(): string {
    return `DPIDR ${hex32(this.target.dpidr)}, SWD at ${this.probe.speedKhz} kHz`;
  }

  async slowDown(): Promise<string | null> {
    return (await this.probe.slowDown()) ? `SWD slowed down to ${this.probe.speedKhz} kHz` : null;
  }

  forget(): void {
    this.#target = null;
  }

  identify(options: IdentityOptions): Promise<Identity> {
    return readIdentity(this.target, options);
  }

  async readUid(): Promise<string> {
    const words = await this.target.readWords(SIGNATURE, 5);
    return [2, 3, 4].map((i) => hex32(words[i]!).slice(2)).join('');
  }

  async openFlash(choose: ChooseGeometry): Promise<FlashAccess> {
    const { target } = this;
    // Attached hot, the board's own firmware still runs; the loader needs its core.
    if (!(await target.isHalted())) await target.halt();
    const geometry = await choose(await readGeometry(target), (address) => answers(target, address));
    return FlashEngine.open(target, geometry);
  }

  resetAndHold(): Promise<void> {
    return this.target.resetAndHalt();
  }

  resetAndRun(): Promise<void> {
    return this.target.resetAndRun();
  }

  close(): Promise<void> {
    return this.probe.close();
  }
}

async function answers(target: Target, address: number): Promise<boolean> {
  try {
    await target.readWord(address);
    return true;
  } catch (cause) {
    if (!(cause instanceof ProbeError) || cause.code !== 'target.fault') throw cause;
    return false;
  }
}
