import { readFile } from 'node:fs/promises';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { errorCode } from '../platform/db/error-code.ts';

/** The text of a file that was named on the command line; fails with a sentence at the file. */
export async function readText(file: string): Promise<Result<string, Problem>> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)));
  } catch (error) {
    if (error instanceof TypeError) {
      const sentence = 'This file is not text in UTF-8; save it as UTF-8.';
      return fail(problem('not-utf8', sentence, { file }));
    }
    const sentence =
      errorCode(error) === 'ENOENT'
        ? 'There is no such file.'
        : `This file cannot be read (${messageOf(error)}).`;
    return fail(problem('unreadable', sentence, { file }));
  }
}

/** What an error says of itself. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
