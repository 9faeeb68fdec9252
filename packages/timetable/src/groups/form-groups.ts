import { type Random, seededRandom } from '@cairn/kernel/random';
import type { NumberedGroup } from './checker.ts';
import { exchange } from './exchange.ts';
import { GroupState } from './group-state.ts';
import type { IndexedGroups } from './index-groups.ts';
import type { Group, GroupValues } from './model.ts';
import { placeCosts } from './place-costs.ts';
import { type Shortage, shortagesOf } from './shortages.ts';
import { splitTopics } from './splitting.ts';
import { statementOf } from './statement.ts';
import { TopicSearch } from './topic-search.ts';

export interface GroupsOptions {
  /** Draws lots where nothing else tells two people apart. */
  readonly seed: number;
  /** How many places may be looked at, after the first groups are there; `USUAL_GROUPS_BUDGET` when left out. */
  readonly budget?: number;
}

/** A second or two for 2,000 people and 160 topics where it is all needed. */
export const USUAL_GROUPS_BUDGET = 400_000;

/** Other topics are tried to run so many at a time, at most so often. */
const FLIPS = 20;
const FLIP_ROUNDS = 500;

export interface GroupsFound {
  /** In the order of their topics' keys; of a topic's groups in no particular one. */
  readonly groups: readonly Group[];
  /** Who takes part and is in no group. */
  readonly unplaced: readonly string[];
  /** Topics that do not run. */
  readonly dropped: readonly string[];
  /** See `IndexedGroups.values` for what each is. */
  readonly values: GroupValues;
  /** Nobody can do better than this. */
  readonly bound: GroupValues;
  /** In how many of the first values nobody can do better. */
  readonly provenValues: number;
  readonly isOptimal: boolean;
  /** Why not everybody has a wish of theirs. */
  readonly shortages: readonly Shortage[];
  /** All of this in words. */
  readonly statement: readonly string[];
  readonly iterations: number;
  readonly seed: number;
}

/**
 * Forms groups so that nobody is sacrificed for the sum: of all groups that keep what must hold, those
 * that leave the fewest people without a group, then without a wish, then with their worst rank, then
 * with the rank before it, and so on (leximin by rank). Everybody gets a place, also where wishes
 * cannot all be met; `shortages` says why.
 *
 * The order in which people and topics are given changes nothing. Lots are drawn by the seed: the same
 * problem, seed and budget give the same groups on every machine.
 */
export function formGroups(
  indexed: IndexedGroups,
  { seed, budget = USUAL_GROUPS_BUDGET }: GroupsOptions,
): GroupsFound {
  const random = seededRandom(seed);
  const costs = placeCosts(indexed);
  const order = shuffled(costs.people, random);
  const search = new TopicSearch(indexed, costs, order);
  const over = (part: number) => search.iterations > budget * part;
  // From there on the order of groups is not the flow's to decide.
  const decided = firstOfCompany(indexed);
  const isSettled = () => search.best !== undefined && equalValues(search) >= decided;
  while (search.step() && (search.best === undefined || !over(0.2)));
  // Not proven soon: then find more before going on.
  for (let round = 0; round < FLIP_ROUNDS && !isSettled() && !over(0.6); round++) {
    search.flip(random, FLIPS);
  }
  while (!over(1) && !isSettled() && search.step('least'));
  const places = search.best?.place ?? new Int32Array(indexed.people.length).fill(-1);
  const state = new GroupState(indexed, costs, splitTopics(indexed, places, order));
  const tried = exchange(indexed, state, order, random, 2_000 + 20 * order.length);
  const { groups, values } = { groups: numbered(state), values: [...state.values] };
  const bound = search.bound;
  const differs = values.findIndex((value, at) => value !== bound[at]);
  const { people, topics } = indexed;
  const placed = new Set(groups.flatMap((group) => group.people));
  const running = new Set(groups.map(({ topic }) => topic));
  const found = {
    groups: groups.map(
      (group): Group => ({
        topic: topics[group.topic]?.topic.key ?? '',
        people: group.people.map((person) => people[person]?.person.key ?? ''),
      }),
    ),
    unplaced: costs.people
      .filter((person) => !placed.has(person))
      .map((person) => people[person]?.person.key ?? ''),
    dropped: topics.filter((_, topic) => !running.has(topic)).map(({ topic }) => topic.key),
    values,
    bound,
    provenValues: differs === -1 ? values.length : differs,
    isOptimal: differs === -1,
    shortages: shortagesOf(indexed, groups),
    iterations: search.iterations + tried,
    seed,
  };
  return { ...found, statement: statementOf(indexed, found) };
}

/** The first value that depends on who is in a group with whom. */
function firstOfCompany({ rules, values }: IndexedGroups): number {
  const company = rules.filter(({ kind, at }) => COMPANY.has(kind) && at > 0);
  return Math.min(values.length, ...company.map(({ at }) => at));
}

const COMPANY: ReadonlySet<string> = new Set(['led', 'mix', 'together', 'apart']);

/** How many of the first values of the best are those of the bound. */
function equalValues({ best, bound }: TopicSearch): number {
  const differs = bound.findIndex((value, at) => value !== best?.values[at]);
  return differs === -1 ? bound.length : differs;
}

function numbered({ members, topicOf }: GroupState): NumberedGroup[] {
  return members.map((people, group) => ({
    topic: topicOf[group] ?? -1,
    people: people.toSorted((one, other) => one - other),
  }));
}

/** Fisher and Yates: every order is as likely as any other. */
function shuffled(items: readonly number[], random: Random): number[] {
  const list = [...items];
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [list[last], list[other]] = [list[other] ?? 0, list[last] ?? 0];
  }
  return list;
}
