import { openBench, type OpenedBench } from '@boardwalk/bench-source';
import { VirtualBenchError } from '@boardwalk/virtual-bench';
import { StartError, type Configuration } from '../settings/configuration.ts';

/** Opens the bench that the configuration names. @throws StartError for a board spec that cannot be opened */
export async function benchOf(configuration: Configuration): Promise<OpenedBench> {
  const { bench, virtualBoards: boards, dataDirectory } = configuration;
  try {
    return await openBench({ bench, boards, dataDirectory });
  } catch (cause) {
    if (cause instanceof VirtualBenchError)
      throw new StartError(3, `${cause.message} ${cause.remedy ?? ''}`.trim(), { cause });
    throw cause;
  }
}
