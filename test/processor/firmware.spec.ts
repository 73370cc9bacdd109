import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FirmwareRun } from './firmware/run-firmware.ts';
import { runFromSource } from './from-source.ts';

// Other people's firmware is no part of this tree: it lies in a folder beside the checkout, or the runs are skipped.
const FOLDER = new URL('../../../shared/firmware/', import.meta.url);
const INSTRUCTIONS = 10_000_000;
/** The bootloader of the second image starts what stands behind it after about 63 million instructions. */
const UNTIL_THE_SKETCH = 100_000_000;
const BOOTLOADER_END = 0x08000000 + 7100;
const RECORD = process.env['RECORD_FIXTURES'] === '1';

function run(firmware: string, instructions: number): Promise<FirmwareRun> {
  const path = fileURLToPath(new URL(firmware, FOLDER));
  return runFromSource<FirmwareRun>('firmware/run-firmware.ts', [path, String(instructions)]);
}

function expectTrace({ trace }: FirmwareRun, fixture: string): void {
  const path = new URL(`fixtures/${fixture}`, import.meta.url);
  const text = `${trace.join('\n')}\n`;
  if (RECORD) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}

(existsSync(FOLDER) ? describe : describe.skip)('real firmware from reset on an STM32F103CB', () => {
  test.each(['maple_mini_boot20', 'maple_mini_boot20_blink'])(
    `%s runs for ${INSTRUCTIONS} instructions without a fault, touching peripherals as recorded`,
    async (name) => {
      const result = await run(`${name}.bin`, INSTRUCTIONS);
      expect(result.instructions).toBeGreaterThanOrEqual(INSTRUCTIONS);
      expect(result).toMatchObject({ lockedUp: false, faults: [] });
      expect(result.pc).toBeGreaterThanOrEqual(0x08000000);
      expect(result.pc).toBeLessThan(BOOTLOADER_END);
      expectTrace(result, `${name}.txt`);
    },
  );

  test('the bootloader finds no button pressed, starts the sketch, and that one’s vectors lead astray', async () => {
    const result = await run('maple_mini_boot20_blink.bin', UNTIL_THE_SKETCH);
    expectTrace(result, 'maple_mini_boot20_blink-to-the-sketch.txt');
    expect(result.faults).toEqual(['exception 5 at 0800539a', 'exception 6 at 08005724']);
    expect(result.lockedUp).toBe(true);
  });
});
