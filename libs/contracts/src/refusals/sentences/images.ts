const BUILD_FOR_ARM = 'Build it for a Cortex-M3: 32-bit, little-endian ARM, linked to an executable.';
const BUILT_FOR = 'Check that it was built for a chip that the station knows ({series}).';
const BUILD_AGAIN = 'Build the firmware again.';
const INSIST = 'If these bytes are meant as they are, say so with --raw (REST: raw=true).';

const RAW_SENTENCES = {
  'image.too_large:file': [
    'The file is larger than {most}, the most that is read.',
    'Strip debug information from it, or check that it is the firmware.',
  ],
  'image.too_large:raw': ['The raw file has {bytes} bytes; an image has at most {most}.', BUILT_FOR],
  'image.too_large:data': [
    'The file has more than {mib} of data; an image has at most {mib} in {segments} segments.',
    `Check that the file is the firmware. ${BUILT_FOR}`,
  ],
  'image.too_large:segments': [
    'The file has more than {segments} separate segments; an image has at most {mib} in {segments} segments.',
    `Check that the file is the firmware. ${BUILT_FOR}`,
  ],
  'image.empty': ['The file is empty.', 'Give a .bin, .hex, .srec or .elf file.'],
  'image.empty:data': ['The file has no data for flash.', BUILD_AGAIN],
  'image.format:foreign': ['The file is {name}, not firmware.', '{remedy}'],
  'image.format:one-byte': [
    'The file has {bytes} bytes of {value} and nothing else.',
    'To erase a board use the erase step. If these bytes are meant, say so with --raw (REST: raw=true).',
  ],
  'image.overlap': [
    'Address {address} has two values: {one} from {first} and {other} from {second}.',
    'Two programs may have been merged into one file: build it again without the overlap.',
  ],
  'image.address:beyond': ['The data goes beyond 32-bit addresses.'],
  'image.address': ['The data at {range} is {region}; flash is {flash} at most.', '{remedy}'],
  'image.vectors:few': [
    'The raw file has {bytes} bytes: too few for a vector table and a program.',
    `Check that it is the right file. ${INSIST}`,
  ],
  'image.vectors:stack': [
    'The file is not known firmware: as a raw image it would have a vector table, and {why}.',
    `Check that it is the right file. ${INSIST}`,
  ],
  'image.vectors:even': [
    'The reset vector of the raw file, {reset}, is even: a Cortex-M runs Thumb code only, at odd vectors.',
    `Check that it is the right file. ${INSIST}`,
  ],
  'image.vectors:outside': [
    "The file's reset vector {reset} points outside of it ({range}).",
    `Check the address (--at; REST: at). ${INSIST}`,
  ],
  'image.vectors:linked': [
    "The file's reset vector {reset} points outside of it ({range}); it seems linked for {linked}.",
    `Use --at {linked} (REST: at={linked}). ${INSIST}`,
  ],
} as const;

const ARGUMENT_SENTENCES = {
  'image.argument:at': [
    'The file is {format} and has addresses of its own, so --at {at} (REST: at) would have no effect.',
    'Leave it out, or use --move-to (REST: moveTo) to move the file there.',
  ],
  'image.argument:both': ['The file cannot be both raw and {format}.', 'Say one of both.'],
  'image.argument:format': [
    'The file was said to be {format}, and its content is {found}.',
    'Leave the format out, or give the right file.',
  ],
  'image.argument:raw-move': [
    'The file is raw and has no addresses that --move-to (REST: moveTo) could move.',
    'Use --at {to} (REST: at={to}) to say where it starts.',
  ],
  'image.argument:move': [
    'Moved to {to} the data would go beyond 32-bit addresses.',
    'Move it to an address in flash.',
  ],
} as const;

