'use client';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { keyOf, languageFrom } from './language.ts';
import type { Language } from './rows.ts';
import { wordsIn, type Worded } from './worded.ts';

/** The language of a person, kept in this browser, and how messages are worded in it, with times of that zone. */
export function useWords(
  account: string,
  timeZone: string | undefined,
): {
  readonly language: Language;
  readonly choose: (language: Language) => void;
  readonly worded: Worded;
} {
  const [language, setLanguage] = useState<Language>('en');
  useEffect(() => {
    setLanguage(languageFrom(window.localStorage.getItem(keyOf(account)), navigator.languages));
  }, [account]);
  const choose = useCallback(
    (next: Language) => {
      window.localStorage.setItem(keyOf(account), next);
      setLanguage(next);
    },
    [account],
  );
  const worded = useMemo(() => wordsIn(language, timeZone), [language, timeZone]);
  return { language, choose, worded };
}
