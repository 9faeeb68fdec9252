import type { GroupFacts } from './problem-rules.ts';

/** Somebody in a group, and what was said by hand of their leading it. */
interface PossibleLead {
  readonly personId: string;
  readonly isLead: boolean;
  /** `isLead` was said by hand. */
  readonly isLeadSet: boolean;
}

/**
 * Who leads a group: those who were named by hand; else the lead of its topic, where they are in it;
 * else whoever wants to lead it. Who was struck off by hand does not.
 */
export function leadsIn(
  { topics, said }: Pick<GroupFacts, 'topics' | 'said'>,
  topicNumber: number | null,
  members: readonly PossibleLead[],
): ReadonlySet<string> {
  const named = members.filter(({ isLead, isLeadSet }) => isLead && isLeadSet);
  if (named.length > 0) return new Set(named.map(({ personId }) => personId));
  const left = members.filter(({ isLeadSet }) => !isLeadSet).map(({ personId }) => personId);
  const topic = topics.find(({ number }) => number === topicNumber);
  if (topic === undefined) return new Set();
  if (topic.lead !== null && left.includes(topic.lead)) return new Set([topic.lead]);
  const willing = said
    .filter(({ number, level }) => number === topic.number && level === 'lead')
    .map(({ personId }) => personId);
  return new Set(left.filter((each) => willing.includes(each)));
}
