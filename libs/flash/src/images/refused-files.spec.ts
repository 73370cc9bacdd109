import { deflateRawSync, gzipSync } from 'node:zlib';
import { ImageError } from '../errors.ts';
import { elfFile, type BuiltSegment } from '../testing/elf-file.ts';
import { app, AT, bootable, CODE, code, HEX, latin1, SREC, variables } from '../testing/firmware.ts';
import { HEX_END, hexBase, hexRecord, sRecord, textFile } from '../testing/text-files.ts';
import { readImage, type ReadImageOptions } from './read-image.ts';

const changed = (segments: readonly BuiltSegment[], change: (view: DataView) => void): Uint8Array =>
  elfFile(segments, { change });
/** Offset of a field in the section header at an index. */
const sectionField = (view: DataView, index: number, field: number): number =>
  view.getUint32(32, true) + index * 40 + field;
const tar = new Uint8Array(512);
tar.set(latin1('ustar'), 257);
const fat = new Uint8Array(1024);
fat.set([0xeb, 0x3c, 0x90]);
fat.set([0x55, 0xaa], 510);
const iso = new Uint8Array(33_000);
iso.set(latin1('CD001'), 32_769);
const wide = (mark: number[], encoding: 'little' | 'big', bytes = 2): Uint8Array =>
  new Uint8Array([
    ...mark,
    ...[...HEX.join('\r\n')].flatMap((character) => {
      const word = [character.charCodeAt(0), ...new Array<number>(bytes - 1).fill(0)];
      return encoding === 'little' ? word : word.reverse();
    }),
  ]);

