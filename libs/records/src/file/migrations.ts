import { fileURLToPath } from 'node:url';

/** The folders of `prisma/migrations`, a migration each. */
export const MIGRATIONS = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url));
