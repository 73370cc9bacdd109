import { findProbes, openProbe, type UsbDevice } from '@boardwalk/probe';
import { createVirtualBench, type VirtualBench } from '@boardwalk/virtual-bench';
import { FLASH_BASE } from '../families/families.ts';
import { rawImage } from '../images/read-image.ts';
import { planFlash } from '../plan.ts';
import { pseudoRandom } from '../testing/bench.ts';
import { readGeometry } from '../families/read-geometry.ts';
import { protect, readOptions, unprotect, writeOptions } from '../options/option-controller.ts';
import { FlashEngine } from './flash-engine.ts';

let bench: VirtualBench;
afterEach(() => bench.close());

/** Longer than a quarter of every limit of the flash engine, shorter than the probe's own. */
const LATE_MS = 250;

/** The first board on a host so busy that each transfer's answer reaches it `LATE_MS` after the board gave it. */
async function onABusyHost(board: string): Promise<UsbDevice> {
  bench = await createVirtualBench({ boards: [board], threads: 'inline' });
  const [found] = await findProbes(bench.bus);
  const { device } = found!;
  let lateMs = 0;
  const clock = { now: () => device.clock.now() + lateMs, wait: (ms: number) => device.clock.wait(ms) };
  return new Proxy(device, {
    get: (of, name) => {
      if (name === 'clock') return clock;
      const value: unknown = Reflect.get(of, name, of);
      if (typeof value !== 'function') return value;
      if (name !== 'transferIn') return value.bind(of) as unknown;
      return async (...how: Parameters<UsbDevice['transferIn']>) => {
        lateMs += LATE_MS;
        return of.transferIn(...how);
      };
    },
  });
}

async function open(board: string) {
  const probe = await openProbe(await onABusyHost(board));
  const target = await probe.attach({ connect: 'under-reset' });
  const geometry = await readGeometry(target);
  return { target, engine: await FlashEngine.open(target, geometry, { pickPage: (count) => count >>> 1 }) };
}

test.each(['f103c8', 'ch32'])(
  'a busy host is no fault of a %s: it erases, programs, verifies',
  async (board) => {
    const { engine } = await open(board);
    const data = pseudoRandom(3000, 11);
    const plan = planFlash(rawImage(data), engine.geometry);
    await engine.program(plan);
    expect((await engine.verify(plan, 'digest')).mismatch).toBeNull();
    await engine.erasePages([FLASH_BASE]);
    await engine.massErase();
    const blank = await engine.dump({ address: FLASH_BASE, sizeBytes: data.length });
    expect(blank.every((byte) => byte === 0xff)).toBe(true);
  },
);

test.each(['f103c8', 'ch32'])(
  'a busy host is no fault of a %s: its option bytes take what is set',
  async (board) => {
    const { target } = await open(board);
    await writeOptions(target, { DATA0: 0x5c });
    await protect(target);
    await unprotect(target);
    expect((await readOptions(target)).DATA0).toBe(0x5c);
  },
);
