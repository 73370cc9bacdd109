import type { WORDS } from './table.ts';

export type WordKey = keyof typeof WORDS;
/** A number is written as the language writes numbers, a date as the time of day in the plant's zone. */
export type Value = string | number | Date;

type NamesIn<Pattern extends string> = Pattern extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
/** The arguments of a key: the names in its English pattern. */
export type ValuesOf<Key extends WordKey> = Readonly<Record<NamesIn<(typeof WORDS)[Key]['en']>, Value>>;
/** The keys that need no argument. */
export type PlainKey = { [Key in WordKey]: [keyof ValuesOf<Key>] extends [never] ? Key : never }[WordKey];

/** Something to say, in no language yet. */
export interface Message {
  readonly key: WordKey;
  readonly values: Readonly<Record<string, Value>>;
}

type Arguments<Key extends WordKey> = Key extends PlainKey ? [] : [ValuesOf<Key>];

/** A message; its arguments are checked against the key's pattern. */
export function message<Key extends WordKey>(key: Key, ...[values]: Arguments<Key>): Message {
  return { key, values: values ?? {} };
}

export const asIs = (text: string): Message => message('asIs', { text });
