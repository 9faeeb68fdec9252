import { type Bits, setBit, weightPlanes, wordsFor } from './meeting-bits.ts';
import {
  gapOf,
  type MeetingTimesProblem,
  neededPeople,
  startOf,
  weightOf,
} from './meeting-model.ts';

/**
 * What the search works on. A slot is to it nothing but a column: who can, and at what cost. Weekly
 * habits make most slots of a month equal to others, so equal columns become one, with all its
 * slots; the search tries columns, and the earliest slots that fit are taken at the end.
 */
export interface Column {
  readonly id: number;
  readonly can: Bits;
  /** For each person pain × 2, and 1 more where it is only if need be; `CANNOT` where they cannot. */
  readonly cost: Uint16Array;
}

export const CANNOT = 65_535;

/** A column that a call may take, with the slots of that call which have it, earliest first. */
export interface Choice {
  readonly column: Column;
  readonly slots: readonly number[];
}

export interface Columns {
  readonly problem: MeetingTimesProblem;
  readonly people: number;
  readonly words: number;
  readonly required: number;
  readonly gap: number;
  /** For each slot its start. */
  readonly starts: Float64Array;
  readonly everybody: Bits;
  readonly needed: Bits;
  /** See `weightPlanes`. */
  readonly planes: readonly Bits[];
  readonly totalWeight: number;
  /** What each call may take. */
  readonly choices: readonly (readonly Choice[])[];
}

export function columnsOf(problem: MeetingTimesProblem): Columns {
  const { people, slots, meetings, required } = problem;
  const words = wordsFor(people.length);
  const everybody = new Int32Array(words);
  const needed = new Int32Array(words);
  for (const index of people.keys()) setBit(everybody, index);
  for (const index of neededPeople(problem)) setBit(needed, index);
  const columnOf = distinctColumns(problem);
  const choices = meetings.map(({ candidates }) => {
    const slotsOf = Map.groupBy(new Set(candidates), (slot) => columnOf(slot));
    const earliestFirst = (a: number, b: number): number =>
      startOf(problem, a) - startOf(problem, b) || a - b;
    return [...slotsOf]
      .map(([column, found]) => ({ column, slots: found.sort(earliestFirst) }))
      .sort((a, b) => earliestFirst(a.slots[0] ?? 0, b.slots[0] ?? 0));
  });
  return {
    problem,
    people: people.length,
    words,
    required,
    gap: gapOf(problem),
    starts: Float64Array.from(slots, ({ start }) => start),
    everybody,
    needed,
    planes: weightPlanes(people.map(weightOf)),
    totalWeight: people.reduce((sum, person) => sum + weightOf(person), 0),
    choices,
  };
}

/** Finds equal slots by a fingerprint of the column, then by the column itself. */
function distinctColumns({
  people,
  slots,
  meetings,
}: MeetingTimesProblem): (slot: number) => Column {
  const prints = new Int32Array(slots.length);
  const costAt = (person: number, slot: number): number => {
    const can = people[person]?.can[slot] ?? 0;
    return can === 0 ? CANNOT : (people[person]?.pain[slot] ?? 0) * 2 + (can === 1 ? 1 : 0);
  };
  for (const { can, pain } of people) {
    for (let slot = 0; slot < prints.length; slot++) {
      const level = can[slot] ?? 0;
      const cost = level === 0 ? CANNOT : (pain[slot] ?? 0) * 2 + (level === 1 ? 1 : 0);
      // FNV-1a, a person at a time.
      prints[slot] = Math.imul((prints[slot] ?? 0) ^ cost, 0x01000193) + 0x3ade68b1;
    }
  }
  const candidates = [...new Set(meetings.flatMap((meeting) => meeting.candidates))];
  const firsts = [...new Map(candidates.toReversed().map((slot) => [prints[slot], slot])).values()];
  const costs = firsts.map(() => new Uint16Array(people.length));
  // Person by person, as the memory lies: slot by slot takes several times as long.
  for (let person = 0; person < people.length; person++) {
    for (let index = 0; index < firsts.length; index++) {
      (costs[index] as Uint16Array)[person] = costAt(person, firsts[index] as number);
    }
  }
  const made = new Map(firsts.map((slot, index) => [slot, costs[index]]));
  const byPrint = new Map<number, Column[]>();
  const bySlot = new Map<number, Column>();
  let count = 0;
  for (const slot of candidates) {
    const alike = byPrint.get(prints[slot] ?? 0) ?? [];
    byPrint.set(prints[slot] ?? 0, alike);
    let column = alike.find(({ cost }) =>
      cost.every((each, person) => each === costAt(person, slot)),
    );
    if (column === undefined) {
      const cost = made.get(slot) ?? Uint16Array.from(people, (_, person) => costAt(person, slot));
      column = { id: count++, cost, can: setOf(cost) };
      alike.push(column);
    }
    bySlot.set(slot, column);
  }
  return (slot) => {
    const column = bySlot.get(slot);
    if (column === undefined) throw new Error(`slot ${slot} is no candidate`);
    return column;
  };
}

function setOf(cost: Uint16Array): Bits {
  const bits = new Int32Array(wordsFor(cost.length));
  for (let person = 0; person < cost.length; person++)
    if (cost[person] !== CANNOT) setBit(bits, person);
  return bits;
}

/**
 * The same calls for people who refuse more pain than this in one call. Whoever is well served at no
 * more pain than this in all, is so with these columns too: none of their calls has more.
 */
export function gentleColumns(columns: Columns, mostPain: number): Columns {
  const gentle = new Map<number, Column>();
  const gentleOf = (column: Column): Column => {
    const kept = gentle.get(column.id);
    if (kept !== undefined) return kept;
    const cost = column.cost.map((each) => (each >>> 1 > mostPain ? CANNOT : each));
    const made = { id: column.id, cost, can: setOf(cost) };
    gentle.set(column.id, made);
    return made;
  };
  return {
    ...columns,
    choices: columns.choices.map((choices) =>
      choices.map(({ column, slots }) => ({ column: gentleOf(column), slots })),
    ),
  };
}

/**
 * The earliest slot of a choice that starts at a time or later; undefined when there is none. Taking
 * the earliest for each call in turn gives the earliest timetable there is for these choices.
 */
export function earliestSlot(
  { slots }: Pick<Choice, 'slots'>,
  starts: Float64Array,
  from: number,
): number | undefined {
  // Windows are months and slots of a choice few: no bisection pays here.
  return slots.find((slot) => (starts[slot] ?? 0) >= from);
}

/** The earliest slots for a choice of each call, in order and with the gap; undefined if none fit. */
export function earliestTimes(
  { starts, gap }: Columns,
  chosen: readonly Pick<Choice, 'slots'>[],
): number[] | undefined {
  const times: number[] = [];
  let from = Number.NEGATIVE_INFINITY;
  for (const choice of chosen) {
    const slot = earliestSlot(choice, starts, from);
    if (slot === undefined) return undefined;
    times.push(slot);
    from = (starts[slot] ?? 0) + gap;
  }
  return times;
}

/** Whether the first timetable is earlier: at the first call in which they differ. */
export function isEarlier(
  { starts }: Columns,
  one: readonly number[],
  other: readonly number[],
): boolean {
  const at = one.findIndex((slot, meeting) => slot !== other[meeting]);
  if (at === -1) return false;
  const [a, b] = [one[at] ?? 0, other[at] ?? 0];
  return ((starts[a] ?? 0) - (starts[b] ?? 0) || a - b) < 0;
}
