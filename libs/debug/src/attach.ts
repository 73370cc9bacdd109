import type { ConnectMode } from '@boardwalk/contracts';
import { ProbeError } from './errors.ts';
import type { DebugLink } from './link.ts';
import { CPUID } from './registers.ts';
import { Target } from './target.ts';

/**
 * How to attach. `under-reset` holds nRST, arms the reset vector catch and releases: the core is halted before its
 * first instruction, whatever its firmware does. `normal` resets by SYSRESETREQ and halts. `hot` touches nothing:
 * the core is neither reset nor halted.
 */
export type { ConnectMode };

export interface AttachOptions {
  readonly connect: ConnectMode;
  /** Default: the probe's fastest up to 4 MHz. */
  readonly speedKhz?: number;
  /** Keep trying this long: the operator holds the reset button and lets go, or puts the board in. */
  readonly waitMs?: number;
  /** Further tries where there is no time to wait: one bad contact is not a bad board. Default 0. */
  readonly retries?: number;
  /** Called before each further try with the time so far and one sentence that says what the last one met. */
  readonly onWaiting?: (elapsedMs: number, because: string) => void;
  readonly signal?: AbortSignal;
}

const DEFAULT_SPEED_KHZ = 4000;
const RETRY_MS = 50;
/** nRST low for at least 20 µs (DS5319); boards with a capacitor on nRST need more. */
const RESET_LOW_MS = 5;
/** How long nRST may take to rise: 10 kΩ and 1 µF reach a logic one within it. */
const RESET_RISE_MS = 20;

/**
 * Attaches, and keeps trying while there is time, or a few times. Further tries are counted in `link.attachRetries`.
 * @throws ProbeError `target.*` of the last try when nobody answered in time, `cancelled` by the signal
 */
export async function attach(link: DebugLink, options: AttachOptions): Promise<Target> {
  const { clock } = link;
  const start = clock.now();
  const retries = options.retries ?? 0;
  for (let tries = 0; ; tries += 1) {
    if (options.signal?.aborted)
      throw new ProbeError('cancelled:attach', { portPath: link.portPath, operation: 'attach' });
    try {
      await link.setSpeed(options.speedKhz ?? DEFAULT_SPEED_KHZ);
      return await METHODS[options.connect](link);
    } catch (cause) {
      const elapsedMs = clock.now() - start;
      const spent = tries >= retries && elapsedMs >= (options.waitMs ?? 0);
      if (!isRetryable(cause) || spent) throw explained(cause, link, options);
      link.attachRetries += 1;
      options.onWaiting?.(elapsedMs, cause.message);
    }
    await clock.wait(RETRY_MS);
  }
}

const METHODS: Readonly<Record<ConnectMode, (link: DebugLink) => Promise<Target>>> = {
  hot: connect,
  normal: async (link) => {
    const target = await connect(link);
    await target.resetAndHalt();
    return target;
  },
  'under-reset': async (link) => {
    await link.driveReset('low');
    try {
      return await connectHeld(link);
    } catch (cause) {
      await link.driveReset('high').catch(() => undefined);
      throw cause;
    }
  },
};

async function connectHeld(link: DebugLink): Promise<Target> {
  const target = await connect(link);
  await link.clock.wait(RESET_LOW_MS);
  await target.enableDebug();
  await target.armResetCatch();
  await link.driveReset('high');
  const risen = await target.waitForHalt(RESET_RISE_MS).then(
    () => true,
    (cause: unknown) => {
      if (cause instanceof ProbeError && cause.code === 'target.timeout') return false;
      throw cause;
    },
  );
  // Where nRST is not wired the catch never fires: the core is stopped by SYSRESETREQ instead.
  if (!(risen && (await target.disarmResetCatch()))) await target.resetAndHalt();
  return target;
}

async function connect(link: DebugLink): Promise<Target> {
  await link.leaveMode();
  const dpidr = await link.enterSwd();
  // Entering succeeds on some clones without a core: the core's own id proves that one is there.
  const cpuid = await link.readWord(CPUID);
  if (cpuid !== 0 && cpuid !== 0xffffffff) return new Target(link, dpidr, cpuid);
  throw new ProbeError('target.none:no-core', { portPath: link.portPath, operation: 'read CPUID' });
}

const RETRYABLE = /^(target\..*|probe\.(protocol|no_answer|host_late))$/;

/** The target may yet come, and a probe that was out of step is in step again; a probe that is gone, busy or too old will not change. */
function isRetryable(cause: unknown): cause is ProbeError {
  return cause instanceof ProbeError && RETRYABLE.test(cause.code);
}

function explained(cause: unknown, link: DebugLink, options: AttachOptions): unknown {
  if (!(cause instanceof ProbeError) || cause.code !== 'target.none') return cause;
  const place = { portPath: link.portPath, operation: `attach ${options.connect}` };
  const details = { status: cause.status ?? undefined, cause };
  const underReset = options.connect === 'under-reset';
  if (!options.waitMs)
    return new ProbeError(underReset ? 'target.none:under-reset' : 'target.none', place, details);
  const values = { ...place, seconds: Math.round(options.waitMs / 100) / 10 };
  const key = underReset ? 'target.none:under-reset-within' : 'target.none:within';
  return new ProbeError(key, values, details);
}
