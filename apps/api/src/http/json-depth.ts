/** The deepest body of this API has eight levels; parsers and validators that recurse are safe far above this. */
export const DEEPEST_JSON = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{` differ in this bit alone, and so do `]` and `}`. */
const CASE_BIT = 0x20;
const OPENS = 0x7b;
const CLOSES = 0x7d;

/** @throws Error with status 400 where objects and lists contain each other too deeply */
export function requireShallow(bytes: Uint8Array): void {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    const bracket = byte | CASE_BIT;
    if (byte === QUOTE) quoted = !quoted;
    else if (quoted) at += byte === BACKSLASH ? 1 : 0;
    else if (bracket === CLOSES) depth -= 1;
    else if (bracket === OPENS && (depth += 1) > DEEPEST_JSON) throw tooDeep();
  }
}

function tooDeep(): Error {
  const says = `The body is nested deeper than ${DEEPEST_JSON} levels. Send a flat one.`;
  return Object.assign(new Error(says), { status: 400 });
}
