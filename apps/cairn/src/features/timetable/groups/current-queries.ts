import type { Reader } from '../../../platform/db/database.ts';
import { type Grouping, groupingOf, setGroupingOf } from './grouping-queries.ts';

/** A group as it holds on a day. */
export interface CurrentGroup {
  readonly key: string;
  readonly title: string;
  readonly topicNumber: number | null;
  readonly people: readonly string[];
  readonly leads: readonly string[];
}

/** The grouping that holds on a day: that of the day, else that of the week. For those who come. */
export async function currentGrouping(
  db: Reader,
  summitId: string,
  date: string,
): Promise<Grouping | undefined> {
  const id = (await setGroupingOf(db, summitId, date)) ?? (await setGroupingOf(db, summitId, null));
  return id === undefined ? undefined : await groupingOf(db, summitId, id);
}

/** The grouping of the week that holds. For those who come. */
export async function weekGrouping(db: Reader, summitId: string): Promise<Grouping | undefined> {
  const id = await setGroupingOf(db, summitId, null);
  return id === undefined ? undefined : await groupingOf(db, summitId, id);
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
  const grouping = await currentGrouping(db, summitId, date);
  return grouping === undefined ? [] : groupsIn(grouping);
}

/** The groups of the week by their keys; none where none were set. For those who come. */
export async function groupsOfWeek(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, CurrentGroup>> {
  const grouping = await weekGrouping(db, summitId);
  if (grouping === undefined) return new Map();
  return new Map(groupsIn(grouping).map((group) => [group.key, group]));
}

/** The groups of a grouping that have come about: somebody is in them. */
function groupsIn({ groups, members }: Grouping): CurrentGroup[] {
  return groups.flatMap(({ key, title, topicNumber }) => {
    const own = members.filter((member) => member.key === key);
    if (own.length === 0) return [];
    const leads = own.filter(({ isLead }) => isLead);
    return [
      {
        key,
        title,
        topicNumber,
        people: own.map(({ personId }) => personId),
        leads: leads.map(({ personId }) => personId),
      },
    ];
  });
}
