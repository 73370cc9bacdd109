import type { FaultKind, FaultSpec } from '../bench/fault-spec.ts';
import { VirtualBenchError } from '../errors.ts';

/** Parameters of each fault in the order they are written. `?` marks one that may be left out. */
const FAULT_PARAMETERS: Readonly<Record<FaultKind, readonly string[]>> = {
  'flash-ignores-writes': [],
  'flash-wrong-bit': ['address', 'bit'],
  'flash-drops-half-word': ['address'],
  'flash-stuck-bit': ['address', 'bit', 'value'],
  'page-does-not-erase': ['address'],
  'slow-flash': ['factor'],
  'ram-bit': ['address', 'bit'],
  'swd-bit-errors': ['aboveKhz', 'oneIn?'],
  'parity-errors': ['count'],
  'flash-read-flips': ['count'],
  'swd-waits': ['count'],
  'enter-fails': ['count'],
  'silent-replies': ['count'],
  'short-replies': ['count'],
  'stale-replies': ['count'],
  stall: [],
  'swd-pins-off': [],
  'brown-out': [],
  'brown-out-after': ['transfers'],
  'unplug-after': ['transfers'],
};

function bad(message: string, remedy: string): VirtualBenchError {
  return new VirtualBenchError('bench.control', message, remedy);
}

/** A number as people write it: decimal or 0x-hexadecimal. */
export function parseNumber(name: string, text: string | undefined): number {
  if (text === undefined || !/^(0x[0-9a-f]+|\d+(\.\d+)?)$/i.test(text)) {
    throw bad(`${name} must be a number, not "${text ?? ''}".`, 'Write it decimal or as 0x….');
  }
  return Number(text);
}

/**
 * Parses `KIND [VALUE…]`, such as `flash-stuck-bit 0x08000400 3 1`.
 * @throws VirtualBenchError naming what may stand there
 */
export function parseFault(words: readonly string[]): FaultSpec {
  const [kind = '', ...values] = words;
  const names = Object.hasOwn(FAULT_PARAMETERS, kind) ? FAULT_PARAMETERS[kind as FaultKind] : undefined;
  if (!names) {
    throw bad(`There is no fault "${kind}".`, `Faults: ${Object.keys(FAULT_PARAMETERS).join(', ')}, clear.`);
  }
  const needed = names.filter((name) => !name.endsWith('?')).length;
  if (values.length < needed || values.length > names.length) {
    throw bad(`Fault ${kind} takes ${names.length} values, not ${values.length}.`, usage(kind, names));
  }
  const pairs = values.map((value, i) => {
    const name = names[i]!.replace('?', '');
    return [name, parseNumber(name, value)] as const;
  });
  return { kind, ...Object.fromEntries(pairs) } as FaultSpec;
}

function usage(kind: string, names: readonly string[]): string {
  return `Write: fault N ${[kind, ...names.map((name) => name.toUpperCase())].join(' ')}`;
}
