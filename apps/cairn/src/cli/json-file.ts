import { checkSchema, formatPath } from '@cairn/formats/schema-fault';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { z } from 'zod';

/** Reads JSON by a schema; tells everything that is wrong with it, each by its path. */
export function readJson<S extends z.ZodType>(
  schema: S,
  text: string,
  file: string,
): Result<z.output<S>, Problem[]> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'no JSON';
    return fail([problem('not-json', `This is not JSON (${why}).`, { file })]);
  }
  const read = checkSchema(schema, data);
  if (read.ok) return ok(read.value);
  return fail(
    read.faults.map(({ code, sentence, path }) => {
      const where = formatPath(path);
      return problem(code, where === '' ? sentence : `${where}: ${sentence}`, {
        file,
        path: where,
      });
    }),
  );
}
