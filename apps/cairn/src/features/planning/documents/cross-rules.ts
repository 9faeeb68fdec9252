import { nearestWord } from '@cairn/formats/nearest-word';
import { type Problem, problem } from '@cairn/kernel/problem';
import type { DocumentFacts, Named } from './facts-rules.ts';

/** What is known besides the documents. */
export interface Known {
  /** Handles of the people of the plan, in small letters; without it nobody is looked for. */
  readonly people?: ReadonlySet<string>;
  /** All files of the plan, also those that are not text. */
  readonly paths?: ReadonlySet<string>;
}

/** What is wrong between documents: references that lead nowhere, and names that are used twice. */
export function crossProblems(facts: readonly DocumentFacts[], known: Known): Problem[] {
  const byPath = new Map(facts.map((each) => [each.path, each]));
  const files = new Set([...byPath.keys(), ...(known.paths ?? [])]);
  const labels = new Map<string, string>();
  for (const { path, labels: own } of facts) {
    for (const { name } of own) if (!labels.has(name)) labels.set(name, path);
  }
  const world: World = { byPath, files, folders: foldersOf(files), labels, people: known.people };
  return [
    ...facts.flatMap((each) => each.names.flatMap((named) => lost(each, named, world) ?? [])),
    ...facts.flatMap((each) => duplicateProblem(each, byPath) ?? []),
    ...sameTitles(facts),
    ...sameNumbers(facts),
    ...sameLabels(facts),
    ...samePaths(files),
  ];
}

interface World {
  readonly byPath: ReadonlyMap<string, DocumentFacts>;
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  readonly labels: ReadonlyMap<string, string>;
  readonly people: ReadonlySet<string> | undefined;
}

