import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@cairn/kernel/problem';
import { formatProblem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { ROOT } from './root.ts';

/** Where published instances stand: beside the checkout, never in it. */
const BENCHMARKS = join(ROOT, '..', 'shared', 'data', 'benchmarks');

/** What is said of a row whose instances are not there. */
export const missingNote = (folder: string): string =>
  `Not measured: the published instances are not beside this checkout (../shared/data/benchmarks/${folder}).`;

/** The files of a folder of published instances with this ending, in the order of their numbers; none where it is missing. */
export function publishedFiles(folder: string, ending: string): string[] {
  const place = join(BENCHMARKS, folder);
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => name.endsWith(ending))
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}

/** A published instance, read; a file that cannot be read ends the bench with what is wrong in it. */
export function readPublished<T>(
  folder: string,
  file: string,
  read: (text: string, file: string) => Result<T, readonly Problem[]>,
): T {
  const found = read(readFileSync(join(BENCHMARKS, folder, file), 'utf8'), file);
  if (found.ok) return found.value;
  throw new Error(found.error.map(formatProblem).join('\n'));
}
