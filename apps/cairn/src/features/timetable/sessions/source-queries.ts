import type { Reader } from '../../../platform/db/database.ts';
import { openTopics } from '../../planning/interest/interest-queries.ts';
import { keyFrom, unusedKey } from '../../summits/key-rules.ts';
import { groupsOfWeek } from '../groups/current-queries.ts';
import type { SessionSource } from './make-rules.ts';

/** What sessions can be made for: the groups that are set for the week, or the planned topics. */
export async function sessionSources(
  db: Reader,
  summitId: string,
  from: 'groups' | 'topics',
): Promise<SessionSource[]> {
  if (from === 'groups') {
    const groups = await groupsOfWeek(db, summitId);
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
