import type { Image as ImageRecord } from '@boardwalk/contracts';
import { readImage, type Image, type ImageFormat } from '@boardwalk/flash';
import { hex32 } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { EventLog } from '../events/event-log.ts';
import { notFound } from '../problems/problems.ts';
import { Database } from '../persistence/database.ts';

export interface Upload {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly format?: ImageFormat;
  readonly address?: number;
}

/** Firmware, stored once under the SHA-256 of the file. */
@Injectable()
export class ImageStore {
  constructor(
    private readonly database: Database,
    private readonly folder: string,
    private readonly events: EventLog,
  ) {}

  /** Reads, checks and stores a file. @throws ImageError before anything is stored */
  async add(upload: Upload): Promise<{ image: ImageRecord; created: boolean }> {
    const { name, format, address, bytes } = upload;
    const parsed = readImage(bytes, {
      name,
      ...(format ? { format } : {}),
      ...(address === undefined ? {} : { address }),
    });
    const id = createHash('sha256').update(bytes).digest('hex');
    const known = await this.database.image.findUnique({ where: { id } });
    if (known) return { image: toRecord(known), created: false };
    this.#write(id, bytes);
    const segments = parsed.segments.map((segment) => ({
      address: hex32(segment.address),
      bytes: segment.data.length,
    }));
    const row = {
      id,
      name,
      format: parsed.format,
      segments: JSON.stringify(segments),
      bytes: parsed.sizeBytes,
      fileBytes: bytes.length,
      createdAt: new Date().toISOString(),
    };
    return this.database.commit(async (transaction) => {
      // Two uploads of one file may have come this far.
      const first = await transaction.image.findUnique({ where: { id } });
      if (first) return { image: toRecord(first), created: false };
      const image = toRecord(await transaction.image.create({ data: row }));
      await this.events.change(transaction, 'image.added', image);
      return { image, created: true };
    });
  }

  async list(): Promise<ImageRecord[]> {
    return (await this.database.image.findMany({ orderBy: { createdAt: 'desc' } })).map(toRecord);
  }

  /** @throws ProblemException 404 */
  async get(id: string): Promise<ImageRecord> {
    const row = await this.database.image.findUnique({ where: { id } });
    if (!row) throw notFound(`image ${id}`);
    return toRecord(row);
  }

  /** The firmware of a stored image; its file is hashed before it is used. */
  async load(id: string): Promise<Image> {
    const record = await this.get(id);
    const bytes = this.read(id);
    const address = parseInt(record.segments[0]?.address ?? '0x08000000', 16);
    return readImage(bytes, { format: record.format, address });
  }

  /** The bytes of a stored image. @throws Error when they are no longer those of its name */
  read(id: string): Uint8Array {
    const bytes = new Uint8Array(readFileSync(join(this.folder, id)));
    if (createHash('sha256').update(bytes).digest('hex') === id) return bytes;
    throw new Error(`The stored file of image ${id} was changed.`);
  }

  /** On disk before its row exists. */
  #write(id: string, bytes: Uint8Array): void {
    const path = join(this.folder, id);
    const file = openSync(`${path}.new`, 'w', 0o600);
    writeSync(file, bytes);
    fsyncSync(file);
    closeSync(file);
    renameSync(`${path}.new`, path);
  }
}

interface Row {
  id: string;
  name: string;
  format: string;
  segments: string;
  bytes: number;
  fileBytes: number;
  createdAt: string;
}

function toRecord(row: Row): ImageRecord {
  const segments = JSON.parse(row.segments) as ImageRecord['segments'];
  return { ...row, format: row.format as ImageFormat, segments };
}
