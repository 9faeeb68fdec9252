import { type Problem, problem } from '@cairn/kernel/problem';
import type { Habit, SharingGroup } from '../stays/stay-rules.ts';

/** Somebody who needs a bed, with all that the search looks at. Their wishes leave it as nothing but rooms. */
export interface Sleeper {
  readonly id: string;
  /** Each by the day on which it begins. */
  readonly nights: readonly string[];
  /** A room alone was agreed. */
  readonly isSingle: boolean;
  readonly sharesWith: SharingGroup;
  readonly stepFree: boolean;
  readonly habits: readonly Habit[];
  readonly with: readonly string[];
  readonly notWith: readonly string[];
  /** The room that they were told of. */
  readonly before?: string | undefined;
  /** They asked for another one than that. */
  readonly asksMove?: boolean;
  /** Put by hand: a room, or null for none. The search leaves them there. */
  readonly kept?: string | null | undefined;
}

export interface SleepRoom {
  readonly id: string;
  readonly beds: number;
  readonly isAccessible: boolean;
  /** What a night in it costs, in a unit that is the same for all rooms. */
  readonly nightCost: number;
}

/** Who sleeps in which room; null where no bed was found. */
export type Places = ReadonlyMap<string, string | null>;

export const nightsShared = (
  one: Pick<Sleeper, 'nights'>,
  other: Pick<Sleeper, 'nights'>,
): boolean => one.nights.some((night) => other.nights.includes(night));

/** What organisers may know of who shares with whom: a room alone that was agreed, and groups. */
const isOpenlyShareable = (one: Sleeper, other: Sleeper): boolean =>
  !nightsShared(one, other) ||
  (!one.isSingle && !other.isSingle && one.sharesWith === other.sharesWith);

/** Whether two may be in one room: whoever is not there in the same nights always may. */
export const mayShare = (one: Sleeper, other: Sleeper): boolean =>
  isOpenlyShareable(one, other) &&
  (!nightsShared(one, other) ||
    (!one.notWith.includes(other.id) && !other.notWith.includes(one.id)));

/** Whether a room is one that somebody can use at all. */
export const suits = (sleeper: Sleeper, room: SleepRoom): boolean =>
  !sleeper.stepFree || room.isAccessible;

/** Whether a room has a bed for somebody in each of their nights, besides those who are in it. */
export const hasBed = (sleeper: Sleeper, room: SleepRoom, inside: readonly Sleeper[]): boolean =>
  inside.length < room.beds ||
  sleeper.nights.every(
    (night) => inside.filter(({ nights }) => nights.includes(night)).length < room.beds,
  );

/**
 * Why somebody cannot be put into a room by hand, as far as organisers may know. Whom somebody does not want to share
 * with is none of that: they are told themselves, and ask for another room without saying why.
 */
export function handProblem(
  sleeper: Sleeper,
  room: SleepRoom,
  inside: readonly Sleeper[],
): Problem | undefined {
  if (!suits(sleeper, room)) {
    return problem('has-steps', 'This room has steps on the way; choose an accessible one.');
  }
  if (!hasBed(sleeper, room, inside)) {
    return problem('no-bed', 'This room has no bed left in all of these nights; free one first.');
  }
  if (inside.some((other) => !isOpenlyShareable(sleeper, other))) {
    const sentence =
      'Somebody here has a room alone, or shares with others than this person; choose another room.';
    return problem('not-shareable', sentence);
  }
  return undefined;
}

/** How much each thing that is amiss weighs: one person at a worse level outweighs all at the lesser ones. */
export interface Levels {
  readonly again: number;
  readonly mutual: number;
  readonly wish: number;
  readonly sleep: number;
  readonly rhythm: number;
}

/**
 * Weights for so many people. The sum over all is least where the fewest people are at the worst level, then at the
 * next one: the worst off come first.
 */
export function levelsFor(people: number): Levels {
  const base = people + 1;
  return { again: base ** 4, mutual: base ** 3, wish: base ** 2, sleep: base, rhythm: 1 };
}

/** What it weighs that somebody shares with none of those they wish for. */
export function missedWish(
  sleeper: Sleeper,
  others: ReadonlyMap<string, Sleeper>,
  levels: Levels,
): number {
  if (sleeper.with.length === 0) return 0;
  const isMutual = sleeper.with.some((id) => {
    const other = others.get(id);
    return other?.with.includes(sleeper.id) && mayShare(sleeper, other);
  });
  return isMutual ? levels.mutual : levels.wish;
}

