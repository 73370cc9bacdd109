import type { Params } from './refusal.ts';
import { ACCOUNT_SENTENCES } from './sentences/accounts.ts';
import { COMMAND_SENTENCES } from './sentences/command-line.ts';
import { FLASH_SENTENCES } from './sentences/flash.ts';
import { IMAGE_SENTENCES } from './sentences/images.ts';
import { PROBE_SENTENCES } from './sentences/probes.ts';
import { RECORDS_SENTENCES } from './sentences/records.ts';
import { REQUEST_SENTENCES } from './sentences/requests.ts';
import { RUN_SENTENCES } from './sentences/runs.ts';
import { SLOT_SENTENCES } from './sentences/slots.ts';
import { STORAGE_SENTENCES } from './sentences/storage.ts';
import { WORK_SENTENCES } from './sentences/work.ts';
import { REFUSALS, type RefusalCode } from './table.ts';

const ALL = {
  ...REQUEST_SENTENCES,
  ...ACCOUNT_SENTENCES,
  ...STORAGE_SENTENCES,
  ...WORK_SENTENCES,
  ...RECORDS_SENTENCES,
  ...RUN_SENTENCES,
  ...SLOT_SENTENCES,
  ...FLASH_SENTENCES,
  ...IMAGE_SENTENCES,
  ...PROBE_SENTENCES,
  ...COMMAND_SENTENCES,
};

/** The key of a sentence: a code, or a code and one of its cases. */
export type SentenceKey = keyof typeof ALL;
export type CodeOf<Key extends SentenceKey> = Key extends `${infer Code}:${string}` ? Code : Key;

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
/** The values that a sentence and its remedy need. */
export type ValuesOf<Key extends SentenceKey> = {
  readonly [Name in NamesIn<(typeof ALL)[Key][number]>]: string | number;
};

/**
 * Every sentence of a refusal, and its next step: none: that of the table; null: the sentence has it, or errors[]. A
 * translation is a second table with these keys.
 */
export const SENTENCES: Readonly<Record<SentenceKey, readonly [says: string, remedy?: string | null]>> = ALL;

/** A refusal in words: its code, its sentence, its next step, and the values from which it can be worded again. */
export function said<const Key extends SentenceKey>(key: Key, values: ValuesOf<Key>) {
  const code = key.split(':')[0] as CodeOf<Key> & RefusalCode;
  const [says, remedy = REFUSALS[code].engineer] = SENTENCES[key];
  const params: Params = { ...(values as Params), sentence: key };
  return {
    code,
    message: placed(says, params),
    remedy: remedy === null ? null : filled(remedy, params),
    params,
  };
}

/** The sentence of an error, from its params alone; null: it has a sentence of its own. */
export function reworded(params: Params, sentences = SENTENCES): string | null {
  const key = params['sentence'] as SentenceKey | undefined;
  return key === undefined || !Object.hasOwn(sentences, key) ? null : placed(sentences[key][0], params);
}

/** A sentence about a file ends with the place in it, where there is one. */
function placed(text: string, params: Params): string {
  const { where } = params;
  const says = filled(text, params);
  return where === undefined ? says : says.replace(/\.?$/, ` (${where}).`);
}

function filled(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(params[name] ?? hole));
}
