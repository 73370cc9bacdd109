import { isUtf8 } from 'node:buffer';
import { PAGE_ITEMS } from '../persistence/pages.ts';
import { inTurns, Turns } from '../clock/turns.ts';
import { ProblemException } from '../problems/problems.ts';
import { scanJson, type LongList } from './json-scan.ts';

/**
 * A body's value. A job of 10,000 units takes the time of many small requests: it is read in pieces, between which
 * everything else on the event loop has its turn.
 * @throws Error with a status: what is no JSON, names a key twice, or is in a charset that cannot be read
 */
export async function jsonBody(bytes: Buffer, charset: string): Promise<unknown> {
  const text = textOf(bytes, charset);
  const turns = new Turns();
  const long = (await inTurns(scanJson(text), turns)).filter(({ key }) => key !== '__proto__');
  const root = parse(withoutItems(text, long), '');
  for (const list of long)
    (root as Record<string, unknown>)[list.key] = await inTurns(itemsOf(text, list), turns);
  return root;
}

/** A byte that is no UTF-8 would be stored as a replacement character: two serials could become one. */
function textOf(bytes: Buffer, charset: string): string {
  if (charset === 'utf-8' && !isUtf8(bytes)) throw new ProblemException('invalid:not-utf8', {});
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch (cause) {
    throw new ProblemException('wrong-type:charset', { charset }, { cause });
  }
}

function withoutItems(text: string, lists: readonly LongList[]): string {
  let rest = '';
  let from = 0;
  for (const { cuts } of lists) {
    rest += text.slice(from, cuts[0]! + 1);
    from = cuts.at(-1)!;
  }
  return rest + text.slice(from);
}

function* itemsOf(text: string, { key, cuts }: LongList): Generator<void, unknown[]> {
  const items: unknown[] = [];
  for (const [page, cut] of cuts.slice(0, -1).entries()) {
    const where = ` in the page of "${key}" that begins with its element ${page * PAGE_ITEMS}`;
    const elements = parse(`[${text.slice(cut + 1, cuts[page + 1])}]`, where) as unknown[];
    // A comma with nothing after it.
    if (elements.length === 0) throw notJson(`Unexpected token ]${where}`);
    items.push(...elements);
    yield;
  }
  return items;
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw notJson(`${(cause as Error).message}${where}`, cause);
  }
}

function notJson(why: string, cause?: unknown): Error {
  return new ProblemException('invalid:not-json', { why }, { cause });
}
