import { GuestBench, pattern } from './guest-bench.ts';

const IMAGE = pattern(10_240, 5);
let bench: GuestBench;

beforeAll(async () => {
  bench = await GuestBench.start(['f103c8']);
  await bench.run(`base64 -d >/tmp/image.bin <<< '${IMAGE.toString('base64')}'`);
});
afterAll(() => bench.close());

describe('st-info and st-flash 1.7 on the virtual bench', () => {
  it('find the probe and know the part', async () => {
    const { code, stdout } = await bench.run('st-info --probe; st-info --descr');
    expect(code).toBe(0);
    expect(stdout).toContain('V2J37S7');
    expect(stdout).toContain('F1xx Medium-density');
  });

  it('write an image that then stands in flash', async () => {
    const { code, stdout, stderr } = await bench.run('st-flash write /tmp/image.bin 0x08000000');
    expect(stdout + stderr).toContain('Flash written and verified! jolly good!');
    expect(code).toBe(0);
    expect((await bench.flash(1)).subarray(0, IMAGE.length).equals(IMAGE)).toBe(true);
  });

  it('read back what stands in flash', async () => {
    const { code } = await bench.run('st-flash read /tmp/back.bin 0x08000000 10240');
    expect(code).toBe(0);
    expect((await bench.run('cmp /tmp/image.bin /tmp/back.bin')).code).toBe(0);
  });

  it('reset the board', async () => {
    expect((await bench.run('st-flash reset')).code).toBe(0);
  });

  it('erase the board', async () => {
    expect((await bench.run('st-flash erase')).code).toBe(0);
    expect((await bench.flash(1)).every((byte) => byte === 0xff)).toBe(true);
  });
});
