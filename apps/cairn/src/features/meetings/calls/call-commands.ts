import { randomUUID } from 'node:crypto';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { entryUid } from '../../publishing/calendar-rules.ts';
import { lockSummit } from '../../summits/queries.ts';
import { keptCalls, lockCalendar } from './call-queries.ts';
import { type CallChange, callChanges, endOf, NOT_IN_FILE, type WarnWhen } from './call-rules.ts';
import { linksOf } from './link-rules.ts';
import { type CallSource, readCallSource } from './source-rules.ts';

/** A summit's calls are of a few communities; more would be a program gone wrong. */
const MOST_CALENDARS = 100;

/** What a change did to the calls of a calendar. */
export interface CalendarChange {
  readonly key: string;
  readonly revision: number;
  readonly added: number;
  readonly changed: number;
  readonly cancelled: number;
}

export interface NewCalendar {
  /** In addresses, for ever: lower-case letters, digits, `-` and `_`. */
  readonly key: string;
  readonly source: string;
  readonly importedFrom?: string | undefined;
}

/**
 * Adds a calendar from its file. What of the file is not understood stays in it. `url` is the
 * installation's public address, which names its host in new UIDs. Event `calls.calendar_added`.
 */
export async function addCalendar(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { key, source, importedFrom }: NewCalendar,
  url: string,
): Promise<Result<CalendarChange, Problem>> {
  const { slug } = await lockSummit(tx, summitId);
  const read = readCallSource(source, fileOf(key));
  if (!read.ok) return fail(firstOf(read.error));
  const known = await tx
    .selectFrom('callCalendar')
    .select(['key', 'retiredAt'])
    .where('summitId', '=', summitId)
    .execute();
  if (known.some((calendar) => calendar.key === key)) {
    const sentence = `There is a calendar “${key}” already, or there was one; give this one another short name.`;
    return fail(problem('key-taken', sentence, { path: 'key' }));
  }
  if (known.length >= MOST_CALENDARS) {
    const sentence = `This summit has ${MOST_CALENDARS} calendars already; put new calls into one of them.`;
    return fail(problem('too-many-calendars', sentence));
  }
  const { id } = await tx
    .insertInto('callCalendar')
    .values({
      summitId,
      key,
      name: read.value.name,
      source,
      revision: 1,
      importedFrom: importedFrom ?? null,
      createdAt: actor.now,
      changedAt: actor.now,
      retiredAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const counts = await storeCalls(tx, actor, { id, key, slug, url }, read.value);
  await recordEvent(tx, actor, {
    kind: 'calls.calendar_added',
    summitId,
    data: { calendar: id, ...counts },
  });
  return ok({ key, revision: 1, ...counts });
}

/**
 * Puts a new file in place of a calendar's. Refuses with `stale-revision` when somebody saved after
 * `baseRevision`. Calls that are in it under the same name stay the same for calendar programs; those
 * that are gone are cancelled, but for events that are there and cannot be read: what was told of
 * them stays. The same file again changes nothing. Event `calls.calendar_changed`.
 */
export async function saveCalendar(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  wanted: NewCalendar & {
    readonly baseRevision: number;
    /** The place of the one call that was edited: it stays the same, also under another name. */
    readonly edited?: number | undefined;
  },
  url: string,
): Promise<Result<CalendarChange, Problem>> {
  const { summitId } = organiser;
  const { slug } = await lockSummit(tx, summitId);
  const calendar = await lockCalendar(tx, organiser, wanted.key);
  if (calendar === undefined) return fail(noSuchCalendar());
  const { id, key, revision } = calendar;
  if (revision !== wanted.baseRevision) {
    const sentence =
      'Somebody saved this calendar meanwhile; look at what is there now, and do it again.';
    return fail(problem('stale-revision', sentence));
  }
  const read = readCallSource(wanted.source, fileOf(key));
  if (!read.ok) return fail(firstOf(read.error));
  const importedFrom = wanted.importedFrom ?? calendar.importedFrom ?? null;
  if (calendar.source === wanted.source) {
    return ok({ key, revision, added: 0, changed: 0, cancelled: 0 });
  }
  await tx
    .updateTable('callCalendar')
    .set({
      source: wanted.source,
      name: read.value.name,
      importedFrom,
      revision: revision + 1,
      changedAt: actor.now,
    })
    .where('id', '=', id)
    .execute();
  const at = { id, key, slug, url };
  const counts = await storeCalls(tx, actor, at, read.value, wanted.edited);
  await recordEvent(tx, actor, {
    kind: 'calls.calendar_changed',
    summitId,
    data: { calendar: id, revision: revision + 1, ...counts },
  });
  return ok({ key, revision: revision + 1, ...counts });
}

/** How long before a call of this calendar runs out its organisers are told. Event `calls.warning_set`. */
export async function setWarning(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { key, days, times }: WarnWhen & { readonly key: string },
): Promise<Result<void, Problem>> {
  const calendar = await lockCalendar(tx, organiser, key);
  if (calendar === undefined) return fail(noSuchCalendar());
  if (calendar.warn.days === days && calendar.warn.times === times) return ok(undefined);
  await tx
    .updateTable('callCalendar')
    .set({ warnDays: days, warnTimes: times })
    .where('id', '=', calendar.id)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'calls.warning_set',
    summitId: organiser.summitId,
    data: { calendar: calendar.id, days, times },
  });
  return ok(undefined);
}

