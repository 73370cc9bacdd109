import { RefusalError, said, type RefusalCode, type SentenceKey, type ValuesOf } from '@boardwalk/contracts';

/** A slot that cannot do what was asked, now. */
export class StationError<
  const Key extends Extract<SentenceKey, `station.${string}`> = Extract<SentenceKey, `station.${string}`>,
> extends RefusalError {
  declare readonly code: Extract<RefusalCode, `station.${string}`>;
  declare readonly remedy: string;

  constructor(key: Key, values: ValuesOf<Key>) {
    const { code, message, remedy, params } = said(key, values);
    super(code, message, { params, remedy });
    this.name = 'StationError';
  }
}
