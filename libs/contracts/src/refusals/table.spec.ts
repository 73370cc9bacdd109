import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { REFUSALS, REST_CODES, type RefusalCode } from './table.ts';
import { RUN_ROWS } from './runs.ts';
import { SENTENCES } from './sentences.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** Classes and functions whose first argument is a code. */
const REFUSES =
  /^(ProbeError|FlashError|ImageError|RecordsError|StationError|StepFailure|VirtualBenchError|CommandError|StartError|ProblemException|RefusalError|said)$/;
const REFUSES_IN_API = /^(refused|comeAgain)$/;
/** Names codes and refuses nothing. */
const DOCUMENTS = 'MayAnswer';

interface Said {
  readonly text: string;
  readonly at: string;
  /** The literal is the code of an error. */
  readonly asCode: boolean;
}

/** Every string literal in the sources of the libraries, the station and the command line that is a value. */
function literals(): Said[] {
  const files = ['libs', 'apps/api', 'apps/cli'].flatMap(sourcesIn);
  expect(files.length).toBeGreaterThan(300);
  return files.flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(`${ROOT}${file}`, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const found: Said[] = [];
    const visit = (node: ts.Node): void => {
      if (isNamesOnly(node)) return;
      if (
        ts.isStringLiteralLike(node) ||
        ts.isTemplateMiddleOrTemplateTail(node) ||
        ts.isTemplateHead(node)
      ) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        found.push({ text: codeIn(node.text), at: `${file}:${line + 1}`, asCode: isCodeOf(node, file) });
      }
      node.forEachChild(visit);
    };
    visit(source);
    return found;
  });
}

const OTHERS = /\.(spec|d)\.ts$|\/(testing|gen|node_modules|dist|contracts)\/|\/routes\//;

function sourcesIn(folder: string): string[] {
  return readdirSync(`${ROOT}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (OTHERS.test(`${path}/`)) return [];
    if (entry.isDirectory()) return sourcesIn(path);
    return path.endsWith('.ts') && !OTHERS.test(path) ? [path] : [];
  });
}

/** Types, keys, comparisons, lists of codes and documentation name a code; nothing is refused there. */
function isNamesOnly(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return true;
  if (ts.isCallExpression(node) && node.expression.getText() === DOCUMENTS) return true;
  if (ts.isNewExpression(node) && node.expression.getText() === 'Set') return true;
  if (!ts.isStringLiteralLike(node)) return false;
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  if (ts.isCaseClause(parent) && parent.expression === node) return true;
  const compares = [
    ts.SyntaxKind.EqualsEqualsEqualsToken,
    ts.SyntaxKind.ExclamationEqualsEqualsToken,
    ts.SyntaxKind.EqualsEqualsToken,
  ];
  return ts.isBinaryExpression(parent) && compares.includes(parent.operatorToken.kind);
}

/** A code, or the code of a sentence: `flash.timeout:erase`. */
function codeIn(text: string): string {
  return Object.hasOwn(SENTENCES, text) ? text.split(':')[0]! : text;
}

/** The first argument of an error, or a branch of it. */
function isCodeOf(literal: ts.Node, file: string): boolean {
  let node = literal;
  while (ts.isConditionalExpression(node.parent) && node.parent.condition !== node) node = node.parent;
  const call = node.parent;
  if (!ts.isNewExpression(call) && !ts.isCallExpression(call)) return false;
  const name = call.expression.getText();
  const refuses = REFUSES.test(name) || (file.startsWith('apps/api/') && REFUSES_IN_API.test(name));
  return refuses && call.arguments?.[0] === node;
}

const said = literals();

test('every code that the sources refuse with has a row in the table', () => {
  const codes = said.filter(({ asCode }) => asCode);
  expect(codes.length).toBeGreaterThan(100);
  expect(codes.filter(({ text }) => !Object.hasOwn(REFUSALS, text))).toEqual([]);
});

test('every row of the table is the code of something in the sources', () => {
  const used = new Set(said.map(({ text }) => text));
  // Some codes are reached through a row alone: how REST answers another code, how a run ends with it.
  for (const [code, { answeredAs, run }] of Object.entries(REFUSALS))
    if (used.has(code)) for (const other of [answeredAs, run]) if (other !== undefined) used.add(other);
  expect(Object.keys(REFUSALS).filter((code) => !used.has(code))).toEqual([]);
});

test('a code is kebab-case, but for those that were there before the rule', () => {
  const older = /^(usb|probe|target|station|flash|image|records|bench|cli)\.[a-z_-]+$/;
  const odd = Object.keys(REFUSALS).filter((code) => !/^[a-z]+(-[a-z]+)*$/.test(code) && !older.test(code));
  expect(odd).toEqual([]);
});

test('a code that REST answers under another one has the status of that one', () => {
  for (const { answeredAs, status } of Object.values(REFUSALS)) {
    if (answeredAs === undefined) continue;
    expect(REST_CODES).toContain(answeredAs);
    expect(REFUSALS[answeredAs as RefusalCode].status).toBe(status);
  }
});

test('a code that ends a run does so with a reason of the table', () => {
  const reasons = Object.values(REFUSALS).flatMap(({ run }) => run ?? []);
  expect(reasons.length).toBeGreaterThan(40);
  expect(reasons.filter((reason) => !Object.hasOwn(RUN_ROWS, reason))).toEqual([]);
});

test('an operator is told only what an operator can do: no command, no request, no variable', () => {
  for (const [code, { operator }] of Object.entries(REFUSALS))
    expect([code, operator]).toEqual([code, expect.not.stringMatching(/boardwalk|`|\/api\/|BOARDWALK_|--/)]);
});

/** Verbs that need the bench or the data folder for themselves; a running station refuses them. */
const NEEDS_THE_BENCH =
  /boardwalk (probes|identify|flash|verify|dump|erase|options|protect|unprotect|reset|bench|restore)\b/;

test('nobody is told a command that the running station would refuse', () => {
  const everywhere = said.filter(({ at }) => !at.startsWith('apps/cli/'));
  const rows = Object.entries(REFUSALS).map(([code, { engineer }]) => ({ text: engineer, at: code }));
  const wrong = [...everywhere, ...rows].filter(
    ({ text, at }) => NEEDS_THE_BENCH.test(text) && !/stop the station/i.test(text) && !at.includes('cli.'),
  );
  expect(wrong.map(({ text, at }) => ({ text, at }))).toEqual([]);
});
