import { jest } from '@jest/globals';
import { ScanBench } from '../testing/scan-bench.ts';

jest.setTimeout(180_000);

test('the codes of a loaded panel are scanned in the order of its slots, and each answer names its slot', async () => {
  const bench = await new ScanBench(['f103c8', '-', 'f103c8'], { BOARDWALK_SCAN_ORDER: 'slots' }).open();
  try {
    await bench.recipes('app');
    await bench.order('WO-1');
    await bench.slotWith('3', ({ state }) => state === 'ready');
    expect(await bench.say('WO-1', 'SN0001', 'SN0002', 'SN0003')).toEqual([
      'Work order WO-1: scan the first board.',
      'Board SN0001 starts in slot 1.',
      'Board SN0002 starts in slot 3.',
      'Slot 2: put in SN0003.',
    ]);
    await bench.done('1');
    await bench.done('3');
    expect((await bench.ran()).sort()).toEqual(['SN0001 1 PASS', 'SN0002 3 PASS']);
  } finally {
    await bench.close();
  }
});

test('a serial that another chip has in the order is held with its unit, and time does not end that', async () => {
  const bench = await new ScanBench(['-', '-']).open();
  try {
    await bench.recipes('app');
    await bench.order('WO-1');
    await bench.say('WO-1', 'SN0001');
    await bench.insert('1');
    await bench.done('1');
    await bench.remove('1');
    await bench.say('%BW-AGAIN', 'SN0001');
    await bench.insert('1');
    await bench.fatesSo((fates) => fates.at(-1) === 'SN0001 held');
    bench.station.aheadMs += 61_000;
    await bench.slotWith('1', ({ reserved }) => reserved === null);
    expect(bench.fates()).toEqual(['SN0001 started', 'SN0001 held']);
    expect(await bench.ran()).toEqual(['SN0001 1 PASS']);
    // Where the board is in its slot already, the operator hears it at once.
    await bench.insert('2');
    await bench.scan('SN0005', { slot: '2' });
    await bench.done('2');
    await bench.remove('2');
    await bench.insert('2');
    await bench.scan('%BW-AGAIN');
    expect(await bench.scan('SN0005', { slot: '2' })).toMatchObject({
      ...{ meaning: 'refused', slot: '2' },
      message: expect.stringMatching(/^Serial SN0005 belongs to chip .* Nothing was written/) as string,
    });
    await bench.fatesSo((fates) => fates.at(-1) === 'SN0005 held');
  } finally {
    await bench.close();
  }
});

test('a board that ran before a restart has to come out, or is asked for again', async () => {
  const bench = await new ScanBench(['-']).open();
  try {
    await bench.recipes('app');
    await bench.order('WO-1');
    await bench.say('WO-1', 'SN0001');
    const uid = 'aaaaaaaabbbbbbbbcccccccc';
    await bench.insert('1', `f103c8+uid=${uid}`);
    await bench.done('1');
    await bench.station.close();
    const again = new ScanBench([`f103c8+uid=${uid}`], {}, bench.station.data);
    await again.open();
    try {
      await again.slotWith('1', ({ state }) => state === 'ready');
      expect(await again.scan('SN0002')).toMatchObject({
        message: 'Slot 1: take out the board that is done, then put in SN0002.',
      });
    } finally {
      await again.station.close();
    }
  } finally {
    await bench.close();
  }
});
