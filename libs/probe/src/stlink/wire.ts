import { hex } from '@boardwalk/contracts';
import { mayPass, ProbeError } from '@boardwalk/debug';
import type { UsbClock, UsbDevice } from '../usb/port.ts';
import { asProbeError, isUsbPortError, probeGone } from '../usb/usb-failures.ts';
import { StLinkChannel } from './channel.ts';
import { sentenceOf, STATUS_OK, WAIT_STATUSES } from './status.ts';

/** Back-off of a target that says wait, ms: nine tries in all, as OpenOCD's. */
const WAIT_BACKOFF_MS = [1, 2, 4, 8, 16, 32, 64, 128];
const LAST_STATUS = { command: [0xf2, 0x3b], replyBytes: 2 } as const;
const LAST_STATUS_2 = { command: [0xf2, 0x3e], replyBytes: 12 } as const;

/** One memory command: its block, its data phase either way, and what it is called in an error. */
export interface MemoryCommand {
  readonly block: Uint8Array;
  readonly address: number;
  /** Written after the block; null reads. */
  readonly out: Uint8Array | null;
  readonly inBytes: number;
  readonly operation: string;
  /** Twice does the same as once: it may be sent again after a failed exchange. */
  readonly repeatable: boolean;
}

/** Whether replies still belong to the commands sent last. `dead`: not even a port reset helped. */
type Step = 'in' | 'lost' | 'dead';

/**
 * One ST-LINK's command channel, one exchange after another.
 *
 * The protocol has no tags: a reply that comes late is taken for the next command's. So whatever breaks an
 * exchange (timeout, stall, wrong length) loses the step, and before the next exchange the channel is brought
 * back into step: stale replies drained, stalls cleared, as the last resort the port reset. An unplugged probe, or
 * one that a reset did not wake, fails every later call at once.
 *
 * An exchange that does the same twice as once is sent again a few times where that was asked for at opening.
 */
export class StLinkWire {
  readonly #channel: StLinkChannel;
  #tail: Promise<unknown> = Promise.resolve();
  #step: Step = 'lost';
  #gone = false;
  /** Exchanges that were sent again, since the probe was opened. */
  retries = 0;

  /** @param mostRepeats how often one exchange is sent again */
  constructor(
    device: UsbDevice,
    timeoutMs: number,
    private readonly mostRepeats = 0,
  ) {
    this.#channel = new StLinkChannel(device, timeoutMs);
  }

  get portPath(): string {
    return this.#channel.portPath;
  }

  get clock(): UsbClock {
    return this.#channel.clock;
  }

  /** False after a failed exchange, until the next one; also once the probe is gone. */
  get inStep(): boolean {
    return this.#step === 'in' && !this.#gone;
  }

  open(): Promise<void> {
    return this.#typed('open the probe', () => this.#channel.open());
  }

  close(): Promise<void> {
    return this.#channel.close();
  }

  /** Brings the channel into step; resolves with GET_VERSION's six bytes. @throws ProbeError `probe.no_answer` */
  resync(): Promise<DataView> {
    return this.#queued(() => this.#typed('resync', async () => viewOf(await this.#bringIntoStep())));
  }

  /** Sends a command and reads exactly `replyBytes`, with no look at a status; 0: the command has no reply. */
  exchange(
    command: ArrayLike<number>,
    replyBytes: number,
    operation: string,
    repeatable = false,
  ): Promise<DataView> {
    return this.#repeated(repeatable, operation, async () =>
      viewOf(await this.#exchange(command, replyBytes, operation)),
    );
  }

  /** A command whose reply begins with a status; sent again while the target says wait. @throws ProbeError */
  async command(
    command: ArrayLike<number>,
    replyBytes: number,
    operation: string,
    { address, repeatable = false }: { address?: number; repeatable?: boolean } = {},
  ): Promise<DataView> {
    for (let tries = 0; ; tries += 1) {
      const reply = await this.exchange(command, replyBytes, operation, repeatable);
      const status = reply.getUint8(0);
      if (status === STATUS_OK) return reply;
      await this.#backOff(status, tries, operation, address);
    }
  }

