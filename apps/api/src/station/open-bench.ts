import { openBench, type OpenedBench } from '@boardwalk/bench-source';
import type { Configuration } from '../settings/configuration.ts';

/** Opens the bench that the configuration names. @throws VirtualBenchError for a board spec that cannot be opened */
export async function benchOf(configuration: Configuration): Promise<OpenedBench> {
  const { bench, virtualBoards: boards, dataDirectory } = configuration;
  return openBench({ bench, boards, dataDirectory });
}
