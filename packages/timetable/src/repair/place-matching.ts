import { lowestBit } from './bits.ts';
import type { HardModel } from './hard-model.ts';

/** What the places alone say about a change. */
export interface PlaceBound {
  /** What the moves cost at least; infinite when there are too few places. */
  readonly atLeast: number;
  /** Where there are too few: sessions that share fewer places than they are. */
  readonly tooMany: readonly number[];
}

/**
 * What moves cost at least if nothing but the places matters: which session fits which slot and room,
 * each for one. It sees chains: who goes into an occupied place moves somebody else. Cheapest
 * matching by cheapest augmenting paths (Ford 1956); long sessions count with their first slot, which
 * leaves the bound valid. Where there is none, those that cannot be matched name a set of sessions
 * with too few places (Hall 1935).
 */
export function placeBound(model: HardModel): PlaceBound {
  if (!model.roomsAreSingle || !model.costs.countsRooms) return { atLeast: 0, tooMany: [] };
  const matching = new PlaceMatching(model);
  const wanting = matching.begin();
  for (const session of wanting) {
    const tooMany = matching.add(session);
    if (tooMany !== undefined) return { atLeast: Number.POSITIVE_INFINITY, tooMany };
  }
  return { atLeast: matching.cost, tooMany: [] };
}

class PlaceMatching {
  cost = 0;
  readonly #model: HardModel;
  /** By slot and room, who has it, or -1. */
  readonly #holder: Int32Array;
  readonly #distance: Float64Array;
  readonly #cameFrom: Int32Array;
  readonly #isQueued: Uint8Array;

  constructor(model: HardModel) {
    this.#model = model;
    this.#holder = new Int32Array(model.slots * model.rooms).fill(-1);
    this.#distance = new Float64Array(model.slots * model.rooms);
    this.#cameFrom = new Int32Array(model.slots * model.rooms);
    this.#isQueued = new Uint8Array(model.slots * model.rooms);
  }

  /** Leaves everybody at home who can stay; gives those who need a place and have none. */
  begin(): number[] {
    const { sessions, isNeeded, takesRoom, homeSlot, costs } = this.#model;
    const wanting: number[] = [];
    for (let session = 0; session < sessions; session++) {
      // One that needs no place may give way.
      if (takesRoom[session] === 0 || isNeeded[session] === 0) continue;
      const isKept = costs.isKept[session] === 1 && (homeSlot[session] as number) >= 0;
      const home = this.#home(session);
      const isFree = home >= 0 && this.#holder[home] === -1;
      if (isFree && (isKept || this.#mayStay(session))) this.#put(session, home);
      else if (!isKept) wanting.push(session);
    }
    return wanting;
  }

  /** Finds the cheapest way to place one more; those who share too few places if there is none. */
  add(session: number): readonly number[] | undefined {
    this.#distance.fill(Number.POSITIVE_INFINITY);
    const queue: number[] = [];
    const reached = new Set([session]);
    this.#relax(session, -1, 0, queue);
    let best = -1;
    // Label correcting: to send somebody home again gives its cost back.
    for (let head = 0; head < queue.length; head++) {
      const place = queue[head] as number;
      this.#isQueued[place] = 0;
      const holder = this.#holder[place] as number;
      if (holder < 0) {
        if (best < 0 || (this.#distance[place] as number) < (this.#distance[best] as number)) {
          best = place;
        }
        continue;
      }
      if (this.#model.costs.isKept[holder] === 1) continue;
      reached.add(holder);
      const leaving = (this.#distance[place] as number) - this.#costAt(holder, place);
      this.#relax(holder, place, leaving, queue);
    }
    if (best < 0) return [...reached].sort((one, other) => one - other);
    this.cost += this.#distance[best] as number;
    this.#shift(session, best);
    return undefined;
  }

  #relax(session: number, from: number, distance: number, queue: number[]): void {
    const model = this.#model;
    const bits = model.roomsAt(session);
    for (const slot of model.starts(session)) {
      for (let word = 0; word < model.roomWords; word++) {
        let left = bits[slot * model.roomWords + word] as number;
        while (left !== 0) {
          const place = slot * model.rooms + word * 32 + lowestBit(left);
          left &= left - 1;
          if (place === from) continue;
          const here = distance + this.#costAt(session, place);
          if (here >= (this.#distance[place] as number)) continue;
          this.#distance[place] = here;
          this.#cameFrom[place] = from;
          if (this.#isQueued[place] === 1) continue;
          this.#isQueued[place] = 1;
          queue.push(place);
        }
      }
    }
  }

  #shift(session: number, last: number): void {
    for (let place = last; place >= 0; ) {
      const from = this.#cameFrom[place] as number;
      this.#put(from < 0 ? session : (this.#holder[from] as number), place);
      place = from;
    }
  }

  #put(session: number, place: number): void {
    this.#holder[place] = session;
  }

  #home(session: number): number {
    const { homeSlot, homeRoom, rooms } = this.#model;
    const slot = homeSlot[session] as number;
    return slot < 0 ? -1 : slot * rooms + (homeRoom[session] as number);
  }

  #mayStay(session: number): boolean {
    const { homeSlot, homeRoom } = this.#model;
    return this.#model.allowsPlace(
      session,
      homeSlot[session] as number,
      homeRoom[session] as number,
    );
  }

  #costAt(session: number, place: number): number {
    const { costs, homeSlot } = this.#model;
    const isNew = (homeSlot[session] as number) < 0;
    return isNew || place === this.#home(session) ? 0 : (costs.weight[session] as number);
  }
}
