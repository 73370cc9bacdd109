import { hex32, type Identity } from '@boardwalk/contracts';
import { ProbeError, readDevice, readSignatureOf, settleSpeed, type Target } from '@boardwalk/debug';
import {
  FlashEngine,
  isReadProtected,
  protect,
  readGeometry,
  writeOptions,
  type FlashAccess,
} from '@boardwalk/flash';
import { flashSizeOf, readIdentity, type IdentityOptions } from '@boardwalk/identity';
import { openProbe, USUAL_REPEATS, type FoundProbe, type Probe } from '@boardwalk/probe';
import { chipOf, uidText } from '@boardwalk/series';
import { stepFailure } from '../request/reasons.ts';
import type { BoardLink, ChipSeen, ChooseGeometry, ConnectRequest, OptionAccess } from './board-link.ts';

/** A board on the SWD pins of an ST-LINK. */
export class SwdLink implements BoardLink {
  readonly transport = 'swd';
  readonly options: OptionAccess = {
    isProtected: () => isReadProtected(this.target),
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
    throw stepFailure('station-failed:not-connected', {});
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
    const { series } = await readDevice(this.target);
    return uidText((await readSignatureOf(this.target, series)).uid);
  }

  async look(): Promise<ChipSeen> {
    const { target } = this;
    const device = await readDevice(target).catch(() => null);
    const { series } = device ?? chipOf(target.cpuid, 0);
    const signature = await readSignatureOf(target, series).catch(() => null);
    return {
      dpidr: hex32(target.dpidr),
      deviceId: device === null ? null : hex32(device.idcode),
      uid: signature && !isBlank(signature.words) ? uidText(signature.uid) : null,
      flashSizeKib: signature ? flashSizeOf(signature.sizeWord) : null,
    };
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

/** Genuine parts that run too fast for their flash show the whole signature as ones. */
function isBlank(words: Uint32Array): boolean {
  return words.every((word) => word === 0xffffffff) || words.every((word) => word === 0);
}
