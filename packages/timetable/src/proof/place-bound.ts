import { counted } from '@cairn/kernel/words';
import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import type { Assumed } from './assumed.ts';
import { type Share, titles, wholeAtLeast } from './bound.ts';
import { Flow } from './flow.ts';
import { coveredFrom, PLACE_KINDS, PlaceCosts } from './place-costs.ts';
import { type RoomClass, roomClasses } from './room-classes.ts';

/**
 * What the rules about a session's own place, and rooms taken twice, cost at least together: the
 * cheapest matching of sessions to places. A session of several slots is cut into as many pieces,
 * each with its share of the cost and free to be elsewhere than the rest; k sessions in one place
 * cost k(k−1)/2 pairs, so the next piece in a place costs as much as there are pieces there.
 */
export function placeShare(assumed: Assumed, rules: readonly IndexedRule[]): Share | undefined {
  const { indexed } = assumed;
  const own = rules.filter(({ kind }) => PLACE_KINDS.has(kind) || kind === 'room-taken');
  if (own.length === 0) return undefined;
  const classes = roomClasses(indexed);
  const matching = new PlaceMatching(assumed, own, classes);
  const { value, crowd } = matching.solve();
  return {
    rules: own,
    value: wholeAtLeast(value),
    source: 'places',
    sentence:
      value > 0 ? crowdSentence(indexed, crowd) : 'Every session has a place that suits it.',
  };
}

/**
 * Sessions that have fewer places in which nothing is broken than they need (Hall); none where each
 * can have one.
 */
export function crowdOf(assumed: Assumed, rules: readonly IndexedRule[]): readonly number[] {
  const share = new PlaceMatching(assumed, rules, roomClasses(assumed.indexed)).solve();
  return share.crowd.sessions;
}

/** Sessions that have fewer good places than they need. */
interface Crowd {
  readonly sessions: readonly number[];
  readonly needed: number;
  readonly places: number;
}

function crowdSentence(indexed: IndexedInstance, { sessions, needed, places }: Crowd): string {
  if (sessions.length === 0) return 'No matching of sessions to places costs less.';
  const found =
    places === 0
      ? 'no place suits them'
      : `only ${counted(places, 'place suits them', 'places suit them')}`;
  if (sessions.length === 1 && places === 0) {
    return `No place suits ${titles(indexed, sessions)}.`;
  }
  return `${titles(indexed, sessions)} need ${counted(needed, 'place')} and ${found}.`;
}

class PlaceMatching {
  readonly #assumed: Assumed;
  readonly #classes: readonly RoomClass[];
  readonly #costs: PlaceCosts;
  /** What the second in a place costs; infinite where there cannot be one. */
  readonly #crowding: number;

  constructor(assumed: Assumed, rules: readonly IndexedRule[], classes: readonly RoomClass[]) {
    this.#assumed = assumed;
    this.#classes = classes;
    this.#costs = new PlaceCosts(assumed.indexed, rules);
    this.#crowding = assumed.holds('room-taken')
      ? Number.POSITIVE_INFINITY
      : rules
          .filter(({ kind }) => kind === 'room-taken')
          .reduce((sum, { weight }) => sum + weight, 0);
  }

  solve(): { value: number; crowd: Crowd } {
    const free = this.#match(true);
    if (free.cost === 0 && free.amount === free.tokens) {
      return { value: 0, crowd: { sessions: [], needed: 0, places: 0 } };
    }
    const all = this.#match(false);
    const value = all.amount < all.tokens ? Number.POSITIVE_INFINITY : all.cost;
    return { value, crowd: free.crowd };
  }

  #match(onlyFree: boolean): { amount: number; tokens: number; cost: number; crowd: Crowd } {
    const { indexed } = this.#assumed;
    const slots = indexed.slots.length;
    const pieces = indexed.sessions.flatMap((session, number) => {
      const starts = this.#assumed.starts(number);
      const count = Math.min(...starts.map((start) => coveredFrom(indexed, session, start)));
      const step = (_: unknown, step: number) => ({
        number,
        step,
        of: starts.length === 0 ? 1 : count,
      });
      return Array.from({ length: starts.length === 0 ? 1 : count }, step);
    });
    const places = slots * this.#classes.length;
    const roomless = pieces.length + places;
    const source = roomless + 1;
    const sink = source + 1;
    const flow = new Flow(sink + 1);
    for (const [piece, { number, step, of }] of pieces.entries()) {
      flow.arc(source, piece, 1, 0);
      const nowhere = this.#assumed.isPlaced(number)
        ? Number.POSITIVE_INFINITY
        : this.#costs.nowhere(number);
      if (nowhere === 0 || (!onlyFree && nowhere < Number.POSITIVE_INFINITY)) {
        flow.arc(piece, sink, 1, nowhere / of);
      }
      this.#arcsOf(flow, piece, number, step, of, pieces.length, roomless, onlyFree);
    }
    for (let place = 0; place < places; place++) {
      const { rooms } = this.#classes[place % this.#classes.length] ?? { rooms: [] };
      this.#capacity(flow, pieces.length + place, sink, rooms.length, pieces.length, onlyFree);
    }
    flow.arc(roomless, sink, pieces.length, 0);
    const { amount, cost } = flow.send(source, sink, pieces.length);
    const reached = flow.reachableFrom(source);
    const crowded = pieces.filter((_, piece) => reached.has(piece));
    const crowdedPlaces = [...reached]
      .filter((node) => node >= pieces.length && node < roomless)
      .reduce((sum, node) => sum + this.#roomsAt(node - pieces.length), 0);
    return {
      amount,
      cost,
      tokens: pieces.length,
      crowd: {
        sessions: [...new Set(crowded.map(({ number }) => number))],
        needed: crowded.length,
        places: crowdedPlaces,
      },
    };
  }

  #roomsAt(place: number): number {
    return this.#classes[place % this.#classes.length]?.rooms.length ?? 0;
  }

  #capacity(
    flow: Flow,
    node: number,
    sink: number,
    rooms: number,
    most: number,
    onlyFree: boolean,
  ) {
    if (this.#crowding === 0) {
      flow.arc(node, sink, most, 0);
      return;
    }
    flow.arc(node, sink, rooms, 0);
    if (onlyFree || this.#crowding === Number.POSITIVE_INFINITY) return;
    // In a class of rooms the pieces are spread evenly over its rooms.
    for (let more = 1; more * rooms < most + rooms && more <= MOST_CROWDED; more++) {
      const capacity = more === MOST_CROWDED ? most : rooms;
      flow.arc(node, sink, capacity, more * this.#crowding);
    }
  }

  #arcsOf(
    flow: Flow,
    piece: number,
    number: number,
    step: number,
    of: number,
    firstPlace: number,
    roomless: number,
    onlyFree: boolean,
  ): void {
    const takesRoom = this.#assumed.indexed.sessions[number]?.takesRoom ?? false;
    for (const start of this.#assumed.starts(number)) {
      if (!takesRoom) {
        const cost = this.#costs.at(number, start, -1);
        if (!onlyFree || cost === 0) flow.arc(piece, roomless, 1, cost / of);
        continue;
      }
      for (const [index, { rooms }] of this.#classes.entries()) {
        const room = rooms[0] ?? 0;
        if (!this.#assumed.allowsAt(number, start, room)) continue;
        const cost = this.#costs.at(number, start, room);
        if (onlyFree && cost > 0) continue;
        flow.arc(piece, firstPlace + (start + step) * this.#classes.length + index, 1, cost / of);
      }
    }
  }
}

/** Beyond this a place costs no more for the next, which is less than it would: still a bound. */
const MOST_CROWDED = 8;
