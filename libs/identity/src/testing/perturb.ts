import { hex32, type Identity } from '@boardwalk/contracts';
import { REGISTER_NAMES } from '@boardwalk/series';

/** Random numbers that a seed repeats (mulberry32). */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <Item>(random: Random, list: readonly Item[]): Item =>
  list[Math.floor(random() * list.length)]!;
const anyWord = (random: Random): number => Math.floor(random() * 2 ** 32);

const LEFTOVERS = [0, 0xffffffff, 0x10, 0x3e8, 0x748, 0x3748, 0x4278b7, 0x5fa0004, 0xe0042000];
const WORDS = ['dpidr', 'apIdr', 'apBase', ...REGISTER_NAMES] as const;
type Draft = { -readonly [Key in keyof Identity]: Identity[Key] };
type Perturbation = (draft: Draft, random: Random) => void;

/** Every word of an identity: what a read that was not carried out can show in place of another. */
function wordsOf(identity: Identity): number[] {
  const texts = [...WORDS.map((name) => identity[name]), ...(identity.signature ?? [])];
  texts.push(...(identity.bootRomVectors ?? []), ...(identity.romTable?.entries ?? []));
  const ids = [
    ...Object.values(identity.components),
    ...(identity.romTable ? [identity.romTable.peripheralId] : []),
  ];
  const bytes = ids.flatMap(({ pidr4, pidr }) => [pidr4, ...pidr]);
  return [...texts.flatMap((text) => (text === null ? [] : [parseInt(text, 16)])), ...bytes];
}

const aBadWord = (draft: Draft, random: Random, old: number): number =>
  pick(random, [
    () => pick(random, LEFTOVERS),
    () => pick(random, wordsOf(draft)),
    () => anyWord(random),
    () => (old ^ (1 << Math.floor(random() * 32))) >>> 0,
  ])();

const missingWord: Perturbation = (draft, random) => {
  draft[pick(random, WORDS)] = null;
};
const badWord: Perturbation = (draft, random) => {
  const name = pick(random, WORDS);
  draft[name] = hex32(aBadWord(draft, random, parseInt(draft[name] ?? '0', 16)));
};
const missingBlock: Perturbation = (draft, random) => {
  const name = pick(random, [
    'romTable',
    'signature',
    'bootRomVectors',
    'priorityBits',
    'optionBytes',
  ] as const);
  draft[name] = null;
};
const badSignature: Perturbation = (draft, random) => {
  if (!draft.signature) return;
  const words = [...draft.signature];
  const at = Math.floor(random() * words.length);
  words[at] = hex32(aBadWord(draft, random, parseInt(words[at]!, 16)));
  draft.signature = words;
};
/** A block whose words come late: each is the one of its neighbour. */
const shiftedSignature: Perturbation = (draft) => {
  if (draft.signature) draft.signature = [...draft.signature.slice(1), draft.signature[0]!];
};
const blankSignature: Perturbation = (draft, random) => {
  const word = hex32(pick(random, [0, 0xffffffff]));
  draft.signature = draft.signature && draft.signature.map(() => word);
};
const protection: Perturbation = (draft, random) => {
  draft.flashObr = hex32((parseInt(draft.flashObr ?? '0', 16) | 2) >>> 0);
  if (draft.signature)
    draft.signature = [pick(random, ['0xffff0000', '0x00000000']), ...draft.signature.slice(1)];
  draft.bootRomVectors = null;
};
const badVectors: Perturbation = (draft, random) => {
  draft.bootRomVectors =
    draft.bootRomVectors &&
    draft.bootRomVectors.map((word) => hex32(aBadWord(draft, random, parseInt(word, 16))));
};

const peripheralId = (bytes: readonly number[]) => ({ pidr4: bytes[0]!, pidr: bytes.slice(1, 5) });
const bytesOf = ({ pidr4, pidr }: Identity['components'][string]): number[] => [pidr4, ...pidr];

function badId(
  draft: Draft,
  random: Random,
  old: Identity['components'][string],
): Identity['components'][string] {
  const bytes = bytesOf(old);
  return pick(random, [
    () => peripheralId([0, 0, 0, 0, 0]),
    () => peripheralId([255, 255, 255, 255, 255]),
    () => peripheralId([...bytes.slice(1), bytes[0]!]),
    () => peripheralId([0x0d, ...bytes.slice(0, 4)]),
    () => peripheralId(bytes.map(() => anyWord(random) & 0xff)),
    () => peripheralId(bytes.map(() => pick(random, LEFTOVERS) & 0xff)),
    () => pick(random, [old, ...Object.values(draft.components)]),
    () =>
      peripheralId(
        bytes.map((byte, at) =>
          at === Math.floor(random() * 5) ? byte ^ (1 << Math.floor(random() * 8)) : byte,
        ),
      ),
  ])();
}
const badRomTable: Perturbation = (draft, random) => {
  if (!draft.romTable) return;
  const { peripheralId: id, componentId } = draft.romTable;
  const cidr = pick(random, [
    componentId,
    componentId,
    [0, 0, 0, 0],
    [13, 0xe0, 5, 0xb1],
    [255, 255, 255, 255],
    [],
  ]);
  draft.romTable = { ...draft.romTable, peripheralId: badId(draft, random, id), componentId: cidr };
};
const badComponent: Perturbation = (draft, random) => {
  const name = pick(random, Object.keys(draft.components));
  const old = draft.components[name];
  if (old) draft.components = { ...draft.components, [name]: badId(draft, random, old) };
};
const missingComponents: Perturbation = (draft, random) => {
  draft.components = Object.fromEntries(Object.entries(draft.components).filter(() => random() < 0.5));
};
/** DEMCR.TRCENA is off. */
const noTrace: Perturbation = (draft) => {
  const { DWT, ITM } = draft.components;
  const zeros = peripheralId([0, 0, 0, 0, 0]);
  draft.components = { ...draft.components, ...(DWT && { DWT: zeros }), ...(ITM && { ITM: zeros }) };
};
const otherStates: Perturbation = (draft, random) => {
  draft.readUnderReset = random() < 0.5;
  draft.targetVoltage = pick(random, [null, 0, 1.6, 3.3]);
  draft.priorityBits = pick(random, [null, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
  draft.sramBeyond = pick(random, [null, false, true]);
};

export const PERTURBATIONS: readonly Perturbation[] = [
  ...[missingWord, badWord, badWord, missingBlock, badSignature, shiftedSignature, blankSignature],
  ...[protection, badVectors, badRomTable, badComponent, missingComponents, noTrace, otherStates],
];

/** The identity with one to four things that a probe or a protection can do to it. */
export function perturbed(identity: Identity, random: Random): Identity {
  const draft: Draft = { ...identity };
  for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1)
    pick(random, PERTURBATIONS)(draft, random);
  return draft;
}
