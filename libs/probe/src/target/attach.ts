import { ProbeError } from '../errors.ts';
import type { Probe } from '../stlink/probe.ts';
import { C_DEBUGEN, CPUID, DBGKEY, DEMCR, DHCSR, TRCENA, VC_CORERESET } from './registers.ts';
import { Target } from './target.ts';

/**
 * How to attach. `under-reset` holds nRST, arms the reset vector catch and releases: the core stands before its
 * first instruction, whatever its firmware does. `normal` resets by SYSRESETREQ and halts. `hot` touches nothing.
 */
export type ConnectMode = 'under-reset' | 'normal' | 'hot';

export interface AttachOptions {
  readonly connect: ConnectMode;
  readonly speedKhz?: number;
  /** Keep trying this long: the operator holds the reset button and lets go, or puts the board in. */
  readonly waitMs?: number;
  /** Called before each further try. */
  readonly onWaiting?: (elapsedMs: number) => void;
  readonly signal?: AbortSignal;
}

const RETRY_MS = 50;
/** nRST low for at least 20 µs (DS5319); boards with a capacitor on nRST need more. */
const RESET_LOW_MS = 5;
const RESET_RECOVERY_MS = 5;

/** @throws ProbeError `target.none` when nobody answers within the time */
export async function attach(probe: Probe, options: AttachOptions): Promise<Target> {
  await probe.setSpeed(options.speedKhz ?? 4000);
  const start = probe.clock.now();
  const deadline = start + (options.waitMs ?? 0);
  for (;;) {
    try {
      return await METHODS[options.connect](probe);
    } catch (cause) {
      if (!isRetryable(cause) || probe.clock.now() >= deadline) throw explained(cause, probe, options);
    }
    if (options.signal?.aborted) throw cancelled(probe);
    options.onWaiting?.(probe.clock.now() - start);
    await probe.clock.wait(RETRY_MS);
  }
}

const METHODS: Readonly<Record<ConnectMode, (probe: Probe) => Promise<Target>>> = {
  hot: connect,
  normal: async (probe) => {
    const target = await connect(probe);
    await target.resetAndHalt();
    return target;
  },
  'under-reset': async (probe) => {
    await probe.driveReset('low');
    try {
      const target = await connect(probe);
      await probe.clock.wait(RESET_LOW_MS);
      await target.writeWord(DHCSR, DBGKEY | C_DEBUGEN);
      await target.writeWord(DEMCR, TRCENA | VC_CORERESET);
      await probe.driveReset('high');
      await probe.clock.wait(RESET_RECOVERY_MS);
      await haltWherever(target);
      await target.writeWord(DEMCR, TRCENA);
      return target;
    } catch (cause) {
      await probe.driveReset('high').catch(() => undefined);
      throw cause;
    }
  },
};

/** Where nRST is not wired the catch never fires: the core is stopped by SYSRESETREQ instead. */
async function haltWherever(target: Target): Promise<void> {
  if (await target.isHalted()) return;
  await target.resetAndHalt();
}

async function connect(probe: Probe): Promise<Target> {
  await probe.leaveMode();
  await probe.enterSwd();
  const reply = await probe.wire.command([0xf2, 0x31], 12, 'read DPIDR');
  const target = new Target(probe, reply.getUint32(4, true));
  // ENTER succeeds on some clones with nothing behind it: the core's own id proves that somebody is there.
  await target.readWord(CPUID);
  return target;
}

function isRetryable(cause: unknown): boolean {
  return cause instanceof ProbeError && (cause.code.startsWith('target.') || cause.code === 'probe.protocol');
}

function explained(cause: unknown, probe: Probe, options: AttachOptions): unknown {
  if (!(cause instanceof ProbeError) || cause.code !== 'target.none') return cause;
  const waited = options.waitMs ? ` within ${Math.round(options.waitMs / 1000)} s` : '';
  const remedy =
    options.connect === 'under-reset'
      ? 'Check SWDIO, SWCLK, GND, nRST and power. If nRST is not wired, hold the board’s reset button and try again with a waiting time.'
      : 'Check SWDIO, SWCLK, GND and power, or connect under reset.';
  return new ProbeError('target.none', `Probe ${probe.portPath}: no target answers${waited}.`, {
    portPath: probe.portPath,
    operation: `attach ${options.connect}`,
    remedy,
    ...(cause.status === null ? {} : { status: cause.status }),
    cause,
  });
}

function cancelled(probe: Probe): ProbeError {
  return new ProbeError('cancelled', `Probe ${probe.portPath}: attaching was cancelled.`, {
    portPath: probe.portPath,
    operation: 'attach',
    remedy: 'Start again when the board is ready.',
  });
}
