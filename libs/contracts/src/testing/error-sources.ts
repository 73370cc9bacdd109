import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const OTHERS = /\.(spec|d)\.ts$|\/(testing|gen|node_modules|dist|contracts)\/|\/routes\//;

/** A string of the sources that is a value: no type, key, comparison or documentation. */
export interface Literal {
  readonly text: string;
  readonly at: string;
  /** The function or class whose first argument it is; null elsewhere. */
  readonly toldTo: string | null;
  /** It is the value of a field `code`. */
  readonly isCode: boolean;
}

/** A class of errors: its name and that of its parent. */
export interface ErrorClass {
  readonly name: string;
  readonly parent: string;
  readonly at: string;
}

export interface ErrorSources {
  readonly literals: readonly Literal[];
  readonly classes: readonly ErrorClass[];
}

/** The strings and the error classes of the libraries, the station and the command line. */
export function errorSources(): ErrorSources {
  const literals: Literal[] = [];
  const classes: ErrorClass[] = [];
  for (const file of ['libs', 'apps/api', 'apps/cli'].flatMap(sourcesIn)) {
    const source = ts.createSourceFile(
      file,
      readFileSync(`${ROOT}${file}`, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const placeOf = (node: ts.Node) =>
      `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    const visit = (node: ts.Node): void => {
      if (namesOnly(node)) return;
      const text = textOf(node);
      if (text !== null)
        literals.push({ text, at: placeOf(node), toldTo: toldTo(node), isCode: isCode(node) });
      const parent = parentOf(node);
      if (parent !== null && ts.isClassDeclaration(node) && /(Error|Exception)$/.test(parent))
        classes.push({ name: node.name?.text ?? '', parent, at: placeOf(node) });
      node.forEachChild(visit);
    };
    visit(source);
  }
  return { literals, classes };
}

function sourcesIn(folder: string): string[] {
  return readdirSync(`${ROOT}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (OTHERS.test(`${path}/`)) return [];
    if (entry.isDirectory()) return sourcesIn(path);
    return path.endsWith('.ts') && !OTHERS.test(path) ? [path] : [];
  });
}

/** Types, keys, comparisons, sets of codes and documentation name a code; nothing is refused there. */
function namesOnly(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return true;
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

function textOf(node: ts.Node): string | null {
  const isText =
    ts.isStringLiteralLike(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node);
  return isText ? node.text : null;
}

/** The parent of a class, without its type arguments. */
function parentOf(node: ts.Node): string | null {
  if (!ts.isClassDeclaration(node)) return null;
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  return clause?.types[0]?.expression.getText() ?? null;
}

/** Of a first argument, or of a branch of it. */
function toldTo(literal: ts.Node): string | null {
  let node = literal;
  while (ts.isConditionalExpression(node.parent) && node.parent.condition !== node) node = node.parent;
  const call = node.parent;
  const calls = ts.isNewExpression(call) || ts.isCallExpression(call);
  return calls && call.arguments?.[0] === node ? call.expression.getText() : null;
}

function isCode({ parent }: ts.Node): boolean {
  const isField = ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return isField && parent.name.getText() === 'code';
}
