import type { Reader } from '../../../platform/db/database.ts';

/** Which calendars of recurring calls somebody follows. */
export async function ownCalls(db: Reader, personId: string) {
  return {
    followedCalls: await db
      .selectFrom('callSubscription')
      .innerJoin('callCalendar', 'callCalendar.id', 'callSubscription.calendarId')
      .innerJoin('summit', 'summit.id', 'callCalendar.summitId')
      .select(['summit.slug as summit', 'callCalendar.key as calendar', 'callSubscription.since'])
      .where('callSubscription.personId', '=', personId)
      .orderBy('callCalendar.key')
      .execute(),
  };
}