/** What is amiss for somebody in a room, beside mates who are there in some of their nights, as a weight. */
export function amiss(
  sleeper: Sleeper,
  roomId: string | null,
  near: readonly Sleeper[],
  missed: number,
  levels: Levels,
): number {
  const has = (habit: Habit) => sleeper.habits.includes(habit);
  const met = (habit: Habit) => near.some((mate) => mate.habits.includes(habit));
  return (
    (sleeper.asksMove === true && roomId === sleeper.before ? levels.again : 0) +
    (near.some(({ id }) => sleeper.with.includes(id)) ? 0 : missed) +
    (has('light_sleeper') && met('snores') ? levels.sleep : 0) +
    ((has('early') && met('late')) || (has('late') && met('early')) ? levels.rhythm : 0)
  );
}

/** What one placing is worth, each number weighing more than all after it; less is better. */
export interface Worth {
  readonly unplaced: number;
  /** Of those who were told of a room and did not ask for another one. */
  readonly moved: number;
  /** The sum of what is amiss; see `levelsFor`. */
  readonly amiss: number;
  /** Nights of rooms in which somebody sleeps. */
  readonly cost: number;
}

export const compareWorth = (one: Worth, other: Worth): number =>
  one.unplaced - other.unplaced ||
  one.moved - other.moved ||
  one.amiss - other.amiss ||
  one.cost - other.cost;

/** What a placing is worth, counted from the start. */
export function worthOf(
  sleepers: readonly Sleeper[],
  rooms: readonly SleepRoom[],
  places: Places,
): Worth {
  const levels = levelsFor(sleepers.length);
  const known = new Map(sleepers.map((each) => [each.id, each]));
  let unplaced = 0;
  let moved = 0;
  let sum = 0;
  for (const sleeper of sleepers) {
    const roomId = places.get(sleeper.id) ?? null;
    if (roomId === null) unplaced += 1;
    if (isMoved(sleeper, roomId)) moved += 1;
    const near =
      roomId === null
        ? []
        : sleepers.filter(
            (mate) =>
              mate.id !== sleeper.id &&
              places.get(mate.id) === roomId &&
              nightsShared(sleeper, mate),
          );
    sum += amiss(sleeper, roomId, near, missedWish(sleeper, known, levels), levels);
  }
  const cost = rooms.reduce((total, room) => {
    const inside = sleepers.filter(({ id }) => places.get(id) === room.id);
    return total + room.nightCost * new Set(inside.flatMap(({ nights }) => nights)).size;
  }, 0);
  return { unplaced, moved, amiss: sum, cost };
}

/** Whether somebody sleeps elsewhere than they were told, without having asked for it. */
export const isMoved = (sleeper: Sleeper, roomId: string | null): boolean =>
  sleeper.before !== undefined && sleeper.asksMove !== true && roomId !== sleeper.before;

/** What must not be in a placing, counted slowly: for tests, and for what was set before stays changed. */
export function roomingFaults(
  sleepers: readonly Sleeper[],
  rooms: readonly SleepRoom[],
  places: Places,
): readonly { readonly kind: 'beds' | 'steps' | 'share' | 'wish'; readonly people: string[] }[] {
  return rooms.flatMap((room) => {
    const inside = sleepers.filter(({ id }) => places.get(id) === room.id);
    const nights = new Set(inside.flatMap((sleeper) => sleeper.nights));
    const isFull = [...nights].some(
      (night) => inside.filter((sleeper) => sleeper.nights.includes(night)).length > room.beds,
    );
    const pairs = inside.flatMap((one, index) =>
      inside.slice(index + 1).map((other) => [one, other] as const),
    );
    return [
      ...(isFull ? [{ kind: 'beds' as const, people: inside.map(({ id }) => id) }] : []),
      ...inside
        .filter((sleeper) => !suits(sleeper, room))
        .map(({ id }) => ({ kind: 'steps' as const, people: [id] })),
      ...pairs
        .filter(([one, other]) => !isOpenlyShareable(one, other))
        .map(([one, other]) => ({ kind: 'share' as const, people: [one.id, other.id] })),
      ...pairs
        .filter(([one, other]) => isOpenlyShareable(one, other) && !mayShare(one, other))
        .map(([one, other]) => ({ kind: 'wish' as const, people: [one.id, other.id] })),
    ];
  });
}