  /**
   * A memory command, its data phase and the status that only a second command tells, as one: sent whole again
   * while the target says wait. @throws ProbeError with the address that faulted, where the firmware tells it
   */
  async memory(command: MemoryCommand, lastStatus2: boolean): Promise<Uint8Array> {
    const { operation, repeatable } = command;
    const question = lastStatus2 ? LAST_STATUS_2 : LAST_STATUS;
    for (let tries = 0; ; tries += 1) {
      let data: Uint8Array = EMPTY;
      const answer = await this.#repeated(repeatable, operation, async () => {
        await this.#channel.write(command.block, operation);
        if (command.out) await this.#channel.write(command.out, operation);
        if (command.inBytes > 0) data = await this.#channel.receive(command.inBytes, operation);
        return this.#exchange(question.command, question.replyBytes, operation);
      });
      const status = answer[0]!;
      if (status === STATUS_OK) return data;
      const told = lastStatus2 ? viewOf(answer).getUint32(4, true) : 0;
      await this.#backOff(status, tries, operation, told || command.address);
    }
  }

  async #backOff(status: number, tries: number, operation: string, address?: number): Promise<void> {
    const backoff = WAIT_BACKOFF_MS[tries];
    if (!WAIT_STATUSES.has(status) || backoff === undefined) throw this.#failure(status, operation, address);
    this.retries += 1;
    await this.clock.wait(backoff);
  }

  #failure(status: number, operation: string, address?: number): ProbeError {
    const values = { portPath: this.portPath, operation, answer: hex(status) };
    return new ProbeError(sentenceOf(status), values, { status, address });
  }

  async #exchange(command: ArrayLike<number>, replyBytes: number, operation: string): Promise<Uint8Array> {
    await this.#channel.send(command, operation);
    return replyBytes === 0 ? EMPTY : this.#channel.receive(replyBytes, operation);
  }

  async #repeated<Result>(
    repeatable: boolean,
    operation: string,
    act: () => Promise<Result>,
  ): Promise<Result> {
    for (let repeats = repeatable ? this.mostRepeats : 0; ; repeats -= 1) {
      try {
        return await this.#alone(operation, act);
      } catch (cause) {
        // A status is the target's word and stays; a step that is lost is found again by the next exchange.
        if (repeats <= 0 || this.#step !== 'lost' || this.#gone || !mayPass(cause)) throw cause;
        this.retries += 1;
      }
    }
  }

  /** One exchange at a time, in step. */
  #alone<Result>(operation: string, act: () => Promise<Result>): Promise<Result> {
    return this.#queued(async () => {
      if (this.#step !== 'in') await this.#typed(operation, () => this.#bringIntoStep());
      return this.#typed(operation, act);
    });
  }

  #queued<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = this.#tail.then(act);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  /** Cheapest cure first; each that fails tells which comes next. */
  async #bringIntoStep(): Promise<Uint8Array> {
    let last: unknown = null;
    for (const cure of this.#step === 'dead' ? [] : CURES) {
      if (!cure.helps(last)) continue;
      try {
        await cure.apply(this.#channel);
        await this.#channel.drain();
        const version = await this.#channel.askVersion();
        this.#step = 'in';
        return version;
      } catch (cause) {
        if (isFinal(cause)) throw cause;
        this.retries += 1;
        last = cause;
      }
    }
    this.#step = 'dead';
    throw this.#silent(last);
  }

  #silent(cause: unknown): ProbeError {
    return new ProbeError('probe.no_answer', { portPath: this.portPath, operation: 'resync' }, { cause });
  }

  async #typed<Result>(operation: string, act: () => Promise<Result>): Promise<Result> {
    if (this.#gone) throw probeGone(this.portPath, operation);
    try {
      return await act();
    } catch (cause) {
      if (this.#step === 'in') this.#step = 'lost';
      const typed = asProbeError(cause, this.portPath, operation);
      this.#gone ||= typed instanceof ProbeError && typed.code === 'probe.disconnected';
      throw typed;
    }
  }
}

interface Cure {
  /** `cause`: what the try before failed with. */
  readonly helps: (cause: unknown) => boolean;
  readonly apply: (channel: StLinkChannel) => Promise<void>;
}

const CURES: readonly Cure[] = [
  { helps: () => true, apply: async () => undefined },
  {
    helps: (cause) => isUsbPortError(cause) && cause.code === 'usb.stall',
    apply: (channel) => channel.clearHalt(),
  },
  { helps: () => true, apply: (channel) => channel.reset() },
];

/** No cure brings back a probe that is gone, or one that somebody else took. */
function isFinal(cause: unknown): boolean {
  if (!isUsbPortError(cause)) return !(cause instanceof ProbeError);
  return ['usb.disconnected', 'usb.busy', 'usb.access_denied'].includes(cause.code);
}

const EMPTY = new Uint8Array(0);

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
