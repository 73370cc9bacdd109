import type { Identity, PeripheralId, Verdict } from '@boardwalk/contracts';
import { assess } from './assess.ts';
import type { Expectation } from './expectation.ts';
import { identityOf } from './testing/virtual-identity.ts';

/** Identities that no virtual board has, from the published sheets. What is to be said of them was written first. */
interface Awkward {
  readonly title: string;
  readonly base: 'f103cb' | 'f103re' | 'f103c6' | 'f103rg';
  readonly shows: (identity: Identity) => Partial<Identity>;
  readonly order?: Expectation;
  readonly verdict: Verdict | readonly Verdict[];
  readonly difference?: 'part';
}

const st = (part: number): PeripheralId => ({ pidr4: 0, pidr: [part & 0xff, (part >> 8) & 0xf, 0x0a, 0] });
const romOf = (part: number) => (identity: Identity) => ({
  romTable: { ...identity.romTable!, peripheralId: st(part) },
});
const signatureOf = (size: string, rest: string, ...uid: readonly string[]) => ({
  signature: [size, rest, ...uid].map((word) => `0x${word}`),
  uid: uid.join(''),
});
const M3_R2P0 = {
  ...{ dpidr: '0x2ba01477', apIdr: '0x24770011', cpuid: '0x412fc230', vtorReadback: '0xffffff80' },
  components: {
    SCS: { pidr4: 4, pidr: [0x00, 0xb0, 0x2b, 0] },
    DWT: { pidr4: 4, pidr: [0x02, 0xb0, 0x2b, 0] },
    FPB: { pidr4: 4, pidr: [0x03, 0xb0, 0x2b, 0] },
    ITM: { pidr4: 4, pidr: [0x01, 0xb0, 0x2b, 0] },
    TPIU: { pidr4: 4, pidr: [0x23, 0xb9, 0x2b, 0] },
  },
};
const NOT_DIFFERENT = ['consistent', 'insufficient'] as const;

const GENUINE: readonly Awkward[] = [
  {
    title: 'a medium density part of 2008, 20006410',
    ...{ base: 'f103cb', shows: () => ({ deviceId: '0x20006410' }), verdict: 'consistent' },
  },
  {
    title: 'the first revision of high density, 10006414',
    ...{ base: 'f103re', shows: () => ({ deviceId: '0x10006414' }), verdict: 'consistent' },
  },
  {
    title: 'a unique id of which the second half-word is not FF',
    base: 'f103cb',
    shows: () => signatureOf('ffff0080', '051406b5', '066e0036', '31304b31', '43036728'),
    verdict: 'consistent',
  },
  {
    title: 'a unique id with 57 on top, of a marked CBT6 that passes every test',
    base: 'f103cb',
    shows: () => signatureOf('ffff0080', '051406b5', '0672ff32', '35325434', '57012556'),
    order: { flashSizeKib: 128, package: 'LQFP48' },
    verdict: 'consistent',
  },
  {
    title: 'the signature of ones that 72 MHz without wait states leaves, read without a reset',
    base: 'f103cb',
    shows: () => ({
      ...signatureOf('ffffffff', 'ffffffff', 'ffffffff', 'ffffffff', 'ffffffff'),
      ...{ flashSizeKib: null, readUnderReset: false },
    }),
    order: { flashSizeKib: 128 },
    verdict: NOT_DIFFERENT,
  },
  {
    title: 'a protected part that hides its signature as zeros',
    base: 'f103cb',
    shows: () => ({
      ...signatureOf('00000000', '00000000', '00000000', '00000000', '00000000'),
      ...{ flashObr: '0x03fffffe', flashSizeKib: null, bootRomSha256: null, bootRomVectors: null },
    }),
    order: { flashSizeKib: 128 },
    verdict: NOT_DIFFERENT,
  },
  {
    title: 'a protected RE that states its 512 KiB all the same',
    ...{ base: 'f103re', shows: () => ({ flashObr: '0x03fffffe' }), order: { flashSizeKib: 512 } },
    verdict: 'consistent',
  },
  {
    title: 'a ROM walk without the trace enable: DWT and ITM answer zeros',
    base: 'f103cb',
    shows: ({ components }) => {
      const zero = { pidr4: 0, pidr: [0, 0, 0, 0] };
      return { components: { ...components, DWT: zero, ITM: zero } };
    },
    verdict: 'consistent',
  },
  {
    title: 'a probe that reads the wrong access port',
    ...{ base: 'f103re', shows: () => ({ apIdr: null, apBase: null, romTable: null }) },
    verdict: 'insufficient',
  },
  {
    title: 'one word that another core would show: CPUID alone is r2p1',
    ...{ base: 'f103cb', shows: () => ({ cpuid: '0x412fc231' }), verdict: NOT_DIFFERENT },
  },
  {
    title: 'one word that another core would show: DPIDR alone is r2',
    ...{ base: 'f103cb', shows: () => ({ dpidr: '0x2ba01477' }), verdict: NOT_DIFFERENT },
  },
  {
    title: 'a garbled RCC_AHBENR that has bit 12',
    ...{ base: 'f103cb', shows: () => ({ ahbenrSticky: '0x00001014' }), verdict: NOT_DIFFERENT },
  },
  {
    title: 'a garbled device id that names low density, one bit away',
    ...{ base: 'f103cb', shows: () => ({ deviceId: '0x20036412' }), order: { flashSizeKib: 128 } },
    verdict: NOT_DIFFERENT,
  },
  {
    title: 'XL density with a newer core, which no public log settles',
    ...{ base: 'f103rg', shows: () => ({ ...M3_R2P0 }), verdict: 'insufficient' },
  },
  {
    title: 'a leftover of the probe’s buffer in place of the device id',
    ...{ base: 'f103cb', shows: () => ({ deviceId: '0x00000748' }), verdict: 'insufficient' },
  },
  {
    title: 'a value line part with a unique id of mostly ones, where the value line was ordered',
    base: 'f103cb',
    shows: (identity) => ({
      ...{ deviceId: '0x10016420', ...romOf(0x420)(identity) },
      ...signatureOf('ffff0040', '051406b5', 'ffff3307', 'ffffffff', 'ffffffff'),
    }),
    order: { deviceIds: [0x420] },
    verdict: NOT_DIFFERENT,
  },
];

