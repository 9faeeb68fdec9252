import { type Random, seededRandom } from '@cairn/kernel/random';
import { boundOf } from './rooming-bound-rules.ts';
import {
  amiss,
  compareWorth,
  hasBed,
  isMoved,
  type Levels,
  levelsFor,
  mayShare,
  missedWish,
  nightsShared,
  type Places,
  type Sleeper,
  type SleepRoom,
  suits,
  type Worth,
  worthOf,
} from './rooming-rules.ts';

/** A placing that was found, what it is worth, and what is certain about it. */
export interface Found {
  readonly places: Places;
  readonly worth: Worth;
  /**
   * `all`: no other placing finds more people a bed, moves fewer of those who were told, or leaves fewer of the
   * worst off, level by level. `wishes`: the same as far as wishes go; habits may be met better. `nothing`: no bound
   * was reached, and another one may be better. What rooms cost is not part of it.
   */
  readonly proves: 'all' | 'wishes' | 'nothing';
}

/** How often the search begins anew, and how long each search is for each person. */
const STARTS = 4;
const STEPS_EACH = 500;
const MOST_STEPS = 30_000;
/** How warm a search begins and ends: what it may take upon itself to come out of a corner, in energy. */
const WARM = 120;
const COLD = 0.3;
/** While it moves about, levels weigh less apart than in the end, so that it gets anywhere. */
const ENERGY: Levels = { again: 600, mutual: 200, wish: 100, sleep: 15, rhythm: 5 };
const UNPLACED = 5000;
const MOVED = 1000;

/**
 * Finds who sleeps where. Never puts together who may not share, nor more people than beds in any night; people put
 * by hand stay. The same seed finds the same.
 */
export function findRooms(
  sleepers: readonly Sleeper[],
  rooms: readonly SleepRoom[],
  seed: number,
): Found {
  const random = seededRandom(seed);
  const bound = boundOf(sleepers, rooms);
  const { wish } = levelsFor(sleepers.length);
  const proves = ({ unplaced, moved, amiss: sum }: Worth): Found['proves'] => {
    if (unplaced > bound.unplaced || moved > 0) return 'nothing';
    if (sum <= bound.amiss) return 'all';
    // What is below the level of wishes never adds up to one of them.
    return Math.floor(sum / wish) <= Math.floor(bound.amiss / wish) ? 'wishes' : 'nothing';
  };
  let best: Omit<Found, 'proves'> | undefined;
  for (let start = 0; start < STARTS; start += 1) {
    const board = new Board(sleepers, rooms);
    board.fill(random);
    board.anneal(random);
    board.descend();
    const places = board.places();
    const worth = worthOf(sleepers, rooms, places);
    if (best === undefined || compareWorth(worth, best.worth) < 0) best = { places, worth };
    // Once more for what rooms cost, which no bound knows.
    if (start > 0 && proves(best.worth) === 'all') break;
  }
  const found = best ?? { places: new Map(), worth: worthOf(sleepers, rooms, new Map()) };
  return { ...found, proves: proves(found.worth) };
}

/** What a part of a placing is worth, and the same as one number for a search that moves about. */
interface Around extends Worth {
  readonly energy: number;
}
/** Whether a change is taken: by how much energy it saves, or by what it is worth. */
type Accept = (gain: number, before: Worth, after: Worth) => boolean;

/** A placing that is being changed. Rooms are numbers, -1 is none. */
class Board {
  private readonly sleepers: readonly Sleeper[];
  private readonly rooms: readonly SleepRoom[];
  private readonly share: readonly (readonly boolean[])[];
  private readonly near: readonly (readonly boolean[])[];
  /** What it weighs that a wish is missed: in the end, and while the search moves about. */
  private readonly missed: readonly (readonly [number, number])[];
  private readonly movable: readonly number[];
  private readonly roomOf: number[];
  private readonly inside: number[][];
  private readonly levels: Levels;
  private readonly dearest: number;

  constructor(sleepers: readonly Sleeper[], rooms: readonly SleepRoom[]) {
    this.sleepers = sleepers;
    this.rooms = rooms;
    this.share = sleepers.map((one) => sleepers.map((other) => mayShare(one, other)));
    this.levels = levelsFor(sleepers.length);
    const known = new Map(sleepers.map((each) => [each.id, each]));
    this.near = sleepers.map((one) => sleepers.map((other) => nightsShared(one, other)));
    this.missed = sleepers.map((each) => [
      missedWish(each, known, this.levels),
      missedWish(each, known, ENERGY),
    ]);
    this.movable = sleepers.flatMap(({ kept }, index) => (kept === undefined ? [index] : []));
    this.roomOf = sleepers.map(() => -1);
    this.inside = rooms.map(() => []);
    this.dearest = Math.max(1, ...rooms.map(({ nightCost }) => nightCost));
    sleepers.forEach(({ kept }, index) => {
      const room = rooms.findIndex(({ id }) => id === kept);
      if (room >= 0) this.put(index, room);
    });
  }

  places(): Places {
    return new Map(
      this.sleepers.map(({ id }, index) => [id, this.rooms[this.roomOf[index] ?? -1]?.id ?? null]),
    );
  }

