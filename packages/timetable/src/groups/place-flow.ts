import { PlaceMoves } from './place-moves.ts';

/**
 * Who is in which place at the least cost, as a flow: from people through places to a sink that takes
 * each place's people at a price that rises with their number (so many too few, enough, too many).
 *
 * People stand in no network of their own: a place leads to another by whoever of its people would
 * move there most cheaply. With far fewer places than people, that is a small dense network, in which
 * each person is added by one shortest path (successive shortest paths with potentials, Dijkstra as in
 * Edmonds and Karp 1972 and Tomizawa 1971). So the flow costs least at every moment: also after a
 * place was closed or was given other bounds.
 *
 * Costs are vectors of whole numbers that are compared in order (see `packingOf`): an ordered group,
 * which is all that shortest paths need.
 */
export class PlaceFlow {
  readonly places: number;
  readonly limbs: number;
  /** Where each person is, and how many each place has. */
  readonly moves: PlaceMoves;
  /** Below `least` each person is worth a unit of size, above `most` each costs one. */
  readonly least: Int32Array;
  readonly most: Int32Array;
  readonly isClosed: Uint8Array;
  /** Places looked at by searches for shortest paths: the measure of work. */
  iterations = 0;
  readonly #unit: Float64Array;
  readonly #potential: Float64Array;
  readonly #sink: Float64Array;
  readonly #distance: Float64Array;
  readonly #isSettled: Uint8Array;
  readonly #from: Int32Array;
  readonly #end: Float64Array;
  readonly #price: Float64Array;

  constructor(cost: Float64Array, unit: Float64Array, people: number, places: number) {
    const limbs = unit.length;
    this.places = places;
    this.limbs = limbs;
    this.#unit = unit;
    this.moves = new PlaceMoves(cost, people, places, limbs);
    this.least = new Int32Array(places);
    this.most = new Int32Array(places).fill(2 ** 30);
    this.isClosed = new Uint8Array(places);
    this.#potential = new Float64Array(places * limbs);
    this.#sink = new Float64Array(limbs);
    this.#distance = new Float64Array(places * limbs);
    this.#isSettled = new Uint8Array(places);
    this.#from = new Int32Array(places);
    this.#end = new Float64Array(limbs);
    this.#price = new Float64Array(limbs);
  }

  /** Sets bounds before anybody is added. */
  bound(place: number, least: number, most: number): void {
    this.least[place] = least;
    this.most[place] = most;
  }

  /** Adds people, in this order, each by the cheapest chain of moves. */
  addAll(people: ArrayLike<number>): void {
    this.#lowerSink();
    for (let index = 0; index < people.length; index++) this.#add(people[index] as number);
  }

  /** Nobody may be in a place any more; whoever was is added elsewhere. */
  close(place: number): void {
    const people = this.#empty(place);
    this.isClosed[place] = 1;
    for (const person of people) this.#add(person);
  }

  /** Gives an open place other bounds, and people other costs. */
  change(
    place: number,
    { least, most }: { readonly least: number; readonly most: number },
    repriced: readonly number[] = [],
    reprice: () => void = () => {},
  ): void {
    const people = this.#empty(place);
    this.isClosed[place] = 1;
    people.push(...this.#takeOut(repriced.filter((person) => !people.includes(person))));
    reprice();
    this.bound(place, least, most);
    this.isClosed[place] = 0;
    this.#drop(place);
    this.#balance(place);
    for (const person of people) this.#add(person);
  }

  /** Gives people other costs. */
  reprice(people: readonly number[], reprice: () => void): void {
    const out = this.#takeOut(people);
    reprice();
    for (const person of out) this.#add(person);
  }

  /** All that `restore` needs, besides the costs. */
  keep(): KeptFlow {
    return {
      place: this.moves.place.slice(),
      least: this.least.slice(),
      most: this.most.slice(),
      isClosed: this.isClosed.slice(),
      potential: this.#potential.slice(),
      sink: this.#sink.slice(),
    };
  }

  restore(kept: KeptFlow): void {
    this.least.set(kept.least);
    this.most.set(kept.most);
    this.isClosed.set(kept.isClosed);
    this.#potential.set(kept.potential);
    this.#sink.set(kept.sink);
    this.moves.putAll(kept.place);
  }

  #takeOut(people: readonly number[]): number[] {
    const out = people.filter((person) => (this.moves.place[person] as number) >= 0);
    for (const person of out) {
      const place = this.moves.place[person] as number;
      this.moves.leave(person);
      if (this.isClosed[place] === 0) this.#balance(place);
    }
    return out;
  }

