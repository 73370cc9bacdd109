import { hexOf, Wire } from '../testing/wire.ts';

/** Wire bytes as OpenOCD 0.12, st-flash and pyOCD exchange them with an STM32F103 (OUT, then the reply). */
const IDLE: readonly [string, string, string, string][] = [
  ['a V2J37S7 names its version', 'f103cb', 'F1', '29 47 83 04 48 37'],
  ['a V2-1 names its version and product', 'f103cb+probe=v21', 'F1', '29 5B 83 04 4B 37'],
  ['a V3 hides its version from the old command', 'f103cb+probe=v3j10', 'F1', '30 00 83 04 4E 37'],
  [
    'a V3 names its version to the new command',
    'f103cb+probe=v3j10',
    'FB',
    '03 00 0A 03 00 00 00 00 83 04 4E 37',
  ],
  ['a probe at rest is in mode 1', 'f103cb', 'F5', '01 00'],
  ['the target voltage comes as two conversions', 'f103cb', 'F7', 'D5 05 00 00 F8 07 00 00'],
  ['950 kHz is divisor 3', 'f103cb', 'F2 43 03', '80 00'],
  ['5 kHz is divisor 798', 'f103cb', 'F2 43 1E 03', '80 00'],
  ['a divisor nobody lists is refused', 'f103cb', 'F2 43 04', '41 00'],
  ['SWD is entered', 'f103cb', 'F2 30 A3', '80 00'],
  ['entering without a target is refused', 'f103cb+empty', 'F2 30 A3', '09 00'],
  ['an unknown command is named so', 'f103cb', 'F2 7F', '42 00'],
  [
    'a V3 lists its clocks',
    'f103cb+probe=v3j10',
    'F2 62 00',
    '80 00 00 00 E8 03 00 00 07 00 00 00 C0 5D 00 00 40 1F 00 00 E4 0C 00 00 E8 03 00 00 C8 00 00 00 ' +
      '32 00 00 00 05 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
  ],
  ['a V3 sets a clock', 'f103cb+probe=v3j10', 'F2 61 00 00 E8 03 00 00', '80 00 00 00 E8 03 00 00'],
];

const ENTERED: readonly [string, string, string, string][] = [
  ['the mode is debug', 'f103cb', 'F5', '02 00'],
  ['a genuine part answers DPIDR', 'f103cb', 'F2 31', '80 00 00 00 77 14 A0 1B 00 00 00 00'],
  ['a clone answers its own DPIDR', 'cks32', 'F2 31', '80 00 00 00 77 14 A0 2B 00 00 00 00'],
  ['CPUID by a memory read', 'f103cb', 'F2 07 00 ED 00 E0 04 00', '31 C2 1F 41'],
  ['CPUID by a debug register', 'f103cb', 'F2 36 00 ED 00 E0', '80 00 00 00 31 C2 1F 41'],
  ['DBGMCU_IDCODE', 'f103cb', 'F2 36 00 20 04 E0', '80 00 00 00 10 64 03 20'],
  ['the flash size of 128 KiB', 'f103cb', 'F2 36 E0 F7 FF 1F', '80 00 00 00 80 00 FF FF'],
  ['the core halts', 'f103cb', 'F2 35 F0 ED 00 E0 03 00 5F A0', '80 00'],
  ['nRST goes low', 'f103cb', 'F2 3C 00', '80 00'],
  ['CTRL/STAT is powered up', 'f103cb', 'F2 45 FF FF 04 00', '80 00 00 00 40 00 00 F0'],
  ['power-up is asked for', 'f103cb', 'F2 46 FF FF 04 00 00 00 00 50', '80 00'],
  ['AP 0 is an AHB-AP', 'f103cb', 'F2 45 00 00 FC 00', '80 00 00 00 11 00 77 14'],
  ['AP 1 is not there', 'f103cb', 'F2 45 01 00 FC 00', '80 00 00 00 00 00 00 00'],
  ['opening an AP that is not there is refused', 'f103cb', 'F2 4B 01', '1D 00'],
  ['a genuine ROM table begins with the SCS', 'f103cb', 'F2 36 00 F0 0F E0', '80 00 00 00 03 F0 F0 FF'],
  ['trace data has no status byte', 'f103cb', 'F2 42', '00 00'],
];

test.each(IDLE)('%s', async (_title, spec, command, reply) => {
  expect(await Wire.to(spec).ask(command, reply.split(' ').length)).toBe(reply);
});

test.each(ENTERED)('after ENTER: %s', async (_title, spec, command, reply) => {
  const wire = await Wire.entered(spec);
  expect(await wire.ask(command, reply.split(' ').length)).toBe(reply);
});

test('a single byte is answered with two', async () => {
  const wire = await Wire.entered('f103cb');
  wire.slot.chip!.flash.cells[1] = 0x50;
  await wire.command('F2 0C 01 00 00 08 01 00');
  const { data } = await wire.submitIn(64);
  expect(data.length).toBe(2);
  expect(data[0]).toBe(0x50);
});

test('a memory fault comes with the next status and its address', async () => {
  const wire = await Wire.entered('f103cb');
  await wire.ask('F2 07 00 00 00 60 04 00', 4);
  expect(await wire.ask('F2 3E', 12)).toBe('11 00 00 00 00 00 00 60 00 00 00 00');
});

test('a fault leaves nothing behind: the next access works', async () => {
  const wire = await Wire.entered('f103cb');
  await wire.ask('F2 07 00 00 00 60 04 00', 4);
  expect(await wire.ask('F2 07 00 ED 00 E0 04 00', 4)).toBe('31 C2 1F 41');
  expect(await wire.status()).toBe('80');
});

test('bytes written land where they were sent', async () => {
  const wire = await Wire.entered('f103cb');
  expect(await wire.tell('F2 0D 03 00 00 20 01 00', '50')).toBe('80');
  expect(wire.slot.chip!.sram[3]).toBe(0x50);
});

test('a bulk of debug operations is answered item by item', async () => {
  const wire = await Wire.entered('f103cb');
  await wire.command('F2 51 05');
  await wire.submitOut(
    Uint8Array.from(
      '05 01 02 01 02 00 00 00 00 00 00 00 FC ED 00 E0 00 00 00 01 00 20 00 E0 03 00 00 00'
        .split(' ')
        .map((byte) => parseInt(byte, 16)),
    ),
  );
  const reply = await wire.ask('F2 52', 40);
  expect(reply.split(' ').slice(20).join(' ')).toBe(Array(5).fill('80 00 00 00').join(' '));
  expect(await wire.readWord(0xe000edfc)).toBe(0x01000000);
  expect((await wire.readWord(0xe0002000)) & 1).toBe(1);
});

test('leaving debug mode is not answered, and the mode is 1 again', async () => {
  const wire = await Wire.entered('f103cb');
  await wire.command('F2 21');
  expect(await wire.ask('F5', 2)).toBe('01 00');
});

test('the board identifier is 128 bytes, all zero after the status where there is none', async () => {
  const wire = Wire.to('f103cb');
  await wire.command('F2 56');
  const { data } = await wire.submitIn(128);
  expect(data.length).toBe(128);
  expect(hexOf(data.subarray(0, 6))).toBe('80 00 00 00 00 00');
});

test('JTAG mode shows the other identification register', async () => {
  const wire = Wire.to('f103cb');
  await wire.ask('F2 30 A4', 2);
  expect(await wire.ask('F2 31', 12)).toBe('80 00 00 00 77 04 A0 3B 00 00 00 00');
});
