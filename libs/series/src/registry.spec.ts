import { chipOf, lineOf, SERIES, seriesWithCore } from './registry.ts';
import { readSignature, uidText } from './signature.ts';
import { STM32F0 } from './stm32f0.ts';
import { STM32F1 } from './stm32f1.ts';

test.each([
  ['ST’s F103', 0x411fc231, 0x20036410, 'STM32F1', 0x410],
  ['a clone with a newer Cortex-M3', 0x412fc231, 0x20036410, 'STM32F1', 0x410],
  ['a GD32F130, which has the place and the id of an F1', 0x412fc231, 0x13030410, 'STM32F1', 0x410],
  ['a clone with a Cortex-M4', 0x410fc241, 0x70050414, 'STM32F1', 0x414],
  ['ST’s F051', 0x410cc200, 0x20006440, 'STM32F0', 0x440],
  ['an APM32F072 with a Cortex-M0+', 0x410cc601, 0x20016448, 'STM32F0', 0x448],
  ['a core that no series has, with a known id', 0x410fc271, 0x20036410, 'STM32F1', 0x410],
])('%s is found by its core and its device id', (_name, cpuid, idcode, series, deviceId) => {
  const chip = chipOf(cpuid, idcode);
  expect([chip.series.name, chip.line?.deviceId]).toEqual([series, deviceId]);
});

test.each([
  ['an id that no line has', 0x410cc200, 0x10006411, 'STM32F0'],
  ['the id of another series at this core’s place', 0x410cc200, 0x20036410, 'STM32F0'],
  ['an id that could not be read', 0x411fc231, 0, 'STM32F1'],
])('%s leaves the first series with that core, and no line', (_name, cpuid, idcode, series) => {
  expect(chipOf(cpuid, idcode)).toMatchObject({ series: { name: series }, line: null });
});

test('a core that no series has may be of any', () => {
  expect(seriesWithCore(0x410fd212)).toEqual(SERIES);
});

test('the upper bits of an id are its revision and do not choose the line', () => {
  expect(lineOf(0xffff0448)).toBe(lineOf(0x448));
  expect(lineOf(0x448)).not.toBeNull();
});

test('size and unique id are found in the signature words of each series', () => {
  const f1 = readSignature(STM32F1, [0xffff0040, 9, 1, 2, 3]);
  expect([f1.sizeWord & 0xffff, uidText(f1.uid)]).toEqual([64, '000000010000000200000003']);
  const f0 = readSignature(STM32F0, [1, 2, 3, 9, 9, 9, 9, 9, 0xffff0100]);
  expect([f0.sizeWord & 0xffff, uidText(f0.uid)]).toEqual([256, '000000010000000200000003']);
});