  #empty(place: number): number[] {
    const people = this.moves.peopleIn(place);
    for (const person of people) this.moves.leave(person);
    return people;
  }

  /** What one more person costs a place, or what one fewer saves, in units of size. */
  #nextUnits(place: number): number {
    const load = this.moves.load[place] as number;
    return load < (this.least[place] as number) ? -1 : load < (this.most[place] as number) ? 0 : 1;
  }

  #lastUnits(place: number): number {
    const load = this.moves.load[place] as number;
    return load <= (this.least[place] as number)
      ? -1
      : load <= (this.most[place] as number)
        ? 0
        : 1;
  }

  /** Lets the sink be no further than any place that may be filled now. */
  #lowerSink(): void {
    const { limbs, places } = this;
    for (let place = 0; place < places; place++) {
      if (this.isClosed[place] === 1) continue;
      if (this.#sinkCost(place, this.#price) >= 0) continue;
      for (let limb = 0; limb < limbs; limb++) {
        this.#sink[limb] = (this.#sink[limb] as number) + (this.#price[limb] as number);
      }
    }
  }

  /** Writes the reduced cost from a place to the sink; returns its sign. */
  #sinkCost(place: number, into: Float64Array): number {
    const units = this.#nextUnits(place);
    const at = place * this.limbs;
    let sign = 0;
    for (let limb = 0; limb < this.limbs; limb++) {
      const cost =
        units * (this.#unit[limb] as number) +
        (this.#potential[at + limb] as number) -
        (this.#sink[limb] as number);
      into[limb] = cost;
      if (sign === 0) sign = cost;
    }
    return sign;
  }

  #add(person: number): void {
    const { limbs, places } = this;
    const distance = this.#distance;
    const potential = this.#potential;
    for (let place = 0; place < places; place++) {
      this.#isSettled[place] = this.isClosed[place] as number;
      this.#from[place] = -1;
      const at = place * limbs;
      const own = (person * places + place) * limbs;
      for (let limb = 0; limb < limbs; limb++) {
        distance[at + limb] =
          (this.moves.cost[own + limb] as number) - (potential[at + limb] as number);
      }
    }
    this.#end.fill(Number.POSITIVE_INFINITY);
    let last = -1;
    for (;;) {
      const place = this.#nearest();
      if (place < 0 || !isLess(distance, place * limbs, this.#end, limbs)) break;
      this.#isSettled[place] = 1;
      this.#sinkCost(place, this.#price);
      for (let limb = 0; limb < limbs; limb++) {
        this.#price[limb] =
          (this.#price[limb] as number) + (distance[place * limbs + limb] as number);
      }
      if (isLess(this.#price, 0, this.#end, limbs)) {
        this.#end.set(this.#price);
        last = place;
      }
      if (!this.moves.isEmpty(place)) this.#relax(place);
    }
    this.#raise();
    for (let limb = 0; limb < limbs; limb++) {
      this.#sink[limb] = (this.#sink[limb] as number) + (this.#end[limb] as number);
    }
    this.moves.join(person, this.#shift(last));
  }

  /** Fills a place from others as long as that costs less than leaving it as it is. */
  #balance(place: number): void {
    while (this.#sinkCost(place, this.#price) < 0) {
      if (!this.#findPathTo(place)) {
        // Nobody is anywhere: nothing holds its potential down.
        const at = place * this.limbs;
        for (let limb = 0; limb < this.limbs; limb++) {
          this.#potential[at + limb] =
            (this.#potential[at + limb] as number) - (this.#price[limb] as number);
        }
        return;
      }
      if (this.#sinkCost(place, this.#price) >= 0) return;
      this.#shift(place);
    }
  }

  /** The cheapest chain of moves into a place from any that can spare somebody. */
  #findPathTo(target: number): boolean {
    const { limbs, places } = this;
    const distance = this.#distance;
    let hasAny = false;
    for (let place = 0; place < places; place++) {
      this.#from[place] = -1;
      const isEmpty = this.moves.isEmpty(place);
      this.#isSettled[place] = this.isClosed[place] as number;
      const at = place * limbs;
      if (isEmpty || this.isClosed[place] === 1) {
        distance.fill(Number.POSITIVE_INFINITY, at, at + limbs);
        continue;
      }
      hasAny = true;
      const units = this.#lastUnits(place);
      for (let limb = 0; limb < limbs; limb++) {
        distance[at + limb] =
          (this.#sink[limb] as number) -
          units * (this.#unit[limb] as number) -
          (this.#potential[at + limb] as number);
      }
    }
    if (!hasAny) return false;
    for (;;) {
      const place = this.#nearest();
      if (place < 0) return false;
      if (place === target) break;
      this.#isSettled[place] = 1;
      if (!this.moves.isEmpty(place)) this.#relax(place);
    }
    this.#end.set(distance.subarray(target * limbs, (target + 1) * limbs));
    this.#raise();
    return true;
  }

  #nearest(): number {
    const { limbs, places } = this;
    this.iterations += 1;
    const distance = this.#distance;
    let nearest = -1;
    for (let place = 0; place < places; place++) {
      if (this.#isSettled[place] === 1) continue;
      if (nearest < 0) {
        nearest = place;
        continue;
      }
      for (let limb = 0; limb < limbs; limb++) {
        const one = distance[place * limbs + limb] as number;
        const other = distance[nearest * limbs + limb] as number;
        if (one < other) nearest = place;
        if (one !== other) break;
      }
    }
    return nearest;
  }

  #relax(place: number): void {
    const { limbs, places } = this;
    const distance = this.#distance;
    const potential = this.#potential;
    const { move } = this.moves;
    const own = place * limbs;
    for (let to = 0; to < places; to++) {
      if (this.#isSettled[to] === 1) continue;
      const row = (place * places + to) * limbs;
      const at = to * limbs;
      let compared = 0;
      for (let limb = 0; limb < limbs && compared === 0; limb++) {
        const there =
          (distance[own + limb] as number) +
          (move[row + limb] as number) +
          (potential[own + limb] as number) -
          (potential[at + limb] as number);
        compared =
          there < (distance[at + limb] as number)
            ? -1
            : there > (distance[at + limb] as number)
              ? 1
              : 0;
      }
      if (compared >= 0) continue;
      this.#from[to] = place;
      for (let limb = 0; limb < limbs; limb++) {
        distance[at + limb] =
          (distance[own + limb] as number) +
          (move[row + limb] as number) +
          (potential[own + limb] as number) -
          (potential[at + limb] as number);
      }
    }
  }

  /** Raises potentials by the distances, those beyond the end by its distance. */
  #raise(): void {
    const { limbs, places } = this;
    for (let place = 0; place < places; place++) {
      if (this.isClosed[place] === 1) continue;
      const at = place * limbs;
      const isNear = isLess(this.#distance, at, this.#end, limbs);
      for (let limb = 0; limb < limbs; limb++) {
        const by = isNear ? (this.#distance[at + limb] as number) : (this.#end[limb] as number);
        this.#potential[at + limb] = (this.#potential[at + limb] as number) + by;
      }
    }
  }

  /** Moves people along the path that ends here; returns the place at its beginning. */
  #shift(last: number): number {
    const moves: number[] = [];
    let place = last;
    for (;;) {
      const from = this.#from[place] as number;
      if (from < 0) break;
      moves.push(this.moves.mover[from * this.places + place] as number, place);
      place = from;
    }
    for (let index = 0; index < moves.length; index += 2) {
      const person = moves[index] as number;
      this.moves.leave(person);
      this.moves.join(person, moves[index + 1] as number);
    }
    return place;
  }

  /** Gives a place that nobody is in the highest potential that all moves to it allow. */
  #drop(target: number): void {
    const { limbs, places } = this;
    const best = this.#end.fill(Number.POSITIVE_INFINITY);
    for (let place = 0; place < places; place++) {
      if (this.isClosed[place] === 1 || place === target) continue;
      if (this.moves.isEmpty(place)) continue;
      const row = (place * places + target) * limbs;
      for (let limb = 0; limb < limbs; limb++) {
        this.#price[limb] =
          (this.moves.move[row + limb] as number) +
          (this.#potential[place * limbs + limb] as number);
      }
      if (isLess(this.#price, 0, best, limbs)) best.set(this.#price);
    }
    if (best[0] === Number.POSITIVE_INFINITY) best.set(this.#sink);
    this.#potential.set(best, target * limbs);
  }
}

/** What a flow is, besides its costs. */
export interface KeptFlow {
  readonly place: Int32Array;
  readonly least: Int32Array;
  readonly most: Int32Array;
  readonly isClosed: Uint8Array;
  readonly potential: Float64Array;
  readonly sink: Float64Array;
}

function isLess(some: Float64Array, at: number, others: Float64Array, limbs: number): boolean {
  for (let limb = 0; limb < limbs; limb++) {
    const one = some[at + limb] as number;
    const other = others[limb] as number;
    if (one !== other) return one < other;
  }
  return false;
}
