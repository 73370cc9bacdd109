import { hex32, type Image as ImageRecord, type ImageQuery, type ImageSummary } from '@boardwalk/contracts';
import { imageIdOf, readImageInSlices, type Image, type ReadImageOptions } from '@boardwalk/flash';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import { behind, decodeCursor, pageOf, type Page } from '../lists/cursor.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import { ImageFiles, StoredFileError } from './image-files.ts';
import { requireImage } from './image-names.ts';
import { BRIEF, contentOf, toImage, toSummary, WHOLE, type WholeImage } from './image-rows.ts';
import { readStored } from './read-stored.ts';
import { renameImage } from './rename-image.ts';

export interface Upload extends ReadImageOptions {
  readonly bytes: Uint8Array;
  /** A label; the format’s own where none is given. */
  readonly name?: string | undefined;
}

/** Firmware, stored once under what it puts into flash, with the files that it came in. */
@Injectable()
export class ImageStore {
  readonly #files: ImageFiles;
  /** Files are read one after the other: each may take tens of MiB while it is read. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    folder: string,
    private readonly events: EventLog,
  ) {
    this.#files = new ImageFiles(folder);
  }

  /** Reads, checks and stores a file. @throws ImageError before anything is stored */
  async add({ bytes, name, ...options }: Upload): Promise<{ image: ImageRecord; created: boolean }> {
    const image = await this.#read(bytes, options);
    const fileSha256 = await ImageFiles.sha256(bytes);
    await this.#files.keep(fileSha256, bytes);
    const address = image.format === 'bin' ? image.segments[0]!.address : options.moveTo;
    const file = {
      fileSha256,
      name: name ?? `firmware.${image.format}`,
      format: image.format,
      at: address === undefined ? null : hex32(address),
      raw: image.raw,
      stack: image.stack,
      fileBytes: bytes.length,
      createdAt: new Date().toISOString(),
    };
    return this.database.commit((transaction) => this.#store(transaction, image, file));
  }

  #read(bytes: Uint8Array, options: ReadImageOptions): Promise<Image> {
    const read = this.#turn.then(() => readImageInSlices(bytes, options));
    this.#turn = read.catch(() => undefined);
    return read;
  }

  /** Adds what is not there yet: the image, or the file, or that its bytes are meant as they are. */
  async #store(transaction: Transaction, image: Image, file: Omit<WholeImage['files'][number], 'image'>) {
    const id = imageIdOf(image);
    const { fileSha256, name, format, fileBytes, createdAt } = file;
    await this.#nameEarlier(transaction, id, image, file);
    const known = await transaction.image.findUnique({ where: { id }, include: WHOLE });
    const before = known?.files.find((each) => each.fileSha256 === fileSha256);
    if (!known) {
      await transaction.image.create({
        data: { id, name, format, fileBytes, createdAt, ...contentOf(image) },
      });
    }
    if (!before) await transaction.imageFile.create({ data: { image: id, ...file } });
    else if (file.raw && !before.raw) {
      const where = { image_fileSha256: { image: id, fileSha256 } };
      await transaction.imageFile.update({ where, data: { raw: true, stack: null } });
    }
    const row = await transaction.image.findUniqueOrThrow({ where: { id }, include: WHOLE });
    const record = toImage(row, fileSha256);
    if (!before || (file.raw && !before.raw)) {
      // The id stands for the segments, of which there may be thousands.
      const { segments: _segments, ...stated } = record;
      await this.events.change(transaction, known ? 'image.changed' : 'image.added', stated);
    }
    return { image: record, created: !known };
  }

  /** An image of an earlier version that could not be read, and came again: its id becomes an alias. */
  async #nameEarlier(
    transaction: Transaction,
    id: string,
    image: Image,
    { fileSha256, format, at }: Omit<WholeImage['files'][number], 'image'>,
  ): Promise<void> {
    if (!(await transaction.imageToName.findUnique({ where: { id: fileSha256 } }))) return;
    const where = { image_fileSha256: { image: fileSha256, fileSha256 } };
    const earlier = await transaction.imageFile.findUnique({ where });
    if (earlier?.format === format && earlier.at === at)
      await renameImage(transaction, fileSha256, { id, ...contentOf(image) });
  }

  /** The newest first. */
  async list({ limit, cursor }: ImageQuery): Promise<Page<ImageSummary>> {
    const rows = await this.database.image.findMany({
      where: behind(decodeCursor(cursor), 'createdAt'),
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
      select: BRIEF,
    });
    return pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }), toSummary);
  }

  /** @throws ProblemException 404, or 409 where a file names several */
  async get(name: string): Promise<ImageRecord> {
    const { id, fileSha256 } = await requireImage(this.database, name);
    const row = await this.database.image.findUniqueOrThrow({ where: { id }, include: WHOLE });
    return toImage(row, fileSha256);
  }

  /** The firmware of a stored image, from the first of its files that is whole. */
  async load(name: string): Promise<Image> {
    const { id, files } = await this.get(name);
    let failure: unknown;
    for (const file of files) {
      try {
        const image = await readStored(await this.#files.read(file.fileSha256), file);
        // An id of an earlier version is that of the file, not of what is read from it.
        if (imageIdOf(image) !== id && file.fileSha256 !== id) throw readOtherwise(id);
        return files.some(({ raw }) => raw) ? { ...image, stack: null } : image;
      } catch (cause) {
        failure ??= cause;
      }
    }
    throw failure;
  }

  /** The bytes of a file that an image came in. @throws Error when they are no longer those of its name */
  file(fileSha256: string): Promise<Uint8Array> {
    return this.#files.read(fileSha256);
  }
}

function readOtherwise(id: string): Error {
  return new StoredFileError('image-unreadable:otherwise', { image: id });
}
