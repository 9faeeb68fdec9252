import { parseFrontMatter } from '@cairn/formats/front-matter';
import type { Problem } from '@cairn/kernel/problem';
import { type FileKind, kindOfPath } from './kind-rules.ts';

/** A file of a plan as it was read. What is wrong with it is told, and the rest is read all the same. */
export interface PlanDocument {
  readonly path: string;
  readonly kind: FileKind;
  /** Of the front matter, else of the first heading, else the file’s name. */
  readonly title: string;
  /** The front matter as the schema of its kind reads it; null where it could not. */
  readonly front: unknown;
  readonly body: string;
  /** The line of the file on which the body begins, from 1. */
  readonly bodyLine: number;
  readonly problems: readonly Problem[];
}

/**
 * Reads one file of a plan; undefined for what is no part of the plan's text.
 *
 *     readPlanDocument('topics/sparse-arrays.md', source)?.problems
 */
export function readPlanDocument(path: string, source: string): PlanDocument | undefined {
  const kind = kindOfPath(path);
  if (kind === undefined) return undefined;
  const read = parseFrontMatter(source, path);
  const isPlain = kind === 'page' || kind === 'rules';
  if (!read.ok) {
    return {
      path,
      kind,
      title: titleOf(path, undefined, source),
      front: null,
      body: source,
      bodyLine: 1,
      problems: isPlain ? [] : read.error,
    };
  }
  const { front, body, bodyLine } = read.value;
  const value: unknown = front.value;
  return {
    path,
    kind,
    title: titleOf(path, value, body),
    front: value,
    body,
    bodyLine,
    problems: [],
  };
}

function titleOf(path: string, front: unknown, body: string): string {
  const said: unknown = Object(front)['title'];
  if (typeof said === 'string' && said.trim() !== '') return said.trim();
  const heading = /^#{1,6}[ \t]+(\S.*?)[ \t]*#*$/m.exec(body)?.[1];
  return heading ?? path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, '');
}
