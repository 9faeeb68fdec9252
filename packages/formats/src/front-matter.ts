import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type * as z from 'zod';
import { formatYaml, parseYaml, validateYaml, type YamlDocument } from './yaml-document.ts';

/** A Markdown file with YAML between two `---` lines at its top. */
export interface FrontMatter {
  readonly front: YamlDocument;
  readonly body: string;
  /** The line of the file on which the body begins, from 1. */
  readonly bodyLine: number;
}

/** As long as front matter may be, in UTF-16 units: people write a page of it, and a megabyte takes seconds. */
const LONGEST_FRONT = 64 * 1024;

interface Halves {
  readonly yaml: string;
  readonly body: string;
  readonly bodyLine: number;
}

/**
 * Reads front matter and body. Places in `front` and in its problems are places in the file.
 *
 *     const read = parseFrontMatter(text, 'announcement.md');
 */
export function parseFrontMatter(text: string, file?: string): Result<FrontMatter, Problem[]> {
  const halves = split(text, file);
  if (!halves.ok) return halves;
  const { yaml, body, bodyLine } = halves.value;
  const front = parseYaml(yaml, file, { linesBefore: 1, maxLength: LONGEST_FRONT });
  return front.ok ? ok({ front: front.value, body, bodyLine }) : front;
}

/** Reads front matter and checks it against a zod schema, as `validateYaml` does. */
export function validateFrontMatter<S extends z.ZodType>(
  text: string,
  file: string | undefined,
  schema: S,
): Result<FrontMatter & { readonly value: z.output<S> }, Problem[]> {
  const halves = split(text, file);
  if (!halves.ok) return halves;
  const { yaml, body, bodyLine } = halves.value;
  const read = validateYaml(yaml, file, schema, {
    linesBefore: 1,
    maxLength: LONGEST_FRONT,
  });
  return read.ok
    ? ok({ front: read.value.document, value: read.value.value, body, bodyLine })
    : read;
}

/** A Markdown file from plain data and a body; `parseFrontMatter` gives both back. */
export const formatFrontMatter = (front: unknown, body: string): string =>
  joinFrontMatter(formatYaml(front), body);

/** A Markdown file from YAML text (e.g. of `updateYaml`) and a body. */
export function joinFrontMatter(yaml: string, body: string): string {
  const closed = yaml === '' || yaml.endsWith('\n') ? yaml : `${yaml}\n`;
  return `---\n${closed}---\n${body}`;
}

function split(text: string, file: string | undefined): Result<Halves, Problem[]> {
  const place = { ...(file === undefined ? {} : { file }), line: 1, column: 1 };
  const opening = /^\ufeff?---[ \t]*\r?\n/.exec(text);
  if (!opening) {
    const sentence =
      'This file does not begin with front matter; write a line “---”, then “key: value” lines, then “---” again, above the text.';
    return fail([problem('no-front-matter', sentence, place)]);
  }
  const rest = text.slice(opening[0].length);
  // Pandoc also closes with three dots; Jekyll, Hugo and MyST with dashes.
  const closing = /^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/m.exec(rest);
  if (!closing) {
    const sentence =
      'The front matter that opens here is never closed; add a line “---” below its last key.';
    return fail([problem('front-matter-not-closed', sentence, place)]);
  }
  const yaml = rest.slice(0, closing.index);
  return ok({
    yaml,
    body: rest.slice(closing.index + closing[0].length),
    bodyLine: yaml.split('\n').length + 2,
  });
}
