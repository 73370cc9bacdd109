// Puts boards into four sockets without end, and writes the unique id of each as a line. For a test that kills it.
import { register } from 'tsx/esm/api';

register();
const { createVirtualBench } = await import('../bench/virtual-bench.ts');
const boards = ['f103cb', 'f103c8', 'cks32', 'apm32'];
const bench = await createVirtualBench({ boards, dataDirectory: process.argv[2], threads: 'inline' });
const say = async (slot) => process.stdout.write(`${(await slot.board()).uid}\n`);
for (const slot of bench.slots) await say(slot);
for (let turn = 0; ; turn += 1) {
  const slot = bench.slots[turn % boards.length];
  await slot.insert(boards[turn % boards.length]);
  await say(slot);
}
