import type { Database } from 'better-sqlite3';

const SQL = `
  SELECT "id" FROM "Image" WHERE "id" = @name
  UNION SELECT "image" FROM "ImageAlias" WHERE "id" = @name
  UNION SELECT "image" FROM "ImageFile" WHERE "fileSha256" = @name`;

/** The ids of the images that a SHA-256 names: an id, an id of an earlier version, or a file of one or several images. */
export function imagesNamed(file: Database, name: string): string[] {
  const rows = file.prepare<{ name: string }, { id: string }>(SQL).all({ name });
  // An image that is gone is still named by the runs that it was programmed in.
  return rows.length === 0 ? [name] : rows.map(({ id }) => id);
}

/** Every id that these images have or had. */
export function everyImageId(file: Database, name: string): string[] {
  const earlier = file.prepare<string, { id: string }>('SELECT "id" FROM "ImageAlias" WHERE "image" = ?');
  return imagesNamed(file, name).flatMap((id) => [id, ...earlier.all(id).map((alias) => alias.id)]);
}
