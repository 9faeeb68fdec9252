import type { IndexedInstance, IndexedSession } from './index-instance.ts';
import type { Timetable } from './model.ts';

/** A session with its place. */
export interface PlacedSession {
  readonly number: number;
  readonly session: IndexedSession;
  readonly slot: number;
  /** -1 for one that takes none. */
  readonly room: number;
  /** The slots in which it runs; those beyond the last do not exist. */
  readonly covers: readonly number[];
}

/** A timetable as one looks at it: by session, by slot, by person. */
export class Placed {
  readonly indexed: IndexedInstance;
  /** Sessions that have a slot and, if they take one, a room; in order. */
  readonly sessions: readonly PlacedSession[];
  readonly #byNumber: ReadonlyMap<number, PlacedSession>;
  readonly #bySlot: readonly PlacedSession[][];

  constructor(indexed: IndexedInstance, timetable: Timetable) {
    this.indexed = indexed;
    this.sessions = indexed.sessions.flatMap((session, number) => {
      const slot = timetable.slot[number] ?? -1;
      const room = session.takesRoom ? (timetable.room[number] ?? -1) : -1;
      if (slot < 0 || (session.takesRoom && room < 0)) return [];
      const covers = Array.from({ length: session.length }, (_, step) => slot + step).filter(
        (each) => each < indexed.slots.length,
      );
      return [{ number, session, slot, room, covers }];
    });
    this.#byNumber = new Map(this.sessions.map((each) => [each.number, each]));
    this.#bySlot = indexed.slots.map(() => []);
    for (const each of this.sessions) {
      for (const slot of each.covers) this.#bySlot[slot]?.push(each);
    }
  }

  /** A session's place, if it has one. */
  at(number: number): PlacedSession | undefined {
    return this.#byNumber.get(number);
  }

  /** Those of some sessions that have a place, in the order given. */
  those(numbers: readonly number[]): PlacedSession[] {
    return numbers.map((number) => this.at(number)).filter((each) => each !== undefined);
  }

  /** What runs in a slot. */
  in(slot: number): readonly PlacedSession[] {
    return this.#bySlot[slot] ?? [];
  }
}

/** Every two of a list, in order. */
export function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other): [T, T] => [one, other]));
}
