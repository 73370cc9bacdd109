import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const OUTPUT_LIMIT_BYTES = 64 << 20;

/**
 * Runs a script of this folder from its source in a process of its own, because under Jest, in whose context
 * every global is looked up through a proxy, an instruction takes five times as long.
 * @returns the JSON that it prints
 */
export async function runFromSource<T>(script: string, args: readonly string[]): Promise<T> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...['--conditions=@boardwalk/source', '--import', 'tsx'],
      ...[fileURLToPath(new URL(script, import.meta.url)), ...args],
    ],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)), maxBuffer: OUTPUT_LIMIT_BYTES },
  );
  return JSON.parse(stdout) as T;
}

/** One job for each item, as many at a time as there are processors; answers in the items' order. */
export async function sideBySide<I, O>(items: readonly I[], job: (item: I) => Promise<O>): Promise<O[]> {
  const answers = new Array<O>(items.length);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      answers[index] = await job(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return answers;
}
