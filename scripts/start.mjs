// `npm start`: builds what is stale, then opens the station in this process.
import { buildIfStale } from './build-if-stale.mjs';
import { requireNode } from './requires-node.mjs';

requireNode();
buildIfStale('station');
process.env.NODE_ENV ??= 'production';
process.env.NEXT_TELEMETRY_DISABLED ??= '1';
await import('../apps/api/dist/main.js');
