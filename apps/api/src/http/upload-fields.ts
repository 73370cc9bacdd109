import { UploadImageQuery } from '@boardwalk/contracts';
import { invalid } from '../problems/problems.ts';

/**
 * What an upload says about its file: in the query, or in fields of the form that the file comes in.
 * @throws ProblemException 400 for a field that is unknown, wrong, or said in both places
 */
export function saidAbout(query: UploadImageQuery, form: unknown): UploadImageQuery {
  const fields = Object.entries((form ?? {}) as Record<string, unknown>);
  const twice = fields.find(([name]) => name in query);
  if (twice) throw invalid(`The query and the form both have "${twice[0]}". Send it once.`, `/${twice[0]}`);
  const parsed = UploadImageQuery.safeParse({ ...query, ...Object.fromEntries(fields) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue!.code === 'unrecognized_keys' ? issue.keys[0] : issue!.path.join('/');
  throw invalid(`The field "${name}" of the form is not valid: ${issue!.message}.`, `/${name}`);
}