/**
 * Ends a calendar: its calls are cancelled for everybody who reads them, and its file stays in the
 * database. Event `calls.calendar_retired`.
 */
export async function retireCalendar(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  key: string,
): Promise<Result<void, Problem>> {
  const { slug } = await lockSummit(tx, organiser.summitId);
  const calendar = await lockCalendar(tx, organiser, key);
  if (calendar === undefined) return fail(noSuchCalendar());
  const { id } = calendar;
  const kept = (await keptCalls(tx, [id])).get(id) ?? [];
  await applyChanges(tx, callChanges(kept, [], actor.now), { id, key, slug, url: '' }, actor);
  await tx.updateTable('callCalendar').set({ retiredAt: actor.now }).where('id', '=', id).execute();
  await recordEvent(tx, actor, {
    kind: 'calls.calendar_retired',
    summitId: organiser.summitId,
    data: { calendar: id },
  });
  return ok(undefined);
}

const noSuchCalendar = (): Problem =>
  problem('no-such-calendar', 'There is no such calendar any more; nothing was changed.');

/** What a calendar's file is called where something is told of it. */
export const fileOf = (key: string): string => `${key}.yaml`;

/** A command tells one thing; forms that show all read the file before they call it. */
const firstOf = (problems: readonly Problem[]): Problem =>
  problems[0] ?? problem('not-a-calendar', 'This is not a calendar of calls.');

interface CalendarAt {
  readonly id: string;
  readonly key: string;
  readonly slug: string;
  readonly url: string;
}

type Counts = Pick<CalendarChange, 'added' | 'changed' | 'cancelled'>;

async function storeCalls(
  tx: Tx,
  actor: Actor,
  calendar: CalendarAt,
  { calls, unread }: CallSource,
  edited?: number,
): Promise<Counts> {
  const kept = (await keptCalls(tx, [calendar.id])).get(calendar.id) ?? [];
  const changes = callChanges(kept, calls, actor.now, edited).map((change): CallChange => {
    const stays = change.kind === 'cancelled' && unread.has(change.content.summary);
    // Still in the file, at a place that cannot be read: told as it was.
    return stays ? { kind: 'place', id: change.id, position: NOT_IN_FILE } : change;
  });
  return applyChanges(tx, changes, calendar, actor);
}

async function applyChanges(
  tx: Tx,
  changes: readonly CallChange[],
  { id: calendarId, slug, url }: CalendarAt,
  actor: Actor,
): Promise<Counts> {
  for (const change of changes) {
    if (change.kind === 'place') {
      await tx
        .updateTable('recurringCall')
        .set({ position: change.position })
        .where('id', '=', change.id)
        .execute();
      continue;
    }
    const { position, content } = change;
    const row = { position, content: JSON.stringify(content), runsOut: endOf(content) ?? null };
    if (change.kind === 'new') {
      const id = randomUUID();
      await tx
        .insertInto('recurringCall')
        .values({
          ...row,
          id,
          calendarId,
          uid: entryUid(`call.${id}`, slug, new URL(url).hostname),
          sequence: 0,
          lastModified: actor.now,
          cancelledAt: null,
          warnedFor: null,
        })
        .execute();
      await storeLinks(tx, id, linksOf(content));
      continue;
    }
    const { id, sequence, lastModified, cancelledAt } = change;
    await tx
      .updateTable('recurringCall')
      .set({ ...row, sequence, lastModified, cancelledAt: cancelledAt ?? null })
      .where('id', '=', id)
      .execute();
    await storeLinks(tx, id, cancelledAt === undefined ? linksOf(content) : []);
  }
  const count = (...kinds: readonly CallChange['kind'][]): number =>
    changes.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    added: count('new', 'back'),
    changed: count('changed', 'moved'),
    cancelled: count('cancelled'),
  };
}

/** A link that stays keeps what was found at it. */
async function storeLinks(tx: Tx, callId: string, urls: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('callLink')
    .where('callId', '=', callId)
    .$if(urls.length > 0, (query) => query.where('url', 'not in', urls))
    .execute();
  if (urls.length === 0) return;
  await tx
    .insertInto('callLink')
    .values(urls.map((url) => ({ callId, url, since: null, checkedAt: null, detail: null })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
