// Runs Nx quietly: no daemon, no prompts, no cloud, whatever the caller's environment says.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const nx = fileURLToPath(new URL('../node_modules/nx/dist/bin/nx.js', import.meta.url));
const env = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_NO_CLOUD: 'true',
  NEXT_TELEMETRY_DISABLED: '1',
};
const result = spawnSync(process.execPath, [nx, ...process.argv.slice(2)], { stdio: 'inherit', env });
process.exitCode = result.status ?? 1;
