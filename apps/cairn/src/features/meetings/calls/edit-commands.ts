import type { CallEvent } from '@cairn/formats/yaml2ics';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { type CalendarChange, fileOf, saveCalendar } from './call-commands.ts';
import { lockCalendar } from './call-queries.ts';
import { readCallSource, withEvent, withoutEvent } from './source-rules.ts';

/** Which call of which state of a calendar. */
interface CallAt {
  readonly key: string;
  readonly baseRevision: number;
}

/**
 * Writes one call into its calendar's file: in place of the one at `position` (among those that could
 * be read, from 0), or as a new one at its end. Everything else of the file stays as it is.
 */
export const writeCall = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  at: CallAt & { readonly position: number | undefined; readonly event: CallEvent },
  url: string,
): Promise<Result<CalendarChange, Problem>> =>
  changeFile(tx, actor, organiser, { ...at, edited: at.position }, url, (source) =>
    withEvent(source, at.position, at.event),
  );

/** Takes one call out of its calendar's file; calendar programs are told that it is cancelled. */
export const removeCall = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  at: CallAt & { readonly position: number },
  url: string,
): Promise<Result<CalendarChange, Problem>> =>
  changeFile(tx, actor, organiser, at, url, (source) => withoutEvent(source, at.position));

async function changeFile(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { key, baseRevision, edited }: CallAt & { readonly edited?: number | undefined },
  url: string,
  change: (source: Parameters<typeof withEvent>[0]) => string,
): Promise<Result<CalendarChange, Problem>> {
  const calendar = await lockCalendar(tx, organiser, key);
  const read = calendar && readCallSource(calendar.source, fileOf(key));
  if (read?.ok !== true) {
    const sentence = 'There is no such calendar any more; nothing was changed.';
    return fail(problem('no-such-calendar', sentence));
  }
  const source = change(read.value);
  return saveCalendar(tx, actor, organiser, { key, baseRevision, source, edited }, url);
}