  /** First who was told, then who is hardest to place: alone, without steps, then everybody in some order. */
  fill(random: Random): void {
    const order = this.movable
      .map((index) => ({ index, at: random() }))
      .sort((one, other) => this.ease(one.index) - this.ease(other.index) || one.at - other.at);
    for (const { index } of order) {
      const { before, asksMove } = this.of(index);
      const told = asksMove === true ? -1 : this.rooms.findIndex(({ id }) => id === before);
      if (told >= 0 && this.fits(index, told)) this.put(index, told);
    }
    for (const { index } of order) {
      if (this.roomOf[index] !== -1) continue;
      const free = this.rooms.findIndex((_, room) => this.fits(index, room));
      if (free >= 0) this.put(index, free);
    }
  }

  private ease(index: number): number {
    const { isSingle, stepFree } = this.of(index);
    return (isSingle ? 0 : 2) + (stepFree ? 0 : 1);
  }

  anneal(random: Random): void {
    const { movable, rooms } = this;
    if (movable.length === 0 || rooms.length === 0) return;
    const steps = Math.min(MOST_STEPS, STEPS_EACH * movable.length);
    for (let step = 0; step < steps; step += 1) {
      const warmth = WARM * (COLD / WARM) ** (step / steps);
      const one = pick(movable, random);
      const isAccepted: Accept = (gain) => gain >= 0 || random() < Math.exp(gain / warmth);
      if (random() < 0.4) this.tryMove(one, Math.floor(random() * rooms.length), isAccepted);
      else this.trySwap(one, pick(movable, random), isAccepted);
    }
  }

  /** Takes every move and swap that makes it better, until there is none. */
  descend(): void {
    // Seldom more than a few; the limit is only against going on for ever.
    for (let pass = 0, isBetter = true; isBetter && pass < 12; pass += 1) {
      isBetter = false;
      const accept = (_gain: number, before: Worth, after: Worth): boolean => {
        const isLess = compareWorth(after, before) < 0;
        isBetter ||= isLess;
        return isLess;
      };
      for (const one of this.movable) {
        for (let room = 0; room < this.rooms.length; room += 1) this.tryMove(one, room, accept);
        for (const other of this.movable) this.trySwap(one, other, accept);
      }
    }
  }

  /** Moves somebody if there is a bed and it is accepted; who decides sees it done, and it is undone otherwise. */
  private tryMove(one: number, to: number, isAccepted: Accept): void {
    const from = this.roomOf[one] ?? -1;
    if (from === to) return;
    const before = this.around(from, to, one);
    this.put(one, -1);
    if (this.fits(one, to)) {
      this.put(one, to);
      if (this.isTaken(isAccepted, before, this.around(from, to, one))) return;
    }
    this.put(one, from);
  }

  private trySwap(one: number, other: number, isAccepted: Accept): void {
    const [first = -1, second = -1] = [this.roomOf[one], this.roomOf[other]];
    if (first === second) return;
    const before = this.around(first, second, one, other);
    this.put(one, -1);
    this.put(other, -1);
    if (this.fits(one, second) && this.fits(other, first)) {
      this.put(one, second);
      this.put(other, first);
      if (this.isTaken(isAccepted, before, this.around(first, second, one, other))) return;
    }
    this.put(one, first);
    this.put(other, second);
  }

  private of(index: number): Sleeper {
    return this.sleepers[index] as Sleeper; // an index of the list itself
  }

  private mates(room: number): readonly number[] {
    return room < 0 ? [] : (this.inside[room] ?? []);
  }

  private fits(index: number, room: number): boolean {
    if (room < 0) return true;
    const sleeper = this.of(index);
    const place = this.rooms[room] as SleepRoom; // an index of the list itself
    const others = this.mates(room).filter((each) => each !== index);
    return (
      suits(sleeper, place) &&
      others.every((other) => this.share[index]?.[other] === true) &&
      hasBed(
        sleeper,
        place,
        others.map((other) => this.of(other)),
      )
    );
  }

  private put(index: number, room: number): void {
    const from = this.roomOf[index] ?? -1;
    if (from >= 0) this.inside[from] = this.mates(from).filter((each) => each !== index);
    this.roomOf[index] = room;
    if (room >= 0) this.inside[room] = [...this.mates(room), index];
  }

  private isTaken(accept: Accept, before: Around, after: Around): boolean {
    return accept(before.energy - after.energy, before, after);
  }

  /** What the people of two rooms, and those who move between them, are worth. */
  private around(first: number, second: number, ...moving: readonly number[]): Around {
    const people = new Set([...moving, ...this.mates(first), ...this.mates(second)]);
    const cost = this.costOf(first) + this.costOf(second);
    let [energy, unplaced, moved, sum] = [cost / this.dearest, 0, 0, 0];
    for (const index of people) {
      const sleeper = this.of(index);
      const room = this.roomOf[index] ?? -1;
      const roomId = this.rooms[room]?.id ?? null;
      const near = this.mates(room)
        .filter((each) => each !== index && this.near[index]?.[each] === true)
        .map((each) => this.of(each));
      const [exact = 0, rough = 0] = this.missed[index] ?? [];
      sum += amiss(sleeper, roomId, near, exact, this.levels);
      energy += amiss(sleeper, roomId, near, rough, ENERGY);
      if (room < 0) unplaced += 1;
      if (isMoved(sleeper, roomId)) moved += 1;
    }
    energy += unplaced * UNPLACED + moved * MOVED;
    return { energy, unplaced, moved, amiss: sum, cost };
  }

  private costOf(room: number): number {
    if (room < 0) return 0;
    const nights = new Set(this.mates(room).flatMap((each) => this.of(each).nights));
    return nights.size * (this.rooms[room]?.nightCost ?? 0);
  }
}

const pick = <Item>(items: readonly Item[], random: Random): Item =>
  items[Math.floor(random() * items.length)] as Item; // never asked of none
