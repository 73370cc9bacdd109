import { benchOf } from '../testing/bench.ts';
import { describePortContract, type PortHardware } from '../testing/port-contract.ts';

async function virtual(board: string): Promise<PortHardware> {
  const bench = await benchOf(board);
  const slot = bench.slots[0]!;
  return {
    bus: bench.bus,
    portPath: slot.portPath,
    unplug: () => slot.unplugProbe(),
    plug: () => slot.plugProbe(),
    stall: () => slot.fault({ kind: 'stall' }),
    close: () => bench.close(),
  };
}

describePortContract('the virtual bench (V2)', () => virtual('f103cb'), { plugs: true, stalls: true });
describePortContract('the virtual bench (V3)', () => virtual('f103cb+probe=v3j10'), {
  plugs: true,
  stalls: true,
});
