import type { Reader } from '../../../platform/db/database.ts';
import { peopleByHandle } from '../../planning/threads/handle-queries.ts';
import { openTopicFacts } from '../../planning/topics/topic-queries.ts';
import { keyFrom, unusedKey } from '../../summits/key-rules.ts';
import { groupsOfWeek } from '../groups/current-queries.ts';
import type { SessionSource } from './make-rules.ts';
import { sessionPeople } from './people-queries.ts';

/**
 * What sessions can be made for: the groups that are set for the week, or the planned topics. The lead of
 * a topic, as its document names them, leads its sessions where they come.
 */
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
      leads: [],
      isGroup: true,
    }));
  }
  const topics = (await openTopicFacts(db, summitId)).filter(
    ({ state }) => state === 'planned' || state === 'active',
  );
  const handles = topics.flatMap(({ facts }) => facts.lead ?? []);
  const [named, people] = await Promise.all([
    peopleByHandle(db, [...new Set(handles)]),
    sessionPeople(db, summitId),
  ]);
  const comes = new Set(people.map(({ id }) => id));
  const leadsOf = (handle: string | null): string[] => {
    const person = named.get(handle?.toLowerCase() ?? '')?.personId;
    return person !== undefined && comes.has(person) ? [person] : [];
  };
  const used = new Set<string>();
  return topics.map(({ number, title, facts }) => {
    const key = unusedKey(keyFrom(title), used);
    used.add(key);
    return { key, title, topicNumber: number, leads: leadsOf(facts.lead), isGroup: false };
  });
}
