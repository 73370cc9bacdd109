import { Name, SlotName } from '@boardwalk/contracts';

/** Every command begins so; no serial, order or recipe may. */
export const COMMAND_PREFIX = '%BW-';

/** A command that a code gives to the station. */
export type ScanCommand =
  | { readonly name: 'SLOT'; readonly slot: string }
  | { readonly name: 'LOT'; readonly lot: string }
  | { readonly name: 'AGAIN'; readonly reason: string }
  | { readonly name: 'SKIP' | 'UNDO' | 'MUTE' | 'LOGOUT' | 'RUN-ALL' };
export type CommandName = ScanCommand['name'];

/** The reason of a retest whose command gives none. */
export const AGAIN_BY_SCAN = 'again by scan';

type Reading = (argument: string | null) => ScanCommand | null;

const alone =
  (name: 'SKIP' | 'UNDO' | 'MUTE' | 'LOGOUT' | 'RUN-ALL'): Reading =>
  (argument) =>
    argument === null ? { name } : null;

/** Command → how it is written, and how its argument is read; null where the argument does not fit. */
const COMMANDS: readonly { name: CommandName; written: string; read: Reading }[] = [
  {
    name: 'SLOT',
    written: 'SLOT-<name of a slot>',
    read: (slot) => (SlotName.safeParse(slot).success ? { name: 'SLOT', slot: slot! } : null),
  },
  {
    name: 'LOT',
    written: 'LOT-<name of a lot>',
    read: (lot) => (Name.safeParse(lot).success ? { name: 'LOT', lot: lot! } : null),
  },
  {
    name: 'AGAIN',
    written: 'AGAIN or AGAIN-<reason>',
    read: (reason) => (reason === '' ? null : { name: 'AGAIN', reason: reason ?? AGAIN_BY_SCAN }),
  },
  { name: 'SKIP', written: 'SKIP', read: alone('SKIP') },
  { name: 'UNDO', written: 'UNDO', read: alone('UNDO') },
  { name: 'MUTE', written: 'MUTE', read: alone('MUTE') },
  { name: 'LOGOUT', written: 'LOGOUT', read: alone('LOGOUT') },
  { name: 'RUN-ALL', written: 'RUN-ALL', read: alone('RUN-ALL') },
];

const KNOWN = COMMANDS.map(({ written }) => COMMAND_PREFIX + written).join(', ');

/** The codes of commands that stand alone. */
export const COMMAND_CODES: readonly string[] = ['AGAIN', 'SKIP', 'UNDO', 'MUTE', 'LOGOUT', 'RUN-ALL'].map(
  (name) => COMMAND_PREFIX + name,
);

/** The code of a slot, as it is printed next to the slot. */
export function slotCode(slot: string): string {
  return `${COMMAND_PREFIX}SLOT-${slot}`;
}

/** Reads a code that begins with the prefix of commands. */
export function readCommand(code: string): { command: ScanCommand } | { wrong: string } {
  const text = code.slice(COMMAND_PREFIX.length);
  for (const { name, written, read } of COMMANDS) {
    if (text !== name && !text.startsWith(`${name}-`)) continue;
    const argument = text === name ? null : text.slice(name.length + 1);
    const command = read(argument);
    return command
      ? { command }
      : { wrong: `${code} is not complete or has too much. Use ${COMMAND_PREFIX}${written}.` };
  }
  return { wrong: `There is no command ${code}. Use one of ${KNOWN}.` };
}
