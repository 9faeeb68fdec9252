import type { Reader } from '../../../platform/db/database.ts';

/** A group as it holds on a day. */
export interface CurrentGroup {
  readonly key: string;
  readonly title: string;
  readonly topicNumber: number | null;
  readonly people: readonly string[];
  readonly leads: readonly string[];
}

/**
 * The groups that hold on a day: of the grouping that was set last for this day, else of the one set
 * last for the week. None where none was set. For those who come.
 */
export async function currentGroups(
  db: Reader,
  summitId: string,
  date: string,
): Promise<CurrentGroup[]> {
  const grouping = await db
    .selectFrom('grouping')
    .select('id')
    .where('summitId', '=', summitId)
    .where('state', '=', 'set')
    .where((eb) => eb.or([eb('date', '=', date), eb('date', 'is', null)]))
    .orderBy('date', (order) => order.asc().nullsLast())
    .orderBy('setAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (grouping === undefined) return [];
  const [groups, members] = await Promise.all([
    db
      .selectFrom('workGroup')
      .select(['id', 'key', 'title', 'topicNumber'])
      .where('groupingId', '=', grouping.id)
      .orderBy('position')
      .orderBy('key')
      .execute(),
    db
      .selectFrom('groupMember')
      .select(['groupId', 'personId', 'isLead'])
      .where('groupingId', '=', grouping.id)
      .where('groupId', 'is not', null)
      .orderBy('personId')
      .execute(),
  ]);
  return groups.map(({ id, ...group }) => {
    const own = members.filter(({ groupId }) => groupId === id);
    return {
      ...group,
      people: own.map(({ personId }) => personId),
      leads: own.filter(({ isLead }) => isLead).map(({ personId }) => personId),
    };
  });
}
