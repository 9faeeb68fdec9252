import { createHash } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { SearchState } from '@cairn/timetable/search/search';
import { z } from 'zod';
import { messageOf, readText } from './text-file.ts';

/** The state of a search as text, the instance that it is of, and a sum over both. */
const checkpointSchema = z.strictObject({
  instance: z.string(),
  state: z.string(),
  sum: z.string(),
});

const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Keeps how far a search is, whole or not at all; answers with what is wrong if that cannot be. */
export async function writeCheckpoint(
  file: string,
  state: SearchState,
  instance: string,
): Promise<Problem | undefined> {
  const text = JSON.stringify(state);
  const kept = { instance: sumOf(instance), state: text };
  const document = { ...kept, sum: sumOf(kept.instance + text) };
  try {
    await writeFile(`${file}.new`, `${JSON.stringify(document)}\n`);
    await rename(`${file}.new`, file);
    return undefined;
  } catch (error) {
    const sentence = `The checkpoint cannot be written (${messageOf(error)}).`;
    return problem('unwritable', sentence, { file });
  }
}

/** Reads a checkpoint of an instance. */
export async function readCheckpoint(
  file: string,
  instance: string,
): Promise<Result<SearchState, Problem>> {
  const text = await readText(file);
  if (!text.ok) return text;
  const read = parsed(text.value);
  if (read === undefined || read.sum !== sumOf(read.instance + read.state)) {
    const sentence = 'This is no checkpoint of a search, or not as it was written.';
    return fail(problem('no-checkpoint', sentence, { file }));
  }
  if (read.instance !== sumOf(instance)) {
    const sentence = 'This checkpoint is of another instance, or the instance was changed since.';
    return fail(problem('other-instance', sentence, { file }));
  }
  return ok(JSON.parse(read.state) as SearchState); // the sum says that it is what was written
}

function parsed(text: string): z.output<typeof checkpointSchema> | undefined {
  try {
    return checkpointSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
