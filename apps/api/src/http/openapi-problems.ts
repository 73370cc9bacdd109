import { Problem, REFUSALS, type RefusalCode } from '@boardwalk/contracts';
import { STATUS_CODES } from 'node:http';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { ANY_ROLE, NEW_WORK, OPEN, rolesThatMay } from '../accounts/permissions.ts';
import { STORAGE_CODES } from '../routes/refuses.ts';
import type { RouteRow } from '../routes/row.ts';

/** The problems that a route may answer, by status, with an example of each code. */
export function problemAnswers(row: RouteRow): Record<string, ZodOpenApiResponseObject> {
  const codes = codesOf(row);
  const statuses = new Set(codes.map((code) => REFUSALS[code].status!));
  return Object.fromEntries(
    [...statuses].map((status) => {
      const ofStatus = codes.filter((code) => REFUSALS[code].status === status);
      return [String(status), problemAnswer(row, status, ofStatus)];
    }),
  );
}

/** The codes that every route of its shape may answer, and those of its row. */
function codesOf({ path, may, query, body, media, refuses = [] }: RouteRow): RefusalCode[] {
  const hasBody = body !== undefined || media !== undefined;
  const codes: RefusalCode[] = [
    ...(hasBody || query ? (['invalid'] as const) : []),
    ...(['unauthorized', 'too-many-failures', 'internal'] as const),
    ...(may === OPEN || may === ANY_ROLE ? [] : (['forbidden'] as const)),
    ...(NEW_WORK.has(may) ? STORAGE_CODES : []),
    ...(path.includes(':') ? (['not-found'] as const) : []),
    ...(hasBody ? (['too-large', 'wrong-type'] as const) : []),
    ...refuses,
  ];
  return [...new Set(codes)];
}

function problemAnswer(row: RouteRow, status: number, codes: RefusalCode[]): ZodOpenApiResponseObject {
  const examples = Object.fromEntries(codes.map((code) => [code, exampleOf(code, row.path)]));
  const retryable = Object.values(examples).some(({ value }) => value.retryable);
  return {
    description: descriptionOf(row, status),
    ...(retryable ? { headers: { 'Retry-After': RETRY_AFTER } } : {}),
    content: { 'application/problem+json': { schema: Problem, examples } },
  };
}

const RETRY_AFTER = { description: 'seconds', schema: { type: 'integer' as const }, example: 1 };

function descriptionOf({ may }: RouteRow, status: number): string {
  if (status === 403 && may !== OPEN && may !== ANY_ROLE)
    return `The role may not; it takes ${rolesThatMay(may).join(' or ')}.`;
  return STATUS_CODES[status]!;
}

function exampleOf(code: RefusalCode, path: string) {
  const { status, means, retryable } = REFUSALS[code];
  const value = {
    type: `urn:boardwalk:problem:${code}`,
    title: STATUS_CODES[status!]!,
    status: status!,
    detail: means,
    instance: path.replace(/:(\w+)/g, '{$1}'),
    code,
    retryable,
  };
  return { summary: means, value };
}
