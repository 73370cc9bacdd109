import { FLASH_BASE } from '@boardwalk/series';
import type { BuiltSegment } from './elf-file.ts';
import { HEX_END, hexRecords, sRecord, sRecords } from './text-files.ts';

export const CODE = Uint8Array.from({ length: 64 }, (_, i) => (i * 41 + 3) & 0xff);
export const AT = FLASH_BASE;
export const HEX = [...hexRecords([{ address: AT, data: CODE }]), HEX_END];
export const SREC = [...sRecords([{ address: AT, data: CODE }]), sRecord(7, AT)];
export const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** A raw image that could boot, linked for `at`. */
export function bootable(at: number, stack = 0x20005000, bytes = 300): Uint8Array {
  const data = new Uint8Array(bytes).fill(0xbf);
  const view = new DataView(data.buffer);
  view.setUint32(0, stack, true);
  for (let i = 1; i < 16; i += 1) view.setUint32(i * 4, at + 0x40 + i * 4 + 1, true);
  return data;
}

export const app: BuiltSegment = {
  virtual: AT + 0x1000,
  physical: AT + 0x1000,
  sections: [
    { name: '.isr_vector', data: bootable(AT + 0x1000).slice(0, 64) },
    { name: '.text', data: CODE },
  ],
};
export const variables: BuiltSegment = {
  virtual: 0x20000000,
  physical: AT + 0x1080,
  sections: [
    { name: '.data', data: [1, 2, 3, 4] },
    { name: '.bss', nobits: 400 },
  ],
};
export const code: BuiltSegment = { virtual: AT, physical: AT, sections: [{ name: '.text', data: CODE }] };
export const joined = [...bootable(AT + 0x1000).slice(0, 64), ...CODE, 1, 2, 3, 4];
