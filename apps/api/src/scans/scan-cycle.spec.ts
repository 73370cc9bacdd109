import { jest } from '@jest/globals';
import { ScanBench } from '../testing/scan-bench.ts';

jest.setTimeout(120_000);

let bench: ScanBench;
/** Opens a bench with a recipe and order WO-1 for it. */
const open = async (sockets: string[], environment: Record<string, string> = {}): Promise<void> => {
  bench = await new ScanBench(sockets, environment).open();
  await bench.recipes('app');
  await bench.order('WO-1');
};
afterEach(() => bench.close());

test('a code that is scanned twice is one board: it runs in the slot that was named, once', async () => {
  await open(['-', '-']);
  expect(await bench.scan('WO-1')).toEqual({
    meaning: 'work-order',
    value: 'WO-1',
    message: 'Work order WO-1: scan the first board.',
    jobId: null,
    slot: null,
    expects: 'serial',
    order: { id: 'WO-1', passed: 0, of: 30 },
    reservedUntil: null,
  });
  const [first, second] = await Promise.all([bench.scan('SN0001'), bench.scan('SN0001')]);
  const [named, again] = first.jobId ? [first, second] : [second, first];
  expect(named).toMatchObject({
    meaning: 'serial',
    message: 'Slot 1: put in SN0001.',
    slot: '1',
    expects: 'board',
    reservedUntil: expect.any(String) as string,
  });
  expect(again).toMatchObject({ meaning: 'serial', message: 'SN0001 is in slot 1.', slot: '1', jobId: null });
  await bench.insert('1');
  await bench.done('1');
  await bench.insert('2');
  expect(await bench.scan('SN0001')).toMatchObject({
    ...{ meaning: 'serial', jobId: null, order: { id: 'WO-1', passed: 1, of: 30 } },
    message: expect.stringMatching(/^SN0001: DONE .* in WO-1\. To test it again, scan %BW-AGAIN\.$/) as string,
  });
  expect(await bench.ran()).toEqual(['SN0001 1 PASS']);
  expect(bench.fates()).toEqual(['SN0001 started', 'SN0001 refused', 'SN0001 refused']);
});
