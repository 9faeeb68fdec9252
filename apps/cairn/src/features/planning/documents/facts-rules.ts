import { isGroup } from '@cairn/formats/plain-data';
import { type ReferenceFound, referencesIn } from '@cairn/formats/references';
import type { Path } from '@cairn/formats/schema-fault';
import type { YamlDocument } from '@cairn/formats/yaml-document';
import type { Problem } from '@cairn/kernel/problem';
import { readWithPlaces } from './document-rules.ts';
import type { FileKind } from './kind-rules.ts';
import { targetFrom } from './path-rules.ts';
import { readRulesWithPlaces } from './plan-rules.ts';
import { documentPath } from './text-rules.ts';

/** Something that a document names which must be somewhere else: a file, a label, a person. */
export interface Named {
  readonly what: 'file' | 'anchor' | 'label' | 'person';
  /** A path from the top of the plan, with `#anchor` for an anchor; a label; a handle. */
  readonly name: string;
  /** As it was written. */
  readonly written: string;
  readonly line: number;
  readonly column: number;
}

/**
 * What the check of a whole plan needs to know of one file. It follows from the file's path and text
 * alone and is plain data, so that it can be kept.
 */
export interface DocumentFacts {
  readonly path: string;
  readonly kind: FileKind;
  readonly title: string;
  /** The line on which the title stands. */
  readonly titleLine: number;
  readonly problems: readonly Problem[];
  /** Labels that other documents can refer to, with the line of each. */
  readonly labels: readonly { readonly name: string; readonly line: number }[];
  /** What can be behind `#` in a link to this document. */
  readonly anchors: readonly string[];
  readonly names: readonly Named[];
  /** The path of the topic that this one was merged into. */
  readonly duplicateOf?: string;
  /** Of a standard. */
  readonly number?: number;
}

/** What the check of a plan needs to know of one file; undefined for what is no part of its text. */
export function factsOf(path: string, source: string): DocumentFacts | undefined {
  const read = readWithPlaces(path, source);
  if (read === undefined) return undefined;
  const { document, placeOf } = read;
  const { kind, title, problems, front, bodyLine, body } = document;
  const values = isGroup(front) && kind !== 'page' ? front : {};
  const isLooked = kind !== 'rules' && !problems.some(({ code }) => code === 'document-too-long');
  const found = isLooked ? referencesIn(body) : { references: [], labels: [], anchors: [] };
  const duplicateOf = values['duplicate-of'];
  const number = values['number'];
  return {
    path,
    kind,
    title,
    titleLine: placeOf?.(['title'])?.line ?? 1,
    problems,
    labels: found.labels.map(({ name, line }) => ({ name, line: line + bodyLine - 1 })),
    anchors: found.anchors,
    names: [
      ...(kind === 'rules' ? reviewersIn(source, path) : []),
      ...(placeOf === undefined ? [] : namedInFront(values, path, placeOf)),
      ...found.references.flatMap((each) => namedIn(each, path, bodyLine - 1)),
    ],
    ...(typeof duplicateOf === 'string' ? { duplicateOf } : {}),
    ...(kind === 'standard' && typeof number === 'number' ? { number } : {}),
  };
}

/** Keys of front matter that hold handles, paths, and links. */
const NAMING: Readonly<Record<string, 'person' | 'file' | 'link'>> = {
  lead: 'person',
  people: 'person',
  by: 'person',
  deciders: 'person',
  owner: 'person',
  'duplicate-of': 'file',
  topics: 'file',
  standard: 'file',
  links: 'link',
  discussion: 'link',
};

function namedInFront(
  front: Readonly<Record<string, unknown>>,
  path: string,
  placeOf: YamlDocument['placeOf'],
): Named[] {
  return Object.entries(NAMING).flatMap(([key, what]) => {
    const value = front[key];
    const values: [Path, unknown][] = Array.isArray(value)
      ? value.map((each, index) => [[key, index], each])
      : [[[key], value]];
    return values.flatMap(([at, written]): Named[] => {
      if (typeof written !== 'string') return [];
      const { line = 1, column = 1 } = placeOf(at);
      if (what !== 'link') return [{ what, name: written, written, line, column }];
      const target = targetFrom(path, written);
      return target === undefined
        ? []
        : [{ what: 'file', name: target.path, written, line, column }];
    });
  });
}

function reviewersIn(source: string, path: string): Named[] {
  const read = readRulesWithPlaces(source, path);
  if (!read.ok) return [];
  const { reviewers, placeOf } = read.value;
  return reviewers.map(({ handle, at }) => {
    const { line = 1, column = 1 } = placeOf(at);
    return { what: 'person', name: handle, written: handle, line, column };
  });
}

/** What a reference of the body must find. */
function namedIn(reference: ReferenceFound, path: string, linesBefore: number): Named[] {
  const { kind, to, column } = reference;
  const place = { written: to, line: reference.line + linesBefore, column };
  if (kind === 'number') return [];
  if (kind === 'mention') return [{ what: 'person', name: to.toLowerCase(), ...place }];
  if (kind === 'label') return [{ what: 'label', name: to, ...place }];
  const found = targetFrom(path, kind === 'document' ? documentPath(to) : to);
  if (found === undefined) return [];
  const anchor: Named[] =
    found.anchor === undefined
      ? []
      : [{ what: 'anchor', name: `${found.path}#${found.anchor}`, ...place }];
  return found.path === path ? anchor : [{ what: 'file', name: found.path, ...place }, ...anchor];
}
