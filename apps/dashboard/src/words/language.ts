import { LANGUAGES, type Language } from './rows.ts';

/** The language of the page: the one that was kept, else the first that the browser asks for and the page has. */
export function languageFrom(kept: string | null, wanted: readonly string[]): Language {
  const asked = [kept ?? '', ...wanted].map((tag) => tag.toLowerCase().split('-')[0]);
  return asked.map((tag) => LANGUAGES.find((language) => language === tag)).find(Boolean) ?? 'en';
}

/** Where the language of a person is kept in this browser. */
export const keyOf = (account: string): string => `boardwalk-language:${account}`;

/** The languages as their speakers name them, and the tag by which a page says what it is written in. */
export const NAMES: Readonly<Record<Language, { readonly name: string; readonly tag: string }>> = {
  en: { name: 'English', tag: 'en' },
  de: { name: 'Deutsch', tag: 'de' },
  zh: { name: '简体中文', tag: 'zh-Hans' },
  es: { name: 'Español', tag: 'es' },
};
