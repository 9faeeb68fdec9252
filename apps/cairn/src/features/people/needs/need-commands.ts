import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, expectZone } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { summitById } from '../../summits/queries.ts';
import { isComing } from '../invitations/participation-queries.ts';
import { lockPerson } from '../persons/person-queries.ts';
import type { Organiser, Self } from '../rights.ts';
import { needSetting } from './need-queries.ts';
import { type Need, removedOn } from './need-rules.ts';

/**
 * Says what one needs oneself; nothing at all is an answer too. Event `need.said`, which holds none of it. Refused
 * once the summit's needs were removed.
 */
export async function sayNeed(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  said: Omit<Need, 'personId'>,
): Promise<Result<void, Problem>> {
  await lockPerson(tx, personId);
  if (!(await isComing(tx, summitId, personId))) {
    return fail(problem('does-not-come', 'Only who comes to this summit can say what they need.'));
  }
  if (await isOver(tx, actor, summitId)) {
    const sentence = 'The summit is over, and what people need is not kept any more.';
    return fail(problem('summit-over', sentence));
  }
  const row = { ...said, diets: [...said.diets], saidAt: actor.now };
  await tx
    .insertInto('need')
    .values({ summitId, personId, ...row })
    .onConflict((conflict) => conflict.columns(['summitId', 'personId']).doUpdateSet(row))
    .execute();
  await recordEvent(tx, actor, { kind: 'need.said', summitId, personId });
  return ok(undefined);
}

/** Takes back all that one said of one's needs. Event `need.withdrawn`. */
export async function withdrawNeed(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
): Promise<Result<void, Problem>> {
  const gone = await tx
    .deleteFrom('need')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .executeTakeFirst();
  if (gone.numDeletedRows > 0n) {
    await recordEvent(tx, actor, { kind: 'need.withdrawn', summitId, personId });
  }
  return ok(undefined);
}

/** Says for how many days after the summit needs are kept. Event `needs.kept_for`. */
export async function keepNeedsFor(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  daysKept: number,
): Promise<Result<void, Problem>> {
  const before = await needSetting(tx, summitId);
  if (before.daysKept === daysKept) return ok(undefined);
  await tx
    .insertInto('needSetting')
    .values({ summitId, daysKept, removedAt: null })
    .onConflict((conflict) => conflict.column('summitId').doUpdateSet({ daysKept }))
    .execute();
  await recordEvent(tx, actor, { kind: 'needs.kept_for', summitId, data: { daysKept } });
  return ok(undefined);
}

/** Removes what people said where its time is over. Event `needs.removed` with their number. */
export async function removeOldNeeds(
  tx: Tx,
  actor: Actor,
  summitId: string,
): Promise<Result<number, Problem>> {
  if (!(await isOver(tx, actor, summitId))) return ok(0);
  const gone = await tx.deleteFrom('need').where('summitId', '=', summitId).executeTakeFirst();
  const people = Number(gone.numDeletedRows);
  if (people === 0) return ok(0);
  const removedAt = actor.now;
  await tx
    .insertInto('needSetting')
    .values({ summitId, removedAt })
    .onConflict((conflict) => conflict.column('summitId').doUpdateSet({ removedAt }))
    .execute();
  await recordEvent(tx, actor, { kind: 'needs.removed', summitId, data: { people } });
  return ok(people);
}

async function isOver(tx: Tx, actor: Actor, summitId: string): Promise<boolean> {
  const { definition } = await summitById(tx, summitId);
  // A week that is not chosen yet lies ahead, whatever stands for its days meanwhile.
  if (definition.dates.status === 'tentative') return false;
  const { daysKept } = await needSetting(tx, summitId);
  const today = dateIn(actor.now, expectZone(definition.zone)).toString();
  return today >= removedOn(definition.dates.departure, daysKept);
}
