import { FlashEngine, planFlash, readGeometry, rawImage } from '@boardwalk/flash';
import { findProbes, openProbe } from '@boardwalk/probe';
import { createVirtualBench } from '@boardwalk/virtual-bench';
import { randomBytes } from './station-on-virtual-bench.ts';

/** Modelled seconds of a 128 KiB dump, attached already; preparing the loader is part of the proved one. */
export interface DumpFigures {
  readonly kib: number;
  /** Random content, every byte over SWD. */
  readonly readbackS: number;
  /** Three quarters blank or known: those pages are proved by the target's digests and not moved. */
  readonly provedS: number;
  readonly readPages: number;
  readonly provedPages: number;
}

const KIB = 128;
const PS_PER_S = 1e12;

/** Half blank, a quarter content that the host holds, a quarter that nobody knows. */
export async function measureDumping(): Promise<DumpFigures> {
  const virtual = await createVirtualBench({ boards: ['f103cb'], seed: 1 });
  const now = async (): Promise<number> => (await virtual.slots[0]!.ledger()).nowPs / PS_PER_S;
  const [found] = await findProbes(virtual.bus);
  const probe = await openProbe(found!.device);
  try {
    const target = await probe.attach({ connect: 'under-reset' });
    const geometry = await readGeometry(target);
    const quarter = geometry.sizeBytes / 4;
    const known = randomBytes(quarter, 7);
    const content = Buffer.concat([known, randomBytes(quarter, 8)]);
    const writer = await FlashEngine.open(target, geometry);
    await writer.program(planFlash(rawImage(content), geometry));
    await target.resetAndHalt();

    const start = await now();
    const engine = await FlashEngine.open(target, geometry);
    const proved = await engine.dumpProved(engine.wholeFlash, [known]);
    const middle = await now();
    const bytes = await engine.dump(engine.wholeFlash);
    const end = await now();
    if (!Buffer.from(bytes).equals(proved.bytes)) throw new Error('the two dumps differ');
    const { readPages, provedPages } = proved;
    return { kib: KIB, readbackS: end - middle, provedS: middle - start, readPages, provedPages };
  } finally {
    await probe.close();
    await virtual.close();
  }
}
