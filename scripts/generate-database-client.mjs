// Generates the database client from prisma/schema.prisma, offline. The schema engine is named but never used by
// `generate`; naming an existing file keeps Prisma from downloading it.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const schema = join(root, 'prisma/schema.prisma');
const client = join(root, 'apps/api/src/persistence/gen/client.ts');
const generated = statSync(client, { throwIfNoEntry: false });

if (!generated || generated.mtimeMs < statSync(schema).mtimeMs) {
  const prisma = spawnSync(process.execPath, [join(root, 'node_modules/prisma/build/index.js'), 'generate'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
  process.exitCode = prisma.status ?? 1;
}
