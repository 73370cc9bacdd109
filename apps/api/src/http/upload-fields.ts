import { UploadImageQuery } from '@boardwalk/contracts';
import { invalid } from '../problems/problems.ts';

/**
 * The fields of an upload about its file: in the query, or in fields of the form that the file comes in.
 * @throws ProblemException 400 for a field that is unknown, wrong, or said in both places
 */
export function saidAbout(query: UploadImageQuery, form: unknown): UploadImageQuery {
  const fields = Object.entries((form ?? {}) as Record<string, unknown>);
  const twice = fields.find(([name]) => name in query);
  if (twice) throw invalid('invalid:twice-said', { name: twice[0] }, `/${twice[0]}`);
  const parsed = UploadImageQuery.safeParse({ ...query, ...Object.fromEntries(fields) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue!.code === 'unrecognized_keys' ? issue.keys[0] : issue!.path.join('/');
  throw invalid('invalid:form-field', { name: name ?? '', why: issue!.message }, `/${name}`);
}
