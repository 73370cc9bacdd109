import { RefusalError, said, type SentenceKey, type ValuesOf } from '@boardwalk/contracts';
import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

type StoredFileSentence = Extract<SentenceKey, `image-unreadable:${string}`>;

/** A stored file that is gone or is no longer what it was. */
export class StoredFileError<
  const Key extends StoredFileSentence = StoredFileSentence,
> extends RefusalError<'image-unreadable'> {
  constructor(key: Key, values: ValuesOf<Key>, cause?: unknown) {
    const { message, remedy, params } = said(key, values);
    super('image-unreadable', message, { params, remedy, cause });
    this.name = 'StoredFileError';
  }
}

/** The files that images came in, on disk under their SHA-256. */
export class ImageFiles {
  constructor(private readonly folder: string) {}

  /** SHA-256 of bytes, computed off the event loop. */
  static async sha256(bytes: Uint8Array): Promise<string> {
    const digest = await crypto.subtle.digest('SHA-256', bytes);
    return Buffer.from(digest).toString('hex');
  }

  /** Keeps a file; on disk when this resolves. */
  async keep(fileSha256: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.folder, fileSha256);
    if (await this.#holds(fileSha256)) return;
    const part = `${path}.${randomUUID()}.new`;
    try {
      const file = await open(part, 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, path);
    } catch (cause) {
      await rm(part, { force: true });
      throw cause;
    }
  }

  /** Whether the file is there and whole: one that was changed is written again. */
  async #holds(fileSha256: string): Promise<boolean> {
    try {
      await this.read(fileSha256);
      return true;
    } catch (cause) {
      if (cause instanceof StoredFileError) return false;
      throw cause;
    }
  }

  /** @throws StoredFileError when the file is missing, or is no longer what its name says */
  async read(fileSha256: string): Promise<Uint8Array> {
    const bytes = await this.#bytesOf(fileSha256);
    if ((await ImageFiles.sha256(bytes)) === fileSha256) return bytes;
    throw new StoredFileError('image-unreadable:changed', { file: fileSha256 });
  }

  async #bytesOf(fileSha256: string): Promise<Uint8Array> {
    try {
      return new Uint8Array(await readFile(join(this.folder, fileSha256)));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
      throw new StoredFileError('image-unreadable:missing', { file: fileSha256 }, cause);
    }
  }
}
