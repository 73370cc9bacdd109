import { VirtualBenchError } from '../errors.ts';
import { didYouMean } from '../boards/nearest-names.ts';
import type { FaultKind, FaultSpec } from './fault-spec.ts';

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
export const FAULT_KINDS = Object.keys(FAULT_PARAMETERS) as readonly FaultKind[];

interface Limit {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

const COUNT: Limit = { least: 0, most: 1e9, whole: true };
const LIMITS: Readonly<Record<string, Limit>> = {
  address: { least: 0, most: 0xffffffff, whole: true },
  bit: { least: 0, most: 31, whole: true },
  value: { least: 0, most: 1, whole: true },
  factor: { least: 0, most: 1e9, whole: false },
  aboveKhz: { least: 0, most: 1e9, whole: false },
  oneIn: { ...COUNT, least: 1 },
  count: COUNT,
  transfers: COUNT,
};

function bad(field: string, message: string, remedy: string): VirtualBenchError {
  return new VirtualBenchError('bench.control', message, remedy, { field });
}

/** A number as people write it: decimal or 0x-hexadecimal. @throws VirtualBenchError */
export function parseNumber(name: string, text: unknown): number {
  if (typeof text === 'number' && Number.isFinite(text)) return text;
  if (typeof text !== 'string' || !/^(0x[0-9a-f]+|\d+(\.\d+)?)$/i.test(text)) {
    const found = text === undefined ? '' : typeof text === 'string' ? text : JSON.stringify(text);
    throw bad(name, `${name} must be a number, not "${found}".`, 'Write it decimal or as 0x….');
  }
  return Number(text);
}

/**
 * Reads a fault as it is asked for: as text, `flash-stuck-bit 0x08000400 3 1`, or with its parameters by name,
 * `{ "kind": "flash-stuck-bit", "address": "0x08000400", "bit": 3, "value": 1 }`.
 * @throws VirtualBenchError that names what may be there; its `field` is the parameter that is wrong
 */
export function readFault(asked: string | Readonly<Record<string, unknown>>): FaultSpec {
  return typeof asked === 'string' ? parseFault(asked.trim().split(/\s+/)) : faultOf(asked);
}

/** Parses `KIND [VALUE…]` in words. @throws VirtualBenchError */
export function parseFault([kind = '', ...values]: readonly string[]): FaultSpec {
  const names = parametersOf(kind);
  const needed = names.filter((name) => !name.endsWith('?')).length;
  if (values.length < needed || values.length > names.length)
    throw bad(
      '',
      `Fault ${kind} takes ${valueCount(needed, names.length)}, not ${values.length}.`,
      usage(kind, names),
    );
  return faultOf({ kind, ...Object.fromEntries(values.map((value, at) => [bare(names[at]!), value])) });
}

function faultOf({ kind, ...given }: Readonly<Record<string, unknown>>): FaultSpec {
  const text = typeof kind === 'string' ? kind : '';
  const names = parametersOf(text);
  const unknown = Object.keys(given).find((name) => !names.map(bare).includes(name));
  if (unknown !== undefined) throw bad(unknown, `Fault ${text} has no "${unknown}".`, usage(text, names));
  const needed = names.filter((name) => !name.endsWith('?') || given[bare(name)] !== undefined);
  const pairs = needed.map(bare).map((name) => [name, within(name, parseNumber(name, given[name]))] as const);
  return { kind: text, ...Object.fromEntries(pairs) } as FaultSpec;
}

function parametersOf(kind: string): readonly string[] {
  if (Object.hasOwn(FAULT_PARAMETERS, kind)) return FAULT_PARAMETERS[kind as FaultKind];
  const remedy = `${didYouMean(kind, FAULT_KINDS)}Faults: ${FAULT_KINDS.join(', ')}, clear.`;
  throw bad('kind', `There is no fault "${kind}".`, remedy);
}

function within(name: string, value: number): number {
  const { least, most, whole } = LIMITS[name]!;
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw bad(
    name,
    `${name} cannot be ${value}.`,
    `Give a ${whole ? 'whole number' : 'number'} from ${least} to ${most}.`,
  );
}

const bare = (name: string): string => name.replace('?', '');

function valueCount(least: number, most: number): string {
  const count = least === most ? `${most}` : `${least} to ${most}`;
  return count === '1' ? '1 value' : `${count} values`;
}

function asWritten(name: string): string {
  return name.endsWith('?') ? `[${bare(name).toUpperCase()}]` : name.toUpperCase();
}

function usage(kind: string, names: readonly string[]): string {
  return `Write: ${[kind, ...names.map(asWritten)].join(' ')}`;
}
