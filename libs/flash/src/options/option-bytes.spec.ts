import { findProbes, openProbe } from '@boardwalk/probe';
import { LINES, SERIES, seriesOf, STM32F0 } from '@boardwalk/series';
import { createVirtualBench } from '@boardwalk/virtual-bench';
import {
  decodeOptions,
  encodeOptions,
  isProtected,
  mostOf,
  OPTION_NAMES,
  optionsOf,
} from './option-bytes.ts';
import { OptionWriter } from './option-writer.ts';

const raw = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const lineOf = (deviceId: number) => LINES.find((line) => line.deviceId === deviceId)!;
const f0 = (deviceId: number) => optionsOf(STM32F0, lineOf(deviceId));

test.each(LINES.map((line) => [line.name, line] as const))(
  'the factory’s option bytes of %s are read and written as they are',
  (_name, line) => {
    const chip = optionsOf(seriesOf(line), line);
    const fresh = Uint8Array.from(chip.layout.factory.flatMap((byte) => [byte, byte ^ 0xff]));
    const options = decodeOptions(fresh, chip);
    expect(isProtected(options, chip)).toBe(false);
    expect([...encodeOptions(options, fresh, chip)]).toEqual([...chip.layout.factory]);
  },
);

test('the same bits have a name on a line that has them, and stay 1 on a line that does not', () => {
  const bytes = raw('aa5577880042ff00ff00ff00ff00ff00');
  expect(decodeOptions(bytes, f0(0x442))).toMatchObject({ BOOT_SEL: 0, nBOOT0: 0, nBOOT1: 1 });
  const small = f0(0x440);
  expect(Object.keys(decodeOptions(bytes, small))).not.toContain('BOOT_SEL');
  expect(encodeOptions(decodeOptions(bytes, small), bytes, small)[1]! & 0x88).toBe(0x88);
});

test.each([
  ['a5', true],
  ['00', true],
  ['ff', true],
  ['aa', false],
])('on an F0 an RDP of 0x%s is protected: %s', (rdp, isSo) => {
  const value = parseInt(rdp, 16);
  const bytes = Uint8Array.from([value, value ^ 0xff, ...raw('ff00ff00ff00ff00ff00ff00ff00')]);
  expect(isProtected(decodeOptions(bytes, f0(0x440)), f0(0x440))).toBe(isSo);
});

test('every option that any series has is known by name, with its largest value', () => {
  const names = SERIES.flatMap(({ options }) => Object.keys(options.fields));
  expect([...OPTION_NAMES].sort()).toEqual([...new Set(names)].sort());
  expect(mostOf('WRP')).toBe(0xffffffff);
  expect(mostOf('BOOT_SEL')).toBe(1);
  expect(mostOf('DATA1')).toBe(0xff);
});

test('level 2 is refused before a single bit changes, whoever asks for it', async () => {
  const bench = await createVirtualBench({ boards: ['f103cb'], threads: 'inline' });
  const [found] = await findProbes(bench.bus);
  const target = await (await openProbe(found!.device)).attach({ connect: 'under-reset' });
  const before = await bench.slots[0]!.optionBytes();
  const bytes = Uint8Array.of(0xcc, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
  await expect(new OptionWriter(target, STM32F0).write(bytes)).rejects.toMatchObject({
    code: 'flash.permanent',
    message: expect.stringMatching(/level 2.*no tool can undo it/) as string,
  });
  expect(await bench.slots[0]!.optionBytes()).toEqual(before);
  await bench.close();
});
