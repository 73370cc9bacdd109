const MIB = 1024 * 1024;

/** Bounds on a firmware file. Each is checked before anything of the file is copied. */
export const LIMITS = {
  /** A file as it comes, with text and debug information. */
  fileBytes: 16 * MIB,
  /** What goes to flash; the largest flash that a known line has is 1 MiB. */
  dataBytes: 2 * MIB,
  segments: 4096,
  /** Program headers of one ELF file, and its section headers. */
  elfHeaders: 256,
} as const;
