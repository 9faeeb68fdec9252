import { parseFrontMatter } from '@cairn/formats/front-matter';
import { isGroup } from '@cairn/formats/plain-data';
import { checkSchema, formatPath } from '@cairn/formats/schema-fault';
import type { YamlDocument } from '@cairn/formats/yaml-document';
import { type Problem, problem } from '@cairn/kernel/problem';
import { type DocumentKind, type FileKind, KIND_FOLDERS, kindOfPath } from './kind-rules.ts';
import { KIND_SCHEMAS, slipsIn } from './kind-schema.ts';
import { readPlanRules } from './plan-rules.ts';
import { headingWords } from './section-rules.ts';

/** A file of a plan as it was read. What is wrong with it is told, and the rest is read all the same. */
export interface PlanDocument {
  readonly path: string;
  readonly kind: FileKind;
  /** Of the front matter, else of the first heading, else the file’s name. */
  readonly title: string;
  /** The front matter as the schema of its kind reads it; null where it could not. */
  readonly front: unknown;
  /** The front matter as it was written, whether or not it fits the schema. */
  readonly written: unknown;
  readonly body: string;
  /** The line of the file on which the body begins, from 1. */
  readonly bodyLine: number;
  readonly problems: readonly Problem[];
}

/** As long as a document may be, in UTF-16 units. What is longer is told, and not looked into. */
export const LONGEST_DOCUMENT = 512 * 1024;

/**
 * Reads one file of a plan; undefined for what is no part of the plan's text. Every problem is told
 * at once, with its line and column and what to write instead.
 *
 *     readPlanDocument('topics/sparse-arrays.md', source)?.problems
 */
export const readPlanDocument = (path: string, source: string): PlanDocument | undefined =>
  readWithPlaces(path, source)?.document;

/** A file of a plan, and where the parts of its front matter stand. */
export function readWithPlaces(
  path: string,
  source: string,
): { readonly document: PlanDocument; readonly placeOf?: YamlDocument['placeOf'] } | undefined {
  const kind = kindOfPath(path);
  if (kind === undefined) return undefined;
  const place = { file: path, line: 1, column: 1 };
  if (source.length > LONGEST_DOCUMENT) {
    const sentence = `This document has ${source.length.toLocaleString('en-GB')} characters; split it into documents of at most ${LONGEST_DOCUMENT.toLocaleString('en-GB')}.`;
    return {
      document: unread(path, kind, source, [problem('document-too-long', sentence, place)]),
    };
  }
  if (kind === 'rules') {
    const rules = readPlanRules(source, path);
    const problems = rules.ok ? [] : rules.error;
    return {
      document: { ...unread(path, kind, source, problems), title: 'Rules of the plan' },
    };
  }
  // A file whose first line is no mark of front matter may be a page; one that opens it must close it.
  if (kind === 'page' && !/^\ufeff?---[ \t]*\r?\n/.test(source)) {
    return { document: unread(path, kind, source, []) };
  }
  const read = parseFrontMatter(source, path);
  if (!read.ok) {
    // In a page three dashes at the top may be a line across it.
    const isLine = kind === 'page' && read.error[0]?.code === 'front-matter-not-closed';
    const problems = isLine ? [] : read.error.map((each) => advised(each, kind));
    return { document: unread(path, kind, source, problems) };
  }
  const { front, body, bodyLine } = read.value;
  const checked =
    kind === 'page' ? { front: front.value, problems: [] } : checkFront(kind, front, path);
  const document: PlanDocument = {
    path,
    kind,
    title: titleOf(path, front.value, body),
    front: checked.front,
    written: front.value,
    body,
    bodyLine,
    problems: checked.problems,
  };
  return { document, placeOf: front.placeOf };
}

const unread = (
  path: string,
  kind: FileKind,
  source: string,
  problems: readonly Problem[],
): PlanDocument => ({
  path,
  kind,
  title: titleOf(path, undefined, source),
  front: null,
  written: null,
  body: source,
  bodyLine: 1,
  problems,
});

/** Says also where a template is, to whoever wrote a document without front matter. */
function advised(told: Problem, kind: FileKind): Problem {
  if (told.code !== 'no-front-matter' || kind === 'page' || kind === 'rules') return told;
  const folder = KIND_FOLDERS[kind];
  const sentence = `${told.sentence} ${folder}/README.md has a template to copy.`;
  return { ...told, sentence };
}

function checkFront(
  kind: DocumentKind,
  front: YamlDocument,
  file: string,
): { readonly front: unknown; readonly problems: Problem[] } {
  // An empty front matter lacks keys; it is not of the wrong type.
  const value: unknown = front.value ?? {};
  const slips = isGroup(value) ? slipsIn(kind, value) : [];
  const told = slips.map(({ key, meant }) =>
    problem('unknown-key', `“${key}” is not a key that is known here; did you mean “${meant}”?`, {
      ...front.placeOf([key], 'key'),
      path: key,
    }),
  );
  const checked = checkSchema(KIND_SCHEMAS[kind], value);
  if (checked.ok) return { front: checked.value, problems: told.sort(byPlace) };
  const meant = new Set(slips.map((slip) => slip.meant));
  const faults = checked.faults.filter(
    ({ at, path }) => at !== 'missing' || !meant.has(formatPath(path)),
  );
  const problems = faults.map(({ code, sentence, path, at }) =>
    problem(code, sentence, {
      file,
      ...front.placeOf(path, at === 'value' ? 'value' : 'key'),
      path: formatPath(path),
    }),
  );
  return { front: null, problems: [...told, ...problems].sort(byPlace) };
}

const byPlace = (a: Problem, b: Problem): number =>
  (a.place.line ?? 0) - (b.place.line ?? 0) || (a.place.column ?? 0) - (b.place.column ?? 0);

function titleOf(path: string, front: unknown, body: string): string {
  const said: unknown = isGroup(front) ? front['title'] : undefined;
  if (typeof said === 'string' && said.trim() !== '') return oneLine(said);
  const heading = /^#{1,6}[ \t]+(\S[^\n]*)$/m.exec(body.slice(0, 10_000))?.[1];
  const words = heading === undefined ? undefined : headingWords(heading);
  if (words !== undefined && words !== '') return oneLine(words);
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, '');
}

const oneLine = (text: string): string => text.trim().replace(/\s+/g, ' ').slice(0, 300);
