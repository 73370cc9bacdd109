/** The languages of the page, in the order in which the switch offers them. */
export const LANGUAGES = ['en', 'de', 'zh', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The words of one key in every language. `{name}` is an argument; the patterns are plain ICU messages, so that a
 * message library can read the same table.
 */
export type WordRow = Readonly<Record<Language, string>>;
export type WordRows = Readonly<Record<string, WordRow>>;
