import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Typed } from '../../../platform/http/form.ts';
import type { CalendarPlace } from './busy-reading.ts';

const LONGEST_NAME = 60;

/** The name that a person gives a calendar. */
export function readSourceName(typed: Typed): Result<string, Problem> {
  const name = typeof typed['name'] === 'string' ? typed['name'].trim().replace(/\s+/g, ' ') : '';
  if (name === '') {
    return fail(problem('no-name', 'Write a name, so that you find it again.', { path: 'name' }));
  }
  return name.length > LONGEST_NAME
    ? fail(
        problem('long-name', `Shorten the name to ${LONGEST_NAME} characters.`, { path: 'name' }),
      )
    : ok(name);
}

/** The address or the file of a calendar; one of both. */
export function readPlace(
  typed: Typed,
  files: ReadonlyMap<string, File>,
): Result<CalendarPlace, Problem> {
  const url = typeof typed['url'] === 'string' ? typed['url'].trim() : '';
  const file = files.get('file');
  if (file !== undefined && url !== '') {
    return fail(problem('two-places', 'Give an address or a file, not both.', { path: 'url' }));
  }
  if (file !== undefined) return ok({ file });
  if (url !== '') return ok({ url });
  return fail(problem('no-place', 'Give the calendar’s address, or a file.', { path: 'url' }));
}
