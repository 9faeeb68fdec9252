import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { openTopics } from '../../planning/interest/interest-queries.ts';
import { keyFrom, unusedKey } from '../../summits/key-rules.ts';
import type { SessionSource } from './make-rules.ts';

/** A group that is set for the week. */
export interface WeekGroup {
  readonly key: string;
  readonly title: string;
  readonly topicNumber: number | null;
  readonly people: readonly string[];
  readonly leads: readonly string[];
}

/** The groups that are set for the week, by key, in their order. For those who come. */
export async function weekGroups(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, WeekGroup>> {
  const { rows } = await sql<WeekGroup>`
    select work_group.key, work_group.title, work_group.topic_number as "topicNumber",
      array(select person_id::text from group_member
        where group_id = work_group.id order by person_id) as people,
      array(select person_id::text from group_member
        where group_id = work_group.id and is_lead order by person_id) as leads
    from work_group join grouping on grouping.id = work_group.grouping_id
    where grouping.summit_id = ${summitId} and grouping.state = 'set' and grouping.date is null
    order by work_group.position, work_group.key`.execute(db);
  return new Map(rows.map((group) => [group.key, group]));
}

/** What sessions can be made for: the groups that are set for the week, or the planned topics. */
export async function sessionSources(
  db: Reader,
  summitId: string,
  from: 'groups' | 'topics',
): Promise<SessionSource[]> {
  if (from === 'groups') {
    const groups = await weekGroups(db, summitId);
    return [...groups.values()].map(({ key, title, topicNumber }) => ({
      key,
      title,
      topicNumber,
      isGroup: true,
    }));
  }
  const topics = (await openTopics(db, summitId)).filter(
    ({ state }) => state === 'planned' || state === 'active',
  );
  const used = new Set<string>();
  return topics.map(({ number, title }) => {
    const key = unusedKey(keyFrom(title), used);
    used.add(key);
    return { key, title, topicNumber: number, isGroup: false };
  });
}
