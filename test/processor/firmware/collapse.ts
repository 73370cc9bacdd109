const LONGEST_PATTERN = 12;
const FEWEST_REPEATS = 3;

interface Pattern {
  readonly length: number;
  readonly repeats: number;
}

/**
 * Collapses runs: a read that answers the same again and again stands once, marked, because how often it was
 * asked is a matter of modelled time; any other sequence of lines that repeats stands once with its count.
 */
export function collapse(lines: readonly string[]): string[] {
  const polled = collapsePolling(lines);
  const result: string[] = [];
  for (let at = 0; at < polled.length;) {
    const { length, repeats } = patternAt(polled, at);
    const body = polled.slice(at, at + length);
    if (repeats > 1) result.push(`${repeats} times {`, ...body.map((line) => `  ${line}`), '}');
    else result.push(...body);
    at += length * repeats;
  }
  return result;
}

function collapsePolling(lines: readonly string[]): string[] {
  const result: string[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!;
    let end = at + 1;
    while (line.includes(' read') && lines[end] === line) end += 1;
    result.push(end - at > 1 ? `${line} (again and again)` : line);
    at = end;
  }
  return result;
}

/** The pattern from here on that covers most lines; one line once if nothing repeats. */
function patternAt(lines: readonly string[], at: number): Pattern {
  let best: Pattern = { length: 1, repeats: 1 };
  for (let length = 1; length <= LONGEST_PATTERN; length += 1) {
    let repeats = 1;
    while (repeatsAt(lines, at, length, repeats)) repeats += 1;
    if (repeats >= FEWEST_REPEATS && length * repeats > best.length * best.repeats)
      best = { length, repeats };
  }
  return best;
}

function repeatsAt(lines: readonly string[], at: number, length: number, repeats: number): boolean {
  const start = at + length * repeats;
  if (start + length > lines.length) return false;
  for (let i = 0; i < length; i += 1) if (lines[at + i] !== lines[start + i]) return false;
  return true;
}