const foldersOf = (files: ReadonlySet<string>): Set<string> => {
  const folders = new Set(['']);
  for (const file of files) {
    for (let at = file.lastIndexOf('/'); at > 0; at = file.lastIndexOf('/', at - 1)) {
      const folder = file.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
};

/** Near misses are looked for among this many names; among more, nobody waits for it. */
const MOST_COMPARED = 2_000;

const guess = (written: string, among: Iterable<string>, size: number): string => {
  const meant = size > MOST_COMPARED ? undefined : nearestWord(written, among);
  return meant === undefined ? '' : ` Did you mean “${meant}”?`;
};

function lost(facts: DocumentFacts, named: Named, world: World): Problem | undefined {
  const { path } = facts;
  const { what, name, written, line, column } = named;
  const place = { file: path, line, column };
  switch (what) {
    case 'person': {
      const { people } = world;
      if (people === undefined || people.has(name.toLowerCase())) return undefined;
      const advice = guess(name, people, people.size);
      return problem(
        'unknown-person',
        `Nobody here has the handle “${written}”; write the handle of somebody who takes part.${advice}`,
        place,
      );
    }
    case 'file': {
      if (world.files.has(name) || world.folders.has(name)) return undefined;
      const end = name.slice(name.lastIndexOf('.'));
      const alike = [...world.files].filter((file) => file.endsWith(end));
      const advice = guess(name, alike, world.files.size);
      return problem(
        'broken-link',
        `“${written}” leads to ${name}, which is not in the plan; write the path of a file that is, or take the link out.${advice}`,
        place,
      );
    }
    case 'anchor': {
      const at = name.indexOf('#');
      const [file, anchor] = [name.slice(0, at), name.slice(at + 1)];
      const target = world.byPath.get(file);
      if (target === undefined || anchor === '' || target.anchors.includes(anchor))
        return undefined;
      // A label of another document: MyST finds it wherever it is.
      if (file === path && world.labels.has(anchor)) return undefined;
      const advice = guess(anchor, target.anchors, target.anchors.length);
      return problem(
        'broken-anchor',
        `There is no heading or label “${anchor}” in ${file}; write one that is there, or take “#${anchor}” away.${advice}`,
        place,
      );
    }
    case 'label': {
      if (world.labels.has(name) || facts.anchors.includes(name)) return undefined;
      const advice = guess(name, world.labels.keys(), world.labels.size);
      return problem(
        'unknown-label',
        `No document has the label “${name}”; write “(${name})=” on a line above what is meant, or another label.${advice}`,
        place,
      );
    }
    default:
      return what satisfies never;
  }
}

/** A topic is merged into one that goes on: not into itself, and not into one that was merged itself. */
function duplicateProblem(
  { path, kind, duplicateOf, names }: DocumentFacts,
  byPath: ReadonlyMap<string, DocumentFacts>,
): Problem | undefined {
  if (kind !== 'topic' || duplicateOf === undefined) return undefined;
  const said = names.find(({ what, written }) => what === 'file' && written === duplicateOf);
  const place = { file: path, line: said?.line ?? 1, column: said?.column ?? 1 };
  const target = byPath.get(duplicateOf);
  if (duplicateOf === path) {
    const sentence = 'A topic cannot be a duplicate of itself; write the path of the other one.';
    return problem('duplicate-of-itself', sentence, place);
  }
  if (target === undefined) return undefined;
  if (target.kind !== 'topic') {
    const sentence = `${duplicateOf} is no topic; write the path of a document in topics/.`;
    return problem('duplicate-of-no-topic', sentence, place);
  }
  if (target.duplicateOf === undefined) return undefined;
  const sentence = `${duplicateOf} is a duplicate itself; write “duplicate-of: ${target.duplicateOf}”.`;
  return problem('duplicate-of-duplicate', sentence, place);
}

/** Two documents of a kind with one title are told apart by nobody; the second and later ones are told. */
function sameTitles(facts: readonly DocumentFacts[]): Problem[] {
  const first = new Map<string, string>();
  return inPathOrder(facts).flatMap(({ path, kind, title, titleLine, duplicateOf }) => {
    if (kind === 'page' || kind === 'rules' || duplicateOf !== undefined) return [];
    const key = `${kind} ${title.toLowerCase().replace(/\s+/g, ' ').trim()}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, path);
      return [];
    }
    const sentence = `${other} has the title “${title}” too; write one that tells them apart.`;
    return [problem('title-used-twice', sentence, { file: path, line: titleLine, column: 1 })];
  });
}

function sameNumbers(facts: readonly DocumentFacts[]): Problem[] {
  const first = new Map<number, string>();
  return inPathOrder(facts).flatMap(({ path, number }) => {
    if (number === undefined) return [];
    const other = first.get(number);
    if (other === undefined) {
      first.set(number, path);
      return [];
    }
    const sentence = `${other} has the number ${number} too; give each standard a number of its own.`;
    return [problem('number-used-twice', sentence, { file: path, line: 1, column: 1 })];
  });
}

/** A label is found wherever it is referred to, so it stands once in the whole plan. */
function sameLabels(facts: readonly DocumentFacts[]): Problem[] {
  const first = new Map<string, string>();
  return inPathOrder(facts).flatMap(({ path, labels }) =>
    labels.flatMap(({ name, line }) => {
      const other = first.get(name);
      if (other === undefined) {
        first.set(name, path);
        return [];
      }
      const sentence = `The label “${name}” stands in ${other} too; give this one another name.`;
      return [problem('label-used-twice', sentence, { file: path, line, column: 1 })];
    }),
  );
}

/** Two files whose names differ in capitals alone are one file on many machines. */
function samePaths(files: ReadonlySet<string>): Problem[] {
  const first = new Map<string, string>();
  return [...files].sort().flatMap((path) => {
    const key = path.normalize('NFC').toLowerCase();
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, path);
      return [];
    }
    const sentence = `Its name differs from ${other} in capitals or accents alone, and on many machines the two are one file; rename it.`;
    return [problem('name-used-twice', sentence, { file: path })];
  });
}

const inPathOrder = (facts: readonly DocumentFacts[]): DocumentFacts[] =>
  [...facts].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
