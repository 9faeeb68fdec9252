import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { lockPerson } from '../../people/persons/person-queries.ts';
import type { Self } from '../../people/rights.ts';
import { callCalendars, subscribedCalendars } from './call-queries.ts';

/**
 * Says which calendars of calls somebody's own feeds hold: exactly these. Saying the same again
 * changes nothing. Event `calls.followed` with the number of calendars.
 */
export async function followCalendars(
  tx: Tx,
  actor: Actor,
  self: Self,
  keys: readonly string[],
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  const { summitId, personId } = self;
  // The person's row is the lock.
  await lockPerson(tx, personId);
  const calendars = await callCalendars(tx, summitId);
  const unknown = keys.find((key) => !calendars.some((calendar) => calendar.key === key));
  if (unknown !== undefined) {
    const sentence = 'One of these calendars is gone meanwhile; look at what there is now.';
    return fail(problem('no-such-calendar', sentence, { path: 'calendars' }));
  }
  const before = await subscribedCalendars(tx, self);
  const wanted = new Set(calendars.filter(({ key }) => keys.includes(key)).map(({ id }) => id));
  const added = [...wanted].filter((id) => !before.has(id));
  const dropped = calendars.filter(({ id }) => before.has(id) && !wanted.has(id));
  if (added.length + dropped.length === 0) return ok({ hasChanged: false });
  if (dropped.length > 0) {
    await tx
      .deleteFrom('callSubscription')
      .where('personId', '=', personId)
      .where(
        'calendarId',
        'in',
        dropped.map(({ id }) => id),
      )
      .execute();
  }
  if (added.length > 0) {
    await tx
      .insertInto('callSubscription')
      .values(added.map((calendarId) => ({ calendarId, personId, since: actor.now })))
      .execute();
  }
  await recordEvent(tx, actor, {
    kind: 'calls.followed',
    summitId,
    personId,
    data: { calendars: wanted.size },
  });
  return ok({ hasChanged: true });
}
