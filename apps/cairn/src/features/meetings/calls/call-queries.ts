import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import type { CallContent, KeptCall, WarnWhen } from './call-rules.ts';
import type { LinkState } from './link-rules.ts';

/** A calendar of calls, without its file. */
export interface CallCalendarRow {
  readonly id: string;
  readonly summitId: string;
  readonly key: string;
  readonly name: string;
  readonly revision: number;
  readonly warn: WarnWhen;
  readonly importedFrom: string | undefined;
  readonly changedAt: Instant;
  readonly retiredAt: Instant | undefined;
}

const COLUMNS = [
  'id',
  'summitId',
  'key',
  'name',
  'revision',
  'warnDays',
  'warnTimes',
  'importedFrom',
  'changedAt',
  'retiredAt',
] as const;

interface CalendarColumns {
  readonly id: string;
  readonly summitId: string;
  readonly key: string;
  readonly name: string;
  readonly revision: number;
  readonly warnDays: number;
  readonly warnTimes: number;
  readonly importedFrom: string | null;
  readonly changedAt: Instant;
  readonly retiredAt: Instant | null;
}

const asCalendar = ({ warnDays, warnTimes, ...row }: CalendarColumns): CallCalendarRow => ({
  ...row,
  warn: { days: warnDays, times: warnTimes },
  importedFrom: row.importedFrom ?? undefined,
  retiredAt: row.retiredAt ?? undefined,
});

/** The calendars of a summit that are in use, in order of name. */
export async function callCalendars(db: Reader, summitId: string): Promise<CallCalendarRow[]> {
  const rows = await db
    .selectFrom('callCalendar')
    .select(COLUMNS)
    .where('summitId', '=', summitId)
    .where('retiredAt', 'is', null)
    .orderBy(sql`lower(name)`)
    .orderBy('key')
    .execute();
  return rows.map(asCalendar);
}

/** Whether a summit has any calendar in use: whether its navigation leads there. */
export async function hasCallCalendars(db: Reader, summitId: string): Promise<boolean> {
  const row = await db
    .selectFrom('callCalendar')
    .select('id')
    .where('summitId', '=', summitId)
    .where('retiredAt', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** A calendar by its key, also a retired one. */
export async function callCalendar(
  db: Reader,
  summitId: string,
  key: string,
): Promise<CallCalendarRow | undefined> {
  const row = await db
    .selectFrom('callCalendar')
    .select(COLUMNS)
    .where('summitId', '=', summitId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row && asCalendar(row);
}

/** The file of a calendar, byte for byte. */
export async function callSourceOf(db: Reader, calendarId: string): Promise<string> {
  const { source } = await db
    .selectFrom('callCalendar')
    .select('source')
    .where('id', '=', calendarId)
    .executeTakeFirstOrThrow();
  return source;
}

/** A calendar for the length of a transaction: nobody else changes it meanwhile. */
export async function lockCalendar(
  tx: Tx,
  { summitId }: Organiser,
  key: string,
): Promise<(CallCalendarRow & { readonly source: string }) | undefined> {
  const row = await tx
    .selectFrom('callCalendar')
    .select([...COLUMNS, 'source'])
    .where('summitId', '=', summitId)
    .where('key', '=', key)
    .where('retiredAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row && { ...asCalendar(row), source: row.source };
}

/** What feeds have told of these calendars' calls, the cancelled ones among them, in order of file. */
export async function keptCalls(
  db: Reader,
  calendarIds: readonly string[],
): Promise<ReadonlyMap<string, KeptCall[]>> {
  const found = new Map<string, KeptCall[]>(calendarIds.map((id) => [id, []]));
  if (calendarIds.length === 0) return found;
  const rows = await db
    .selectFrom('recurringCall')
    .selectAll()
    .where('calendarId', 'in', calendarIds)
    .orderBy('position')
    .orderBy('id')
    .execute();
  for (const { calendarId, content, runsOut, cancelledAt, warnedFor, ...row } of rows) {
    found.get(calendarId)?.push({
      ...row,
      // Written by this room alone, from the same type.
      content: content as CallContent,
      runsOut: runsOut ?? undefined,
      cancelledAt: cancelledAt ?? undefined,
      warnedFor: warnedFor ?? undefined,
    });
  }
  return found;
}

/** A calendar with its calls. */
export interface CalendarWithCalls extends CallCalendarRow {
  readonly calls: readonly KeptCall[];
}

/** The calendars in use of a summit, each with its calls. */
export async function calendarsWithCalls(
  db: Reader,
  summitId: string,
): Promise<CalendarWithCalls[]> {
  const calendars = await callCalendars(db, summitId);
  const calls = await keptCalls(
    db,
    calendars.map(({ id }) => id),
  );
  return calendars.map((calendar) => ({ ...calendar, calls: calls.get(calendar.id) ?? [] }));
}

/**
 * All that feeds of a summit must tell, retired calendars among it: whoever was told of their calls
 * is to learn that they are cancelled.
 */
export async function toldCalendars(db: Reader, summitId: string): Promise<CalendarWithCalls[]> {
  const rows = await db
    .selectFrom('callCalendar')
    .select(COLUMNS)
    .where('summitId', '=', summitId)
    .orderBy('key')
    .execute();
  const calls = await keptCalls(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...asCalendar(row), calls: calls.get(row.id) ?? [] }));
}

/** The ids of the calendars that somebody follows. */
export async function subscribedCalendars(
  db: Reader,
  { summitId, personId }: Self,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('callSubscription')
    .innerJoin('callCalendar', 'callCalendar.id', 'callSubscription.calendarId')
    .select('callSubscription.calendarId')
    .where('callCalendar.summitId', '=', summitId)
    .where('callSubscription.personId', '=', personId)
    .execute();
  return new Set(rows.map(({ calendarId }) => calendarId));
}

/** How many people follow each calendar. */
export async function followerCounts(
  db: Reader,
  { summitId }: Organiser,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('callSubscription')
    .innerJoin('callCalendar', 'callCalendar.id', 'callSubscription.calendarId')
    .select(['callSubscription.calendarId', (row) => row.fn.countAll<string>().as('count')])
    .where('callCalendar.summitId', '=', summitId)
    .groupBy('callSubscription.calendarId')
    .execute();
  return new Map(rows.map(({ calendarId, count }) => [calendarId, Number(count)]));
}

/** A link of a call, as it was last seen. */
export interface CallLinkRow {
  readonly callId: string;
  readonly url: string;
  readonly state: LinkState;
  /** Since when it is in this state. */
  readonly since: Instant | undefined;
  readonly checkedAt: Instant | undefined;
  readonly detail: string | undefined;
}

/** The links of a summit's calls that are on, in order of address. */
export async function callLinks(db: Reader, { summitId }: Organiser): Promise<CallLinkRow[]> {
  const rows = await db
    .selectFrom('callLink')
    .innerJoin('recurringCall', 'recurringCall.id', 'callLink.callId')
    .innerJoin('callCalendar', 'callCalendar.id', 'recurringCall.calendarId')
    .select(['callLink.callId', 'callLink.url', 'callLink.state'])
    .select(['callLink.since', 'callLink.checkedAt', 'callLink.detail'])
    .where('callCalendar.summitId', '=', summitId)
    .where('callCalendar.retiredAt', 'is', null)
    .where('recurringCall.cancelledAt', 'is', null)
    .orderBy('callLink.url')
    .execute();
  return rows.map((row) => ({
    ...row,
    since: row.since ?? undefined,
    checkedAt: row.checkedAt ?? undefined,
    detail: row.detail ?? undefined,
  }));
}
