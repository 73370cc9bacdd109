/** A computed number without the last bits that the computing added. */
export function shown(value: number): number {
  return Number(value.toPrecision(12));
}
