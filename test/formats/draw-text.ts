import type { Segment } from '@boardwalk/flash';
import {
  HEX_END,
  hexRecord,
  sRecord,
  sRecords,
  hexRecords,
} from '../../libs/flash/src/testing/text-files.ts';
import { joined, type DrawnFile } from './drawn-file.ts';
import type { Random } from './random.ts';

const FLASH_BASE = 0x08000000;

/** Pieces of flash that do not touch each other by accident: each has a page of 2 KiB of its own, or follows the last. */
function pieces(random: Random): Segment[] {
  const found: Segment[] = [];
  let address = FLASH_BASE + random.below(4) * 0x8000 + random.below(64);
  for (let count = random.between(1, 4); count > 0; count -= 1) {
    const data = random.bytes(random.between(1, 60));
    found.push({ address, data });
    address += data.length + (random.chance(40) ? 0 : random.between(1, 0x9000));
  }
  return found;
}

type Damage = (lines: string[], random: Random) => string[];

const swap = (text: string, at: number, character: string): string =>
  text.slice(0, at) + character + text.slice(at + 1);
const at = (lines: readonly string[], random: Random): number => random.below(Math.max(1, lines.length));

/** Each leaves a file that may be readable, may be not, and must not be read otherwise than by other programs. */
const DAMAGE: readonly Damage[] = [
  // A character is another one.
  (lines, random) => {
    const i = at(lines, random);
    const line = lines[i] ?? '';
    const wrong = random.one([...'0123456789ABCDEFabcdefGS:; \0\x1a\xff']);
    return lines.with(i, swap(line, random.below(line.length + 1), wrong));
  },
  (lines, random) => lines.toSpliced(at(lines, random), 1),
  (lines, random) => lines.toSpliced(at(lines, random), 0, lines[at(lines, random)] ?? ''),
  (lines, random) => {
    const [one, other] = [at(lines, random), at(lines, random)];
    return lines.with(one, lines[other] ?? '').with(other, lines[one] ?? '');
  },
  (lines, random) => lines.slice(0, random.below(lines.length + 1)),
  (lines, random) => {
    const i = at(lines, random);
    return lines.with(i, (lines[i] ?? '').slice(0, random.below(60)));
  },
  (lines, random) => {
    const i = at(lines, random);
    return lines.toSpliced(i, 2, (lines[i] ?? '') + (lines[i + 1] ?? ''));
  },
  (lines, random) =>
    lines.toSpliced(at(lines, random), 0, random.one(['hello', '00', ':', 'S', '@', ':00', 'S1'])),
];

/** Text that changes nothing: what editors and other tools add. */
function decorated(lines: readonly string[], random: Random): Uint8Array {
  const end = random.one(['\n', '\n', '\r\n', '\r\r\n', '\r']);
  const comment = (): string => random.one(['; made by X', '# v1: 2', '// next', '', '  ', '\t']);
  const all = lines.flatMap((line) => (random.chance(10) ? [comment(), line] : [line]));
  const lower = random.chance(20);
  const text =
    all.map((line) => (lower ? line.toLowerCase() : line)).join(end) + (random.chance(80) ? end : '');
  const mark = random.chance(10) ? '\xef\xbb\xbf' : '';
  const tail = random.chance(10) ? random.one(['\x1a', '\0\0\0\0', '\x1a\x1a', '\r\n\r\n']) : '';
  return new Uint8Array(Buffer.from(mark + text + tail, 'latin1'));
}

function drawn(
  lines: readonly string[],
  content: readonly Segment[],
  random: Random,
  moveTo?: number,
): DrawnFile {
  const options = moveTo === undefined ? {} : { moveTo };
  if (random.chance(30)) return { bytes: decorated(lines, random), options, content: joined(content) };
  let damaged = [...lines];
  for (let times = random.between(1, 2); times > 0 && damaged.length > 0; times -= 1)
    damaged = random.one(DAMAGE)(damaged, random);
  return { bytes: decorated(damaged, random), options, content: null };
}

/** An Intel HEX file; one in ten has segment bases instead of linear ones, and is moved into flash. */
export function drawHex(random: Random): DrawnFile {
  if (random.chance(10)) return drawSegmented(random);
  const content = pieces(random);
  const lines = hexRecords(content, random.between(1, 32));
  const start = random.chance(10) ? [hexRecord(random.one([3, 5]), 0, random.bytes(4))] : [];
  const meant = random.chance(10)
    ? [hexRecord(random.below(8), random.below(0x10000), random.bytes(random.below(5)))]
    : [];
  const body = [...start, ...lines].toSpliced(random.below(lines.length + 1), 0, ...meant);
  const file = drawn([...body, HEX_END], content, random);
  return meant.length > 0 ? { ...file, content: null } : file;
}

function drawSegmented(random: Random): DrawnFile {
  const paragraph = random.below(0xf000);
  const offset = random.one([random.below(0x10000), 0x10000 - random.below(32)]);
  const data = random.bytes(random.between(1, 40));
  const lines = [
    hexRecord(2, 0, [paragraph >>> 8, paragraph & 0xff]),
    hexRecord(0, offset & 0xffff, data),
    HEX_END,
  ];
  const room = 0x10000 - (offset & 0xffff);
  const base = paragraph * 16;
  const content = joined(
    [
      { address: base + (offset & 0xffff), data: data.subarray(0, room) },
      { address: base, data: data.subarray(room) },
    ].filter((piece) => piece.data.length > 0),
  );
  const by = FLASH_BASE - content[0]!.address;
  const moved = content.map((piece) => ({ ...piece, address: piece.address + by }));
  return drawn(lines, moved, random, FLASH_BASE);
}

/** An S-record file, with or without header and count. */
export function drawSRecords(random: Random): DrawnFile {
  const content = pieces(random);
  const lines = sRecords(content, random.between(1, 32));
  const count = lines.length + (random.chance(10) ? random.between(-1, 1) : 0);
  const header = random.chance(50) ? [sRecord(0, 0, random.bytes(random.below(20)))] : [];
  const counted = random.chance(60) ? [sRecord(random.one([5, 5, 6]), count)] : [];
  const file = drawn(
    [...header, ...lines, ...counted, sRecord(random.one([7, 7, 8, 9]), FLASH_BASE & 0xffff)],
    content,
    random,
  );
  return counted.length > 0 && count !== lines.length ? { ...file, content: null } : file;
}
