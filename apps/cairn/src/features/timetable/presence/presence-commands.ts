import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { publish } from '../../../platform/live/publish.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import { lockPerson } from '../../people/persons/person-queries.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import { presenceOf } from './presence-queries.ts';
import { isSamePresence, type Presence, presenceProblems } from './presence-rules.ts';

/** What somebody says of themselves. */
export type SaidPresence = Omit<Presence, 'personId'>;

/**
 * Says when one is there oneself. Event `presence.said`; open pages hear of it. Saying the same again
 * changes nothing.
 */
export const sayPresence = (
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  said: SaidPresence,
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> =>
  keepPresence(tx, actor, summitId, { ...said, personId });

/** The same for somebody who comes, by an organiser. Refused where they do not come. */
export const notePresence = (
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  presence: Presence,
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> =>
  keepPresence(tx, actor, summitId, presence);

async function keepPresence(
  tx: Tx,
  actor: Actor,
  summitId: string,
  presence: Presence,
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  const { personId } = presence;
  const [wrong] = presenceProblems(presence);
  if (wrong !== undefined) return fail(wrong);
  await lockPerson(tx, personId);
  if (!(await isComing(tx, summitId, personId))) {
    return fail(problem('does-not-come', 'Only who comes to this summit can say when.'));
  }
  const before = (await presenceOf(tx, summitId)).get(personId);
  if (before !== undefined && isSamePresence(before, presence)) return ok({ hasChanged: false });
  const row = { ...presence, saidBy: actor.personId ?? null, saidAt: actor.now };
  await tx
    .insertInto('presence')
    .values({ summitId, ...row })
    .onConflict((conflict) => conflict.columns(['summitId', 'personId']).doUpdateSet(row))
    .execute();
  const data = { isRemote: presence.isRemote };
  await recordEvent(tx, actor, { kind: 'presence.said', summitId, personId, data });
  await publish(tx, `timetable:${summitId}`, { presence: 1 });
  return ok({ hasChanged: true });
}
