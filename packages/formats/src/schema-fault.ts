/**
 * Says in a volunteer's words why a value does not fit a zod schema.
 *
 * Zod's own messages name types; these name what to write. A message that the
 * schema's author gave (`z.string('…')`, `refine(…, '…')`, `ctx.addIssue`) is kept.
 */
import type * as z from 'zod';
import { nearestWord } from './nearest-word.ts';
import { isGroup } from './plain-data.ts';
import { keysAt } from './schema-keys.ts';

/** The way to a node inside plain data, e.g. `['phases', 2, 'starts']`. */
export type Path = readonly (string | number)[];

/** One reason why a value does not fit, before it has a place in a file. */
export interface SchemaFault {
  readonly code: string;
  readonly sentence: string;
  readonly path: Path;
  /** Whether the key itself is wrong, its value is, or the key is not there at all. */
  readonly at: 'key' | 'value' | 'missing';
  /** Of an unknown key: the known one that was most likely meant. */
  readonly meant?: string;
}

/** Stands for "the schema gave no message of its own"; no sentence can equal it. */
const NO_MESSAGE = '\u0000';

/** Checks a value; on failure lists every fault. */
export function checkSchema<S extends z.ZodType>(
  schema: S,
  value: unknown,
):
  | { readonly ok: true; readonly value: z.output<S> }
  | { readonly ok: false; readonly faults: SchemaFault[] } {
  const checked = schema.safeParse(value, { error: () => NO_MESSAGE });
  if (checked.success) return { ok: true, value: checked.data };
  const context = { schema, value };
  const faults = checked.error.issues.flatMap((issue) => explain(issue, context));
  return { ok: false, faults: withoutEchoes(faults) };
}

/** A misspelt key is told once: that the key which was meant is missing follows from it. */
function withoutEchoes(faults: readonly SchemaFault[]): SchemaFault[] {
  const meant = new Set(
    faults.flatMap(({ path, meant }) =>
      meant === undefined ? [] : [formatPath([...path.slice(0, -1), meant])],
    ),
  );
  return faults.filter(({ at, path }) => at !== 'missing' || !meant.has(formatPath(path)));
}

/** `phases[2].starts`, the spelling of paths in problems. */
export const formatPath = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');

interface Context {
  readonly schema: z.ZodType;
  readonly value: unknown;
}

function explain(issue: z.core.$ZodIssue, context: Context, base: Path = []): SchemaFault[] {
  const path = [...base, ...issue.path.map(plainKey)];
  const found = valueAt(context.value, path);
  const own = issue.message === NO_MESSAGE ? undefined : issue.message;
  const fault = (
    code: string,
    sentence: string,
    at: SchemaFault['at'] = 'value',
  ): SchemaFault[] => [{ code, sentence: own ?? sentence, path, at }];
  const name = nameOf(path);
  if (found === undefined && path.length > 0 && issue.code !== 'custom') {
    return fault('missing-key', missingKey(path, issue), 'missing');
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, own, context));
    case 'invalid_type':
      return fault('wrong-type', wrongType(name, issue.expected, found));
    case 'invalid_value':
      return fault('not-allowed', notAllowed(name, issue.values.map(String), found));
    case 'too_small':
      return fault('too-small', tooSmall(name, issue));
    case 'too_big':
      return fault('too-big', tooBig(name, issue));
    case 'invalid_format':
      return fault('wrong-format', wrongFormat(name, issue, found));
    case 'not_multiple_of':
      return fault('not-a-multiple', `${name} must be a multiple of ${issue.divisor}.`);
    case 'invalid_union':
      return own === undefined ? explainUnion(issue, path, context) : fault('not-allowed', own);
    case 'invalid_key':
    case 'invalid_element':
      return own === undefined
        ? issue.issues.flatMap((inner) =>
            explain(inner, context, path).map((each) => ({
              ...each,
              path,
              at: issue.code === 'invalid_key' ? ('key' as const) : each.at,
              sentence: issue.code === 'invalid_key' ? badKey(path) : each.sentence,
            })),
          )
        : fault('bad-key', own, 'key');
    case 'custom':
      return fault('not-accepted', `${name} is not accepted; check it against the documentation.`);
    default:
      return issue satisfies never;
  }
}

const badKey = (path: Path): string =>
  `“${path.at(-1) ?? ''}” cannot be used as a key here; write another name.`;

function unknownKey(
  key: string,
  group: Path,
  own: string | undefined,
  { schema, value }: Context,
): SchemaFault {
  const written = valueAt(value, group);
  const used = new Set(isGroup(written) ? Object.keys(written) : []);
  const free = keysAt(schema, group).filter((known) => !used.has(known));
  const meant = nearestWord(key, free);
  const advice = meant
    ? `did you mean “${meant}”?`
    : free.length > 0
      ? `remove it, or use one of: ${free.slice(0, 12).join(', ')}.`
      : 'remove it.';
  return {
    code: 'unknown-key',
    sentence: own ?? `“${key}” is not a key that is known here; ${advice}`,
    path: [...group, key],
    at: 'key',
    ...(meant === undefined ? {} : { meant }),
  };
}

