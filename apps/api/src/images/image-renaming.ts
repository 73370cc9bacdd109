import { imageIdOf, ImageError, type Image } from '@boardwalk/flash';
import type { Logger } from 'pino';
import { asStation } from '../events/caller.ts';
import { EventLog } from '../events/event-log.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import { ImageFiles, StoredFileError } from './image-files.ts';
import { contentOf, toImage, WHOLE } from './image-rows.ts';
import { readStored } from './read-stored.ts';
import { renameImage } from './rename-image.ts';

/**
 * Gives images of an earlier version, whose ids are those of their files, the ids of what they put into flash. One
 * image a transaction: it may end anywhere and goes on at the next start. The old ids stay as aliases.
 */
export class ImageRenaming {
  readonly #files: ImageFiles;

  constructor(
    private readonly database: Database,
    folder: string,
    private readonly events: EventLog,
    private readonly log: Logger,
  ) {
    this.#files = new ImageFiles(folder);
  }

  async open(): Promise<void> {
    await this.run();
  }

  /** Renames all that can be read; others are tried again at each start. @returns the number of images that got their ids */
  async run(): Promise<number> {
    const waiting = await this.database.imageToName.findMany({ select: { id: true } });
    if (waiting.length > 0)
      this.log.info({ images: waiting.length }, 'images of an earlier version get their ids');
    let renamed = 0;
    try {
      for (const { id } of waiting) renamed += (await asStation(() => this.#rename(id))) ? 1 : 0;
    } catch (cause) {
      // A full disk, say: the old ids work until the next start.
      this.log.error({ err: cause }, 'images of an earlier version keep their ids for now');
    }
    return renamed;
  }

  async #rename(old: string): Promise<boolean> {
    const row = await this.database.image.findUnique({ where: { id: old }, include: WHOLE });
    const file = row?.files.find(({ fileSha256 }) => fileSha256 === old);
    if (!file) return this.#leave(old, 'It has no file.');
    try {
      const image = await readStored(await this.#files.read(old), file);
      await this.database.commit((transaction) => this.#store(transaction, old, image));
      return true;
    } catch (cause) {
      const says = problemOf(cause);
      if (says === null) throw cause;
      return this.#leave(old, says);
    }
  }

  /** An image that cannot be read keeps its id; jobs with it are refused by this sentence. */
  async #leave(id: string, problem: string): Promise<false> {
    this.log.warn({ image: id }, `an image of an earlier version keeps its id: ${problem}`);
    await this.database.imageToName.update({ where: { id }, data: { problem } });
    return false;
  }

  async #store(transaction: Transaction, old: string, image: Image): Promise<void> {
    const id = imageIdOf(image);
    await renameImage(transaction, old, { id, ...contentOf(image) });
    const row = await transaction.image.findUniqueOrThrow({ where: { id }, include: WHOLE });
    const { segments: _segments, ...stated } = toImage(row, old);
    await this.events.change(transaction, 'image.changed', stated);
  }
}

/** The fault of the image or its file; null: the trouble is elsewhere, such as a full disk. */
function problemOf(cause: unknown): string | null {
  if (cause instanceof ImageError) return `${cause.message} ${cause.remedy}`;
  return cause instanceof StoredFileError ? `${cause.message} ${cause.remedy}` : null;
}
