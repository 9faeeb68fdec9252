import { formatProblem, type Problem } from '@cairn/kernel/problem';
import { crossProblems, type Known } from './cross-rules.ts';
import { factsOf } from './facts-rules.ts';

/** A file of a plan, as text. */
export interface PlanFile {
  readonly path: string;
  readonly source: string;
}

/**
 * Everything that is wrong in a plan, by file and line: in each document, and between them (links that
 * lead nowhere, references to documents and people that are not there, titles used twice).
 *
 *     checkPlan([{ path: 'topics/sparse.md', source }], { people: new Set(['mira']) })
 */
export function checkPlan(files: readonly PlanFile[], known: Known = {}): Problem[] {
  const facts = files.flatMap(({ path, source }) => factsOf(path, source) ?? []);
  const paths = new Set([...files.map(({ path }) => path), ...(known.paths ?? [])]);
  const own = facts.flatMap(({ problems }) => problems);
  return inOrder([...own, ...crossProblems(facts, { ...known, paths })]);
}

/** Problems by file, line and column, each once. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const sorted = [...problems].sort(
    (a, b) =>
      compare(a.place.file ?? '', b.place.file ?? '') ||
      (a.place.line ?? 0) - (b.place.line ?? 0) ||
      (a.place.column ?? 0) - (b.place.column ?? 0),
  );
  const told = new Set<string>();
  return sorted.filter((each) => {
    const words = formatProblem(each);
    return !told.has(words) && told.add(words);
  });
}

/** By code unit, so that the order is the same on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
