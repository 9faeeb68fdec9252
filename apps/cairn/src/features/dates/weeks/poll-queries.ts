import type { PlainDate } from '@cairn/kernel/time';
import type { Selectable } from 'kysely';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import type { WeekTables } from '../../../platform/db/schema-weeks.ts';
import { withCountriesNamed } from './holiday-rules.ts';
import { expectDay, type Poll } from './poll-rules.ts';
import { type StoredBlackout, type Week, type WeekWord, weeksOf } from './week-rules.ts';

const dayOrNone = (text: string | null): PlainDate | undefined =>
  text === null ? undefined : expectDay(text);

const asPoll = (row: Selectable<WeekTables['weekPoll']>): Poll => ({
  summitId: row.summitId,
  state: row.state,
  from: expectDay(row.rangeFrom),
  until: expectDay(row.rangeUntil),
  days: row.days,
  weekday: row.weekday,
  arrivalDays: row.arrivalDays,
  departureDays: row.departureDays,
  leadMonths: row.leadMonths,
  intro: row.intro,
  closesOn: dayOrNone(row.closesOn),
  remindDays: row.remindDays,
  hideUntilClosed: row.hideUntilClosed,
  currency: row.currency ?? undefined,
  chosenStart: dayOrNone(row.chosenStart),
  openedAt: row.openedAt ?? undefined,
  closedAt: row.closedAt ?? undefined,
  chosenAt: row.chosenAt ?? undefined,
});

/** The week poll of a summit, if one was made. Nobody's answer is in it. */
export async function pollOf(db: Reader, summitId: string): Promise<Poll | undefined> {
  const row = await db
    .selectFrom('weekPoll')
    .selectAll()
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  return row && asPoll(row);
}

/** The week poll for the length of a transaction: its state does not change meanwhile. */
export async function lockPoll(
  tx: Tx,
  summitId: string,
  strength: 'update' | 'share' = 'update',
): Promise<Poll | undefined> {
  const query = tx.selectFrom('weekPoll').selectAll().where('summitId', '=', summitId);
  const row = await (strength === 'update'
    ? query.forUpdate()
    : query.forShare()
  ).executeTakeFirst();
  return row && asPoll(row);
}

/** Every poll that is open, for what time causes. */
export async function openPolls(db: Reader): Promise<Poll[]> {
  const rows = await db.selectFrom('weekPoll').selectAll().where('state', '=', 'open').execute();
  return rows.map(asPoll);
}

/** All days that are blacked out, in order. */
export async function blackoutsOf(db: Reader, summitId: string): Promise<StoredBlackout[]> {
  const rows = await db
    .selectFrom('weekBlackout')
    .selectAll()
    .where('summitId', '=', summitId)
    .orderBy('fromDay')
    .orderBy('title')
    .orderBy('id')
    .execute();
  return rows.map(({ id, kind, effect, fromDay, untilDay, title, source, country }) => ({
    id,
    kind,
    effect,
    from: expectDay(fromDay),
    until: expectDay(untilDay),
    title,
    source,
    country: country ?? undefined,
  }));
}

/** What organisers said of single weeks. */
export async function weekWordsOf(db: Reader, summitId: string): Promise<WeekWord[]> {
  const rows = await db
    .selectFrom('weekWindow')
    .selectAll()
    .where('summitId', '=', summitId)
    .orderBy('start')
    .execute();
  return rows.map(({ start, offeredAnyway, removed, extraCost, note }) => ({
    start: expectDay(start),
    offeredAnyway,
    removed,
    extraCost: extraCost ?? undefined,
    note,
  }));
}

/** Every candidate week of a poll with all that speaks against it, as of a day at the place. */
export async function weeksOfPoll(db: Reader, poll: Poll, today: PlainDate): Promise<Week[]> {
  return weeksOf(
    poll,
    withCountriesNamed(await blackoutsOf(db, poll.summitId)),
    await weekWordsOf(db, poll.summitId),
    today,
  );
}

/** Whose holidays count, and how. */
export async function countriesOf(
  db: Reader,
  summitId: string,
): Promise<{ readonly country: string; readonly effect: 'excludes' | 'mentions' }[]> {
  return db
    .selectFrom('weekCountry')
    .select(['country', 'effect'])
    .where('summitId', '=', summitId)
    .orderBy('country')
    .execute();
}
