import { GuestBench, pattern } from './guest-bench.ts';
import { OpenOcdSession, TELNET_PORT } from './openocd-session.ts';

const HLA = '-f interface/stlink.cfg';
const DAP = '-f interface/stlink-dap.cfg';
const TARGET = '-f target/stm32f1x.cfg';
const PS_PER_S = 1e12;
const BOARDS = ['f103cb', 'cks32', 'f103cb+probe=v3j10', 'cks32+probe=v3j10'];

let bench: GuestBench;
let session: OpenOcdSession | null = null;
const at = (port: number): string => `-c 'adapter usb location 1-${port}'`;
const start = async (options: string): Promise<OpenOcdSession> => {
  session = await OpenOcdSession.start(bench, options);
  return session;
};

beforeAll(async () => {
  bench = await GuestBench.start(BOARDS, { forward: [TELNET_PORT], hostTime: 'stands' });
  const image = pattern(16384, 1).toString('base64');
  await bench.run(`base64 -d >/tmp/image.bin <<< '${image}'`);
});
afterEach(async () => {
  await session?.stop();
  session = null;
});
afterAll(() => bench.close());

describe('OpenOCD 0.12 on the virtual bench', () => {
  it('dumps, writes, verifies and runs in the time that real hardware was measured at', async () => {
    const openocd = await start(`${HLA} ${at(1)} ${TARGET}`);
    expect(await openocd.type('reset halt')).toContain('halted due to debug-request');
    const before = await bench.ledger(1);
    expect(await openocd.type('dump_image /tmp/dump.bin 0x08000000 0x1ffff')).toContain(
      'dumped 131071 bytes',
    );
    const dumped = await bench.ledger(1);
    const { stdout } = await bench.run(
      'sha256sum /tmp/dump.bin; (head -c 131071 /dev/zero | tr "\\0" "\\377") | sha256sum',
    );
    const [dump, blank] = stdout.split('\n').map((line) => line.split(' ')[0]);
    expect(dump).toBe(blank);
    const written = await openocd.type('flash write_image erase /tmp/image.bin 0x08000000');
    expect(written).toContain('wrote 16384 bytes from file /tmp/image.bin');
    const after = await bench.ledger(1);
    expect((await bench.flash(1)).subarray(0, 16384).equals(pattern(16384, 1))).toBe(true);
    expect(await openocd.type('verify_image /tmp/image.bin 0x08000000')).toContain('verified 16384 bytes');
    expect(await openocd.type('reset run')).not.toContain('Error');
    expect(Math.abs(seconds(before.nowPs, dumped.nowPs) / 2.825877 - 1)).toBeLessThan(0.1);
    expect(Math.abs(seconds(dumped.nowPs, after.nowPs) / 0.949075 - 1)).toBeLessThan(0.1);
  });

  it('cannot halt a board whose reset button is held, and halts it once the button is let go', async () => {
    const openocd = await start(`${HLA} ${at(1)} ${TARGET}`);
    await bench.control('hold 1');
    expect(await openocd.type('reset halt')).toContain('timed out while waiting for target halted');
    await bench.control('release 1');
    expect(await openocd.type('reset halt')).toContain('halted due to debug-request');
  });

  it('protects, locks, unlocks and mass-erases', async () => {
    const openocd = await start(`${HLA} ${at(1)} ${TARGET}`);
    await openocd.type('reset halt');
    expect(await openocd.type('flash info 0')).toMatch(/# {2}0: .* not protected/);
    expect(await openocd.type('flash protect 0 0 0 on')).toContain('set protection for blocks 0 through 0');
    await openocd.type('reset halt');
    expect(await openocd.type('flash write_image erase /tmp/image.bin 0x08000000')).toMatch(
      /[Ee]rror|protected/,
    );
    expect(await openocd.type('flash protect 0 0 0 off')).toContain('cleared protection');
    await openocd.type('reset halt');
    expect(await openocd.type('stm32f1x options_read 0')).toContain('read protection: off');
    expect(await openocd.type('stm32f1x lock 0')).toContain('stm32x locked');
    await openocd.type('reset halt');
    expect(await openocd.type('stm32f1x unlock 0')).toContain('stm32x unlocked');
    await openocd.type('reset halt');
    // Lifting read protection erases the whole of flash.
    expect((await bench.flash(1)).every((byte) => byte === 0xff)).toBe(true);
    await openocd.type('flash write_image erase /tmp/image.bin 0x08000400');
    expect((await bench.flash(1)).subarray(1024, 1024 + 16384).equals(pattern(16384, 1))).toBe(true);
    expect(await openocd.type('stm32f1x mass_erase 0')).toContain('stm32x mass erase complete');
    expect((await bench.flash(1)).every((byte) => byte === 0xff)).toBe(true);
  });

  it('refuses the clone with the stock configuration', async () => {
    const { code, stderr } = await bench.run(`openocd ${HLA} ${at(2)} ${TARGET} -c 'init; exit'`);
    expect(stderr).toMatch(/UNEXPECTED idcode: 0x2ba01477|expected 1 of 1: 0x1ba01477/);
    expect(code).not.toBe(0);
  });

  it.each(['0', '0x2ba01477'])('works with the clone when CPUTAPID is %s', async (id) => {
    const openocd = await start(`${HLA} ${at(2)} -c 'set CPUTAPID ${id}' ${TARGET}`);
    expect(await openocd.log()).toMatch(/Cortex-M3 r2p1 processor detected[^]*6 breakpoints, 4 watchpoints/);
    await openocd.type('reset halt');
    expect(await openocd.type('flash probe 0')).toMatch(/device id = 0x20036410[^]*flash size = 128 KiB/);
  });

  it.each([
    ['V2J37S7', 'DAP-direct', `${DAP} -c 'adapter usb location 1-2'`, 2],
    ['V3J10M3', 'HLA', `${HLA} -c 'adapter usb location 1-3'`, 3],
    ['V3J10M3', 'DAP-direct', `${DAP} -c 'adapter usb location 1-4'`, 4],
  ])('writes and verifies through %s in %s', async (firmware, _mode, options, slot) => {
    const openocd = await start(`${options} ${TARGET}`);
    expect(await openocd.log()).toContain(firmware);
    await openocd.type('reset halt');
    expect(await openocd.type('flash write_image erase /tmp/image.bin 0x08000000')).toContain(
      'wrote 16384 bytes',
    );
    expect((await bench.flash(slot)).subarray(0, 16384).equals(pattern(16384, 1))).toBe(true);
    expect(await openocd.type('verify_image /tmp/image.bin 0x08000000')).toContain('verified 16384 bytes');
    if (options.includes('stlink-dap')) expect(await openocd.log()).toContain('SWD DPIDR 0x2ba01477');
  });
});

function seconds(fromPs: number, toPs: number): number {
  return (toPs - fromPs) / PS_PER_S;
}
