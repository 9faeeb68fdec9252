import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Instant, instantOf, Temporal, type ZoneName } from '@cairn/kernel/time';

/** The moment that somebody asks about by `?at=`: a local time at the place, as `2023-05-23T10:00`. */
export function askedMoment(text: string, zone: ZoneName): Result<Instant, Problem> {
  try {
    if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) {
      const local = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
      return ok(instantOf({ local, zone }));
    }
  } catch {
    // Falls through: a day or time that no calendar or clock has.
  }
  const sentence = `“${text}” is no day and time; write them such as 2023-05-23T10:00.`;
  return fail(problem('not-a-moment', sentence, { path: 'at' }));
}
