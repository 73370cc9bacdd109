import type { Database, Transaction } from '../persistence/database.ts';
import { invalid, ProblemException, refused } from '../problems/problems.ts';

type Reader = Database | Transaction;

/** Candidates that a refusal names. */
const SHOWN = 10;

/** An image, and the file by which it was named; null: it was named by an id that is no file’s. */
export interface NamedImage {
  readonly id: string;
  readonly fileSha256: string | null;
}

/**
 * The image that a SHA-256 names: its id, its id in an earlier version, or a file that is in one image only.
 * @returns null where it names none
 * @throws ProblemException 409 `ambiguous` with the candidates, at `pointer`
 */
export async function findImage(reader: Reader, name: string, pointer: string): Promise<NamedImage | null> {
  const file = { fileSha256: name };
  if (await reader.image.findUnique({ where: { id: name }, select: { id: true } })) {
    return { id: name, fileSha256: await fileIn(reader, name, name) };
  }
  const alias = await reader.imageAlias.findUnique({ where: { id: name } });
  if (alias) return { id: alias.image, fileSha256: await fileIn(reader, alias.image, name) };
  const found = await reader.imageFile.findMany({
    where: file,
    orderBy: { image: 'asc' },
    take: SHOWN + 1,
    include: { owner: { select: { bytes: true } } },
  });
  if (found.length > 1) throw ambiguous(name, pointer, found);
  const [one] = found;
  return one ? { id: one.image, fileSha256: name } : null;
}

/** The same, where it must be there. @throws ProblemException 404, 409 */
export async function requireImage(reader: Reader, name: string): Promise<NamedImage> {
  const found = await findImage(reader, name, '/id');
  if (!found) throw refused('not-found:image', { image: name });
  return found;
}

/**
 * The image that a request names, and the file that the record says it came in: the one named, else its first.
 * @throws ProblemException 400 at `pointer` where there is none, 409
 */
export async function namedImage(
  reader: Reader,
  name: string,
  pointer: string,
): Promise<{ readonly id: string; readonly fileSha256: string }> {
  const found = await findImage(reader, name, pointer);
  if (!found) throw invalid('invalid:no-image', { image: name }, pointer);
  if (found.fileSha256 !== null) return { id: found.id, fileSha256: found.fileSha256 };
  const first = await reader.imageFile.findFirst({
    where: { image: found.id },
    orderBy: [{ createdAt: 'asc' }, { fileSha256: 'asc' }],
  });
  return { id: found.id, fileSha256: first?.fileSha256 ?? found.id };
}

/**
 * Every id under which the record knows the image that is named: filters find old runs and new ones.
 * @throws ProblemException 409
 */
export async function idsOfImage(reader: Reader, name: string, pointer: string): Promise<string[]> {
  const found = await findImage(reader, name, pointer);
  if (!found) return [name];
  const aliases = await reader.imageAlias.findMany({ where: { image: found.id } });
  return [found.id, ...aliases.map(({ id }) => id)];
}

/** Image ids of the record → the ids that the images have now; those that have not changed are left out. */
export async function presentIds(
  reader: Reader,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(ids)];
  if (distinct.length === 0) return new Map();
  const aliases = await reader.imageAlias.findMany({ where: { id: { in: distinct } } });
  return new Map(aliases.map(({ id, image }) => [id, image]));
}

/** The id that an image of the record has now. */
export async function presentId(reader: Reader, id: string): Promise<string> {
  return (await presentIds(reader, [id])).get(id) ?? id;
}

async function fileIn(reader: Reader, image: string, fileSha256: string): Promise<string | null> {
  const row = await reader.imageFile.findUnique({ where: { image_fileSha256: { image, fileSha256 } } });
  return row?.fileSha256 ?? null;
}

type Found = { image: string; name: string; at: string | null; owner: { bytes: number } };

function ambiguous(name: string, pointer: string, found: readonly Found[]): ProblemException {
  const words = ({ image, name: label, at, owner }: Found): string =>
    `${image} ("${label}", ${owner.bytes} bytes${at === null ? '' : ` at ${at}`})`;
  const shown = found.slice(0, SHOWN);
  const count = found.length > SHOWN ? `More than ${SHOWN}` : found.length;
  return new ProblemException(
    'ambiguous:image',
    { count, file: name, images: shown.map(words).join('; ') },
    { errors: shown.map((each) => ({ pointer, detail: words(each) })) },
  );
}
