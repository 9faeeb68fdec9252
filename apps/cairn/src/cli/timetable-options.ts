import { statSync } from 'node:fs';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';

/** The one file that a command works on. */
export function oneFile(
  positionals: readonly string[],
  usage: string,
): Result<string, readonly Problem[]> {
  const [file, ...more] = positionals;
  return file === undefined || more.length > 0
    ? fail([problem('usage', `Name one file: ${usage}`)])
    : ok(file);
}

/** A whole number that was given as an option; undefined if it was not given. */
export function wholeOption(
  name: string,
  text: string | undefined,
  least: number,
  most: number,
): Result<number | undefined, readonly Problem[]> {
  if (text === undefined) return ok(undefined);
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return ok(value);
  const sentence = `--${name} takes a whole number from ${least} to ${most}, not “${text}”.`;
  return fail([problem('usage', sentence)]);
}

/** Refuses to write, by these options, over a file that is read and that nothing would bring back. */
export function notOver(
  read: readonly (string | undefined)[],
  written: Readonly<Record<string, string | undefined>>,
): Result<undefined, readonly Problem[]> {
  const kept = new Set(read.map(identityOf).filter((identity) => identity !== undefined));
  const problems = Object.entries(written).flatMap(([option, file]) =>
    file !== undefined && kept.has(identityOf(file) ?? '')
      ? [problem('usage', `--${option} would overwrite what is read; name another file.`, { file })]
      : [],
  );
  return problems.length > 0 ? fail(problems) : ok(undefined);
}

/** The same for two names of one file. */
function identityOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    const { dev, ino } = statSync(file);
    return `${dev} ${ino}`;
  } catch {
    return undefined; // not there: nothing to lose, and reading it tells so
  }
}

/** All values of some results, or all that is wrong with them. */
export function allOf<T extends Readonly<Record<string, unknown>>>(
  results: {
    readonly [K in keyof T]: Result<T[K], readonly Problem[]>;
  },
): Result<T, Problem[]> {
  const problems = Object.values<Result<unknown, readonly Problem[]>>(results).flatMap((result) =>
    result.ok ? [] : result.error,
  );
  if (problems.length > 0) return fail(problems);
  const values = Object.entries<Result<unknown, readonly Problem[]>>(results).map(
    ([key, result]) => [key, result.ok ? result.value : undefined],
  );
  return ok(Object.fromEntries(values) as T); // each key with the value of its own result
}
