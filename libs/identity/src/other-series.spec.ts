import { findProbes, openProbe } from '@boardwalk/probe';
import { createVirtualBench } from '@boardwalk/virtual-bench';
import { assess } from './assess.ts';
import { readIdentity } from './read-identity.ts';

async function identityOf(board: string, connect: 'under-reset' | 'hot') {
  const bench = await createVirtualBench({ boards: [board], threads: 'inline' });
  const [found] = await findProbes(bench.bus);
  const target = await (await openProbe(found!.device)).attach({ connect });
  const identity = await readIdentity(target, { targetVoltage: 3.3, readUnderReset: connect !== 'hot' });
  await bench.close();
  return identity;
}

test.each([
  ['f030f4', 0x444, 16],
  ['f030c8', 0x440, 64],
  ['f042c6', 0x445, 32],
  ['f072cb', 0x448, 128],
  ['f091cc', 0x442, 256],
])('an ST %s is read by the addresses of its series, and nothing is concluded', async (board, id, kib) => {
  const identity = await identityOf(board, 'under-reset');
  expect(identity).toMatchObject({ dpidr: '0x0bb11477', cpuid: '0x410cc200', flashSizeKib: kib });
  expect(parseInt(identity.deviceId!, 16) & 0xfff).toBe(id);
  expect(identity.uid).toMatch(/^[0-9a-f]{24}$/);
  expect(identity.signature).toHaveLength(9);
  expect(identity.optionBytes).toBe('aa55ff00ff00ff00ff00ff00ff00ff00');
  expect(identity.bootRomSha256).toMatch(/^[0-9a-f]{64}$/);
  expect(Object.keys(identity.components).sort()).toEqual(['BPU', 'DWT', 'SCS']);
  expect(identity.unread).toEqual([]);
  expect(identity.vtorReadback).toBe('0x00000000');
  const assessment = assess(identity);
  expect(assessment).toMatchObject({ verdict: 'insufficient', findings: [], score: 0, resembles: null });
  expect(assessment.summary).toMatch(/No model of evidence exists yet for the STM32F0 series/);
});

test.each([
  ['f303cc', 0x422, 256],
  ['f303k8', 0x438, 64],
])('an ST %s is read by the addresses of its series too', async (board, id, kib) => {
  const identity = await identityOf(board, 'under-reset');
  expect(identity).toMatchObject({ dpidr: '0x2ba01477', cpuid: '0x410fc241', flashSizeKib: kib, unread: [] });
  expect(parseInt(identity.deviceId!, 16) & 0xfff).toBe(id);
  expect(identity.uid).toMatch(/^[0-9a-f]{24}$/);
  expect(Object.keys(identity.components).sort()).toEqual(['DWT', 'ETM', 'FPB', 'ITM', 'SCS', 'TPIU']);
  const assessment = assess(identity);
  expect(assessment).toMatchObject({ verdict: 'insufficient', findings: [], score: 0, resembles: null });
  expect(assessment.summary).toMatch(/No model of evidence exists yet for the STM32F3 series/);
});

test('a read-protected F0 says that it is, and nothing else is concluded', async () => {
  const assessment = assess(await identityOf('f072cb+rdp1', 'under-reset'));
  expect(assessment).toMatchObject({ verdict: 'insufficient' });
  expect(assessment.modifiers.join()).toMatch(/read-protected/);
});

test('a running F0 is read without being written to', async () => {
  const identity = await identityOf('f030c8', 'hot');
  expect(identity.unread.map(({ item }) => item)).toEqual(['vtorReadback', 'ahbenrSticky', 'priorityBits']);
  expect(identity.deviceId).not.toBeNull();
});
