import type { NextConfig } from 'next';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

const config: NextConfig = {
  turbopack: { root: resolve(here, '../..') },
  poweredByHeader: false,
};

export default config;
