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
  readonly people: number;
  readonly places: number;
  readonly limbs: number;
  /** Where each person is; -1 before they are added. */
  readonly place: Int32Array;
  readonly load: Int32Array;
  /** Below `least` each person is worth a unit of size, above `most` each costs one. */
  readonly least: Int32Array;
  readonly most: Int32Array;
  readonly isClosed: Uint8Array;
  /** Places looked at by searches for shortest paths: the measure of work. */
  iterations = 0;
  readonly #unit: Float64Array;
  /** By person, place and limb. */
  readonly #cost: Float64Array;
  readonly #potential: Float64Array;
  readonly #sink: Float64Array;
  /** By place and place: the least that it costs to move somebody, and whom. */
  readonly #move: Float64Array;
  readonly #mover: Int32Array;
  readonly #head: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #distance: Float64Array;
  readonly #isSettled: Uint8Array;
  readonly #from: Int32Array;
  readonly #end: Float64Array;
  readonly #price: Float64Array;

  constructor(cost: Float64Array, unit: Float64Array, people: number, places: number) {
    const limbs = unit.length;
    this.people = people;
    this.places = places;
    this.limbs = limbs;
    this.#cost = cost;
    this.#unit = unit;
    this.place = new Int32Array(people).fill(-1);
    this.load = new Int32Array(places);
    this.least = new Int32Array(places);
    this.most = new Int32Array(places).fill(2 ** 30);
    this.isClosed = new Uint8Array(places);
    this.#potential = new Float64Array(places * limbs);
    this.#sink = new Float64Array(limbs);
    this.#move = new Float64Array(places * places * limbs);
    this.#mover = new Int32Array(places * places).fill(-1);
    this.#head = new Int32Array(places).fill(-1);
    this.#next = new Int32Array(people).fill(-1);
    this.#previous = new Int32Array(people).fill(-1);
    this.#distance = new Float64Array(places * limbs);
    this.#isSettled = new Uint8Array(places);
    this.#from = new Int32Array(places);
    this.#end = new Float64Array(limbs);
    this.#price = new Float64Array(limbs);
  }

  /** Who is in a place. */
  peopleIn(place: number): number[] {
    const found: number[] = [];
    for (let person = this.#head[place] as number; person >= 0; ) {
      found.push(person);
      person = this.#next[person] as number;
    }
    return found;
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

  /** Adds to a person's cost of a place; only between `takeOut` and adding again. */
  addCost(person: number, place: number, cost: Float64Array, sign: 1 | -1): void {
    const at = (person * this.places + place) * this.limbs;
    for (let limb = 0; limb < this.limbs; limb++) {
      this.#cost[at + limb] = (this.#cost[at + limb] as number) + sign * (cost[limb] as number);
    }
  }

  /** All that `restore` needs, besides the costs. */
  keep(): KeptFlow {
    return {
      place: this.place.slice(),
      least: this.least.slice(),
      most: this.most.slice(),
      isClosed: this.isClosed.slice(),
      potential: this.#potential.slice(),
      sink: this.#sink.slice(),
    };
  }

  restore(kept: KeptFlow): void {
    this.place.set(kept.place);
    this.least.set(kept.least);
    this.most.set(kept.most);
    this.isClosed.set(kept.isClosed);
    this.#potential.set(kept.potential);
    this.#sink.set(kept.sink);
    this.load.fill(0);
    this.#head.fill(-1);
    this.#mover.fill(-1);
    for (let person = 0; person < this.people; person++) {
      const place = this.place[person] as number;
      if (place >= 0) this.#join(person, place);
    }
  }

  #takeOut(people: readonly number[]): number[] {
    const out = people.filter((person) => (this.place[person] as number) >= 0);
    for (const person of out) {
      const place = this.place[person] as number;
      this.#leave(person);
      if (this.isClosed[place] === 0) this.#balance(place);
    }
    return out;
  }

  #empty(place: number): number[] {
    const people = this.peopleIn(place);
    for (const person of people) this.#leave(person);
    return people;
  }

  #join(person: number, place: number): void {
    const { places } = this;
    this.place[person] = place;
    this.load[place] = (this.load[place] as number) + 1;
    const second = this.#head[place] as number;
    this.#next[person] = second;
    this.#previous[person] = -1;
    if (second >= 0) this.#previous[second] = person;
    this.#head[place] = person;
    for (let to = 0; to < places; to++) this.#offer(person, place, to);
  }

  #leave(person: number): void {
    const { places } = this;
    const place = this.place[person] as number;
    this.place[person] = -1;
    this.load[place] = (this.load[place] as number) - 1;
    const next = this.#next[person] as number;
    const previous = this.#previous[person] as number;
    if (previous >= 0) this.#next[previous] = next;
    else this.#head[place] = next;
    if (next >= 0) this.#previous[next] = previous;
    const row = place * places;
    for (let to = 0; to < places; to++) {
      if (this.#mover[row + to] !== person) continue;
      this.#mover[row + to] = -1;
      for (let other = this.#head[place] as number; other >= 0; ) {
        this.#offer(other, place, to);
        other = this.#next[other] as number;
      }
    }
  }

  /** Notes what it costs to move somebody from their place, if nobody there moves more cheaply. */
  #offer(person: number, place: number, to: number): void {
    const { limbs, places } = this;
    const pair = place * places + to;
    const at = pair * limbs;
    const target = (person * places + to) * limbs;
    const own = (person * places + place) * limbs;
    const cost = this.#cost;
    const move = this.#move;
    if ((this.#mover[pair] as number) >= 0) {
      let compared = 0;
      for (let limb = 0; limb < limbs && compared === 0; limb++) {
        compared =
          (cost[target + limb] as number) -
          (cost[own + limb] as number) -
          (move[at + limb] as number);
      }
      if (compared >= 0) return;
    }
    this.#mover[pair] = person;
    for (let limb = 0; limb < limbs; limb++) {
      move[at + limb] = (cost[target + limb] as number) - (cost[own + limb] as number);
    }
  }

  /** What one more person costs a place, or what one fewer saves, in units of size. */
  #nextUnits(place: number): number {
    const load = this.load[place] as number;
    return load < (this.least[place] as number) ? -1 : load < (this.most[place] as number) ? 0 : 1;
  }

  #lastUnits(place: number): number {
    const load = this.load[place] as number;
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
        distance[at + limb] = (this.#cost[own + limb] as number) - (potential[at + limb] as number);
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
      if ((this.#head[place] as number) >= 0) this.#relax(place);
    }
    this.#raise();
    for (let limb = 0; limb < limbs; limb++) {
      this.#sink[limb] = (this.#sink[limb] as number) + (this.#end[limb] as number);
    }
    this.#join(person, this.#shift(last));
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
      const isEmpty = (this.#head[place] as number) < 0;
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
      if ((this.#head[place] as number) >= 0) this.#relax(place);
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
    const move = this.#move;
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
      moves.push(this.#mover[from * this.places + place] as number, place);
      place = from;
    }
    for (let index = 0; index < moves.length; index += 2) {
      const person = moves[index] as number;
      this.#leave(person);
      this.#join(person, moves[index + 1] as number);
    }
    return place;
  }

  /** Gives a place that nobody is in the highest potential that all moves to it allow. */
  #drop(target: number): void {
    const { limbs, places } = this;
    const best = this.#end.fill(Number.POSITIVE_INFINITY);
    for (let place = 0; place < places; place++) {
      if (this.isClosed[place] === 1 || place === target) continue;
      if ((this.#head[place] as number) < 0) continue;
      const row = (place * places + target) * limbs;
      for (let limb = 0; limb < limbs; limb++) {
        this.#price[limb] =
          (this.#move[row + limb] as number) + (this.#potential[place * limbs + limb] as number);
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
