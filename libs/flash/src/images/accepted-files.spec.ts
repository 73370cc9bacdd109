import { elfFile } from '../testing/elf-file.ts';
import { app, AT, bootable, CODE, code, HEX, joined, latin1, SREC, variables } from '../testing/firmware.ts';
import { HEX_END, hexBase, hexRecord, sRecord, textFile } from '../testing/text-files.ts';
import { readImage, type ReadImageOptions } from './read-image.ts';

type Expected = readonly [address: number, bytes: readonly number[]][];
const WHOLE: Expected = [[AT, [...CODE]]];

test.each<[string, Uint8Array, Expected, ReadImageOptions?]>([
  ['Intel HEX', textFile(HEX), WHOLE],
  ['Intel HEX in lower case', textFile(HEX.map((line) => line.toLowerCase())), WHOLE],
  ['Intel HEX with CR LF', textFile(HEX, '\r\n'), WHOLE],
  ['Intel HEX with CR CR LF', textFile(HEX, '\r\r\n'), WHOLE],
  ['Intel HEX with CR alone', textFile(HEX, '\r'), WHOLE],
  ['Intel HEX without a last line end', latin1(HEX.join('\n')), WHOLE],
  ['Intel HEX after a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, ...textFile(HEX)]), WHOLE],
  ['Intel HEX before Ctrl-Z', new Uint8Array([...textFile(HEX), 0x1a]), WHOLE],
  ['Intel HEX padded with NUL', new Uint8Array([...textFile(HEX), ...new Array<number>(100).fill(0)]), WHOLE],
  [
    'Intel HEX padded with Ctrl-Z',
    new Uint8Array([...textFile(HEX), ...new Array<number>(90).fill(0x1a)]),
    WHOLE,
  ],
  [
    'Intel HEX with blank and comment lines',
    textFile(['', '; made by X', '# v1: 2', '  ', ...HEX.flatMap((line) => [line, '// next', '']), '; end']),
    WHOLE,
  ],
  ['Intel HEX after words of a tool', textFile(['Linker X, version 2', '', ...HEX]), WHOLE],
  ['Intel HEX with a line number before each colon', textFile(HEX.map((line, i) => `${i} ${line}`)), WHOLE],
  ['Intel HEX with a comment after a record', textFile([`${HEX[0]} ; base`, ...HEX.slice(1)]), WHOLE],
  ['the same Intel HEX records twice', textFile([...HEX.slice(0, -1), ...HEX]), WHOLE],
  [
    'Intel HEX with start addresses first',
    textFile([hexRecord(5, 0, [8, 0, 1, 0x31]), hexRecord(3, 0, [0, 0, 1, 0x31]), ...HEX]),
    WHOLE,
  ],
  [
    'a record over a border of 64 KiB',
    textFile([hexBase(AT), hexRecord(0, 0xfff0, CODE.slice(0, 32)), HEX_END]),
    [[AT + 0xfff0, [...CODE.slice(0, 32)]]],
  ],
  [
    'a segment base, moved',
    textFile([hexRecord(2, 0, [0x10, 0]), hexRecord(0, 0x20, [1]), HEX_END]),
    [[AT, [1]]],
    { moveTo: AT },
  ],
  [
    'a record that goes round in its segment of 64 KiB, moved',
    textFile([hexRecord(2, 0, [0x10, 0]), hexRecord(0, 0xfffe, [1, 2, 3, 4]), HEX_END]),
    [
      [AT, [3, 4]],
      [AT + 0xfffe, [1, 2]],
    ],
    { moveTo: AT },
  ],
  ['S-records', textFile(SREC), WHOLE],
  [
    'S-records with header and count',
    textFile([sRecord(0, 0, [0x61]), ...SREC.slice(0, -1), sRecord(5, 4), sRecord(7, AT)]),
    WHOLE,
  ],
  [
    'S-records with a count of three bytes',
    textFile([...SREC.slice(0, -1), sRecord(6, 4), sRecord(7, AT)]),
    WHOLE,
  ],
  [
    'S-records with decoration',
    new Uint8Array([0xef, 0xbb, 0xbf, ...textFile(['# made by X', '', ...SREC], '\r\r\n'), 0x1a, 0]),
    WHOLE,
  ],
  ['S-records in lower case', textFile(SREC.map((line) => line.toLowerCase())), WHOLE],
  ['S1 records, moved', textFile([sRecord(1, 0x10, [7, 8]), sRecord(9, 0)]), [[AT, [7, 8]]], { moveTo: AT }],
  [
    'S2 records, moved',
    textFile([sRecord(2, 0x120000, [7, 8]), sRecord(8, 0)]),
    [[AT + 4, [7, 8]]],
    { moveTo: AT + 4 },
  ],
  ['ELF', elfFile([code]), WHOLE],
  [
    'ELF whose first segment begins with the file’s headers',
    elfFile([{ ...app, withHeaders: true, padding: 0x400 }, variables]),
    [[AT + 0x1000, joined]],
  ],
  [
    'the same ELF without section headers',
    elfFile([{ ...app, withHeaders: true, padding: 0x1000 - 84 - 32 }, variables], { named: false }),
    [[AT + 0x1000, joined]],
  ],
  [
    'ELF without section headers, whose firmware follows the headers at once',
    elfFile([{ ...code, withHeaders: true }], { named: false }),
    WHOLE,
  ],
  ['ELF with variables that are stored in flash', elfFile([app, variables]), [[AT + 0x1000, joined]]],
  [
    'ELF with zeros between two sections',
    elfFile([
      {
        ...code,
        sections: [
          { name: '.a', data: [1] },
          { name: '.b', data: [2], gap: 7 },
        ],
      },
    ]),
    [
      [AT, [1]],
      [AT + 8, [2]],
    ],
  ],
  ['ELF without physical addresses', elfFile([{ ...code, physical: 0 }]), WHOLE],
  [
    'ELF without physical addresses and sections',
    elfFile([{ ...code, physical: 0 }], { named: false }),
    WHOLE,
  ],
  [
    'ELF with a segment in RAM that has no bytes in the file',
    elfFile([code, { virtual: 0x20000000, physical: 0x20000000, sections: [{ name: '.bss', nobits: 64 }] }]),
    WHOLE,
  ],
  ['ELF, moved', elfFile([code]), [[AT + 0x4000, [...CODE]]], { moveTo: AT + 0x4000 }],
  ['a raw file with a vector table', bootable(AT), [[AT, [...bootable(AT)]]]],
  [
    'a raw file linked for the address where it is placed',
    bootable(AT + 0x2000),
    [[AT + 0x2000, [...bootable(AT + 0x2000)]]],
    { at: AT + 0x2000 },
  ],
  ['text that is taken as it is', textFile(HEX), [[AT, [...textFile(HEX)]]], { raw: true }],
  [
    'blank bytes that are meant',
    new Uint8Array(8).fill(0xff),
    [[AT + 4, new Array<number>(8).fill(0xff)]],
    { raw: true, at: AT + 4 },
  ],
])('%s is read', (_what, bytes, expected, ...[options]) => {
  const { segments, sizeBytes } = readImage(bytes, options);
  expect(segments.map(({ address, data }) => [address, [...data]])).toEqual(expected);
  expect(sizeBytes).toBe(expected.reduce((sum, [, data]) => sum + data.length, 0));
});
