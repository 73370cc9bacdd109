import type { Identity, NotRead } from '@boardwalk/contracts';
import { factsOf, type Facts } from './facts.ts';

/** What each read settles; the others are only recorded. */
const SETTLES: Readonly<Record<string, string>> = {
  dpidr: 'the revision of the core',
  apIdr: 'the revision of the core',
  cpuid: 'the core and its revision',
  romTable: 'the designer of the chip',
  SCS: 'whether the debug components belong to the core',
  DWT: 'whether the debug components belong to the core',
  FPB: 'whether the debug components belong to the core',
  ITM: 'whether the debug components belong to the core',
  TPIU: 'the core, where CPUID is not read',
  deviceId: 'the line and its revision',
  signature: 'the flash size, and whether the unique id has the pattern of another family',
  bootRom: 'whether the boot ROM is the one that is published',
  flashCr: 'whether it is a CH32F103',
  flashObr: 'whether protection hides the other reads',
  gigadevicePid: 'whether it is a part of GigaDevice',
  vtorReadback: 'the revision of the core, also where its ids were changed',
  ahbenrSticky: 'whether it is an APM32F103 or a CH32F103',
  priorityBits: 'whether it is an MH2103/AIR32F103',
};

/** All that was not read of an identity, with what a probe handed out in place of a reading. */
export function notReadOf(
  identity: Identity,
  { doubted, signature: words }: Facts = factsOf(identity, {}),
): NotRead[] {
  const signature = words.blank ? [{ item: 'signature', why: 'it reads blank' }] : [];
  const absent = [...identity.unread, ...doubted, ...signature];
  return absent.map(({ item, why }) => ({
    item,
    why,
    settles: SETTLES[item] ?? 'nothing that the model knows',
  }));
}
