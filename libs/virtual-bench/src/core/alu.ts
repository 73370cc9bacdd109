/** Arithmetic of the ARMv7-M pseudocode (ARM DDI0403, A2.2 and A7.4), on 32-bit integers. */

/** The flags that a shifter leaves beside its result. */
export interface Shifted {
  value: number;
  carry: number;
}

const shifted: Shifted = { value: 0, carry: 0 };

/** Shift types as encoded; `RRX` is ROR by 0. */
export const LSL = 0;
export const LSR = 1;
export const ASR = 2;
export const ROR = 3;

/**
 * Shift_C with an immediate amount as encoded (imm5): LSR and ASR by 0 mean 32, ROR by 0 means RRX. The result
 * object is reused by the next call.
 */
export function shiftImmediate(value: number, type: number, amount: number, carry: number): Shifted {
  if (amount !== 0) return shift(value, type, amount, carry);
  if (type === LSL) return put(value, carry);
  if (type === ROR) return put((value >>> 1) | (carry << 31), value & 1);
  return shift(value, type, 32, carry);
}

/** Shift_C with an amount from a register's low byte (0..255); the result object is reused by the next call. */
export function shift(value: number, type: number, amount: number, carry: number): Shifted {
  if (amount === 0) return put(value, carry);
  switch (type) {
    case LSL:
      if (amount > 32) return put(0, 0);
      if (amount === 32) return put(0, value & 1);
      return put(value << amount, (value >>> (32 - amount)) & 1);
    case LSR:
      if (amount > 32) return put(0, 0);
      if (amount === 32) return put(0, value >>> 31);
      return put(value >>> amount, (value >>> (amount - 1)) & 1);
    case ASR:
      if (amount >= 32) return put(value >> 31, (value >>> 31) & 1);
      return put(value >> amount, (value >>> (amount - 1)) & 1);
    default: {
      const turn = amount & 31;
      const result = turn === 0 ? value : (value >>> turn) | (value << (32 - turn));
      return put(result, result >>> 31);
    }
  }
}

function put(value: number, carry: number): Shifted {
  shifted.value = value | 0;
  shifted.carry = carry;
  return shifted;
}

/** ThumbExpandImm_C of a 12-bit modified immediate; carry -1 means "leave C". */
export function expandImmediate(imm12: number): { value: number; carry: number } {
  const low = imm12 & 0xff;
  if (imm12 >>> 10 === 0) {
    const patterns = [
      low,
      (low << 16) | low,
      (low << 24) | (low << 8),
      (low << 24) | (low << 16) | (low << 8) | low,
    ];
    return { value: (patterns[(imm12 >>> 8) & 3] ?? 0) | 0, carry: -1 };
  }
  const unrotated = 0x80 | (imm12 & 0x7f);
  const turn = imm12 >>> 7;
  const value = (unrotated >>> turn) | (unrotated << (32 - turn));
  return { value: value | 0, carry: value >>> 31 };
}

export function reverseBits(value: number): number {
  let x = value;
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  return reverseBytes(x);
}

export function reverseBytes(x: number): number {
  return (x << 24) | ((x & 0xff00) << 8) | ((x >>> 8) & 0xff00) | (x >>> 24);
}
