import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
/** Of `npm run dev`: the station, for which the server of the pages passes requests on. */
const station = process.env['BOARDWALK_DEV_STATION'];

/**
 * JavaScript: a start must not compile it, for which Next would load its compiler, or download it.
 * @type {import('next').NextConfig}
 */
const config = {
  turbopack: { root: resolve(here, '../..') },
  poweredByHeader: false,
  ...(station && {
    rewrites: async () =>
      ['/api/:path*', '/healthz', '/readyz', '/metrics'].map((source) => ({
        source,
        destination: `${station}${source}`,
      })),
  }),
};

export default config;
