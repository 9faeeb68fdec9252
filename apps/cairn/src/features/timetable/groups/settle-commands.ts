import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Tx } from '../../../platform/db/database.ts';
import { publish } from '../../../platform/live/publish.ts';
import { lockSummit, type Summit } from '../../summits/queries.ts';
import { groupFacts } from './fact-queries.ts';
import { type Grouping, groupingOf } from './grouping-queries.ts';
import { leadsIn } from './lead-rules.ts';
import { type GroupFacts, groupsProblem } from './problem-rules.ts';
import { whysOf } from './why-rules.ts';

/** A grouping that nobody else changes until the end of the transaction. */
export interface LockedGrouping {
  readonly summit: Summit;
  readonly grouping: Grouping;
}

/**
 * A grouping, locked; a problem where it is not there or not used any more. Whoever changes places in
 * it comes one after another, so that the last place of a group is given once.
 */
export async function lockGrouping(
  tx: Tx,
  summitId: string,
  groupingId: string,
): Promise<Result<LockedGrouping, Problem>> {
  const summit = await lockSummit(tx, summitId);
  const grouping = await groupingOf(tx, summitId, groupingId);
  if (grouping === undefined) {
    return fail(problem('no-grouping', 'There are no such groups; choose them from the list.'));
  }
  if (grouping.state === 'dropped') {
    const sentence = 'These groups were replaced or dropped; look at the groups that hold now.';
    return fail(problem('grouping-dropped', sentence));
  }
  return ok({ summit, grouping });
}

/**
 * Brings up to date what follows from where people are: who leads, and why each is where they are. The
 * grouping's revision rises, and pages that show groups which hold are told.
 */
export async function settlePlaces(
  tx: Tx,
  summit: Pick<Summit, 'id' | 'definition'>,
  groupingId: string,
  given?: GroupFacts,
): Promise<void> {
  const grouping = await groupingOf(tx, summit.id, groupingId);
  if (grouping === undefined) throw new Error(`the grouping ${groupingId} is gone`);
  const facts = given ?? (await groupFacts(tx, summit, grouping.date));
  const whys = whysOf(
    groupsProblem(facts, { ...grouping, places: grouping.members }),
    grouping.members,
  );
  const leads = new Set(
    grouping.groups.flatMap(({ key, topicNumber }) => [
      ...leadsIn(
        facts,
        topicNumber,
        grouping.members.filter((member) => member.key === key),
      ),
    ]),
  );
  for (const { personId, isLead, why } of grouping.members) {
    const now = { isLead: leads.has(personId), why: JSON.stringify(whys.get(personId) ?? []) };
    if (now.isLead === isLead && now.why === JSON.stringify(why)) continue;
    await tx
      .updateTable('groupMember')
      .set(now)
      .where('groupingId', '=', groupingId)
      .where('personId', '=', personId)
      .execute();
  }
  await tx
    .updateTable('grouping')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', groupingId)
    .execute();
  if (grouping.state === 'set') await publish(tx, `timetable:${summit.id}`);
}
