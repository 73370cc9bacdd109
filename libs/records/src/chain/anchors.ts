import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { RecordsError } from '../errors.ts';
import type { Head } from './chain-row.ts';

/** The chain's head on a day. Kept outside the database: who rewrites the whole chain cannot rewrite what was sent away. */
export interface Anchor extends Head {
  /** `2026-11-21`, UTC. */
  readonly date: string;
}

export const ANCHOR_FILE = 'audit-anchors.txt';

const ANCHOR = /^(\d{4}-\d\d-\d\d) (\d+) ([0-9a-f]{64})$/;
const RESTORED = /^restored \S+ (\d+) [0-9a-f]{64}$/;

export function anchorLine({ date, id, hash }: Anchor): string {
  return `${date} ${id} ${hash}`;
}

/** Said in the anchor file when a backup replaced the database: anchors of rows beyond it no longer apply. */
export function restoredLine(at: string, { id, hash }: Head): string {
  return `restored ${at} ${id} ${hash}`;
}

/** The anchors that hold for the present database. @throws Error naming the first line that is none */
export function parseAnchors(text: string): Anchor[] {
  let anchors: Anchor[] = [];
  // A power cut may leave a line without its end: it never was an anchor.
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '') continue;
    const [, date, id, hash] = ANCHOR.exec(line) ?? [];
    const restored = RESTORED.exec(line)?.[1];
    if (date && hash) anchors.push({ date, id: Number(id), hash });
    else if (restored) anchors = anchors.filter((anchor) => anchor.id <= Number(restored));
    else throw new Error(`Line ${index + 1} of the anchors is none: "${line.slice(0, 80)}".`);
  }
  return anchors;
}

export function readAnchors(file: string): Anchor[] {
  if (!existsSync(file)) return [];
  try {
    return parseAnchors(readFileSync(file, 'utf8'));
  } catch (cause) {
    const says = cause instanceof Error ? cause.message : String(cause);
    throw new RecordsError('records.anchors', { file, why: says }, cause);
  }
}

/** Whether a day has its line, whatever else stands in the file. */
export function hasAnchorOf(date: string, file: string): boolean {
  return (
    existsSync(file) &&
    readFileSync(file, 'utf8')
      .split('\n')
      .some((line) => line.startsWith(`${date} `))
  );
}

/** Adds a line, on disk when it returns. */
export function appendLine(file: string, line: string): void {
  const torn = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'));
  appendFileSync(file, `${torn ? '\n' : ''}${line}\n`, { mode: 0o640 });
  const handle = openSync(file, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
