import type { Random } from '@cairn/kernel/random';
import type { GroupState, Move } from './group-state.ts';
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
  let troubled = troubledPeople(state, people);
  let tried = 0;
  for (; tried < tries && troubled.length > 0; tried++) {
    const person = pick(troubled, random) ?? -1;
    const moves =
      random() < 0.25
        ? leaderComes(indexed, state, person, random)
        : personGoes(indexed, state, person, random);
    if (moves.length === 0) continue;
    if (state.change(moves)) troubled = troubledPeople(state, people);
  }
  return tried;
}

/** Somebody goes elsewhere: alone, for another who comes instead, or around three groups. */
function personGoes(
  indexed: IndexedGroups,
  state: GroupState,
  person: number,
  random: Random,
): Move[] {
  const from = state.groupOf[person] ?? -1;
  const group = elsewhere(indexed, state, person, random);
  if (group === undefined || group === from) return [];
  const kind = random();
  const other = kind < 0.2 ? undefined : pick(state.members[group] ?? [], random);
  if (other === undefined) return [[person, group]];
  if (kind < 0.6) return around(person, group, other, from);
  return aroundThree(indexed, state, { person, group, other, from }, random);
}

/** Somebody who would lead the topic comes into its group, for one who is in it. */
function leaderComes(
  { topics }: IndexedGroups,
  state: GroupState,
  member: number,
  random: Random,
): Move[] {
  const group = state.groupOf[member] ?? -1;
  const leader = pick([...(topics[state.topicOf[group] ?? -1]?.leading ?? [])], random);
  const from = leader === undefined ? group : (state.groupOf[leader] ?? -1);
  return leader === undefined || from === group ? [] : around(leader, group, member, from);
}

const around = (person: number, group: number, other: number, from: number): Move[] => [
  [person, group],
  [other, from],
];

function aroundThree(
  indexed: IndexedGroups,
  state: GroupState,
  two: {
    readonly person: number;
    readonly group: number;
    readonly other: number;
    readonly from: number;
  },
  random: Random,
): Move[] {
  const { person, group, other, from } = two;
  const third = elsewhere(indexed, state, other, random);
  if (third === undefined || third === group) return [];
  if (third === from) return around(person, group, other, from);
  const last = pick(state.members[third] ?? [], random);
  return last === undefined
    ? []
    : [
        [person, group],
        [other, third],
        [last, from],
      ];
}

const pick = <T>(items: readonly T[], random: Random): T | undefined =>
  items[Math.floor(random() * items.length)];

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
