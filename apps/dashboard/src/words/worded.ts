import type { Message, Value } from './message.ts';
import type { Language, WordRow } from './rows.ts';
import { WORDS } from './table.ts';

/** Words a message in one language. A message library replaces this function and nothing else. */
export type Worded = (message: Message) => string;

/** BCP 47 tags by which numbers and times are written. 24 hours a day everywhere. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', zh: 'zh-CN', es: 'es-ES' };

/** @param timeZone the plant's zone; undefined: that of this browser */
export function wordsIn(language: Language, timeZone?: string): Worded {
  const numbers = new Intl.NumberFormat(LOCALES[language]);
  const times = new Intl.DateTimeFormat(LOCALES[language], {
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const written = (value: Value): string =>
    typeof value === 'string'
      ? value
      : typeof value === 'number'
        ? numbers.format(value)
        : times.format(value);
  return ({ key, values }) => {
    const row: WordRow = WORDS[key];
    return row[language].replace(/\{(\w+)\}/g, (name, argument: string) => {
      const value = values[argument];
      return value === undefined ? name : written(value);
    });
  };
}
