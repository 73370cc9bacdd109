import { readFileSync } from 'node:fs';
import { VirtualBenchError } from '../errors.ts';
import { DEFAULT_PROBE, PROBE_MODELS } from '../stlink/models.ts';
import { SERIAL_KINDS, type SerialChoice } from '../usb/descriptors.ts';
import { didYouMean } from './nearest-names.ts';
import { BOARD_PROFILES, SERIES } from '../profiles/profiles.ts';

/** The content of a socket as text, `profile[+option…]`, parsed. Plain data, so that it crosses threads. */
export interface BoardSpec {
  readonly text: string;
  readonly profile: string;
  readonly probe: string;
  readonly serial: SerialChoice;
  /** No board in the socket. */
  readonly empty: boolean;
  readonly rdp: boolean;
  /** Read protection level 2: the debug port is off for good. */
  readonly rdp2: boolean;
  /** Write protection of the first 4 KiB. */
  readonly wrp: boolean;
  readonly firmware: Uint8Array | null;
  readonly millivolts: number;
  /** The chip with this unique id; null: a new chip. */
  readonly uid: readonly [number, number, number] | null;
  /** nRST is not wired to the probe. */
  readonly noReset: boolean;
  /** The probe has no sense wire: it reads 0 V whatever the supply. */
  readonly noSense: boolean;
}

type Draft = { -readonly [Key in keyof BoardSpec]: BoardSpec[Key] };

/** Options that take no value, by name. */
const FLAGS: Readonly<Record<string, (draft: Draft) => void>> = {
  empty: (draft) => (draft.empty = true),
  rdp1: (draft) => (draft.rdp = true),
  rdp2: (draft) => (draft.rdp2 = true),
  wrp: (draft) => (draft.wrp = true),
  nonrst: (draft) => (draft.noReset = true),
  nosense: (draft) => (draft.noSense = true),
};

/** Options with a value, by name. `value` is undefined where none was given. */
const VALUES: Readonly<Record<string, (draft: Draft, value: string | undefined) => void>> = {
  probe: (draft, value) => (draft.probe = oneOf('probe', value, [...PROBE_MODELS.keys()])),
  serial: (draft, value) => (draft.serial = serialChoice(value)),
  firmware: (draft, value) => (draft.firmware = readFirmware(value)),
  voltage: (draft, value) => (draft.millivolts = millivolts(value)),
  uid: (draft, value) => (draft.uid = uidWords(value)),
};
const PROFILE_NAMES = [...BOARD_PROFILES.keys()];
const OPTION_NAMES = [...Object.keys(FLAGS), ...Object.keys(VALUES).map((name) => `${name}=`)];

/**
 * Parses a board spec such as `f103cb+rdp1+probe=v3j10`.
 * @throws VirtualBenchError naming the part that is wrong and what may stand there
 */
export function parseBoardSpec(text: string): BoardSpec {
  const [profile = '', ...options] = text.trim().split('+');
  if (!BOARD_PROFILES.has(profile)) {
    throw bad(
      text,
      `there is no board profile "${profile}"`,
      `${didYouMean(profile, PROFILE_NAMES)}Profiles: ${PROFILE_NAMES.join(', ')}.`,
    );
  }
  const draft: Draft = {
    text: text.trim(),
    profile,
    probe: DEFAULT_PROBE,
    serial: 'good',
    empty: false,
    rdp: false,
    rdp2: false,
    wrp: false,
    firmware: null,
    millivolts: 3280,
    uid: null,
    noReset: false,
    noSense: false,
  };
  for (const option of options) apply(text, option, draft);
  const { series } = BOARD_PROFILES.get(profile)!;
  if (draft.rdp2 && SERIES[series].options.level2 === null)
    throw bad(
      text,
      `an ${profile} has no read protection of level 2`,
      'Write +rdp1, or take a board of series f0.',
    );
  return draft;
}

function apply(text: string, option: string, draft: Draft): void {
  const [name = '', value] = option.split(/=(.*)/s, 2);
  const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
  if (flag && value !== undefined)
    throw bad(text, `option "${name}" takes no value, not "${value}"`, `Write +${name}.`);
  if (flag) return flag(draft);
  const set = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
  if (!set) {
    const remedy = `${didYouMean(name, OPTION_NAMES)}Options: ${OPTION_NAMES.join(', ')}.`;
    throw bad(text, `there is no option "${name}"`, remedy);
  }
  set(draft, value);
}

/** Options whose value is a file of this machine. */
const FILE_OPTIONS: ReadonlySet<string> = new Set(['firmware']);

/**
 * Parses a board spec that came over a port: it names no file, since a file's content could be read back from flash.
 * @throws VirtualBenchError
 */
export function parseRemoteSpec(text: string): BoardSpec {
  const named = text
    .split('+')
    .slice(1)
    .map((option) => option.split('=', 1)[0]!.trim())
    .find((name) => FILE_OPTIONS.has(name));
  if (named !== undefined) {
    throw bad(
      text,
      `${named}=FILE is not taken over a port`,
      'Put the board in without it and flash the file, or name it with --boards on the command line.',
    );
  }
  return parseBoardSpec(text);
}

function bad(text: string, what: string, remedy: string): VirtualBenchError {
  return new VirtualBenchError('bench.spec', `Board spec "${text}": ${what}.`, remedy);
}

function oneOf(option: string, value: string | undefined, allowed: readonly string[]): string {
  if (value !== undefined && allowed.includes(value)) return value;
  throw bad(
    `+${option}=${value ?? ''}`,
    `${option} cannot be "${value ?? ''}"`,
    `It may be ${allowed.join(', ')}.`,
  );
}

function serialChoice(value: string | undefined): SerialChoice {
  const kind = SERIAL_KINDS.find((each) => each === value);
  if (kind) return kind;
  // A string descriptor holds 126 UTF-16 units (USB 2.0, 9.6.7).
  if (value && value.length <= 126) return { text: value };
  throw bad(
    '+serial',
    `serial cannot be "${value ?? ''}"`,
    `It may be ${SERIAL_KINDS.join(', ')} or a text.`,
  );
}

function readFirmware(path: string | undefined): Uint8Array {
  if (!path) throw bad('+firmware', 'firmware needs a file', 'Write +firmware=FILE.');
  try {
    return new Uint8Array(readFileSync(path));
  } catch (cause) {
    throw new VirtualBenchError(
      'bench.spec',
      `The firmware file ${path} cannot be read.`,
      'Check the path.',
      { cause },
    );
  }
}

function millivolts(value: string | undefined): number {
  const volts = Number(value);
  if (!(volts >= 0 && volts <= 6))
    throw bad('+voltage', `voltage cannot be "${value ?? ''}"`, 'Give 0 to 6 volts.');
  return Math.round(volts * 1000);
}

function uidWords(value: string | undefined): [number, number, number] {
  const digits = value?.replace(/^0x/i, '');
  if (!digits || !/^[0-9a-f]{24}$/i.test(digits)) {
    throw bad(
      '+uid',
      `uid cannot be "${value ?? ''}"`,
      'Give 24 hex digits, as a run shows them: words 0, 1 and 2.',
    );
  }
  return [0, 8, 16].map((at) => parseInt(digits.slice(at, at + 8), 16)) as [number, number, number];
}
