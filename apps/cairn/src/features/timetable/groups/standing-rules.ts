import { counted, listed, ordinal } from '@cairn/kernel/words';
import { indexGroups } from '@cairn/timetable/groups/index-groups';
import type { InterestLevel } from '../../planning/interest/interest-rules.ts';
import type { Grouping, GroupRow, Member } from './grouping-queries.ts';
import { type GroupFacts, groupsProblem } from './problem-rules.ts';
import { type GroupRoom, roomIn } from './room-rules.ts';

/** Somebody in a group, or in none. */
export interface StandingMember extends Member {
  readonly name: string;
  /** What they said of the topic of their group; undefined where nothing. */
  readonly level: InterestLevel | undefined;
  /** 1 for the first wish; undefined where they are in no group, or did not wish for it. */
  readonly rank: number | undefined;
  /** They said of some topic here that they want something. */
  readonly hasWishes: boolean;
}

/** A group with its people by name, those who lead first. */
export interface StandingGroup extends GroupRow {
  readonly people: readonly StandingMember[];
  readonly room: GroupRoom;
}

/** How a grouping stands now, whatever the search once said of it. */
export interface Standing {
  /** Those that have come about, in order. */
  readonly groups: readonly StandingGroup[];
  /** Those in which nobody is. */
  readonly dropped: readonly StandingGroup[];
  readonly unplaced: readonly StandingMember[];
  readonly out: readonly StandingMember[];
  /** Who has their first wish, their second and so on, in a sentence. */
  readonly wishes: string;
  /** Who is farthest from their wishes, worst first. */
  readonly worstOff: readonly StandingMember[];
  /** What wants somebody's eye, in sentences. */
  readonly amiss: readonly string[];
}

const byName = new Intl.Collator('en');

/** How a grouping stands: people with the ranks of their wishes, and what is not as it should be. */
export function standingOf(facts: GroupFacts, grouping: Grouping): Standing {
  const read = indexGroups(groupsProblem(facts, { ...grouping, places: grouping.members }));
  const names = new Map(facts.people.map(({ id, name }) => [id, name]));
  const members = grouping.members
    .filter(({ personId }) => names.has(personId))
    .map((member): StandingMember => {
      const index = read.ok ? (read.value.personOf.get(member.personId) ?? -1) : -1;
      const ranks = read.ok ? read.value.people[index]?.rank : undefined;
      const topic = read.ok ? (read.value.topicOf.get(member.key ?? '') ?? -1) : -1;
      const number = grouping.groups.find(({ key }) => key === member.key)?.topicNumber;
      const said = facts.said.find(
        (each) => each.personId === member.personId && each.number === number,
      );
      return {
        ...member,
        name: names.get(member.personId) ?? '',
        level: said?.level,
        rank: member.key === null ? undefined : ranks?.get(topic),
        hasWishes: (ranks?.size ?? 0) > 0,
      };
    })
    .sort(
      (one, other) =>
        Number(other.isLead) - Number(one.isLead) || byName.compare(one.name, other.name),
    );
  const all = grouping.groups.map((group): StandingGroup => {
    const people = members.filter(({ key }) => key === group.key);
    return { ...group, people, room: roomIn(grouping, group) };
  });
  const groups = all.filter(({ people }) => people.length > 0);
  const dropped = all.filter(({ people }) => people.length === 0);
  const out = members.filter(({ isOut }) => isOut);
  const unplaced = members.filter(({ key, isOut }) => key === null && !isOut);
  const standing = { groups, dropped, unplaced, out };
  return {
    ...standing,
    wishes: wishesInWords(members),
    worstOff: worstOffOf(members),
    amiss: amissIn(standing, names),
  };
}

/** A rank as people read it. */
export const wishInWords = ({
  rank,
  hasWishes,
}: Pick<StandingMember, 'rank' | 'hasWishes'>): string => {
  if (rank !== undefined) return `${ordinal(rank)} wish`;
  return hasWishes ? 'no wish' : 'said nothing';
};

function wishesInWords(members: readonly StandingMember[]): string {
  const placed = members.filter(({ key, hasWishes }) => key !== null && hasWishes);
  const ranks = Map.groupBy(placed, ({ rank }) => rank);
  const met = [...ranks]
    .flatMap(([rank, people]) => (rank === undefined ? [] : [{ rank, count: people.length }]))
    .sort((one, other) => one.rank - other.rank)
    .map(({ rank, count }, index) =>
      index === 0
        ? `${counted(count, 'person has', 'people have')} their ${ordinal(rank)} wish`
        : `${count} their ${ordinal(rank)}`,
    );
  const unmet = ranks.get(undefined)?.length ?? 0;
  const silent = members.filter(({ key, hasWishes }) => key !== null && !hasWishes).length;
  const parts = [
    ...met,
    ...(unmet > 0 ? [`${unmet} none of theirs`] : []),
    ...(silent > 0 ? [`${silent} said nothing`] : []),
  ];
  return parts.length === 0 ? 'Nobody is in a group.' : `${listed(parts)}.`;
}

/** The last wish that anybody has got, and everybody who has got no better one; none where all have their first. */
function worstOffOf(members: readonly StandingMember[]): StandingMember[] {
  const depth = ({ key, rank, hasWishes, isOut }: StandingMember): number => {
    if (isOut || !hasWishes) return 1;
    return key === null || rank === undefined ? Number.POSITIVE_INFINITY : rank;
  };
  const worst = Math.max(1, ...members.map(depth));
  return worst === 1 ? [] : members.filter((member) => depth(member) === worst);
}

function amissIn(
  { groups, dropped, unplaced }: Pick<Standing, 'groups' | 'dropped' | 'unplaced'>,
  names: ReadonlyMap<string, string>,
): string[] {
  return [
    ...groups.flatMap(({ title, people, room, needed }) => {
      const missed = needed
        .filter((id) => names.has(id) && !people.some(({ personId }) => personId === id))
        .map((id) => names.get(id) ?? '');
      return [
        ...(room.left < 0
          ? [
              `“${title}” has ${counted(people.length, 'person', 'people')} and takes ${room.most} at most: split it, or give it more places.`,
            ]
          : []),
        ...(people.length < room.least
          ? [
              `“${title}” has ${counted(people.length, 'person', 'people')} and takes ${room.least} or more: put somebody in, or take the group away.`,
            ]
          : []),
        ...(missed.length > 0 ? [`“${title}” misses ${listed(missed)}, whom it needs.`] : []),
        ...(people.some(({ isLead }) => isLead)
          ? []
          : [`Nobody leads “${title}”: say who does, on its page.`]),
      ];
    }),
    ...dropped
      .filter(({ isPinned }) => isPinned)
      .map(({ title }) => `“${title}” has to come about, and nobody is in it.`),
    ...(unplaced.length > 0
      ? [
          `${listed(unplaced.map(({ name }) => name))} ${unplaced.length === 1 ? 'is' : 'are'} in no group.`,
        ]
      : []),
  ];
}
