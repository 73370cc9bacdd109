import { findProbes, openProbe } from '@boardwalk/probe';
import { createVirtualBench } from '@boardwalk/virtual-bench';
import { REGISTER_NAMES } from '@boardwalk/series';
import { assess } from './assess.ts';
import { MODEL_VERSION } from './model.ts';
import { flashSizeOf, readIdentity } from './read-identity.ts';

async function identityOf(board: string) {
  const bench = await createVirtualBench({ boards: [board], threads: 'inline' });
  const [found] = await findProbes(bench.bus);
  const probe = await openProbe(found!.device);
  const target = await probe.attach({ connect: 'under-reset' });
  const identity = await readIdentity(target, {
    targetVoltage: await probe.targetVoltage(),
    readUnderReset: true,
  });
  await bench.close();
  return identity;
}

test.each(['f103c8', 'f103cb', 'f103c6', 'f103rc', 'f103re'])(
  'an ST %s is consistent with a genuine ST part',
  async (board) => {
    const assessment = assess(await identityOf(board));
    expect(assessment).toMatchObject({ verdict: 'consistent', strength: 'high', resembles: null });
    expect(assessment.summary).not.toMatch(/is genuine/);
  },
);

test.each([
  ['apm32', 'APM32F103', '0x2ba01477'],
  ['gd32', 'GD32F1', '0x2ba01477'],
  ['ch32', 'CH32F103', '0x2ba01477'],
  ['hk32', 'HK32F103', '0x2ba01477'],
  ['mh2103', 'MH2103/AIR32F103', '0x2ba01477'],
])('a %s differs and resembles %s', async (board, family, dpidr) => {
  const identity = await identityOf(board);
  expect(identity.dpidr).toBe(dpidr);
  expect(assess(identity)).toMatchObject({ verdict: 'differs', resembles: family });
});

test('a CKS32 differs and is unidentified: several makers leave ARM’s default ids in the ROM table', async () => {
  const identity = await identityOf('cks32');
  expect(identity.dpidr).toBe('0x2ba01477');
  const assessment = assess(identity);
  expect(assessment).toMatchObject({ verdict: 'differs', strength: 'medium', resembles: null });
  expect(assessment.summary).toMatch(/family is unidentified/);
});

test('a C6 sold as a C8 is ST silicon, but not the part ordered', async () => {
  const assessment = assess(await identityOf('relabelled-c6'), { flashSizeKib: 64 });
  expect(assessment).toMatchObject({ verdict: 'differs', resembles: null });
  expect(assessment.modifiers.join()).toMatch(/not the part ordered/);
  expect(assessment.findings.map(({ id }) => id)).toContain('SIZE_DIFF');
});

test('a read-protected part is not accused for what protection hides', async () => {
  const assessment = assess(await identityOf('f103cb+rdp1'));
  expect(assessment.verdict).toBe('consistent');
  expect(assessment.modifiers.join()).toMatch(/read-protected/);
});

test('what a firmware cannot read is named as not read, not as wrong', async () => {
  const identity = await identityOf('f103cb+probe=v2j17');
  expect(identity.apIdr).toBeNull();
  expect(identity.unread.map(({ item }) => item)).toEqual(['apIdr', 'apBase']);
  expect(assess(identity).verdict).toBe('consistent');
});

test.each([
  [0xffff0040, 64],
  [0xffffffff, null],
  [0xffff0000, null],
])('a size register of 0x%s states %s KiB: a blank one states nothing', (word, kib) => {
  expect(flashSizeOf(word)).toBe(kib);
});

test('a transport failure of the probe is no verdict', async () => {
  const identity = await identityOf('f103cb');
  expect(assess({ ...identity, deviceId: '0xe0042000' }).verdict).toBe('insufficient');
  expect(assess({ ...identity, cpuid: '0x00000000' }).verdict).toBe('insufficient');
  expect(assess({ ...identity, romTable: null }).verdict).toBe('insufficient');
});

test('ST’s name in the ROM table of a newer core contradicts itself', async () => {
  const [genuine, clone] = [await identityOf('f103cb'), await identityOf('cks32')];
  const spoofed = { ...clone, romTable: genuine.romTable };
  const assessment = assess(spoofed);
  expect(assessment.verdict).toBe('differs');
  expect(assessment.modifiers).toContain('the identity registers contradict each other');
});

