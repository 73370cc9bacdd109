import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BOARD_PROFILES } from '../profiles/profiles.ts';
import { idCount, uniqueIdOf } from '../profiles/unique-id.ts';
import {
  createVirtualBench,
  type VirtualBench,
  type VirtualBenchOptions,
  type VirtualSlot,
} from './virtual-bench.ts';

jest.setTimeout(60_000);

const benches: VirtualBench[] = [];
let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'virtual-boards-'));
});
afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()));
  await rm(directory, { recursive: true });
});

async function benchOf(boards: string[], options: Partial<VirtualBenchOptions> = {}): Promise<VirtualBench> {
  const bench = await createVirtualBench({ boards, threads: 'inline', ...options });
  benches.push(bench);
  return bench;
}

const uidsOf = (bench: VirtualBench): Promise<string[]> =>
  Promise.all(bench.slots.map(async (slot) => (await slot.board())!.uid));

/** The ids of the boards in the sockets, then of `more` new ones put in after another. */
async function idsOf(bench: VirtualBench, boards: readonly string[], more: number): Promise<string[]> {
  const ids = await uidsOf(bench);
  for (let turn = 0; turn < more; turn += 1) {
    const at = turn % boards.length;
    await bench.slots[at]!.insert(boards[at]!);
    ids.push((await bench.slots[at]!.board())!.uid);
  }
  return ids;
}

const VARIED = [...BOARD_PROFILES.values()].filter(({ uidFree }) => idCount(uidFree) > 1n);
const BOARDS = ['f103c8', 'f103cb', 'cks32', 'apm32'];

test('a million boards on 16 slots have a million unique ids', () => {
  const { fromCharCode } = String;
  const seen = new Set<string>();
  let number = 0n;
  for (let turn = 0; turn < 1_000_000 / 16; turn += 1) {
    for (let slot = 0; slot < 16; slot += 1) {
      const { uid, uidFree } = VARIED[slot % VARIED.length]!;
      const [a, b, c] = uniqueIdOf(uid, uidFree, number++);
      seen.add(fromCharCode(a >>> 16, a & 0xffff, b >>> 16, b & 0xffff, c >>> 16, c & 0xffff));
    }
  }
  expect(seen.size).toBe(1_000_000);
});

test.each(VARIED)(
  '$name: ten thousand million boards would not repeat, and every free byte is used',
  (profile) => {
    const { uid, uidFree } = profile;
    expect(idCount(uidFree)).toBeGreaterThan(10_000_000_000n);
    const ids = Array.from({ length: 2000 }, (_, number) => uniqueIdOf(uid, uidFree, BigInt(number)));
    uidFree.forEach((free, at) => {
      const byteOf = (id: readonly number[]): number => (id[at >> 2]! >>> (8 * (3 - (at % 4)))) & 0xff;
      const values = new Set(ids.map(byteOf));
      if (!free) expect([...values]).toEqual([byteOf(uid)]);
      else expect(values.size).toBeGreaterThan((free.to - free.from) / 2);
    });
  },
);

test('ids of ST’s boards have the shape of published ones: 06, FF in the third byte, then decimal digits', () => {
  const { uid, uidFree } = BOARD_PROFILES.get('f103c8')!;
  for (let number = 0n; number < 2000n; number += 1n) {
    const text = uniqueIdOf(uid, uidFree, number).map((word) => word.toString(16).padStart(8, '0'));
    expect(text.join(' ')).toMatch(/^066[0-9a-f]ff\d{2} [45]\d[45]\d[6-9]\d[45]\d 87[0-2]\d{5}$/);
  }
});

test('benches of one process share their numbers, so their boards differ', async () => {
  const [first, second] = [await benchOf(BOARDS), await benchOf(BOARDS)];
  const ids = [...(await idsOf(first, BOARDS, 20)), ...(await idsOf(second, BOARDS, 20))];
  expect(new Set(ids).size).toBe(ids.length);
});

test('a seed gives the same ids again', async () => {
  const ids = async (seed: number): Promise<string[]> => idsOf(await benchOf(BOARDS, { seed }), BOARDS, 8);
  expect(await ids(5)).toEqual(await ids(5));
  expect(new Set([...(await ids(5)), ...(await ids(6))]).size).toBe(24);
});

