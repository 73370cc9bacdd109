import { RecipeStep, type Assessment, type Identity } from '@boardwalk/contracts';
import {
  assess,
  blockOf,
  expectationOf,
  MODEL_VERSION,
  notReadOf,
  reassess,
  type Expectation,
} from './index.ts';
import { EVIDENCE } from './evidence.ts';
import { identityOf } from './testing/virtual-identity.ts';

let c8: Identity;
let cks: Identity;

beforeAll(async () => {
  [c8, cks] = await Promise.all([identityOf('f103c8'), identityOf('cks32')]);
});

const idsOf = (identity: Identity, order: Expectation = {}): string[] =>
  assess(identity, order).findings.map(({ id }) => id);
const withSize = (word: string): Identity => ({ ...c8, signature: [word, ...c8.signature!.slice(1)] });
const rootOf = (
  identity: Identity,
  pidr4: number,
  pidr: number[],
  cidr = [0x0d, 0x10, 0x05, 0xb1],
): Identity => ({
  ...identity,
  romTable: { ...identity.romTable!, peripheralId: { pidr4, pidr }, componentId: cidr },
});

describe('what was not really read', () => {
  test.each([
    ['dpidr', '0x411fc231', /not ARM’s code/],
    ['dpidr', '0x00000748', /leftover/],
    ['apIdr', '0x1ba01477', /not ARM’s code/],
    ['cpuid', '0x20036410', /not ARM’s implementer/],
    ['cpuid', '0x00003748', /leftover/],
    ['deviceId', '0xe0042000', /leftover/],
    ['deviceId', '0x05fa0004', /leftover/],
    ['deviceId', '0x004278b7', /leftover/],
    ['deviceId', '0xffffffff', /all ones/],
    ['deviceId', '0x00000000', /zero/],
    ['flashCr', '0x00000010', /leftover/],
  ] as const)('a %s of %s counts as not read, with the reason', (item, word, why) => {
    const identity = { ...c8, [item]: word };
    expect(assess(identity).verdict).not.toBe('differs');
    const found = notReadOf(identity).find((each) => each.item === item);
    expect(found?.why).toMatch(why);
    expect(found?.settles.length).toBeGreaterThan(10);
    expect(notReadOf(c8)).toEqual([]);
  });

  test.each([
    ['without the preamble', [0, 0, 0, 0]],
    ['with the class of another component', [0x0d, 0xe0, 0x05, 0xb1]],
  ])('the ids of a root ROM table %s are not read', (_what, cidr) => {
    const identity = rootOf(c8, 0x04, [0xc3, 0xb4, 0x0b, 0x00], cidr);
    expect(assess(identity).verdict).toBe('insufficient');
    expect(assess(identity).summary).toMatch(/Too little could be read .*the root ROM table/);
  });

  test('the id of another component in the root ROM table is a stale read', () => {
    const { pidr4, pidr } = c8.components.SCS!;
    expect(assess(rootOf(c8, pidr4, pidr)).verdict).toBe('insufficient');
    expect(notReadOf(rootOf(c8, pidr4, pidr)).map(({ item }) => item)).toEqual(['romTable']);
  });

  test('DWT and ITM that read as zero are not read, and the others still tell the revision', () => {
    const zeros = { pidr4: 0, pidr: [0, 0, 0, 0] };
    const identity = { ...c8, components: { ...c8.components, DWT: zeros, ITM: zeros } };
    expect(idsOf(identity)).toContain('COMP_R1P1');
    expect(assess(identity).verdict).toBe('consistent');
  });

  test.each(['0xffffffff', '0x00000000'])(
    'a signature of %s gives no size, no half-word and no unique id',
    (word) => {
      const identity = { ...c8, signature: c8.signature!.map(() => word), readUnderReset: false };
      const order = { flashSizeKib: 128 };
      expect(idsOf(identity, order).filter((id) => /^(SIZE|HALF|UID)_/.test(id))).toEqual([]);
      expect(assess(identity, order)).toMatchObject({ verdict: 'insufficient', modifiers: [] });
      expect(assess(identity, order).summary).toMatch(/read it again with reset held/);
      // A clone is seen by its other registers.
      expect(assess({ ...cks, signature: identity.signature, readUnderReset: false }).verdict).toBe(
        'differs',
      );
    },
  );

  test('a genuine part at 72 MHz without wait states is read again, not accused', async () => {
    const identity = await identityOf('f103cb', 'hot', async (target) => {
      // PLL from HSI/2 times 16, and no wait state.
      await target.writeWord(0x40021004, 0x00380400);
      await target.writeWord(0x40021000, 0x01000083);
      await target.readWords(0x40021000, 64);
      await target.writeWord(0x40021004, 0x00380402);
    });
    expect(identity.signature).toEqual(Array(5).fill('0xffffffff'));
    expect(assess(identity, { flashSizeKib: 128 })).toMatchObject({
      verdict: 'insufficient',
      resembles: null,
    });
  });

  test('a protected part that hides its size is not measured against the order, and one that states it is', () => {
    const hidden = { ...withSize('0xffff0000'), flashObr: '0x03fffffe' };
    expect(idsOf(hidden, { flashSizeKib: 128 }).filter((id) => id.startsWith('SIZE'))).toEqual([]);
    expect(assess(hidden, { flashSizeKib: 128 }).verdict).toBe('consistent');
    const stated = { ...c8, flashObr: '0x03fffffe' };
    const finding = assess(stated, { flashSizeKib: 64 }).findings.find(({ id }) => id === 'SIZE_OK');
    expect(finding).toMatchObject({ excused: false, read: '64 KiB' });
  });
});

