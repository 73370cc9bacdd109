import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { RecordsError } from '../errors.ts';
import type { Anchor } from './anchors.ts';
import { COLUMNS, ORIGIN, type ChainRow, type Head } from './chain-row.ts';
import { noticesOf } from './retention.ts';
import { verifyChain, type ChainReport } from './verify-chain.ts';

const CHUNK_BYTES = 1024 * 1024;

/** Whether a file is what `boardwalk audit export` writes, and no database: a row of JSON begins it. */
export function isExport(file: string): boolean {
  const handle = openSync(file, 'r');
  try {
    const first = Buffer.alloc(1);
    return readSync(handle, first) === 1 && first.toString('latin1') === '{';
  } finally {
    closeSync(handle);
  }
}

/**
 * Checks an exported record as its database would be. One that begins in the middle is taken to follow the row that
 * its first row names; rows cut off its end show by anchors alone.
 * @throws RecordsError naming the first line that is no row
 */
export function verifyExport(file: string, anchors: readonly Anchor[] = []): ChainReport & { from: Head } {
  const [first] = rowsIn(file);
  const from = first && first.id > 1 ? { id: first.id - 1, hash: first.previous } : ORIGIN;
  const held = anchors.filter(({ id }) => id > from.id);
  return { from, ...verifyChain(rowsIn(file), noticesOf(rowsIn(file)), held, from) };
}

function* rowsIn(file: string): Generator<ChainRow> {
  let number = 0;
  for (const line of linesOf(file)) {
    number += 1;
    const row = rowOf(line);
    if (!row) throw new RecordsError('records.damaged:export', { line: number, file });
    yield row;
  }
}

function rowOf(line: string): ChainRow | null {
  try {
    const row: unknown = JSON.parse(line);
    return typeof row === 'object' && row !== null && COLUMNS.every((column) => column in row)
      ? (row as ChainRow)
      : null;
  } catch {
    return null;
  }
}

/** A line at a time: a year's record need not fit in memory. */
function* linesOf(file: string): Generator<string> {
  const handle = openSync(file, 'r');
  try {
    const decoder = new StringDecoder('utf8');
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = '';
    for (let bytes = 0; (bytes = readSync(handle, chunk)) > 0;) {
      const lines = (rest + decoder.write(chunk.subarray(0, bytes))).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '') yield rest;
  } finally {
    closeSync(handle);
  }
}
