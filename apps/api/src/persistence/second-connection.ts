import Sqlite from 'better-sqlite3';

/** Pages of the log after which a commit carries them into the file, on the event loop: few at a time. */
const CHECKPOINT_PAGES = 100;

/**
 * A connection for libraries that know plain SQLite. Opened with the first work, and kept until {@link close}: to open
 * one reads the whole schema, which costs more than a small step of work.
 */
export class SecondConnection {
  #file: Sqlite.Database | null = null;

  /**
   * @param alone gives its work the lock of this process's transactions, so that neither waits for the other on the
   *   event loop
   */
  constructor(
    private readonly path: string,
    private readonly pragmas: string,
    private readonly alone: <Result>(work: () => Result) => Promise<Result>,
  ) {}

  /** Commits of the work are as durable as the station's own. */
  run<Result>(work: (file: Sqlite.Database) => Result): Promise<Result> {
    return this.alone(() => work((this.#file ??= this.#open())));
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
  }

  #open(): Sqlite.Database {
    const file = new Sqlite(this.path, { fileMustExist: true });
    try {
      file.exec(this.pragmas);
      file.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      return file;
    } catch (cause) {
      file.close();
      throw cause;
    }
  }
}