/** ST's silicon of another line: said to be that, and never another maker's. */
const OTHER_LINES: readonly Awkward[] = [
  {
    title: 'an F100 sold as an F103',
    base: 'f103cb',
    shows: (identity) => ({ deviceId: '0x10016420', ...romOf(0x420)(identity) }),
    ...{ order: { deviceIds: [0x410] }, verdict: 'differs', difference: 'part' },
  },
  {
    title: 'an L152 sold as an F103: its newer core is normal for that line',
    base: 'f103cb',
    shows: (identity) => ({ ...M3_R2P0, deviceId: '0x10186416', ...romOf(0x416)(identity) }),
    ...{ order: { deviceIds: [0x410] }, verdict: 'differs', difference: 'part' },
  },
  {
    title: 'an F205 sold as an F103',
    base: 'f103cb',
    shows: (identity) => ({ ...M3_R2P0, deviceId: '0x20036411', ...romOf(0x411)(identity) }),
    ...{ order: { deviceIds: [0x410] }, verdict: 'differs', difference: 'part' },
  },
  {
    title: 'a connectivity line part in a package that it does not come in',
    base: 'f103re',
    shows: (identity) => ({ deviceId: '0x10016418', ...romOf(0x418)(identity) }),
    ...{ order: { deviceIds: [0x410], package: 'LQFP48' }, verdict: 'differs', difference: 'part' },
  },
];

const said = async ({ base, shows, order }: Awkward) => {
  const identity = await identityOf(base);
  return assess({ ...identity, ...shows(identity) }, order);
};
const titled = (rows: readonly Awkward[]) => rows.map((row) => [row.title, row] as const);

test.each(titled(GENUINE))('a genuine part is not said to differ: %s', async (_title, row) => {
  const { verdict, resembles, findings } = await said(row);
  const seen = { verdict, findings: findings.map(({ id, weight }) => `${id} ${weight}`) };
  expect([row.verdict].flat()).toContain(seen.verdict);
  expect(resembles).toBeNull();
});

test.each(titled(OTHER_LINES))('silicon of ST is no other maker’s: %s', async (_title, row) => {
  expect(await said(row)).toMatchObject({
    ...{ verdict: row.verdict, difference: row.difference, resembles: null },
  });
});
