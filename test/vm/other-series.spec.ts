import { GuestBench, pattern } from './guest-bench.ts';
import { OpenOcdSession, TELNET_PORT } from './openocd-session.ts';

const STOCK = '-f interface/stlink.cfg -f target/stm32f0x.cfg';
const STOCK_DAP = '-f interface/stlink-dap.cfg -f target/stm32f0x.cfg';
/** Board, and what OpenOCD must say of it. */
const LINES = [
  ['f030c8', '0x20006440', 64],
  ['f030f4', '0x10006444', 16],
  ['f042c6', '0x10006445', 32],
  ['f072cb', '0x20016448', 128],
  ['f091cc', '0x10006442', 256],
] as const;
const IMAGE = pattern(12_288, 9);

let bench: GuestBench;
let session: OpenOcdSession | null = null;
const start = async (slot: number, stock = STOCK): Promise<OpenOcdSession> => {
  session = await OpenOcdSession.start(bench, `${stock} -c 'adapter usb location 1-${slot}'`);
  return session;
};

beforeAll(async () => {
  bench = await GuestBench.start([...LINES.map(([board]) => board), 'f303cc'], {
    forward: [TELNET_PORT],
    hostTime: 'stands',
  });
  await bench.run(`base64 -d >/tmp/image.bin <<< '${IMAGE.toString('base64')}'`);
});
afterEach(async () => {
  await session?.stop();
  session = null;
});
afterAll(() => bench.close());

describe('OpenOCD with its own stm32f0x.cfg on virtual STM32F0 boards', () => {
  it.each(LINES.map(([board, id, kib], index) => [board, id, kib, index + 1] as const))(
    'knows, writes, verifies and runs a %s',
    async (_board, id, kib, slot) => {
      const openocd = await start(slot);
      expect(await openocd.log()).toMatch(
        /Cortex-M0 r0p0 processor detected[^]*4 breakpoints, 2 watchpoints/,
      );
      expect(await openocd.type('reset halt')).toContain('halted due to debug-request');
      const probed = await openocd.type('flash probe 0');
      expect(probed).toContain(`device id = ${id}`);
      expect(probed).toContain(`flash size = ${kib} KiB`);
      const written = await openocd.type('flash write_image erase /tmp/image.bin 0x08000000');
      expect(written).toContain(`wrote ${IMAGE.length} bytes`);
      expect((await bench.flash(slot)).subarray(0, IMAGE.length).equals(IMAGE)).toBe(true);
      expect(await openocd.type('verify_image /tmp/image.bin 0x08000000')).toContain(
        `verified ${IMAGE.length} bytes`,
      );
      expect(await openocd.type('reset run')).not.toContain('Error');
    },
  );

  it('locks and unlocks one, whose new options are loaded by OBL_LAUNCH and not by a reset', async () => {
    const openocd = await start(4);
    await openocd.type('reset halt');
    await openocd.type('flash write_image erase /tmp/image.bin 0x08000000');
    expect(await openocd.type('stm32f1x lock 0')).toContain('stm32x locked');
    await openocd.type('reset halt');
    // The chip has not loaded what was written: OpenOCD still reads flash.
    expect(await openocd.type('mdw 0x08000000')).toMatch(/0x08000000: [0-9a-f]{8}/);
    await openocd.type('stm32f1x options_load 0');
    await openocd.type('reset halt');
    expect(await openocd.type('stm32f1x options_read 0')).toContain('read protection: on');
    expect(await openocd.type('mdw 0x08000000')).not.toMatch(/0x08000000: /);
    expect(await openocd.type('stm32f1x unlock 0')).toContain('stm32x unlocked');
    await openocd.type('stm32f1x options_load 0');
    await openocd.type('reset halt');
    expect(await openocd.type('stm32f1x options_read 0')).toContain('read protection: off');
    expect((await bench.flash(4)).every((byte) => byte === 0xff)).toBe(true);
  });

  it('works in DAP-direct too', async () => {
    const openocd = await start(1, STOCK_DAP);
    expect(await openocd.log()).toContain('SWD DPIDR 0x0bb11477');
    await openocd.type('reset halt');
    expect(await openocd.type('flash write_image erase /tmp/image.bin 0x08000000')).toContain(
      `wrote ${IMAGE.length} bytes`,
    );
    expect((await bench.flash(1)).subarray(0, IMAGE.length).equals(IMAGE)).toBe(true);
  });
});

describe('OpenOCD with its own stm32f3x.cfg on a virtual STM32F3 board', () => {
  it('knows, writes, verifies, locks, unlocks and runs an f303cc', async () => {
    const slot = LINES.length + 1;
    const openocd = await start(slot, '-f interface/stlink.cfg -f target/stm32f3x.cfg');
    expect(await openocd.log()).toMatch(/Cortex-M4 r0p1 processor detected[^]*6 breakpoints, 4 watchpoints/);
    await openocd.type('reset halt');
    expect(await openocd.type('flash probe 0')).toMatch(/device id = 0x10036422[^]*flash size = 256 KiB/);
    expect(await openocd.type('flash write_image erase /tmp/image.bin 0x08000000')).toContain(
      `wrote ${IMAGE.length} bytes`,
    );
    expect((await bench.flash(slot)).subarray(0, IMAGE.length).equals(IMAGE)).toBe(true);
    expect(await openocd.type('verify_image /tmp/image.bin 0x08000000')).toContain(
      `verified ${IMAGE.length} bytes`,
    );
    expect(await openocd.type('stm32f1x lock 0')).toContain('stm32x locked');
    await openocd.type('reset halt');
    expect(await openocd.type('stm32f1x options_read 0')).toContain('read protection: on');
    expect(await openocd.type('stm32f1x unlock 0')).toContain('stm32x unlocked');
    await openocd.type('reset halt');
    expect(await openocd.type('stm32f1x options_read 0')).toContain('read protection: off');
    expect((await bench.flash(slot)).every((byte) => byte === 0xff)).toBe(true);
    expect(await openocd.type('reset run')).not.toContain('Error');
  });
});

describe('st-flash 1.7 on a virtual STM32F0 board', () => {
  it('knows it, writes it and reads it back', async () => {
    const alone = await GuestBench.start(['f030c8']);
    try {
      await alone.run(`base64 -d >/tmp/image.bin <<< '${IMAGE.toString('base64')}'`);
      expect((await alone.run('st-info --probe')).stdout).toMatch(/F0/);
      const { stdout, stderr } = await alone.run('st-flash write /tmp/image.bin 0x08000000');
      expect(stdout + stderr).toContain('Flash written and verified! jolly good!');
      expect((await alone.flash(1)).subarray(0, IMAGE.length).equals(IMAGE)).toBe(true);
      await alone.run(`st-flash read /tmp/back.bin 0x08000000 ${IMAGE.length}`);
      expect((await alone.run('cmp /tmp/image.bin /tmp/back.bin')).code).toBe(0);
    } finally {
      await alone.close();
    }
  });
});
