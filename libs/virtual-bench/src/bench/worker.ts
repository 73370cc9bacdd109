import { parentPort, workerData } from 'node:worker_threads';
import { BenchHost, type HostOptions, type SlotRequest } from './bench-host.ts';

interface Question {
  readonly id: number;
  readonly index: number;
  readonly request: SlotRequest | 'close';
  readonly args: readonly unknown[];
}

const host = new BenchHost(workerData as HostOptions);
const port = parentPort!;

async function answer({ id, index, request, args }: Question): Promise<void> {
  try {
    if (request === 'close') {
      host.close();
      port.postMessage({ id, value: null, nowMs: 0 });
    } else port.postMessage({ id, ...(await host.call(index, request, args)) });
  } catch (cause) {
    const error = cause as { code?: string; message: string; remedy?: string | null };
    port.postMessage({
      id,
      error: { code: error.code, message: error.message, remedy: error.remedy ?? null },
    });
  }
}

port.on('message', (question: Question) => void answer(question));
