import type { Identity } from '@boardwalk/contracts';
import { findProbes, openProbe } from '@boardwalk/probe';
import { createVirtualBench } from '@boardwalk/virtual-bench';
import type { Target } from '@boardwalk/debug';
import { readIdentity } from '../read-identity.ts';

/** Reads the identity of a board on the virtual bench; `before` changes the target first. */
export async function identityOf(
  spec: string,
  connect: 'under-reset' | 'normal' | 'hot' = 'under-reset',
  before: (target: Target) => Promise<void> = async () => undefined,
): Promise<Identity> {
  const bench = await createVirtualBench({ boards: [spec], threads: 'inline' });
  try {
    const [found] = await findProbes(bench.bus);
    const probe = await openProbe(found!.device);
    const target = await probe.attach({ connect });
    await before(target);
    const targetVoltage = await probe.targetVoltage();
    return await readIdentity(target, { targetVoltage, readUnderReset: connect === 'under-reset' });
  } finally {
    await bench.close();
  }
}
