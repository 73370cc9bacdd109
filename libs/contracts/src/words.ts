import { z } from 'zod';

/**
 * What is wrong with a value, in the words that the API, the form and the environment say it in; zod's own are for
 * programmers ("expected string, received undefined"). A schema's own message goes before these.
 */
z.config({ customError: wordsOf });

/** JSON's types as people call them. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with fields',
};
/** What is counted of a value that has a length. */
const UNITS: Readonly<Record<string, string>> = { string: 'character', array: 'entry' };
const PLURALS: Readonly<Record<string, string>> = { character: 'characters', entry: 'entries' };

function wordsOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.input === undefined ? 'is missing' : `must be ${alternatives(issue.values)}`;
    case 'too_small':
      return limitWords('at least', issue.origin, issue.minimum, issue.inclusive);
    case 'too_big':
      return limitWords('at most', issue.origin, issue.maximum, issue.inclusive);
    case 'unrecognized_keys':
      return `must not have ${issue.keys.map((key) => `"${key}"`).join(', ')}: there is no such field`;
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'must be a time such as 2026-11-20T20:40:11Z, with its offset from UTC'
        : undefined;
    case 'invalid_union':
      return unionWords(issue);
    default:
      return undefined;
  }
}

/** Of a choice by one field, or of several forms of which the value fits none. */
interface NoMatch {
  readonly options?: readonly unknown[] | undefined;
  readonly errors?: readonly (readonly z.core.$ZodIssue[])[] | undefined;
  readonly input?: unknown;
}

function unionWords({ options = [], errors = [], input }: NoMatch): string {
  if (options.length > 0) return input === undefined ? 'is missing' : `must be ${alternatives(options)}`;
  const forms = errors.map(([first]) =>
    first ? [first.path.join('.'), first.message].filter(Boolean).join(' ') : '',
  );
  return `fits none of the forms that it may have: ${forms.join('; or ')}`;
}

function limitWords(
  side: 'at least' | 'at most',
  origin: string,
  limit: number | bigint,
  inclusive = true,
): string {
  const unit = UNITS[origin];
  if (unit === undefined)
    return inclusive
      ? `must be ${side} ${limit}`
      : `must be ${side === 'at least' ? 'above' : 'below'} ${limit}`;
  if (side === 'at least' && Number(limit) === 1) return 'must not be empty';
  return `must have ${side} ${limit} ${Number(limit) === 1 ? unit : PLURALS[unit]}`;
}

function alternatives(values: readonly unknown[]): string {
  const words = values.map((value) => (typeof value === 'string' ? value : String(value)));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
