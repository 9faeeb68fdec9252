import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { fewOf } from '@cairn/timetable/explain/words';

/** The number of a thing that was named on the command line by its key. */
export function numberOfKey(
  what: string,
  key: string,
  things: readonly { readonly key: string }[],
): Result<number, Problem[]> {
  const number = things.findIndex((thing) => thing.key === key);
  if (number >= 0) return ok(number);
  const known = things.length === 0 ? 'there is none' : fewOf(things.map((thing) => thing.key));
  const sentence = `There is no ${what} “${key}”; write the key of one: ${known}.`;
  return fail([problem('unknown-key', sentence)]);
}
