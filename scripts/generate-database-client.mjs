// Generates the database client from prisma/schema.prisma, offline, where it is not that of this schema. The generator
// is the one that Prisma's command line contains; that command line is not installed, for it is three times as large.
// It is not under semantic versioning, so package.json names the exact version of @prisma/client.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const schemaPath = fileURLToPath(new URL('../prisma/schema.prisma', import.meta.url));
const stamp = new URL('../apps/api/src/persistence/gen/made-from', import.meta.url);

const require = createRequire(new URL('../apps/api/package.json', import.meta.url));
const { version } = require('@prisma/client/package.json');

const source = `${version} ${createHash('sha256').update(readFileSync(schemaPath)).digest('hex')}\n`;

function isCurrent() {
  try {
    return readFileSync(stamp, 'utf8') === source;
  } catch {
    return false;
  }
}

if (!isCurrent()) {
  const { PrismaClientTsGenerator } = require('@prisma/client-generator-ts');
  const { getGenerators, loadSchemaContext } = require('@prisma/internals');
  const schemaContext = await loadSchemaContext({
    schemaPath: { cliProvidedPath: schemaPath },
    printLoadMessage: false,
  });
  // The schema engine is named but never used; an existing file keeps it from being downloaded.
  process.env.PRISMA_SCHEMA_ENGINE_BINARY = process.execPath;
  const registry = { 'prisma-client': { type: 'in-process', generator: new PrismaClientTsGenerator() } };
  for (const generator of await getGenerators({ schemaContext, registry, version })) {
    await generator.generate();
    generator.stop();
  }
  writeFileSync(stamp, source);
}
