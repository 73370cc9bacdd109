/** Orders port paths as people count them: 1-2 before 1-10, 1-1.4 before 1-2. */
export function comparePorts(a: string, b: string): number {
  const [first, second] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < Math.max(first.length, second.length); i += 1) {
    const difference = (first[i] ?? -1) - (second[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(portPath: string): number[] {
  return portPath.replace(/^usb/, '').split(/[-.]/).map(Number);
}
