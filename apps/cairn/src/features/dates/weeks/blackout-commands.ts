import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { daysBetween, type PlainDate } from '@cairn/kernel/time';
import type { Blackout } from '@cairn/timetable/week-windows';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { publicHolidays } from './holiday-rules.ts';
import { editablePoll } from './poll-lock-commands.ts';
import { blackoutsOf, countriesOf } from './poll-queries.ts';
import type { PollRange } from './poll-rules.ts';

export type Effect = Blackout['effect'];

/** Days typed by hand or taken from a calendar. */
export interface NewBlackout {
  readonly kind: Exclude<Blackout['kind'], 'holiday'>;
  readonly effect: Effect;
  readonly from: PlainDate;
  readonly until: PlainDate;
  readonly title: string;
}

/** More in one go is no list of conferences, but a whole address book of somebody's days. */
const MOST = 500;

/**
 * Blacks days out. The same days with the same title are not entered twice, so that a calendar can
 * be imported again. Returns how many were new.
 */
export async function addBlackouts(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  days: readonly NewBlackout[],
  source: 'typed' | 'ics',
): Promise<Result<number, Problem>> {
  const backwards = days.find(({ from, until }) => daysBetween(from, until) < 0);
  if (backwards !== undefined) {
    return fail(
      problem('blackout-backwards', 'The last day lies before the first; swap them.', {
        path: 'until_day',
      }),
    );
  }
  if (days.length > MOST) {
    const sentence = `These are ${days.length} entries, more than the ${MOST} that are taken at once; narrow the range, or leave out short entries.`;
    return fail(problem('too-many', sentence, { path: 'file' }));
  }
  const locked = await editablePoll(tx, organiser);
  if (!locked.ok) return locked;
  const { summitId } = organiser;
  const keyOf = ({
    from,
    until,
    title,
    kind,
  }: Pick<Blackout, 'from' | 'until' | 'title' | 'kind'>) => [from, until, kind, title].join('|');
  const known = new Set((await blackoutsOf(tx, summitId)).map(keyOf));
  const fresh = [...new Map(days.map((each) => [keyOf(each), each])).entries()]
    .filter(([key]) => !known.has(key))
    .map(([, each]) => each);
  if (fresh.length === 0) return ok(0);
  await tx
    .insertInto('weekBlackout')
    .values(
      fresh.map(({ from, until, ...rest }) => ({
        ...rest,
        summitId,
        fromDay: from.toString(),
        untilDay: until.toString(),
        source,
        country: null,
      })),
    )
    .execute();
  await recordEvent(tx, actor, {
    kind: 'weeks.blackouts_added',
    summitId,
    data: { days: fresh.length, source },
  });
  return ok(fresh.length);
}

/** Takes blacked out days away again; a holiday goes with its country. */
export async function removeBlackout(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  id: string,
): Promise<Result<void, Problem>> {
  const locked = await editablePoll(tx, organiser);
  if (!locked.ok) return locked;
  const { summitId } = organiser;
  const gone = await tx
    .deleteFrom('weekBlackout')
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .where('source', '<>', 'holidays')
    .returning('id')
    .execute();
  if (gone.length === 0) return ok(undefined);
  await recordEvent(tx, actor, {
    kind: 'weeks.blackout_removed',
    summitId,
    data: { blackout: id },
  });
  return ok(undefined);
}

/** Lets blacked out days exclude their weeks, or only be mentioned with them. */
export async function weighBlackout(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  id: string,
  effect: Effect,
): Promise<Result<void, Problem>> {
  const locked = await editablePoll(tx, organiser);
  if (!locked.ok) return locked;
  const { summitId } = organiser;
  const changed = await tx
    .updateTable('weekBlackout')
    .set({ effect })
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .where('effect', '<>', effect)
    .returning('id')
    .execute();
  if (changed.length === 0) return ok(undefined);
  await recordEvent(tx, actor, {
    kind: 'weeks.blackout_changed',
    summitId,
    data: { blackout: id, effect },
  });
  return ok(undefined);
}

/** Says whose public holidays count, and how; those of other countries go. */
export async function chooseCountries(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  countries: ReadonlyMap<string, Effect>,
): Promise<Result<void, Problem>> {
  const locked = await editablePoll(tx, organiser);
  if (!locked.ok) return locked;
  const { summitId } = organiser;
  const before = new Map(
    (await countriesOf(tx, summitId)).map(({ country, effect }) => [country, effect]),
  );
  const changed = new Set(
    [...before.keys(), ...countries.keys()].filter(
      (country) => before.get(country) !== countries.get(country),
    ),
  );
  if (changed.size === 0) return ok(undefined);
  await tx.deleteFrom('weekCountry').where('summitId', '=', summitId).execute();
  if (countries.size > 0) {
    await tx
      .insertInto('weekCountry')
      .values([...countries].map(([country, effect]) => ({ summitId, country, effect })))
      .execute();
  }
  // A country that was said anew is taken at its word, whatever was said of one of its days.
  await tx
    .deleteFrom('weekBlackout')
    .where('summitId', '=', summitId)
    .where('country', 'in', [...changed])
    .execute();
  await recordEvent(tx, actor, {
    kind: 'weeks.countries_changed',
    summitId,
    data: { countries: countries.size },
  });
  await refreshHolidays(tx, { ...locked.value.poll, summitId });
  return ok(undefined);
}

/** Writes the holidays of the poll's countries that touch its range; what was said of single ones stays. */
export async function refreshHolidays(
  tx: Tx,
  { summitId, from, until, arrivalDays, departureDays }: PollRange & { readonly summitId: string },
): Promise<void> {
  const stored = (await blackoutsOf(tx, summitId)).filter(({ country }) => country !== undefined);
  const keyOf = (day: PlainDate, title: string, country: string | undefined) =>
    [day, title, country].join('|');
  const said = new Map(
    stored.map(({ from: day, title, country, effect }) => [keyOf(day, title, country), effect]),
  );
  const range = {
    from: from.subtract({ days: arrivalDays }),
    until: until.add({ days: departureDays }),
  };
  const rows = [];
  for (const { country, effect } of await countriesOf(tx, summitId)) {
    for (const holiday of await publicHolidays(country, range)) {
      rows.push({
        summitId,
        kind: 'holiday' as const,
        effect: said.get(keyOf(holiday.from, holiday.title, country)) ?? effect,
        fromDay: holiday.from.toString(),
        untilDay: holiday.until.toString(),
        title: holiday.title,
        source: 'holidays' as const,
        country,
      });
    }
  }
  await tx
    .deleteFrom('weekBlackout')
    .where('summitId', '=', summitId)
    .where('source', '=', 'holidays')
    .execute();
  if (rows.length > 0) await tx.insertInto('weekBlackout').values(rows).execute();
}
