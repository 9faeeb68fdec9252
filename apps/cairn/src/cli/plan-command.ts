import { parseArgs } from 'node:util';
import { formatProblem, type Problem, problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { inOrder } from '../features/planning/documents/check-rules.ts';
import { crossProblems } from '../features/planning/documents/cross-rules.ts';
import { type DocumentFacts, factsOf } from '../features/planning/documents/facts-rules.ts';
import { type Command, EXIT, say } from './command.ts';
import { couldNot, printJson } from './output.ts';
import { openPlanCache, type PlanCache } from './plan-cache.ts';
import { type FoundFile, findPlanFiles, readPlanFile } from './plan-files.ts';
import { readText } from './text-file.ts';

/** `cairn plan check`: a plan in a directory, without a server. */
export const planCommand: Command = async ([what, ...args]) => {
  if (what === 'check') return check(args);
  const named = what === undefined ? 'Say so' : `“${what}” is none of it`;
  say(`cairn plan does check. ${named}; see “cairn help plan”.`);
  return EXIT.couldNot;
};

const usage = (sentence: string): Problem[] => [problem('usage', sentence)];

/** `cairn plan check DIR`: everything that is wrong in the documents below a directory. */
async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      'no-cache': { type: 'boolean', default: false },
      people: { type: 'string' },
    },
    allowPositionals: true,
  });
  const { json, people } = values;
  const [directory, ...more] = positionals;
  if (directory === undefined || more.length > 0) {
    return couldNot(usage('Name one directory: cairn plan check .'), json);
  }
  const known = people === undefined ? undefined : await readText(people);
  if (known?.ok === false) return couldNot([known.error], json);
  const found = await findPlanFiles(directory);
  if (!found.ok) return couldNot([found.error], json);
  const { root, files, unreadable } = found.value;
  if (unreadable.length > 0) return couldNot(unreadable, json);

  const cache = values['no-cache'] ? undefined : await openPlanCache(root);
  const looked = await lookAt(root, files, cache);
  await cache?.keep();
  if (looked.unreadable.length > 0) return couldNot(looked.unreadable, json);
  const handles = known === undefined ? {} : { people: handlesIn(known.value) };
  const paths = new Set(files.map(({ path }) => path));
  const problems = inOrder([
    ...looked.problems,
    ...looked.facts.flatMap((each) => each.problems),
    ...crossProblems(looked.facts, { paths, ...handles }),
  ]);
  const documents = looked.facts.length;
  if (json) {
    printJson({ ok: problems.length === 0, directory, documents, problems });
  } else if (problems.length === 0) {
    process.stdout.write(`${counted(documents, 'document')}, nothing to mend.\n`);
  } else {
    process.stdout.write(problems.map((each) => `${formatProblem(each)}\n`).join(''));
    say(`${counted(problems.length, 'problem')} in ${counted(documents, 'document')}.`);
  }
  return problems.length === 0 ? EXIT.done : EXIT.badNews;
}

/** Handles of a list: one on each line, with or without an at sign; `#` begins a remark. */
const handlesIn = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim().replace(/^@/, '').toLowerCase())
      .filter((handle) => handle !== ''),
  );

interface Looked {
  readonly facts: readonly DocumentFacts[];
  /** Of files that could be read, and are no text. */
  readonly problems: readonly Problem[];
  readonly unreadable: readonly Problem[];
}

/** Reads each document, and takes over what the cache knows of those that say the same as before. */
async function lookAt(
  root: string,
  files: readonly FoundFile[],
  cache: PlanCache | undefined,
): Promise<Looked> {
  const facts: DocumentFacts[] = [];
  const problems: Problem[] = [];
  const unreadable: Problem[] = [];
  for (const file of files) {
    if (!file.isText) continue;
    const read = await readPlanFile(root, file.path);
    if (read.kind === 'unreadable') unreadable.push(read.problem);
    else if (read.kind === 'refused') problems.push(read.problem);
    else {
      const { blob, text } = read;
      const own = cache?.get(file.path, blob) ?? factsOf(file.path, text);
      if (own === undefined) continue;
      cache?.set(file.path, blob, own);
      facts.push(own);
    }
  }
  return { facts, problems, unreadable };
}
