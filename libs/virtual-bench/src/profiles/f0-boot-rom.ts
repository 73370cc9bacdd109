/** Where the code of a virtual boot ROM begins, bytes from its base. */
export const BOOT_CODE_OFFSET = 0x20;

/** A loop that waits for a host on a serial port, which the bench does not have. */
export const ROM_WAITS = [0xe7fe] as const;

/**
 * Jumps to the code in main flash if the first word is not blank, with that flash at address zero; else waits:
 * LDR r0, =0x08000000; LDR r1, [r0]; ADDS r2, r1, #1; BEQ wait; LDR r3, =SYSCFG; MOVS r2, #0; STR r2, [r3]; MSR MSP, r1;
 * LDR r1, [r0, #4]; BX r1; wait: B wait; and the two literals.
 */
export const ROM_JUMPS = [
  ...[0x4805, 0x6801, 0x1c4a, 0xd006, 0x4b04, 0x2200, 0x601a, 0xf381, 0x8808, 0x6841, 0x4708, 0xe7fe],
  ...[0x0000, 0x0800, 0x0000, 0x4001],
] as const;
/** The waiting loop of {@link ROM_JUMPS}, bytes from its beginning. */
const ROM_JUMPS_WAIT = 0x16;

/** Stack, reset, NMI and HardFault of a boot ROM with that program; the last two wait. */
export function bootVectors(
  base: number,
  program: readonly number[],
): readonly [number, number, number, number] {
  const start = base + BOOT_CODE_OFFSET;
  const wait = start + (program === ROM_JUMPS ? ROM_JUMPS_WAIT : 0);
  return [0x20000800, start | 1, wait | 1, wait | 1];
}
