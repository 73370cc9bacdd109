#!/usr/bin/env node
// Works straight after `npm ci`: builds what is not built yet, said on stderr, then runs.
import { buildIfStale } from '../../../scripts/build-if-stale.mjs';
import { requireNode } from '../../../scripts/requires-node.mjs';

requireNode();
buildIfStale('cli');
const { main } = await import('../dist/main.js');
process.exitCode = await main(process.argv.slice(2));