describe('odd reads', () => {
  test.each<[string, Partial<Identity>]>([
    ['a debug port that no part has', { dpidr: '0x3ba02477' }],
    ['a revision of the core that no part has', { cpuid: '0x413fc238' }],
    ['a device id that belongs to no F1', { deviceId: '0x20036999' }],
    ['a FLASH_CR with a wrong bit', { flashCr: '0x00008080' }],
    ['an AHBENR with a wrong bit', { ahbenrSticky: '0x0000055f' }],
    ['three priority bits', { priorityBits: 3 }],
    ['a blank boot ROM', { bootRomVectors: ['0xffffffff', '0xffffffff', '0xffffffff', '0xffffffff'] }],
    ['SRAM past its end', { sramBeyond: true }],
  ])('%s alone is insufficient, and the sentence asks to read again', (_what, change) => {
    const assessment = assess({ ...c8, ...change });
    expect(assessment).toMatchObject({ verdict: 'insufficient', resembles: null, strength: null });
    expect(assessment.summary).toMatch(/Not enough evidence either way.*Read it again/);
  });

  test.each([
    ['another designer', 0x08, [0x01, 0xe1, 0x08, 0x00]],
    ['no designer', 0x00, [0x00, 0x00, 0x00, 0x00]],
  ])(
    'a ROM table with %s differs beside a newer core, unidentified, and is insufficient alone',
    (_what, pidr4, pidr) => {
      expect(assess(rootOf(c8, pidr4, pidr)).verdict).toBe('insufficient');
      expect(assess(rootOf(cks, pidr4, pidr))).toMatchObject({ verdict: 'differs', resembles: null });
    },
  );

  test('every row that speaks for another part has a grade that may decide, and no row of grade C does', () => {
    const specific = EVIDENCE.filter(({ kind }) => kind === 'specific');
    expect(specific.length).toBeGreaterThan(10);
    expect(specific.filter(({ reliability }) => reliability === 'C')).toEqual([]);
    expect(EVIDENCE.filter(({ kind, weight }) => (kind === 'supports') !== weight > 0)).toEqual([]);
  });
});

describe('contradictions', () => {
  const CONTRADICTION = 'the identity registers contradict each other';

  test('one read of a newer core beside ST’s name is insufficient, two differ and are no relabelling', () => {
    const one = assess({ ...c8, vtorReadback: '0xffffff80' }, { flashSizeKib: 64 });
    expect(one).toMatchObject({ verdict: 'insufficient', modifiers: [CONTRADICTION] });
    const two = assess(
      { ...c8, vtorReadback: '0xffffff80', components: cks.components },
      { flashSizeKib: 128 },
    );
    expect(two).toMatchObject({ verdict: 'differs', resembles: null, modifiers: [CONTRADICTION] });
  });

  test('an XL density with a newer core is not judged: nobody published its core', () => {
    const xl = rootOf({ ...cks, deviceId: '0x10006430' }, 0, [0x30, 0x04, 0x0a, 0x00]);
    expect(assess(xl)).toMatchObject({ verdict: 'insufficient', resembles: null });
    expect(assess(xl).summary).toMatch(/XL density is not confirmed/);
  });

  test('marks of two families are those of none', () => {
    const both = { ...cks, gigadevicePid: '0x41424333', ahbenrSticky: '0x0000055f' };
    expect(assess(both)).toMatchObject({ verdict: 'differs', resembles: null });
    expect(assess({ ...both, ahbenrSticky: '0x00000557' }).resembles).toBe('GD32F1');
  });
});

