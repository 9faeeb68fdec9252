import { counted, listed, ordinal } from '@cairn/kernel/words';
import type { GroupBreak } from './checker.ts';
import type { IndexedGroups } from './index-groups.ts';

/** One case in which a rule does not hold, and what would mend it, in a sentence. */
export function sentenceOfBreak(indexed: IndexedGroups, broken: GroupBreak): string {
  const { rule, cost, people, topic = -1, rank = 0 } = broken;
  const names = people.map((each) => nameOf(indexed, each));
  const [who = ''] = names;
  const about = indexed.topics[topic];
  const where = titleOf(indexed, topic);
  const named = rule.rule.name === undefined ? '' : ` (${rule.rule.name})`;
  const sentence = (): string => {
    switch (rule.kind) {
      case 'size':
        return `${where} is ${counted(cost, 'person', 'people')} away from the ${about?.least} to ${about?.most} that a group takes: give it other sizes, or let it be dropped`;
      case 'pinned':
        return `${who} is not in ${titleOf(indexed, indexed.people[people[0] ?? -1]?.pinned ?? -1)}, where they were put: it may have no room`;
      case 'refused':
        return `${who} is in ${where}, which they refuse`;
      case 'leads':
        return `${who} leads ${where} and is not in it: let somebody else lead it, or drop it`;
      case 'needed':
        return `${where} misses ${who}, who must not be missed`;
      case 'together':
        return `${listed(names)} are not in one group`;
      case 'apart':
        return `${listed(names)} are in one group`;
      case 'placed':
        return `${who} is in no group`;
      case 'chosen':
        return `${who} is in ${where}, for which they did not wish`;
      case 'unmoved':
        return `${who} is not in ${titleOf(indexed, rule.from.get(people[0] ?? -1) ?? -1)} any more`;
      case 'wishes':
        return `${who} has their ${ordinal(rank)} wish, ${where}`;
      case 'interest':
        return `${who} loses ${cost} of their greatest interest`;
      case 'led':
        return `Nobody in ${where} would lead it`;
      case 'mix':
        return `${where} misses ${counted(cost, 'project or person', 'projects or people')} of its mix`;
    }
  };
  return `${sentence()}${named}.`;
}

export const nameOf = ({ people }: IndexedGroups, person: number): string =>
  people[person]?.person.name ?? people[person]?.person.key ?? 'somebody';

export const titleOf = ({ topics }: IndexedGroups, topic: number): string =>
  topics[topic]?.topic.title ?? topics[topic]?.topic.key ?? 'no topic';
