import { expectZone, type Instant, type ZoneName } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import { weeklyAvailabilityOf } from '../../dates/availability/availability-queries.ts';
import { busyTimesOf } from '../../dates/availability/busy-queries.ts';
import { minuteOfInstant } from '../../dates/availability/busy-rules.ts';
import { organiserOf, type Self } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { meetingsOf } from '../series/series-rules.ts';
import { type OwnCall, ownCalls } from './own-times-rules.ts';
import { problemFor } from './problem-rules.ts';
import { peopleInWords, slotsOf } from './proposal-rules.ts';
import { askedPeople, lastApplied } from './times-queries.ts';
import { DEFAULT_SOCIABLE, findable, minuteOfWall } from './wishes-rules.ts';

/** What the times of the calls mean for one person. */
export interface OwnTimes {
  readonly hasSaid: boolean;
  readonly calls: readonly OwnCall[];
  /** What the times that are in use mean for them, and what would help; counts of others only. */
  readonly sentences: readonly string[];
}

/** Which of the calls to come a person can make, and where times were found for all, why so. */
export async function ownTimes(
  db: Reader,
  self: Self,
  summit: Summit,
  { now, zone }: { readonly now: Instant; readonly zone: ZoneName },
): Promise<OwnTimes> {
  const possible = findable(meetingsOf(summit), now);
  const week = await weeklyAvailabilityOf(db, self);
  const found = await lastApplied(db, summit.id);
  const { from, until } = found?.wishes.sociable ?? DEFAULT_SOCIABLE;
  const sociable = { from: from * 60, until: until * 60 };
  if (week === undefined) {
    const nothing = { zone, cells: '0'.repeat(168), busy: [] };
    return { hasSaid: false, calls: ownCalls(possible, nothing, sociable), sentences: [] };
  }
  const busy = await busyTimesOf(db, self, { from: now, until: now.add({ hours: 24 * 731 }) });
  const hours = {
    zone: week.zone,
    cells: week.cells,
    busy: busy.map((span) => ({
      from: minuteOfInstant(span.from),
      until: minuteOfInstant(span.until),
    })),
  };
  const calls = ownCalls(possible, hours, sociable);
  const sentences =
    found === undefined ? [] : await explanation(db, self, summit, found, now, zone);
  return { hasSaid: true, calls, sentences };
}

/** The sentences of the found times, as long as they are those in the definition. */
async function explanation(
  db: Reader,
  { personId }: Self,
  { id, definition }: Summit,
  { wishes, applied }: NonNullable<Awaited<ReturnType<typeof lastApplied>>>,
  now: Instant,
  zone: ZoneName,
): Promise<readonly string[]> {
  const isInForce = applied.calls.every(({ key, start }) => {
    const meeting = definition.planning_meetings.list.find((each) => each.key === key);
    return meeting?.starts !== undefined && minuteOfWall(meeting.starts, definition) === start;
  });
  if (!isInForce) return [];
  // Everybody's hours are needed for “nobody else would lose by it”; what comes out counts them only.
  const organiser = await organiserOf(db, id, { personId: undefined, isAdministrator: true });
  if (organiser === undefined) return [];
  const { known } = await askedPeople(db, organiser, wishes.whom, now);
  const extra = new Map(applied.calls.map(({ key, start }) => [key, start]));
  const times = problemFor(wishes, definition, expectZone(definition.zone), known, extra);
  const slots = slotsOf(times, applied);
  if (slots === undefined) return [];
  return peopleInWords(times, slots, new Map([[personId, 'You']]), zone).get(personId) ?? [];
}
