import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { SavedDays } from './frame-commands.ts';
import type { FrameDay } from './frame-rules.ts';
import { hours, lengthsForm } from './frame-schema.ts';

type Typed = Readonly<Record<string, string | readonly string[]>>;

/** Reads lengths and the hours of each day; a day that the form does not name stays as it is. */
export function readDays(typed: Typed, days: readonly FrameDay[]): Result<SavedDays, Problem[]> {
  const problems: Problem[] = [];
  const refuse = (
    issues: readonly { readonly message: string; readonly path: readonly PropertyKey[] }[],
    suffix: string,
  ): void => {
    for (const { message, path } of issues) {
      const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
      const name = `${String(path[0] ?? '')}${suffix}`;
      problems.push(problem('bad-field', sentence, { path: name }));
    }
  };
  const lengths = lengthsForm.safeParse(typed);
  if (!lengths.success) refuse(lengths.error.issues, '');
  const read = days.flatMap(({ date }): FrameDay[] => {
    const [starts, ends] = [typed[`starts_${date}`], typed[`ends_${date}`]];
    if (starts === undefined && ends === undefined) return [];
    const own = hours.safeParse({ starts, ends });
    if (own.success) return [{ date, ...own.data }];
    refuse(own.error.issues, `_${date}`);
    return [];
  });
  if (!lengths.success || problems.length > 0) return fail(problems);
  const { slot_minutes: slotMinutes, session_minutes: sessionMinutes } = lengths.data;
  return ok({ slotMinutes, sessionMinutes, days: read });
}
