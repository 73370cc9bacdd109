import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateSource } from 'oazapfts';
import ts from 'typescript';

export const DOCUMENT = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const STRICT: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  allowImportingTsExtensions: true,
  noEmit: true,
};

/** Writes `client.ts`, as a factory would generate it from the committed document, into a folder. */
export async function generateClient(folder: string): Promise<string> {
  const source = await generateSource(DOCUMENT);
  writeFileSync(join(folder, 'client.ts'), source);
  // Its requests are sent by the generator's runtime, which a factory installs next to it.
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(ROOT, 'node_modules/@oazapfts'), join(folder, 'node_modules/@oazapfts'));
  return source;
}

/** What the compiler finds wrong with a file and all that it imports, a line each. */
export function typeErrors(file: string): string[] {
  const program = ts.createProgram([file], STRICT, ts.createCompilerHost(STRICT));
  return ts.getPreEmitDiagnostics(program).map(({ file: where, start, messageText }) => {
    const line = where ? where.getLineAndCharacterOfPosition(start ?? 0).line + 1 : 0;
    return `${where?.fileName.replace(ROOT, '') ?? ''}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

/** Loads a TypeScript file of a folder, with its neighbours that it imports. */
export async function load<Module>(folder: string, names: readonly string[]): Promise<Module> {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } as const;
  for (const name of names) {
    const { outputText } = ts.transpileModule(readFileSync(join(folder, `${name}.ts`), 'utf8'), {
      compilerOptions: options,
    });
    writeFileSync(
      join(folder, `${name}.mjs`),
      outputText.replaceAll(/from '\.\/(\w+)\.ts'/g, "from './$1.mjs'"),
    );
  }
  return (await import(join(folder, `${names.at(-1)}.mjs`))) as Module;
}
