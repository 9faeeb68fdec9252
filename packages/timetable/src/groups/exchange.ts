import type { Random } from '@cairn/kernel/random';
import type { GroupState } from './group-state.ts';
import type { IndexedGroups } from './index-groups.ts';

/**
 * Betters groups by moving one person or exchanging two, where a rule is about who is in a group
 * together: that is what the flow cannot see. Never makes anything worse, level by level; what is as
 * good is taken too, so that it gets around.
 *
 * @returns how many changes were tried
 */
export function exchange(
  indexed: IndexedGroups,
  state: GroupState,
  people: readonly number[],
  random: Random,
  tries: number,
): number {
  const pick = <T>(items: readonly T[]): T | undefined =>
    items[Math.floor(random() * items.length)];
  let troubled = troubledPeople(state, people);
  let tried = 0;
  for (; tried < tries && troubled.length > 0; tried++) {
    const person = pick(troubled) ?? -1;
    const from = state.groupOf[person] ?? -1;
    const group = elsewhere(indexed, state, person, random);
    if (group === undefined || group === from) continue;
    // One in four moves alone; the others trade places with somebody.
    const other = random() < 0.25 ? undefined : pick(state.members[group] ?? []);
    const moves: [number, number][] = [[person, group]];
    if (other !== undefined) moves.push([other, from]);
    if (state.change(moves)) troubled = troubledPeople(state, people);
  }
  return tried;
}

/** A group for somebody to try: half of the time of a topic that they wished for. */
function elsewhere(
  { people, topics }: IndexedGroups,
  state: GroupState,
  person: number,
  random: Random,
): number | undefined {
  const count = state.members.length;
  const any = Math.floor(random() * count);
  const wished = people[person]?.rank;
  if (wished === undefined || wished.size === 0 || random() < 0.5) return any;
  const topic = [...wished.keys()][Math.floor(random() * wished.size)] ?? -1;
  const groups = topics[topic]?.groups ?? 1;
  const first = state.topicOf.indexOf(topic);
  if (first < 0) return undefined;
  const group = first + Math.floor(random() * groups);
  return state.topicOf[group] === topic ? group : first;
}

/** Everybody in a group that lacks something, and everybody whose pairs are wrong. */
function troubledPeople(state: GroupState, people: readonly number[]): number[] {
  let isWrong = false;
  const wrong = () => {
    isWrong = true;
  };
  const groups = state.members.map((_, group) => {
    isWrong = false;
    state.eachGroupCost(group, wrong);
    return isWrong;
  });
  return people.filter((person) => {
    isWrong = groups[state.groupOf[person] ?? -1] ?? false;
    if (!isWrong) state.eachPairCost(person, wrong);
    return isWrong;
  });
}
