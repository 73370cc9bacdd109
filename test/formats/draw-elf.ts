import { elfFile, type BuiltSection, type BuiltSegment } from '../../libs/flash/src/testing/elf-file.ts';
import { joined, type DrawnFile } from './drawn-file.ts';
import type { Random } from './random.ts';

const FLASH_BASE = 0x08000000;
const RAM_BASE = 0x20000000;

interface DrawnSegment {
  readonly built: BuiltSegment;
  readonly content: { address: number; data: Uint8Array }[];
}

/** A segment of one to three sections, stored from an address on. */
function segment(random: Random, physical: number, index: number): DrawnSegment {
  const sections: BuiltSection[] = [];
  const content: { address: number; data: Uint8Array }[] = [];
  let address = physical;
  for (let count = random.between(1, 3); count > 0; count -= 1) {
    const gap = sections.length > 0 && random.chance(20) ? random.between(1, 9) : 0;
    const data = random.bytes(random.between(1, 40));
    sections.push({ name: `.s${index}_${count}`, data, gap, type: random.one([1, 1, 1, 7, 14, 0x70000001]) });
    content.push({ address: address + gap, data });
    address += gap + data.length;
  }
  if (random.chance(30)) sections.push({ name: `.bss${index}`, nobits: random.between(1, 200) });
  const inRam = index > 0 && random.chance(50);
  const virtual = inRam ? RAM_BASE + random.below(64) * 4 : physical;
  const padding = random.one([0, 0, random.below(300)]);
  return { built: { virtual, physical, sections, padding }, content };
}

/** An executable for a Cortex-M, with sections; it may begin with its own headers. */
export function drawElf(random: Random): DrawnFile {
  const segments: DrawnSegment[] = [];
  let address = FLASH_BASE + 0x1000 + random.below(0x4000);
  for (let count = random.between(1, 3); count > 0; count -= 1) {
    segments.push(segment(random, address, segments.length));
    address += random.between(400, 4000);
  }
  const first = segments[0]!.built;
  const built = segments.map((each) => each.built).with(0, { ...first, withHeaders: random.chance(30) });
  const content = joined(segments.flatMap((each) => each.content));
  if (random.chance(30)) return { bytes: elfFile(built), options: {}, content };
  return { bytes: damaged(elfFile(built), random), options: {}, content: null };
}

/** Values at which bounds are off by one, or wrap. */
const EDGES = [0, 1, 2, 4, 0x7fffffff, 0x80000000, 0xffffffff, FLASH_BASE, RAM_BASE, 0x100000];

function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  const file = new Uint8Array(bytes);
  const view = new DataView(file.buffer);
  for (let times = random.between(1, 3); times > 0; times -= 1) {
    const at = placeIn(view, random);
    const kind = random.below(5);
    if (kind === 0) view.setUint8(at, view.getUint8(at) ^ (1 << random.below(8)));
    else if (kind === 1) view.setUint32(at & ~3, random.one(EDGES), true);
    else if (kind === 2) view.setUint32(at & ~3, view.getUint32(at & ~3, true) + random.between(-8, 8), true);
    else if (kind === 3) view.setUint8(at, random.below(256));
    else if (random.chance(30)) return file.slice(0, random.below(file.length + 1));
  }
  return file;
}

/** Mostly in the headers: elsewhere a change is only other data. */
function placeIn(view: DataView, random: Random): number {
  const sectionsAt = view.getUint32(32, true);
  const programs = 52 + view.getUint16(44, true) * 32;
  const last = view.byteLength - 4;
  const place = random.chance(50)
    ? random.below(Math.min(programs, last))
    : random.chance(80)
      ? sectionsAt + random.below(200)
      : random.below(last);
  return Math.min(place, last);
}
