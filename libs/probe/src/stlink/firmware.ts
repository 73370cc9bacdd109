import { ST_LINK_PRODUCTS } from './products.ts';

/** A probe's firmware version. */
export interface Firmware {
  /** As ST writes it: `V2J37S7`, `V2J37M27`, `V3J10M3`. */
  readonly text: string;
  /** The V number: 2 for V2 and V2-1, 3 for V3; a V3PWR says 4. */
  readonly hardware: number;
  /** The J number; 0 where the probe has no JTAG/SWD (STM8-only boards). */
  readonly jtag: number;
}

/** Decodes GET_VERSION's six bytes: a big-endian word (V 15:12, J 11:6, S or M 5:0), then vendor and product. */
export function decodeVersion(reply: DataView, productId: number): Firmware {
  const word = reply.getUint16(0, false);
  const hardware = word >>> 12;
  const jtag = (word >>> 6) & 0x3f;
  const third = word & 0x3f;
  const product = ST_LINK_PRODUCTS.get(productId);
  // Only the numbers tell an STM8-only board from a V2-1 that debugs (OpenOCD 0.12's rule).
  const stm8Only = (jtag <= 22 && third === 7) || (jtag >= 25 && third >= 7 && third <= 12);
  if (product?.mayLackDebug && hardware === 2 && stm8Only) {
    return { text: `V${hardware}M${jtag}S${third}`, hardware, jtag: 0 };
  }
  return { text: `V${hardware}J${jtag}${product?.massStorage ? 'M' : 'S'}${third}`, hardware, jtag };
}

/** Decodes GET_VERSION_EX's twelve bytes (V3 on): V, S, J, M, B, P, then vendor and product. */
export function decodeVersionEx(reply: DataView): Firmware {
  const hardware = reply.getUint8(0);
  const jtag = reply.getUint8(2);
  const part = (letter: string, at: number): string => {
    const value = reply.getUint8(at);
    return value > 0 ? `${letter}${value}` : '';
  };
  return { text: `V${hardware}J${jtag}${part('M', 3)}${part('B', 4)}${part('S', 1)}`, hardware, jtag };
}