test.each<[string, Uint8Array, RegExp, ReadImageOptions?]>([
  [
    'an end record with data',
    textFile([...HEX.slice(0, -1), hexRecord(1, 0, [1])]),
    /end record has 1 data bytes.*line 6/,
  ],
  ['Intel HEX without its end', textFile(HEX.slice(0, -1)), /has no end record.*cut off/],
  ['a record after the end record', textFile([...HEX, HEX[1]!]), /after the end record of line 6 \(line 7\)/],
  [
    'two bytes for one address',
    textFile([...HEX.slice(0, -1), hexRecord(0, 8, [0]), HEX_END]),
    /0x08000008 has two values: 0x4b from line 2 and 0x00 from line 6/,
  ],
  [
    'a wrong checksum',
    textFile([HEX[0]!, HEX[1]!.replace(/..$/, '00'), HEX_END]),
    /checksum of the Intel HEX record is 0x00 instead of 0x.. \(line 2\)/,
  ],
  [
    'a record that is too short',
    textFile([HEX[0]!, HEX[1]!.slice(0, -4), HEX_END]),
    /cut off: it says 16 data bytes and has 14 \(line 2\)/,
  ],
  [
    'a record that is cut off within a byte',
    textFile([HEX[0]!, HEX[1]!.slice(0, -1), HEX_END]),
    /cut off within a byte \(line 2\)/,
  ],
  [
    'a record that is too long',
    textFile([HEX[0]!, `${HEX[1]}00`, HEX_END]),
    /longer than the 16 data bytes that it says \(line 2\)/,
  ],
  [
    'a record with a wrong character',
    textFile([HEX[0]!, HEX[1]!.replace(/.$/, 'G'), HEX_END]),
    /it has the character "G" \(line 2\)/,
  ],
  [
    'a record without its colon',
    textFile([HEX[0]!, HEX[1]!.slice(1), ...HEX.slice(2)]),
    /its colon is missing \(line 2\)/,
  ],
  [
    'an unknown record type',
    textFile([HEX[0]!, hexRecord(6, 0, [1]), HEX_END]),
    /no record of type 0x06 \(line 2\)/,
  ],
  [
    'a base record of three bytes',
    textFile([hexRecord(4, 0, [8, 0, 0]), HEX_END]),
    /linear base record has 3 data bytes instead of 2/,
  ],
  ['Intel HEX without data', textFile([HEX_END]), /no data for flash/],
  [
    'data beyond 32 bits',
    textFile([hexBase(0xffff0000), hexRecord(0, 0xffff, [1, 2]), HEX_END]),
    /beyond 32-bit addresses \(line 2\)/,
  ],
  [
    'a lost S-record',
    textFile([...SREC.slice(0, 2), ...SREC.slice(3, -1), sRecord(5, 4), sRecord(7, AT)]),
    /says 4 data records, and 3 are before it.*line 4/,
  ],
  [
    'a doubled S-record',
    textFile([SREC[0]!, ...SREC.slice(0, -1), sRecord(5, 4), sRecord(7, AT)]),
    /says 4 data records, and 5 are before it/,
  ],
  ['S-records without their end', textFile(SREC.slice(0, -1)), /has no end record \(S7, S8 or S9\)/],
  ['an S-record after the end', textFile([...SREC, SREC[0]!]), /after the end record of line 5/],
  [
    'an end record of S-records with data',
    textFile([...SREC.slice(0, -1), sRecord(7, AT, [1])]),
    /end record has 1 bytes of data/,
  ],
  [
    'the reserved S4',
    textFile([SREC[0]!, sRecord(4, 0, [1]), sRecord(7, 0)]),
    /no S-record of type S4 \(line 2\)/,
  ],
  [
    'a wrong S-record checksum',
    textFile([SREC[0]!.replace(/..$/, '00'), sRecord(7, AT)]),
    /checksum of the S-record is 0x00 instead of/,
  ],
  [
    'a short S-record',
    textFile([SREC[0]!.slice(0, -2), sRecord(7, AT)]),
    /S-record is cut off: it says 21 bytes and has 20/,
  ],
  [
    'conflicting S-records',
    textFile([SREC[0]!, sRecord(3, AT + 2, [0]), sRecord(7, AT)]),
    /0x08000002 has two values: 0x55 from line 1 and 0x00 from line 2/,
  ],
  ['a 64-bit ELF', changed([code], (view) => view.setUint8(4, 2)), /is 64-bit/],
  ['a big-endian ELF', changed([code], (view) => view.setUint8(5, 2)), /is big-endian/],
  [
    'an ELF for RISC-V',
    changed([code], (view) => view.setUint16(18, 243, true)),
    /is for RISC-V, not for ARM/,
  ],
  ['an object file', changed([code], (view) => view.setUint16(16, 1, true)), /is an object file/],
  ['an ELF cut off in its header', elfFile([code]).slice(0, 40), /ELF header is cut off after 40 bytes/],
  [
    'an ELF cut off in its program headers',
    elfFile([code, app]).slice(0, 90),
    /outside the file.*program header 1/,
  ],
  [
    'an ELF cut off in its section headers',
    elfFile([code]).slice(0, -1),
    /outside the file.*section header 2/,
  ],
  [
    'an ELF cut off in its code',
    elfFile([code], { named: false }).slice(0, -1),
    /says 64 bytes from offset.*the file ends at.*program header 0/,
  ],
  [
    'an ELF segment larger than any file',
    changed([code], (view) => view.setUint32(52 + 16, 0xffffffff, true)),
    /says 4294967295 bytes/,
  ],
  [
    'an ELF segment with more bytes than memory',
    changed([code], (view) => view.setUint32(52 + 20, 3, true)),
    /64 bytes in the file and only 3 in memory/,
  ],
  [
    'an ELF section beyond the file',
    changed([code], (view) => view.setUint32(sectionField(view, 1, 20), 0x7fffffff, true)),
    /section says 2147483647 bytes.*section 1 \(\.text\)/,
  ],
  [
    'an ELF whose section names are cut off',
    changed([code], (view) => view.setUint32(sectionField(view, 2, 20), 0x10000, true)),
    /section says 65536 bytes.*section 2/,
  ],
  [
    'an ELF section in no segment',
    changed([code], (view) => view.setUint32(sectionField(view, 1, 12), AT + 0x100, true)),
    /no segment of the ELF file contains it \(section 1 \(\.text\)\)/,
  ],
  [
    'an ELF section with the file’s headers',
    changed([{ ...code, withHeaders: true }], (view) => view.setUint32(sectionField(view, 1, 16), 0, true)),
    /headers of the ELF file itself/,
  ],
  [
    'overlapping ELF sections',
    elfFile([code, { ...code, sections: [{ name: '.other', data: [1, 2] }] }]),
    /0x08000000 has two values: 0x03 from section 1 \(\.text\) and 0x01 from section 2 \(\.other\)/,
  ],
  [
    'an ELF segment that no section names',
    elfFile([code, { ...app, sections: [{ name: '.x', data: [1], flags: 0 }] }]),
    /1 bytes that no section of the ELF file names \(program header 1\)/,
  ],
  [
    'an ELF with relocations that nothing applies',
    elfFile([{ ...code, sections: [{ name: '.rel.dyn', data: CODE, type: 9 }] }]),
    /is for a dynamic linker, which an STM32F1 does not have \(section 1 \(\.rel\.dyn\)\)/,
  ],
  ['an ELF without segments', elfFile([]), /no segment to be loaded/],
  [
    'an ELF with 1000 program headers',
    changed([code], (view) => view.setUint16(44, 1000, true)),
    /has 1000 program headers; at most 256/,
  ],
  [
    'an ELF with 65000 section headers',
    changed([code], (view) => view.setUint16(48, 65000, true)),
    /has 65000 section headers; at most 256/,
  ],
  [
    'an ELF with variables stored in RAM',
    elfFile([code, { ...variables, physical: 0x20000000 }]),
    /0x20000000\.\.0x20000003 is in RAM.*section 2 \(\.data\)/,
  ],
  [
    'data in RAM',
    textFile([...HEX.slice(0, -1), hexBase(0x20000000), hexRecord(0, 0, [0, 0]), HEX_END]),
    /0x20000000\.\.0x20000001 is in RAM.*line 7/,
  ],
  [
    'option bytes',
    textFile([...HEX.slice(0, -1), hexBase(0x1fff0000), hexRecord(0, 0xf800, [0xa5, 0x5a]), HEX_END]),
    /0x1ffff800\.\.0x1ffff801 is in the option bytes/,
  ],
  [
    'system memory',
    textFile([...SREC.slice(0, -1), sRecord(3, 0x1ffff000, [1]), sRecord(7, AT)]),
    /is in system memory/,
  ],
  [
    'data beyond every flash',
    textFile([sRecord(3, AT + 0xfffff, [1, 2]), sRecord(7, AT)]),
    /0x080fffff\.\.0x08100000 is beyond the largest flash/,
  ],
  [
    'data at address 0',
    textFile([sRecord(1, 0, [1, 2]), sRecord(9, 0)]),
    /0x00000000\.\.0x00000001 is in the alias/,
  ],
  [
    'data in external memory',
    textFile([sRecord(3, 0x90000000, [1]), sRecord(7, 0)]),
    /is in external memory/,
  ],
  ['a move out of flash', textFile(SREC), /0x20000000\.\.0x2000003f is in RAM/, { moveTo: 0x20000000 }],
  ['a raw file in RAM', CODE, /is in RAM/, { raw: true, at: 0x20000000 }],
  [
    'an address for a file that has its own',
    textFile(SREC),
    /has addresses of its own, so --at 0x08004000 \(REST: at\) would have no effect/,
    { at: AT + 0x4000 },
  ],
  [
    'a move of a raw file',
    bootable(AT),
    /no addresses that --move-to .* could move/,
    { moveTo: AT + 0x4000 },
  ],
  [
    'a move beyond 32 bits',
    textFile([...SREC.slice(0, -1), sRecord(3, AT + 0x2000, [1]), sRecord(7, 0)]),
    /beyond 32-bit addresses/,
    { moveTo: 0xfffff000 },
  ],
  [
    'a stated format that the content is not',
    textFile(HEX),
    /said to be ELF, and its content is Intel HEX/,
    { format: 'elf' },
  ],
  [
    'a stated raw binary that is S-records',
    textFile(SREC),
    /said to be a raw binary, and its content is S-records/,
    { format: 'bin' },
  ],
  [
    'a stated Intel HEX that is raw',
    bootable(AT),
    /said to be Intel HEX, and its content is not/,
    { format: 'hex' },
  ],
  [
    'raw and Intel HEX at once',
    textFile(HEX),
    /cannot be both raw and Intel HEX/,
    { raw: true, format: 'hex' },
  ],
  [
    'a raw file linked for another address',
    bootable(AT + 0x3000),
    /reset vector 0x08003045 points outside of it .* it seems linked for 0x08003000/,
  ],
  [
    'a raw file with an even reset vector',
    bootable(AT - 1),
    /reset vector of the raw file, 0x08000044, is even/,
  ],
  [
    'a raw file with a stack outside RAM',
    bootable(AT, 0x20020000),
    /its first word, 0x20020000, is no stack pointer into 96 KiB/,
  ],
  ['a raw file with a crooked stack', bootable(AT, 0x20000ffe), /is not a multiple of 4/],
  ['a raw file without a vector table', CODE, /not known firmware/],
  ['a raw file of six bytes', bootable(AT).slice(0, 6), /has 6 bytes: too few/],
  ['blank bytes', new Uint8Array(2000).fill(0xff), /2000 bytes of 0xff and nothing else/],
  ['zeros', new Uint8Array(5), /5 bytes of 0x00 and nothing else/],
  ['nothing', new Uint8Array(), /The file is empty/],
  ['nothing, as it is', new Uint8Array(), /The file is empty/, { raw: true }],
  ['a UF2 container', latin1('UF2\nWQ]\x9e'.padEnd(512, '\x01')), /is a UF2 container/],
  ['a DfuSe file', latin1('DfuSe\x01\x00\x01\x00\x00\x02'), /is a DfuSe file/],
  [
    'a file with a DFU suffix',
    new Uint8Array([...bootable(AT), ...latin1('\xff\xff\x11\xdf\x83\x04\x00\x01UFD\x10\x01\x02\x03\x04')]),
    /a DFU suffix/,
  ],
  ['a zip archive', latin1('PK\x03\x04\x14'), /is a zip archive/],
  ['a gzip file', new Uint8Array(gzipSync(CODE)), /is a gzip file/],
  ['an xz file', latin1('\xfd7zXZ\x00\x00'), /is an xz file/],
  ['a bzip2 file', latin1('BZh91AY&SY\x00'), /is a bzip2 file/],
  ['a 7-Zip archive', latin1('7z\xbc\xaf\x27\x1c\x00'), /is a 7-Zip archive/],
  ['a tar archive', tar, /is a tar archive/],
  ['a library', latin1('!<arch>\nmain.o/'), /is an ar archive/],
  ['a Windows program', latin1('MZ\x90\x00\x03'), /is a Windows program/],
  ['a macOS program', latin1('\xcf\xfa\xed\xfe\x0c'), /is a macOS program/],
  ['a PDF', latin1('%PDF-1.7\n'), /is a PDF document/],
  ['a PNG', latin1('\x89PNG\r\n\x1a\n'), /is a PNG picture/],
  ['TI-TXT', latin1('@F000\n31 40 00 03 B2 40\nq\n'), /is a TI-TXT or Verilog memory file/],
  ['Tektronix hex', latin1('%1A626810000000202020202020\n'), /is extended Tektronix hex/],
  ['a web page', latin1('\n<!DOCTYPE html><html><body>:10000000 </body></html>'), /is a web page/],
  ['a web page with records in it', latin1(`<html><pre>\n${HEX.join('\n')}</pre>`), /is a web page/],
  ['XML', latin1('<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>'), /is XML/],
  ['JSON', latin1('{"message": "Not Found"}'), /is JSON/],
  [
    'a Git LFS pointer',
    latin1('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n'),
    /is a pointer of Git LFS/,
  ],
  ['a git-annex pointer', latin1('/annex/objects/SHA256E-s123--ab.bin\n'), /is a pointer of git-annex/],
  [
    'UTF-16 text',
    new Uint8Array([0xff, 0xfe, ...Buffer.from(HEX.join('\r\n'), 'utf16le')]),
    /is UTF-16 text/,
  ],
  ['UTF-16 text, high byte first', wide([0xfe, 0xff], 'big'), /is UTF-16 text/],
  ['UTF-16 text without its mark', wide([], 'little'), /is UTF-16 text/],
  ['UTF-16 text without its mark, high byte first', wide([], 'big'), /is UTF-16 text/],
  ['UTF-32 text without its mark', wide([], 'little', 4), /is UTF-32 text/],
  ['an ESP image', latin1('\xe9\x04\x02\x20\x00\x00\x08\x40'), /is an image for an ESP chip/],
  ['a sparse Android image', latin1('\x3a\xff\x26\xed\x01\x00'), /is a sparse Android image/],
  ['a FAT file system', fat, /is a FAT file system/],
  ['an ISO 9660 file system', iso, /is an ISO 9660 file system/],
  ['a SquashFS file system', latin1('hsqs\x01\x00\x00\x00'), /is a SquashFS file system/],
  [
    'Intel HEX of which git could not merge the beginning',
    textFile(['<<<<<<< HEAD', ...HEX.slice(0, 2), '=======', ...HEX.slice(0, 2), '>>>>>>> b', ...HEX]),
    /is a file with conflict markers of Git/,
  ],
  [
    'Intel HEX of which git could not merge a record',
    textFile([HEX[0]!, '<<<<<<< HEAD', HEX[1]!, '=======', HEX[1]!, '>>>>>>> b', ...HEX.slice(2)]),
    /is a conflict marker of Git, not an Intel HEX record \(line 2\)/,
  ],
  [
    'S-records of which git could not merge one',
    textFile([SREC[0]!, '<<<<<<< HEAD', SREC[1]!, '=======', '>>>>>>> b', ...SREC.slice(2)]),
    /is a conflict marker of Git, not an S-record \(line 2\)/,
  ],
  [
    'Intel HEX with a conflict marker after its end',
    textFile([...HEX, '>>>>>>> theirs']),
    /is a conflict marker of Git.*line 7/,
  ],
  ['a pointer of early Git LFS', latin1('version https://hawser.github.com/spec/v1\n'), /of Git LFS/],
  ['the words of a server that has no such file', latin1('404: Not Found'), /is the answer of a web server/],
  ['a link that became text', latin1('../../build/app.hex'), /is the name of a file/],
  [
    'hex digits without addresses',
    latin1('00 50 00 20 31 01 00 08 35 01 00 08'),
    /is hex digits without addresses/,
  ],
  ['plain text', latin1('Ask Bert for the firmware.\n'), /is text, not firmware/],
  ['compressed bytes without a name', new Uint8Array(deflateRawSync(CODE)), /not known firmware/],
])('%s: refused by its cause', (_what, bytes, says, ...[options]) => {
  let refused: unknown;
  try {
    readImage(bytes, options);
  } catch (cause) {
    refused = cause;
  }
  expect(refused).toBeInstanceOf(ImageError);
  expect((refused as ImageError).message).toMatch(says);
  expect((refused as ImageError).remedy).toMatch(/^[A-Z].*\.|: .+$/);
});