/** `record` is the name of a record in its format: `Intel HEX record`, `S-record`. */
const RECORD_SENTENCES = {
  'image.format:long-line': ['The line is longer than {most} characters, as no record is.'],
  'image.format:no-record': ['This is no {record}.'],
  'image.format:conflict': [
    'This is a conflict marker of Git, not an {record}.',
    'Resolve the conflict, or build the firmware again.',
  ],
  'image.format:not-hex': ['This is no {record}: it has {found}.'],
  'image.format:no-colon': ['This is no {record}: its colon is missing.'],
  'image.format:joined': [
    'There is a record after the end record of line {line}.',
    'Two files may have been joined: give each by itself, or build the firmware again.',
  ],
  'image.truncated:byte': ['The {record} is cut off within a byte.'],
  'image.truncated:hex': ['The Intel HEX file has no end record (":00000001FF"): it is cut off.'],
  'image.truncated:srec': ['The S-record file has no end record (S7, S8 or S9): it is cut off.'],
  'image.truncated:data': ['The {record} is cut off: it says {said} data bytes and has {found}.'],
  'image.truncated:bytes': ['The {record} is cut off: it says {said} bytes and has {found}.'],
  'image.truncated:address': ['The {record} is too short for its address.'],
  'image.format:long-data': ['The {record} is longer than the {said} data bytes that it says.'],
  'image.format:long': ['The {record} is longer than the {said} bytes that it says.'],
  'image.checksum': ['The checksum of the {record} is {found} instead of {due}.'],
  'image.format:hex-type': ['Intel HEX has no record of type {type}.'],
  'image.format:srec-type': ['There is no S-record of {type}.'],
  'image.format:fixed': ['The {name} record has {found} data bytes instead of {due}.'],
  'image.format:no-data': ['The {kind} record has {found} bytes of data.'],
  'image.count': [
    'The count record says {said} data records, and {found} are before it: some are lost or doubled.',
  ],
} as const;

const ELF_SENTENCES = {
  'image.truncated:elf-header': ['The ELF header is cut off after {bytes} bytes.'],
  'image.truncated:sections': ['The ELF file says where its sections are, and that it has none.'],
  'image.truncated:table': ['The {table} is outside the file, which ends before it.'],
  'image.truncated:content': [
    'The {part} says {bytes} bytes from offset {offset}, and the file ends at {end}.',
  ],
  'image.format:64-bit': ['The ELF file is 64-bit; every STM32 is 32-bit.', BUILD_FOR_ARM],
  'image.format:big-endian': ['The ELF file is big-endian; every STM32 is little-endian.', BUILD_FOR_ARM],
  'image.format:elf-class': [
    'The ELF file has an unknown class ({class}) or byte order ({order}).',
    BUILD_FOR_ARM,
  ],
  'image.format:machine': ['The ELF file is for {machine}, not for ARM.', BUILD_FOR_ARM],
  'image.format:object': [
    'The ELF file is an object file: it is not linked yet, so its addresses are not final.',
    BUILD_FOR_ARM,
  ],
  'image.format:core-dump': ['The ELF file is a core dump.', BUILD_FOR_ARM],
  'image.format:entry': ['The ELF file has {table}s of {found} bytes instead of {due}.'],
  'image.too_large:table': [
    'The ELF file says that it has {found} {table}s; at most {most} are read.',
    'Check that the file is firmware and not damaged.',
  ],
  'image.too_large:elf': ['The ELF file loads {mib}; an image has at most {most}.', BUILT_FOR],
  'image.empty:segments': [
    'The ELF file has no segment to be loaded.',
    'Link it to an executable, with program headers.',
  ],
  'image.format:segment': ['The segment has {file} bytes in the file and only {memory} in memory.'],
  'image.format:own-headers': [
    'The segment contains the program headers of the ELF file itself.',
    'Keep the section headers of the file, or convert it with: arm-none-eabi-objcopy -O ihex',
  ],
  'image.format:no-segment': [
    'The section at {address} is to be loaded, and no segment of the ELF file contains it.',
    'Link the firmware again; its section headers and program headers do not agree.',
  ],
  'image.format:no-section': [
    'The segment at {address} has {bytes} bytes that no section of the ELF file names.',
    'Link the firmware again, or convert it with: arm-none-eabi-objcopy -O ihex',
  ],
  'image.format:dynamic': [
    'The section is for a dynamic linker, which an STM32F1 does not have.',
    'Link the firmware without -pie and -shared, so that its addresses are final.',
  ],
  'image.format:section-type': ['The section is to be loaded and has the unknown type {type}.'],
  'image.format:section-headers': ['The section contains the headers of the ELF file itself.'],
} as const;

/** `code` or `code:case` → the sentence, and the next step where the table has none so good. */
export const IMAGE_SENTENCES = {
  ...RAW_SENTENCES,
  ...ARGUMENT_SENTENCES,
  ...RECORD_SENTENCES,
  ...ELF_SENTENCES,
} as const;
