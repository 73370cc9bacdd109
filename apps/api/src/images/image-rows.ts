import { hex32, type Image, type ImageFile, type ImageFormat, type ImageSummary } from '@boardwalk/contracts';
import type { Image as Firmware, ImageShape } from '@boardwalk/flash';
import type { Prisma } from '../persistence/gen/client.ts';

/** An image with everything that is shown of it; the first file first. */
export const WHOLE = {
  files: { orderBy: [{ createdAt: 'asc' }, { fileSha256: 'asc' }] },
  aliases: { orderBy: { id: 'asc' } },
} as const satisfies Prisma.ImageInclude;
export type WholeImage = Prisma.ImageGetPayload<{ include: typeof WHOLE }>;

/** In a list: no segments, of which an image may have thousands. */
export const BRIEF = {
  ...{ id: true, name: true, format: true, bytes: true, fileBytes: true, createdAt: true },
  files: { ...WHOLE.files, take: 1 },
} as const satisfies Prisma.ImageSelect;
type BriefImage = Prisma.ImageGetPayload<{ select: typeof BRIEF }>;
type FileRow = WholeImage['files'][number];
type Stacked = Pick<FileRow, 'stack'>;

type Segments = Image['segments'];

export const segmentsOf = (row: { readonly segments: string }): Segments =>
  JSON.parse(row.segments) as Segments;

/** The columns of an image that its content fills. */
export function contentOf({ segments, sizeBytes }: Firmware): { segments: string; bytes: number } {
  const spans = segments.map(({ address, data }) => ({ address: hex32(address), bytes: data.length }));
  return { segments: JSON.stringify(spans), bytes: sizeBytes };
}

/** What of an image decides whether it belongs into a chip. */
export function shapeOfRow(row: {
  readonly segments: string;
  readonly files: readonly Stacked[];
}): ImageShape {
  const segments = segmentsOf(row).map(({ address, bytes }) => ({ address: parseInt(address, 16), bytes }));
  return { segments, stack: stackOf(row.files) };
}

/** Nothing rests on the stack pointer once a person said of one file that it is to be taken as it is. */
function stackOf(files: readonly Stacked[]): number | null {
  return files.every(({ stack }) => stack !== null) ? (files[0]?.stack ?? null) : null;
}

/** A stored image as the contract shows it, by one of its files. */
export function toImage(row: WholeImage, fileSha256?: string | null): Image {
  const file = row.files.find((each) => each.fileSha256 === fileSha256) ?? row.files[0];
  const { id, bytes, createdAt } = row;
  return {
    id,
    ...fieldsOf(row, file),
    bytes,
    createdAt,
    segments: segmentsOf(row),
    files: row.files.map(toFile),
    earlierIds: row.aliases.map((alias) => alias.id),
  };
}

/** A stored image as a list shows it. */
export function toSummary(row: BriefImage): ImageSummary {
  const { id, bytes, createdAt } = row;
  return { id, ...fieldsOf(row, row.files[0]), bytes, createdAt };
}

function fieldsOf(row: Pick<BriefImage, 'id' | 'name' | 'format' | 'fileBytes'>, file: FileRow | undefined) {
  const { fileSha256, name, format, fileBytes } = file ?? { ...row, fileSha256: row.id };
  const { at, raw } = file ?? { at: null, raw: false };
  return { fileSha256, name, format: format as ImageFormat, at, raw, fileBytes };
}

function toFile({ image: _image, stack: _stack, format, ...file }: FileRow): ImageFile {
  return { ...file, format: format as ImageFormat };
}