test('benches opened after another on one folder repeat no id but of the boards still in their sockets', async () => {
  const seen = new Set<string>();
  let inSockets: string[] = [];
  for (let opening = 0; opening < 3; opening += 1) {
    const bench = await createVirtualBench({ boards: BOARDS, dataDirectory: directory, threads: 'inline' });
    const ids = await idsOf(bench, BOARDS, 80);
    expect(ids.slice(0, 4).filter((id) => seen.has(id))).toEqual(inSockets);
    for (const id of ids.slice(inSockets.length)) {
      expect(seen).not.toContain(id);
      seen.add(id);
    }
    inSockets = await uidsOf(bench);
    await bench.close();
  }
});

test('a killed process gives no id twice', async () => {
  const script = fileURLToPath(new URL('../testing/inserting-bench.mjs', import.meta.url));
  const seen = new Set<string>();
  for (let life = 0; life < 3; life += 1) {
    const process_ = spawn(process.execPath, [script, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(process_, 'exit');
    const lines: string[] = [];
    for await (const line of createInterface({ input: process_.stdout })) {
      lines.push(line);
      if (lines.length === 300) process_.kill('SIGKILL');
    }
    await ended;
    expect(lines.length).toBeGreaterThanOrEqual(300);
    // The first four are the boards that the dead process left in the sockets.
    const fresh = life === 0 ? lines : lines.slice(4);
    expect(fresh.filter((id) => seen.has(id))).toEqual([]);
    for (const id of fresh) seen.add(id);
  }
});

test('two folders begin at random, and a file without a number begins again', async () => {
  const other = join(directory, 'other');
  const damaged = join(directory, 'virtual-boards.json');
  const ids = await idsOf(await benchOf(BOARDS, { dataDirectory: directory }), BOARDS, 4);
  ids.push(...(await idsOf(await benchOf(BOARDS, { dataDirectory: other }), BOARDS, 4)));
  await rm(join(directory, 'virtual-bench'), { recursive: true });
  await writeFile(damaged, 'no number');
  ids.push(...(await idsOf(await benchOf(BOARDS, { dataDirectory: directory }), BOARDS, 4)));
  expect(new Set(ids).size).toBe(24);
});

describe('a board that repeats a unique id does so by name', () => {
  const UID = '066cff485349755087114331';

  test('+uid puts the same chip in again', async () => {
    const bench = await benchOf(['f103cb', 'f103c8']);
    await bench.slots[0]!.insert(`f103cb+uid=${UID}`);
    await bench.slots[1]!.insert(`f103cb+uid=0x${UID.toUpperCase()}`);
    expect(await uidsOf(bench)).toEqual([UID, UID]);
  });

  test('a chip that is put in again, in any socket, still has its flash; one whose flash the spec names has that', async () => {
    const firmware = join(directory, 'firmware.bin');
    await writeFile(firmware, Uint8Array.of(1, 2, 3));
    const bench = await benchOf([`f103cb+firmware=${firmware}`, 'f103cb+empty'], { threads: 'workers' });
    const [from, to] = bench.slots as [VirtualSlot, VirtualSlot];
    const { uid } = (await from.board())!;
    await from.remove();
    expect(await from.board()).toBeNull();
    await to.insert(`f103cb+uid=${uid}`);
    expect(await to.board()).toEqual({ spec: `f103cb+uid=${uid}`, uid });
    expect((await to.flash())!.slice(0, 4)).toEqual(Uint8Array.of(1, 2, 3, 0xff));
    await writeFile(firmware, Uint8Array.of(9));
    await to.insert(`f103cb+firmware=${firmware}+uid=${uid}`);
    expect((await to.flash())!.slice(0, 2)).toEqual(Uint8Array.of(9, 0xff));
  });

  test('a lot of cks32-one-uid has one', async () => {
    const ids = await uidsOf(await benchOf(['cks32-one-uid', 'cks32-one-uid', 'cks32']));
    expect(new Set(ids.slice(0, 2)).size).toBe(1);
    expect(new Set(ids).size).toBe(2);
  });

  test('a socket whose spec names another chip does not keep the one from before', async () => {
    const first = await createVirtualBench({
      boards: ['f103cb'],
      dataDirectory: directory,
      threads: 'inline',
    });
    await first.close();
    expect(await uidsOf(await benchOf([`f103cb+uid=${UID}`], { dataDirectory: directory }))).toEqual([UID]);
  });
});
