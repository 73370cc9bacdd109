/** The two bit-band aliases (ARM DDI0337, 4.2): one word per bit of the first MiB of SRAM and peripherals. */
export function bitBandOf(address: number): { address: number; bit: number } | null {
  const region = address >>> 25;
  if (region !== 0x11 && region !== 0x21) return null;
  const base = region === 0x11 ? 0x20000000 : 0x40000000;
  const offset = address & 0x1ffffff;
  return { address: base + (offset >>> 5), bit: (offset >>> 2) & 7 };
}
