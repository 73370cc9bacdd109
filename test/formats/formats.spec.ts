import { ImageError, readImage, type Image } from '@boardwalk/flash';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { drawElf } from './draw-elf.ts';
import { drawRaw } from './draw-raw.ts';
import { drawHex, drawSRecords } from './draw-text.ts';
import { wordsOf, type DrawnFile } from './drawn-file.ts';
import { lacksPhysicalAddresses, readWithObjcopy } from './objcopy.ts';
import { Random } from './random.ts';
import { flashWindow, readWithSrecCat, recordsIn, type TextFormat } from './srec-cat.ts';

const SEED = Number(process.env.BOARDWALK_SEED ?? 20261126);
const FILES = Number(process.env.BOARDWALK_FORMATS ?? 100_000);
/** As many damaged files that were read all the same are held against another program. */
const COMPARED = 3000;
const MOST_GROWTH_BYTES = 24 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface Taken {
  readonly index: number;
  readonly file: DrawnFile;
  readonly image: Image;
}

interface Read {
  /** Damaged files that were read, up to the number that is compared. */
  readonly taken: Taken[];
  readonly refusals: ReadonlyMap<string, number>;
}

function heapBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Draws and reads every file. A failure names the file by its number: with the seed it is drawn again. */
function readAll(name: string, draw: (random: Random) => DrawnFile): Read {
  const taken: Taken[] = [];
  const refusals = new Map<string, number>();
  let grown = 0;
  let before = 0;
  for (let index = 0; index < FILES; index += 1) {
    const file = draw(new Random(SEED + index * 7919));
    const image = readOne(() => `${name} file ${index} of seed ${SEED}`, file, refusals);
    if (image && file.content === null && taken.length < COMPARED) taken.push({ index, file, image });
    if (index === Math.floor(FILES / 4)) before = heapBytes();
    if (index === FILES - 1) grown = heapBytes() - before;
  }
  const causes = [...refusals].map(([code, count]) => `${code} ${count}`).join(', ');
  process.stderr.write(
    `${name}: seed ${SEED}, ${FILES} files, refused: ${causes}; grown by ${grown} bytes\n`,
  );
  expect(grown).toBeLessThan(MOST_GROWTH_BYTES);
  return { taken, refusals };
}

function readOne(nameOf: () => string, file: DrawnFile, refusals: Map<string, number>): Image | null {
  try {
    const image = readImage(file.bytes, file.options);
    if (file.content !== null && !same(image.segments, file.content))
      expect([nameOf(), wordsOf(image.segments)]).toEqual([nameOf(), wordsOf(file.content)]);
    return image;
  } catch (cause) {
    if (!(cause instanceof ImageError)) throw new Error(`${nameOf()}: ${String(cause)}`, { cause });
    if (file.content !== null)
      throw new Error(`${nameOf()} is good and was refused: ${cause.message}`, { cause });
    if (!/^[A-Z].{10,}\.$/s.test(cause.message) || cause.remedy.length < 10)
      throw new Error(`${nameOf()} was refused without a cause: ${cause.message} ${cause.remedy}`);
    refusals.set(cause.code, (refusals.get(cause.code) ?? 0) + 1);
    return null;
  }
}

const same = (some: Image['segments'], others: Image['segments']): boolean =>
  some.length === others.length &&
  some.every(({ address, data }, i) => {
    const other = others[i]!;
    return address === other.address && Buffer.compare(data, other.data) === 0;
  });

/**
 * Moved by the caller, or without physical addresses: GNU objcopy leaves a single segment of those at 0, where no flash
 * is, and we take the virtual ones.
 */
const isMoved = ({ options, bytes }: DrawnFile): boolean =>
  options.moveTo !== undefined || lacksPhysicalAddresses(bytes);

/** Compares with another program what both read. */
function compare(name: string, taken: readonly Taken[], others: readonly (Image['segments'] | null)[]): void {
  let refused = 0;
  for (const [i, { index, image, file }] of taken.entries()) {
    const other = others[i]!;
    const what = `${name} file ${index} of seed ${SEED}`;
    if (other === null) {
      refused += 1;
      continue;
    }
    const by = isMoved(file) ? image.segments[0]!.address - (other[0]?.address ?? 0) : 0;
    const moved = other.map(({ address, data }) => ({ address: address + by, data }));
    expect([what, wordsOf(image.segments)]).toEqual([what, wordsOf(moved)]);
  }
  process.stderr.write(
    `${name}: ${taken.length - refused} compared, ${refused} refused by the other program\n`,
  );
  expect(taken.length - refused).toBeGreaterThan(Math.min(2000, taken.length * 0.9) - 1);
}

test.each<[string, (random: Random) => DrawnFile, TextFormat]>([
  ['Intel HEX', drawHex, 'intel'],
  ['S-records', drawSRecords, 'motorola'],
])('%s files are read as srec_cat reads them, or refused by their cause', (name, draw, format) => {
  const { taken } = readAll(name, draw);
  const files = taken.map(({ file: { bytes, options } }) => ({
    records: recordsIn(bytes),
    base: flashWindow(options.moveTo !== undefined),
  }));
  compare(name, taken, readWithSrecCat(files, format));
});

test('ELF files are read as GNU objcopy reads them, or refused by their cause', async () => {
  const { taken } = readAll('ELF', drawElf);
  compare('ELF', taken, await readWithObjcopy(taken.map(({ file }) => file.bytes)));
});

test('raw files are taken byte for byte, or refused by their cause', () => {
  const { taken } = readAll('raw', drawRaw);
  for (const { file, image } of taken) expect(Buffer.compare(image.segments[0]!.data, file.bytes)).toBe(0);
});
