/** Text that is no firmware, known by how it begins. */
interface TextKind {
  readonly name: string;
  readonly begins: RegExp;
  readonly remedy: string;
}

const DOWNLOAD = 'Download the file itself: the address may need a login, or lead to a page about the file.';
const CONVERT = 'Convert it to Intel HEX, for example with: srec_cat';
const FIRMWARE = 'Give the firmware itself: .bin, .hex, .srec or .elf.';

/** These are never records, whatever is inside. */
const PAGES_AND_POINTERS: readonly TextKind[] = [
  {
    name: 'a pointer of Git LFS, not the file itself',
    begins: /^version https:\/\/(?:git-lfs|hawser)\b/,
    remedy: 'Fetch the file with: git lfs pull',
  },
  {
    name: 'a pointer of git-annex, not the file itself',
    begins: /^(?:\.\.\/)*(?:\.git|git)?\/?annex\/objects\//,
    remedy: 'Fetch the file with: git annex get',
  },
  {
    name: 'a pointer of DVC, not the file itself',
    begins: /^(?:md5: \w+\s+)?outs:\s*\n\s*- /,
    remedy: 'Fetch the file with: dvc pull',
  },
  {
    name: 'a web page',
    begins: /^(?:<!--[^]*?-->\s*)?<(?:!doctype html|html|head|body|title|script|meta)\b/i,
    remedy: DOWNLOAD,
  },
  { name: 'XML', begins: /^<(?:\?xml|[a-z!])/i, remedy: DOWNLOAD },
  { name: 'JSON', begins: /^(?:\{\s*["}]|\[\s*(?:["[{\]\d-]|true|false|null))/, remedy: DOWNLOAD },
  {
    name: 'the answer of a web server',
    begins: /^(?:HTTP\/\d|[45]\d\d[: ]+(?:not found|forbidden|unauthorized|bad|page|gone|internal|service))/i,
    remedy: DOWNLOAD,
  },
  {
    name: 'a file with conflict markers of Git',
    begins: /^<{7} \S/,
    remedy: 'Resolve the conflict, or build the firmware again.',
  },
  { name: 'a key or certificate (PEM)', begins: /^-----BEGIN /, remedy: FIRMWARE },
];

/** What other text may be, once no record was found in it. */
const OTHERS: readonly TextKind[] = [
  {
    name: 'a TI-TXT or Verilog memory file',
    begins: /^@[0-9a-f]{2,8}\s*\n\s*[0-9a-f]{2}\b/i,
    remedy: CONVERT,
  },
  { name: 'extended Tektronix hex', begins: /^%[0-9a-f]{6}/i, remedy: CONVERT },
  { name: 'Tektronix hex', begins: /^\/[0-9a-f]{8}/i, remedy: CONVERT },
  { name: 'MOS Technology hex', begins: /^;[0-9a-f]{8}/i, remedy: CONVERT },
  {
    name: 'a hex dump',
    begins: /^(?:0x)?[0-9a-f]{4,8}:?\s+(?:[0-9a-f]{2}\s?){2,}/i,
    remedy: 'Give the file that was dumped.',
  },
  {
    name: 'hex digits without addresses',
    begins: /^(?:(?:0x)?[0-9a-f]{2}[\s,;]*){8,}[0x]{0,2}[0-9a-f]?$/i,
    remedy: 'Give the file that was dumped.',
  },
  {
    name: 'a memory file for an FPGA',
    begins: /^(?:memory_initialization_radix|(?:depth|width)\s*=)/i,
    remedy: CONVERT,
  },
  { name: 'generic hex of an AVR tool', begins: /^[0-9a-f]{6}:[0-9a-f]{4}\s/i, remedy: CONVERT },
  {
    name: 'the name of a file, not the file itself',
    begins: /^[\w./\\-]+\.(?:bin|elf|hex|ihx?|mot|s19|s28|s37|srec|sx)\s*$/i,
    remedy: 'A link may have become text: copy the file that it names.',
  },
  {
    name: 'source text',
    begins: /^(?:#include|#define|#ifndef|#pragma|\/\*|\/\/|static |const |unsigned |uint8_t )/,
    remedy: 'Build it, and give the .bin, .hex or .elf.',
  },
  { name: 'a script', begins: /^#!/, remedy: FIRMWARE },
  {
    name: 'a map of the linker',
    begins: /^(?:Archive member included|Memory Configuration|Allocating common)/,
    remedy: 'Give the .elf that was linked with it.',
  },
  { name: 'uuencoded text', begins: /^begin \d{3} /, remedy: 'Decode it, and give the file inside.' },
  {
    name: 'base64 text',
    begins: /^[A-Za-z0-9+/]{40,}={0,2}\s*$/m,
    remedy: 'Decode it, and give the file inside.',
  },
  { name: 'text', begins: /^/, remedy: FIRMWARE },
];

/** A line that is a record, or the beginning of one, behind nothing but blanks. */
const RECORDS: readonly { readonly format: 'hex' | 'srec'; readonly line: RegExp }[] = [
  { format: 'hex', line: /^[\s\0]*:[0-9a-f]{2}/i },
  { format: 'hex', line: /^[^:]*:[0-9a-f]{10,}\s*$/i },
  { format: 'srec', line: /^[\s\0]*s\d[0-9a-f]{6}/i },
];

/** What text is: a format of records, or something that is no firmware. */
export type TextFound = { readonly format: 'hex' | 'srec' } | Pick<TextKind, 'name' | 'remedy'>;

/** @param text the beginning of a file, without a byte order mark */
export function kindOfText(text: string): TextFound {
  const words = text.replace(/^[\s\0]+/, '');
  const page = PAGES_AND_POINTERS.find(({ begins }) => begins.test(words));
  if (page) return page;
  for (const line of text.split(/[\r\n]+/)) {
    const record = RECORDS.find((each) => each.line.test(line));
    if (record) return { format: record.format };
  }
  return OTHERS.find(({ begins }) => begins.test(words))!;
}
