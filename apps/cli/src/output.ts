import { SingleBar, type Options } from 'cli-progress';

type Stream = NodeJS.WritableStream & { isTTY?: boolean };

/** How far a long operation is; `undefined` totals are shown as a phase name alone. */
export interface ProgressLine {
  update(phase: string, doneBytes: number, totalBytes: number): void;
  end(): void;
}

/**
 * Where words, results and progress go: results to stdout (words, or with `--json` one document), progress and
 * notes to stderr.
 */
export class Output {
  readonly #stdout: Stream;
  readonly #stderr: Stream;

  constructor(
    readonly json: boolean,
    streams: { stdout: Stream; stderr: Stream } = process,
  ) {
    this.#stdout = streams.stdout;
    this.#stderr = streams.stderr;
  }

  /** A line of the result in words. */
  say(line: string): void {
    (this.json ? this.#stderr : this.#stdout).write(`${line}\n`);
  }

  /** Something beside the result: which bench, what was chosen. */
  note(line: string): void {
    this.#stderr.write(`${line}\n`);
  }

  /** The one JSON document of `--json`; nothing otherwise. */
  document(value: unknown): void {
    if (this.json) this.#stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A progress bar on a terminal, silence elsewhere. */
  progress(label: string): ProgressLine {
    if (!this.#stderr.isTTY) return { update: () => undefined, end: () => undefined };
    const options: Options = {
      format: `${label}{phase} [{bar}] {percentage}% {done}/{size}`,
      stream: this.#stderr,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 30,
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    };
    const bar = new SingleBar(options);
    let started = false;
    return {
      update: (phase, doneBytes, totalBytes) => {
        const payload = { phase: phase.padEnd(8), done: kib(doneBytes), size: kib(totalBytes) };
        if (!started) bar.start(Math.max(totalBytes, 1), doneBytes, payload);
        started = true;
        bar.setTotal(Math.max(totalBytes, 1));
        bar.update(doneBytes, payload);
      },
      end: () => {
        if (started) bar.stop();
        started = false;
      },
    };
  }
}

/** A byte count for people: `21.4 KiB`, or bytes below one KiB. */
export function kib(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`;
}

/** A duration for people: `0.42 s`. */
export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(2)} s`;
}

/** A flash operation's watch that shows its progress on a line. */
export function watchWith(bar: ProgressLine, signal: AbortSignal) {
  const onProgress = ({
    phase,
    doneBytes,
    totalBytes,
  }: {
    phase: string;
    doneBytes: number;
    totalBytes: number;
  }): void => bar.update(phase, doneBytes, totalBytes);
  return { signal, onProgress };
}
