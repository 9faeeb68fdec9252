import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { isId } from '../../../platform/db/id.ts';
import { type CameBy, sentencesOf } from './group-schema.ts';
import type { AskedGroup, Place } from './problem-rules.ts';

export type GroupingState = 'draft' | 'set' | 'dropped';

/** A grouping in a line: people in groups for the week or for a day. */
export interface GroupingRow {
  readonly id: string;
  readonly title: string;
  /** The day that it is for; the week where null. */
  readonly date: string | null;
  readonly state: GroupingState;
  readonly least: number;
  readonly most: number;
  readonly different: number;
  readonly fromId: string | null;
  readonly keepsPlaces: boolean;
  readonly seed: number;
  /** What the search said of it when it was made. */
  readonly statement: readonly string[];
  readonly revision: number;
  readonly createdAt: Instant;
  readonly setAt: Instant | null;
}

/** A group that may come about in a grouping: it does where somebody is in it. */
export interface GroupRow extends AskedGroup {
  readonly id: string;
}

/** Where somebody is in a grouping, and why. */
export interface Member extends Place {
  readonly isLead: boolean;
  readonly isLeadSet: boolean;
  readonly cameBy: CameBy;
  /** Told to themselves. */
  readonly why: readonly string[];
}

/** A grouping with its groups, in order, and everybody's place. */
export interface Grouping extends GroupingRow {
  readonly groups: readonly GroupRow[];
  readonly members: readonly Member[];
}

const columns = [
  'id',
  'title',
  'date',
  'state',
  'least',
  'most',
  'different',
  'fromId',
  'keepsPlaces',
  'seed',
  'statement',
  'revision',
  'createdAt',
  'setAt',
] as const;

/** The groupings of a summit that are not dropped, newest first. For organisers. */
export async function groupingsOf(db: Reader, summitId: string): Promise<GroupingRow[]> {
  const rows = await db
    .selectFrom('grouping')
    .select(columns)
    .where('summitId', '=', summitId)
    .where('state', '!=', 'dropped')
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, statement: sentencesOf(row.statement) }));
}

/** A grouping of a summit, whole. Drafts are for organisers. */
export async function groupingOf(
  db: Reader,
  summitId: string,
  id: string,
): Promise<Grouping | undefined> {
  if (!isId(id)) return undefined;
  const row = await db
    .selectFrom('grouping')
    .select(columns)
    .where('summitId', '=', summitId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { ...row, statement: sentencesOf(row.statement), ...(await placesIn(db, id)) };
}

async function placesIn(
  db: Reader,
  groupingId: string,
): Promise<Pick<Grouping, 'groups' | 'members'>> {
  const { rows: groups } = await sql<GroupRow>`
    select g.id, g.key, g.title, g.topic_number as "topicNumber", g.least, g.most,
      g.is_pinned as "isPinned",
      array(select person_id::text from group_needed where group_id = g.id order by 1) as needed
    from work_group g where g.grouping_id = ${groupingId} order by g.position, g.key`.execute(db);
  const keys = new Map(groups.map(({ id, key }) => [id, key]));
  const members = await db
    .selectFrom('groupMember')
    .select(['personId', 'groupId', 'isOut', 'isLead', 'isLeadSet', 'isPinned', 'cameBy', 'why'])
    .where('groupingId', '=', groupingId)
    .orderBy('personId')
    .execute();
  return {
    groups,
    members: members.map(({ groupId, why, ...member }) => ({
      ...member,
      key: groupId === null ? null : (keys.get(groupId) ?? null),
      why: sentencesOf(why),
    })),
  };
}

/** The id of the grouping that holds: the one set last for the day, or for the week where `date` is null. */
export async function setGroupingOf(
  db: Reader,
  summitId: string,
  date: string | null,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('grouping')
    .select('id')
    .where('summitId', '=', summitId)
    .where('state', '=', 'set')
    .where('date', date === null ? 'is' : '=', date)
    .orderBy('setAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** The keys that groups of topics ever had, by the topic's number; and all keys that others have. */
export async function knownKeys(
  db: Reader,
  summitId: string,
): Promise<{
  readonly ofTopics: ReadonlyMap<number, string>;
  readonly others: ReadonlySet<string>;
}> {
  const rows = await db
    .selectFrom('workGroup')
    .innerJoin('grouping', 'grouping.id', 'workGroup.groupingId')
    .select(['workGroup.key', 'workGroup.topicNumber'])
    .where('grouping.summitId', '=', summitId)
    .orderBy('grouping.createdAt')
    .orderBy('workGroup.position')
    .execute();
  const ofTopics = new Map<number, string>();
  for (const { key, topicNumber } of rows) {
    if (topicNumber !== null && !ofTopics.has(topicNumber)) ofTopics.set(topicNumber, key);
  }
  return { ofTopics, others: new Set(rows.map(({ key }) => key)) };
}
