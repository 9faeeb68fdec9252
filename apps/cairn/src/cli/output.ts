import { formatProblem, type Problem } from '@cairn/kernel/problem';
import { EXIT, say } from './command.ts';

/** Prints the one JSON document of a command that was asked for `--json`. */
export const printJson = (document: unknown): void => {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
};

/** Tells why something could not be done; with `--json` as the document, too. */
export function couldNot(problems: readonly Problem[], json: boolean): number {
  for (const each of problems) say(formatProblem(each));
  if (json) printJson({ ok: false, problems });
  return EXIT.couldNot;
}
