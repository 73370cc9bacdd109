import { blockLimitsOf, capabilitiesOf } from './capabilities.ts';
import { decodeVersion, decodeVersionEx } from './firmware.ts';

const view = (hex: string): DataView =>
  new DataView(Uint8Array.from(hex.split(' '), (byte) => parseInt(byte, 16)).buffer);

test.each([
  ['29 47 83 04 48 37', 0x3748, 'V2J37S7', 37],
  ['29 5B 83 04 4B 37', 0x374b, 'V2J37M27', 37],
  ['24 40 83 04 48 37', 0x3748, 'V2J17S0', 17],
  ['29 48 83 04 48 37', 0x3748, 'V2J37S8', 37],
])('GET_VERSION %s of product %i is %s', (bytes, productId, text, jtag) => {
  expect(decodeVersion(view(bytes), productId)).toEqual({ text, hardware: 2, jtag });
});

test.each([
  ['25 87', 0x374b, 'V2M22S7'],
  ['29 48', 0x374b, 'V2M37S8'],
  ['29 4C', 0x3752, 'V2M37S12'],
])('a V2-1 that says %s has mass storage and SWIM, but nothing that debugs', (word, productId, text) => {
  expect(decodeVersion(view(`${word} 83 04 4B 37`), productId)).toEqual({ text, hardware: 2, jtag: 0 });
});

test.each([
  ['03 00 0A 03 00 00 00 00 83 04 4E 37', 'V3J10M3'],
  ['03 01 0F 06 05 00 00 00 83 04 4F 37', 'V3J15M6B5S1'],
])('GET_VERSION_EX %s is %s', (bytes, text) => {
  expect(decodeVersionEx(view(bytes)).text).toBe(text);
});

test.each([
  [2, 13, ['targetVoltage']],
  [2, 17, ['targetVoltage', 'lastStatus2']],
  [2, 24, ['targetVoltage', 'lastStatus2', 'swdDivisor', 'dapRegisters']],
  [
    2,
    37,
    ['targetVoltage', 'lastStatus2', 'swdDivisor', 'dapRegisters', 'memory16', 'accessPorts', 'dpBanks'],
  ],
  [3, 1, ['targetVoltage', 'lastStatus2', 'dapRegisters', 'memory16', 'accessPorts', 'comFrequency']],
])('V%iJ%i can do %j', (hardware, jtag, features) => {
  const capabilities = capabilitiesOf({ text: '', hardware, jtag });
  const has = Object.entries(capabilities).flatMap(([feature, there]) => (there ? [feature] : []));
  expect(has).toEqual(features);
});

test('only a V3 from J6 on takes long blocks of bytes', () => {
  const limits = (hardware: number, jtag: number) =>
    blockLimitsOf(capabilitiesOf({ text: '', hardware, jtag }));
  expect(limits(2, 60)).toEqual({ wordBytes: 6144, byteReadBytes: 64, byteWriteBytes: 64 });
  expect(limits(3, 5).byteWriteBytes).toBe(64);
  expect(limits(3, 6)).toEqual({ wordBytes: 6144, byteReadBytes: 128, byteWriteBytes: 512 });
});