test('registers that are written to be read hold afterwards what they held before', async () => {
  const bench = await createVirtualBench({ boards: ['f103cb'], threads: 'inline' });
  const [found] = await findProbes(bench.bus);
  const probe = await openProbe(found!.device);
  const target = await probe.attach({ connect: 'under-reset' });
  const addresses = [0xe000ed08, 0x40021014, 0xe000e400, 0xe000edfc];
  const before = [];
  for (const address of addresses) before.push(await target.readWord(address));
  await readIdentity(target, { targetVoltage: null, readUnderReset: true });
  for (const [i, address] of addresses.entries()) expect(await target.readWord(address)).toBe(before[i]);
  await bench.close();
});

test('nothing is written to a core that runs, and what only writing shows is named as not read', async () => {
  const bench = await createVirtualBench({ boards: ['f103cb'], threads: 'inline' });
  const [found] = await findProbes(bench.bus);
  const probe = await openProbe(found!.device);
  const first = await probe.attach({ connect: 'under-reset' });
  await first.resetAndRun();
  const target = await probe.attach({ connect: 'hot' });
  const identity = await readIdentity(target, { targetVoltage: null, readUnderReset: false });
  expect(identity).toMatchObject({ vtorReadback: null, ahbenrSticky: null, priorityBits: null });
  expect(identity.unread.map(({ item }) => item)).toEqual(['vtorReadback', 'ahbenrSticky', 'priorityBits']);
  expect(identity.dpidr).toBe('0x1ba01477');
  await bench.close();
});

test('nothing is concluded about a series without a model, and the sentence says so', async () => {
  const f103 = await identityOf('f103cb');
  const f051 = { ...f103, dpidr: '0x0bb11477', cpuid: '0x410cc200', deviceId: '0x20006440' };
  const assessment = assess(f051);
  expect(assessment).toMatchObject({
    verdict: 'insufficient',
    resembles: null,
    strength: null,
    findings: [],
  });
  expect(assessment.summary).toMatch(/No model of evidence exists yet for the STM32F0 series/);
  // A Cortex-M0 with an id that nobody knows is no F103 either.
  expect(assess({ ...f051, deviceId: '0x10006411' }).verdict).toBe('insufficient');
});

test.each(['cks32', 'f103cb'])('each register of a %s is read by its row, all of them', async (board) => {
  const identity = await identityOf(board);
  const missing = REGISTER_NAMES.filter((name) => identity[name] === null);
  expect(missing.filter((name) => !identity.unread.some(({ item }) => item === name))).toEqual([]);
  expect(identity.deviceId).toMatch(/410$/);
});

test('the component ids of every debug component are kept raw, and so is the word of the priority bits', async () => {
  const identity = await identityOf('f103c8');
  expect(Object.keys(identity.componentIds!).sort()).toEqual(Object.keys(identity.components).sort());
  const { ETM, ...present } = identity.componentIds!;
  for (const ids of Object.values(present)) expect(ids).toEqual([0x0d, 0xe0, 0x05, 0xb1]);
  // A place in the ROM table where no component answers: both facts are kept.
  expect(ETM).toEqual([0, 0, 0, 0]);
  expect(identity).toMatchObject({ priorityReadback: '0xf0f0f0f0', priorityBits: 4 });
  expect(await identityOf('mh2103')).toMatchObject({ priorityReadback: '0xe0e0e0e0', priorityBits: 3 });
});

test('an assessment says the version of its rules, the part of each finding, and what was not read', async () => {
  const { modelVersion, findings, notRead, difference } = assess(await identityOf('cks32'));
  expect(modelVersion).toBe(MODEL_VERSION);
  expect(findings.find(({ id }) => id === 'CPUID_M3_R2')?.kind).toBe('specific');
  expect(findings.find(({ id }) => id === 'DEVID_F103')?.kind).toBe('supports');
  expect([notRead, difference]).toEqual([[], 'maker']);
});

test.each([
  ['relabelled-c6', { flashSizeKib: 64 }, 'part'],
  ['f105rc', {}, 'part'],
  ['spoofed-st', { flashSizeKib: 128 }, 'maker'],
  ['f103c8', {}, null],
])('a %s differs by its %j order as %s', async (board, order, difference) => {
  expect(assess(await identityOf(board), order).difference).toBe(difference);
});