/** Of a union's branches, the one that the value came nearest to is what its writer meant. */
function explainUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
  context: Context,
): SchemaFault[] {
  const name = nameOf(path);
  const found = valueAt(context.value, path);
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const inside = branches
    .filter((branch) => branch.every((inner) => inner.path.length > 0 || !isTypeIssue(inner)))
    .sort((a, b) => a.length - b.length)[0];
  if (inside) return inside.flatMap((inner) => explain(inner, context, path));
  const wanted = branches.flatMap((branch) =>
    branch.flatMap((inner) => (inner.path.length === 0 ? expectedOf(inner) : [])),
  );
  const options = 'options' in issue ? (issue.options ?? []).map(String) : [];
  const sentence =
    options.length > 0
      ? notAllowed(name, options, found)
      : `${name} is ${describe(found)}; write ${either([...new Set(wanted)])}.`;
  return [{ code: 'wrong-type', sentence, path, at: 'value' }];
}

const isTypeIssue = (issue: z.core.$ZodIssue): boolean =>
  issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union';

function expectedOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_type') return [wantedType(issue.expected)];
  if (issue.code === 'invalid_value') return issue.values.map((value) => `“${String(value)}”`);
  return [];
}

function missingKey(path: Path, issue: z.core.$ZodIssue): string {
  const key = path.at(-1);
  const group = path.length > 1 ? ` under ${nameOf(path.slice(0, -1))}` : '';
  const sample =
    issue.code === 'invalid_type'
      ? wantedType(issue.expected)
      : issue.code === 'invalid_value'
        ? either(issue.values.map((value) => `“${String(value)}”`))
        : 'a value';
  return `“${key}” is missing${group}; add “${key}:” with ${sample}.`;
}

function wrongType(name: string, expected: string, found: unknown): string {
  const advice =
    expected === 'string' && (typeof found === 'number' || typeof found === 'boolean')
      ? `put it in double quotes: "${found}"`
      : expected === 'int' && typeof found === 'number'
        ? 'write a whole number'
        : `write ${wantedType(expected)}`;
  return `${name} is ${describe(found)}; ${advice}.`;
}

const WANTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'nothing after the colon',
  array: 'a list (lines that begin with “- ”)',
  tuple: 'a list (lines that begin with “- ”)',
  object: 'a group of keys, indented beneath it',
  record: 'a group of keys, indented beneath it',
  map: 'a group of keys, indented beneath it',
};

const wantedType = (expected: string): string => WANTED[expected] ?? `a ${expected}`;

function notAllowed(name: string, allowed: readonly string[], found: unknown): string {
  const meant = typeof found === 'string' ? nearestWord(found, allowed) : undefined;
  const quoted = allowed.slice(0, 20).map((word) => `“${word}”`);
  const guess = meant === undefined ? '' : ` (did you mean “${meant}”?)`;
  return `${name} is ${describe(found)}; write ${either(quoted)}${guess}.`;
}

function tooSmall(name: string, issue: z.core.$ZodIssueTooSmall): string {
  const least = `${issue.exact ? 'exactly' : 'at least'} ${issue.minimum}`;
  if (issue.origin === 'string') {
    return issue.minimum === 1
      ? `${name} is empty; write some text.`
      : `${name} is too short; write ${least} characters.`;
  }
  if (issue.origin === 'array' || issue.origin === 'set') {
    return `${name} has too few entries; list ${least}.`;
  }
  return issue.inclusive === false
    ? `${name} must be more than ${issue.minimum}.`
    : `${name} must be ${least}.`;
}

function tooBig(name: string, issue: z.core.$ZodIssueTooBig): string {
  const most = `${issue.exact ? 'exactly' : 'at most'} ${issue.maximum}`;
  if (issue.origin === 'string') return `${name} is too long; write ${most} characters.`;
  if (issue.origin === 'array' || issue.origin === 'set') {
    return `${name} has too many entries; list ${most}.`;
  }
  return issue.inclusive === false
    ? `${name} must be less than ${issue.maximum}.`
    : `${name} must be ${most}.`;
}

const FORMATS: Readonly<Record<string, string>> = {
  email: 'an e-mail address such as name@example.org',
  url: 'a full address such as https://example.org',
  date: 'year-month-day with two digits each, such as 2023-05-22',
  time: 'hours and minutes, such as 09:30',
  datetime: 'date and time with offset, such as 2023-05-22T09:30:00Z',
  duration: 'a duration such as PT1H30M',
  uuid: 'a UUID',
};

function wrongFormat(
  name: string,
  issue: z.core.$ZodIssueInvalidStringFormat,
  found: unknown,
): string {
  const wanted = FORMATS[issue.format];
  if (wanted) return `${name} is ${describe(found)}; write ${wanted}.`;
  const pattern = issue.pattern === undefined ? '' : ` (the pattern ${issue.pattern})`;
  return `${name} is ${describe(found)}, which is not in the expected form${pattern}; write it in that form.`;
}

/** What someone wrote, as they would name it. */
function describe(found: unknown): string {
  if (found === undefined || found === null) return 'empty';
  if (typeof found === 'string') {
    return found.length > 40 ? `“${found.slice(0, 40)}…”` : `“${found}”`;
  }
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'object') return 'a group of keys';
  return typeof found === 'number' ? `the number ${found}` : String(found);
}

function nameOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'This document';
  if (typeof last === 'string') return `“${last}”`;
  const list = path.findLast((part) => typeof part === 'string');
  return list === undefined ? `Entry ${last + 1}` : `Entry ${last + 1} of “${list}”`;
}

function either(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? 'another value';
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

const plainKey = (key: PropertyKey): string | number =>
  typeof key === 'number' ? key : String(key);

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inside, part) => {
    if (Array.isArray(inside)) return typeof part === 'number' ? inside[part] : undefined;
    return isGroup(inside) && Object.hasOwn(inside, part) ? inside[part] : undefined;
  }, value);
}
