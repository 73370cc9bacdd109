import { RefusalError, said, type RefusalCode, type SentenceKey, type ValuesOf } from '@boardwalk/contracts';

export type RecordsSentence = Extract<SentenceKey, `records.${string}`>;

/** An operation on the records of a station that is not possible. */
export class RecordsError<
  const Key extends RecordsSentence = RecordsSentence,
> extends RefusalError<RecordsErrorCode> {
  declare readonly remedy: string;

  constructor(key: Key, values: ValuesOf<Key>, cause?: unknown) {
    const { code, message, remedy, params } = said(key, values);
    super(code, message, { params, remedy, cause });
    this.name = 'RecordsError';
  }
}

export type RecordsErrorCode = Extract<RefusalCode, `records.${string}`>;