describe('another line of ST', () => {
  const lineOf = (deviceId: string, part: number): Identity =>
    rootOf({ ...c8, deviceId, signature: null }, 0, [part & 0xff, 0x04, 0x0a, 0x00]);

  test.each([
    ['0x10016418', 0x418, 'STM32F105/107 connectivity line', '0x411fc231'],
    ['0x10016420', 0x420, 'STM32F100 value line', '0x411fc231'],
    ['0x10016428', 0x428, 'STM32F100 value line, high density', '0x411fc231'],
    ['0x10186416', 0x416, 'STM32L1 category 1', '0x412fc230'],
    ['0x10186436', 0x436, 'STM32L1 category 4', '0x412fc230'],
    ['0x10006437', 0x437, 'STM32L1 category 5 or 6', '0x412fc230'],
    ['0x20036411', 0x411, 'STM32F2', '0x412fc230'],
    ['0x10006413', 0x413, 'STM32F405/407/415/417', '0x410fc241'],
  ])('%s is named and no unidentified family', (idcode, part, name, cpuid) => {
    const dpidr = cpuid === '0x411fc231' ? '0x1ba01477' : '0x2ba01477';
    const assessment = assess({ ...lineOf(idcode, part), cpuid, dpidr });
    expect(assessment).toMatchObject({ verdict: 'differs', resembles: null, modifiers: [] });
    expect(assessment.summary).toContain(`ST silicon, but ${name} and not an F103`);
  });

  test('a line without a model is insufficient by name, and differs where an F103 was ordered', async () => {
    const f303 = await identityOf('f303cc');
    expect(assess(f303).summary).toMatch(/that of an STM32F302\/F303xB\/xC.*No model of evidence/);
    const ordered = assess(f303, { deviceIds: [0x410, 0x412] });
    expect(ordered).toMatchObject({ verdict: 'differs', resembles: null });
    expect(ordered.summary).toMatch(/ST silicon, but STM32F302.* and not an F103/);
    expect(assess(f303, { deviceIds: [0x422] }).verdict).toBe('insufficient');
  });

  test('a line that was ordered is consistent, and named', async () => {
    const f105 = await identityOf('f105rc');
    const { verdict, summary } = assess(f105, { deviceIds: [0x418] });
    expect(verdict).toBe('consistent');
    expect(summary).toBe('Consistent with a genuine ST part, STM32F105/107 connectivity line.');
    expect(assess(c8, { deviceIds: [0x410] }).summary).toBe('Consistent with a genuine ST part.');
  });

  test('a device id one bit from the true one is no other line', () => {
    expect(assess({ ...c8, deviceId: '0x20036411' }).verdict).toBe('insufficient');
    expect(assess({ ...c8, deviceId: '0x20036414' }, { deviceIds: [0x410] }).verdict).toBe('insufficient');
  });
});

test('a supply that is too low is said, and a probe without a sense wire is no low supply', () => {
  expect(assess({ ...c8, targetVoltage: 1.72 }).modifiers.join()).toMatch(/supply was 1\.72 V/);
  expect(assess({ ...c8, targetVoltage: 0.01 }).modifiers).toEqual([]);
});

test('findings come the weightiest first, and the model has a version', () => {
  const weights = assess(cks).findings.map(({ weight }) => Math.abs(weight));
  expect(weights).toEqual([...weights].sort((a, b) => b - a));
  expect(MODEL_VERSION).toBe(2);
});

test.each(['f103c8', 'cks32', 'relabelled-c6', 'f100rb', 'spoofed-st'])(
  'no sentence about a %s says genuine of it',
  async (board) => {
    const { summary, modifiers } = assess(await identityOf(board), { flashSizeKib: 64 });
    const words = [summary, ...modifiers]
      .join(' ')
      .replace(/(Consistent with|Differs from) a genuine ST part/, '');
    expect(words).not.toMatch(/genuine|fake|counterfeit|clone|fraud/i);
  },
);

test('a stored identity is judged again: what was said, what is said now, and whether that is another verdict', () => {
  const first: Assessment = { ...assess(cks), resembles: 'CKS32/CS32F103' };
  delete first.modelVersion;
  expect(reassess(cks, {}, first)).toMatchObject({
    was: { verdict: 'differs', resembles: 'CKS32/CS32F103', modelVersion: 1 },
    now: { verdict: 'differs', resembles: null, modelVersion: MODEL_VERSION },
    changed: true,
  });
  expect(reassess(cks, {}, assess(cks)).changed).toBe(false);
});

test('an identity of an earlier version, without the later registers, is judged', () => {
  const { componentIds: _ids, priorityReadback: _word, ...earlier } = c8;
  expect(assess(earlier).verdict).toBe('consistent');
});

test('a recipe says the part ordered: its identify step before its part', () => {
  const part = { deviceId: '0x412', flashSizeKib: 32 };
  const steps = (expected: object) => [RecipeStep.parse({ step: 'identify', expect: expected })];
  expect(expectationOf({ part, steps: steps({}) })).toEqual({ deviceIds: [0x412], flashSizeKib: 32 });
  expect(expectationOf({ part, steps: steps({ deviceId: ['0x410', '0x414'] }) })).toEqual({
    deviceIds: [0x410, 0x414],
    flashSizeKib: 32,
  });
  expect(expectationOf({ steps: [] })).toEqual({});
});

test('a block to send in has the raw words, and of the unique id the first one only', () => {
  const block = blockOf(cks, assess(cks));
  const uid = cks.uid!;
  expect(JSON.parse(block)).toMatchObject({
    ...{ modelVersion: MODEL_VERSION, verdict: 'differs', resembles: null },
    ...{ dpidr: cks.dpidr, cpuid: cks.cpuid, romTable: cks.romTable, uidWord0: `0x${uid.slice(0, 8)}` },
    signature: [cks.signature![0], cks.signature![1], cks.signature![2], null, null],
  });
  for (const hidden of [uid.slice(8, 16), uid.slice(16), cks.optionBytes!])
    expect(block).not.toContain(hidden);
});
