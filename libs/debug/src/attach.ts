import type { ConnectMode } from '@boardwalk/contracts';
import { ProbeError, type ProbeErrorCode } from './errors.ts';
import type { DebugLink } from './link.ts';
import { CPUID } from './registers.ts';
import { Target } from './target.ts';

/**
 * How to attach. `under-reset` holds nRST, arms the reset vector catch and releases: the core stands before its
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
    if (options.signal?.aborted) throw cancelled(link);
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
  // Entering succeeds on some clones with nothing behind it: the core's own id proves that somebody is there.
  const cpuid = await link.readWord(CPUID);
  if (cpuid !== 0 && cpuid !== 0xffffffff) return new Target(link, dpidr, cpuid);
  throw failure(link, 'target.none', 'no core answers', 'read CPUID', CHECK_WIRING);
}

const RETRYABLE = /^(target\..*|probe\.(protocol|no_answer|host_late))$/;

/** The target may yet come, and a probe that was out of step is in step again; a probe that is gone, busy or too old will not change. */
function isRetryable(cause: unknown): cause is ProbeError {
  return cause instanceof ProbeError && RETRYABLE.test(cause.code);
}

const CHECK_WIRING = 'Check SWDIO, SWCLK, GND and power, or connect under reset.';
const CHECK_WIRING_AND_RESET =
  'Check SWDIO, SWCLK, GND, nRST and power. If nRST is not wired, hold the board’s reset button and try again with a waiting time.';

function explained(cause: unknown, link: DebugLink, options: AttachOptions): unknown {
  if (!(cause instanceof ProbeError) || cause.code !== 'target.none') return cause;
  const waited = options.waitMs ? ` within ${Math.round(options.waitMs / 100) / 10} s` : '';
  const remedy = options.connect === 'under-reset' ? CHECK_WIRING_AND_RESET : CHECK_WIRING;
  const operation = `attach ${options.connect}`;
  return failure(link, 'target.none', `no target answers${waited}`, operation, remedy, cause);
}

function cancelled(link: DebugLink): ProbeError {
  return failure(link, 'cancelled', 'cancelled', 'attach', 'Start again when the board is ready.');
}

function failure(
  { portPath }: DebugLink,
  code: ProbeErrorCode,
  says: string,
  operation: string,
  remedy: string,
  cause?: ProbeError,
): ProbeError {
  const status = cause?.status ?? undefined;
  return new ProbeError(code, `Probe ${portPath}: ${says} (${operation}).`, {
    portPath,
    operation,
    remedy,
    ...(status === undefined ? {} : { status }),
    ...(cause ? { cause } : {}),
  });
}
