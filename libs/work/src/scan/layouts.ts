/**
 * Keyboard layouts that scanners and hosts are set to: the keys of the main block, row by row, without and with Shift.
 * A blank is a dead key, or one that types nothing a label contains. Sources: the Windows layouts KBDUS, KBDGR, KBDFR.
 */
interface Layout {
  readonly name: 'QWERTY' | 'QWERTZ' | 'AZERTY';
  readonly plain: readonly string[];
  readonly shifted: readonly string[];
}

export const LAYOUTS: readonly Layout[] = [
  {
    name: 'QWERTY',
    plain: ['`1234567890-=', 'qwertyuiop[]', "asdfghjkl;'\\", ' zxcvbnm,./'],
    shifted: ['~!@#$%^&*()_+', 'QWERTYUIOP{}', 'ASDFGHJKL:"|', ' ZXCVBNM<>?'],
  },
  {
    name: 'QWERTZ',
    plain: ['^1234567890ß´', 'qwertzuiopü+', 'asdfghjklöä#', '<yxcvbnm,.-'],
    shifted: ['°!"§$%&/()=?`', 'QWERTZUIOPÜ*', "ASDFGHJKLÖÄ'", '>YXCVBNM;:_'],
  },
  {
    name: 'AZERTY',
    plain: ['²&é"\'(-è_çà)=', 'azertyuiop^$', 'qsdfghjklmù*', '<wxcvbn,;:!'],
    shifted: [' 1234567890°+', 'AZERTYUIOP¨£', 'QSDFGHJKLM%µ', '>WXCVBN?./§'],
  },
];

/** A key, and whether Shift is down. */
interface Press {
  readonly key: number;
  readonly shift: boolean;
}

/** What may go wrong with Shift between the scanner and the host: nothing, always up, always down, the wrong way. */
export const SHIFTS: readonly ((shift: boolean) => boolean)[] = [
  (shift) => shift,
  () => false,
  () => true,
  (shift) => !shift,
];

const tables = LAYOUTS.map(({ plain, shifted }) => {
  const rows = [plain, shifted].map((texts) => [...texts.join('')]);
  const presses = new Map<string, Press>();
  for (const [level, characters] of rows.entries())
    for (const [key, character] of characters.entries())
      if (character !== ' ') presses.set(character, { key, shift: level === 1 });
  return { rows, presses };
});

/**
 * The code that a label has if the host typed `text` in one layout while the scanner sent keys of another; null where
 * a character is on no key. Blanks stay.
 */
export function retyped(
  text: string,
  host: number,
  scanner: number,
  shifts: (shift: boolean) => boolean,
): string | null {
  let code = '';
  for (const character of text) {
    const press = tables[host]!.presses.get(character);
    if (character !== ' ' && !press) return null;
    code += press ? tables[scanner]!.rows[shifts(press.shift) ? 1 : 0]![press.key]! : character;
  }
  return code;
}
