/** How a field's name ends where it carries its unit. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/Seconds$/, 's'],
  [/Khz$/, 'kHz'],
  [/Kib$/, 'KiB'],
  [/Voltage$/, 'V'],
];

/** A field's name as people read it: `speedKhz` is “Speed (kHz)”. Names in ST's spelling (`nRST_STOP`) stay. */
export function titleOf(name: string): string {
  if (/_|^[A-Z0-9]+$/.test(name)) return name;
  const unit = UNITS.find(([ending]) => ending.test(name));
  // Voltage is what is measured, the others only how it is counted.
  const bare = unit && unit[1] !== 'V' ? name.replace(unit[0], '') : name;
  const words = bare.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return unit ? `${title} (${unit[1]})` : title;
}
