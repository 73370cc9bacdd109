import { errorSources } from '../testing/error-sources.ts';
import { SENTENCES } from './sentences.ts';
import { REFUSALS } from './table.ts';

const { literals, classes } = errorSources();

/** Parents whose children have a code of the table: the compiler sees to that. */
const OF_THE_TABLE = new Set(['RefusalError']);
/** Errors with another parent, each with the reason. */
const OTHER_PARENTS: Readonly<Record<string, string>> = {
  ProblemException: 'A child of the class that Nest answers; its first argument is a sentence of the table.',
  VirtualBenchError: 'The virtual bench imports nothing of the station; its codes are compared below.',
  PortError: 'The virtual bench imports nothing of the station; its codes are compared below.',
  BusFault: 'Inside a virtual chip: becomes a status byte of the virtual probe.',
  SwdError: 'Inside a virtual chip: becomes a status byte of the virtual probe.',
  CoreFault: 'Inside a virtual chip: becomes an exception of the core.',
  WrongByte: 'Inside one function, which catches it.',
};
/** Functions whose first argument is a code or the key of a sentence. */
const REFUSING = ['said', 'stepFailure', 'refused', 'invalid', 'comeAgain', 'problem', 'unauthorized'];
/** Codes of Node that the station itself sets on an error, for `storageProblemOf`. */
const CODES_OF_NODE = ['ENOSPC'];

const inside = new Set(['BusFault', 'SwdError', 'CoreFault', 'WrongByte']);
const refusing = new Set([
  ...REFUSING,
  ...classes.map(({ name }) => name).filter((name) => !inside.has(name)),
]);
/** A code, or the code of a sentence: `flash.timeout` of `flash.timeout:erase`. */
const codeOf = (text: string): string => (Object.hasOwn(SENTENCES, text) ? text.split(':')[0]! : text);
const isKnown = (text: string): boolean => Object.hasOwn(REFUSALS, codeOf(text));

test('every class of errors has the codes of the table, or is named here with its reason', () => {
  expect(classes.length).toBeGreaterThan(15);
  const others = classes.filter(({ parent }) => !OF_THE_TABLE.has(parent));
  expect(others.map(({ name }) => name).sort()).toEqual(Object.keys(OTHER_PARENTS).sort());
});

test('every code that the sources refuse with has a row in the table', () => {
  const told = literals.filter(({ toldTo, text }) => refusing.has(toldTo ?? '') && /^[a-z.:_-]+$/.test(text));
  expect(told.length).toBeGreaterThan(200);
  expect(told.filter(({ text }) => !isKnown(text))).toEqual([]);
});

test('every field "code" of the sources has a code of the table', () => {
  const codes = literals.filter(({ isCode, text }) => isCode && !CODES_OF_NODE.includes(text));
  expect(codes.filter(({ text }) => !isKnown(text))).toEqual([]);
});

test('every row of the table is the code of something in the sources', () => {
  const used = new Set(literals.map(({ text }) => codeOf(text)));
  // Some codes are reached through a row alone: how REST answers another code, how a run ends with it.
  for (const [code, { answeredAs, run }] of Object.entries(REFUSALS))
    if (used.has(code)) for (const other of [answeredAs, run]) if (other !== undefined) used.add(other);
  expect(Object.keys(REFUSALS).filter((code) => !used.has(code))).toEqual([]);
});

test('every sentence is said by something in the sources', () => {
  const used = new Set(literals.map(({ text }) => text));
  expect(Object.keys(SENTENCES).filter((key) => !used.has(key))).toEqual([]);
});

/** Verbs that need the bench or the data folder for themselves; a running station refuses them. */
const NEEDS_THE_BENCH =
  /boardwalk (probes|identify|flash|verify|dump|erase|options|protect|unprotect|reset|bench|restore)\b/;

test('nobody is told a command that the running station would refuse', () => {
  const sources = literals.filter(({ at }) => !at.startsWith('apps/cli/'));
  const rows = Object.entries(REFUSALS).map(([code, { engineer }]) => ({ text: engineer, at: code }));
  const sentences = Object.entries(SENTENCES).map(([key, [, remedy]]) => ({ text: remedy ?? '', at: key }));
  const wrong = [...sources, ...rows, ...sentences].filter(
    ({ text, at }) => NEEDS_THE_BENCH.test(text) && !/stop the station/i.test(text) && !at.includes('cli.'),
  );
  expect(wrong.map(({ text, at }) => ({ text, at }))).toEqual([]);
});
