import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import { lockPerson } from '../../people/persons/person-queries.ts';
import type { Self } from '../../people/rights.ts';
import { sayPresence } from '../../timetable/presence/presence-commands.ts';
import { presenceOf } from '../../timetable/presence/presence-queries.ts';
import { ownJourney } from './journey-queries.ts';
import { daysOfJourney, type Leg } from './journey-rules.ts';

/** Says how one comes and leaves: all legs anew. Event `journey.said`. Saying the same again changes nothing. */
export async function sayJourney(
  tx: Tx,
  actor: Actor,
  self: Self,
  legs: readonly Leg[],
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  const { summitId, personId } = self;
  await lockPerson(tx, personId);
  if (!(await isComing(tx, summitId, personId))) {
    return fail(problem('does-not-come', 'Only who comes to this summit can say how.'));
  }
  const before = await ownJourney(tx, self);
  const inOrder = ['there', 'back'].flatMap((way) =>
    legs.filter(({ direction }) => direction === way),
  );
  if (JSON.stringify(before.map(asList)) === JSON.stringify(inOrder.map(asList))) {
    return ok({ hasChanged: false });
  }
  await tx
    .deleteFrom('journeyLeg')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();
  const rows = inOrder.map((leg, position) => ({ ...leg, summitId, personId, position }));
  if (rows.length > 0) await tx.insertInto('journeyLeg').values(rows).execute();
  const data = { legs: rows.length };
  await recordEvent(tx, actor, { kind: 'journey.said', summitId, personId, data });
  return ok({ hasChanged: true });
}

const asList = (leg: Leg): readonly unknown[] => [
  leg.direction,
  leg.mode,
  leg.fromPlace,
  leg.toPlace,
  leg.carrier,
  leg.number,
  leg.departsAt,
  leg.arrivesAt,
  leg.wantsRide,
  leg.note,
];

/** Takes the days of one's stay from one's journey; what the journey does not say stays. Event `presence.said`. */
export async function takeDays(
  tx: Tx,
  actor: Actor,
  self: Self,
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  const days = daysOfJourney(await ownJourney(tx, self));
  const before = (await presenceOf(tx, self.summitId)).get(self.personId);
  const arrives = days.arrivesOn === null ? before : days;
  const leaves = days.leavesOn === null ? before : days;
  return sayPresence(tx, actor, self, {
    arrivesOn: arrives?.arrivesOn ?? null,
    arrivesAt: arrives?.arrivesAt ?? null,
    leavesOn: leaves?.leavesOn ?? null,
    leavesAt: leaves?.leavesAt ?? null,
    isRemote: before?.isRemote ?? false,
    note: before?.note ?? '',
  });
}
