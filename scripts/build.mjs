// `npm run build`: builds what is stale of the station, its pages and the command line.
import { buildIfStale } from './build-if-stale.mjs';
import { requireNode } from './requires-node.mjs';

requireNode();
buildIfStale('station');
