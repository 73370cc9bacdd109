/** Loaded into a command ahead of its own code (`--import`): writes its peak memory, in bytes, to BOARDWALK_PEAK when it ends. */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.env.BOARDWALK_PEAK)
  process.on('exit', () =>
    // getrusage(2): KiB.
    writeFileSync(process.env.BOARDWALK_PEAK, String(process.resourceUsage().maxRSS * 1024)),
  );
