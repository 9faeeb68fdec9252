/**
 * Who is in which place, and who of each place would move to each other place at the least cost. Costs
 * are vectors of so many limbs, compared in order.
 */
export class PlaceMoves {
  readonly people: number;
  readonly places: number;
  readonly limbs: number;
  /** Where each person is; -1 for nowhere at the moment. */
  readonly place: Int32Array;
  readonly load: Int32Array;
  /** By place and place: whom it costs least to move, -1 where nobody is. */
  readonly mover: Int32Array;
  /** By place, place and limb: what that costs. */
  readonly move: Float64Array;
  /** By person, place and limb. */
  readonly cost: Float64Array;
  /** The people of a place, as a list linked both ways. */
  readonly #head: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;

  constructor(cost: Float64Array, people: number, places: number, limbs: number) {
    this.people = people;
    this.places = places;
    this.limbs = limbs;
    this.cost = cost;
    this.place = new Int32Array(people).fill(-1);
    this.load = new Int32Array(places);
    this.move = new Float64Array(places * places * limbs);
    this.mover = new Int32Array(places * places).fill(-1);
    this.#head = new Int32Array(places).fill(-1);
    this.#next = new Int32Array(people).fill(-1);
    this.#previous = new Int32Array(people).fill(-1);
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

  isEmpty(place: number): boolean {
    return (this.#head[place] as number) < 0;
  }

  /** Adds to a person's cost of a place; only between `takeOut` and adding again. */
  addCost(person: number, place: number, cost: Float64Array, sign: 1 | -1): void {
    const at = (person * this.places + place) * this.limbs;
    for (let limb = 0; limb < this.limbs; limb++) {
      this.cost[at + limb] = (this.cost[at + limb] as number) + sign * (cost[limb] as number);
    }
  }

  /** Puts everybody where they are said to be. */
  putAll(place: Int32Array): void {
    this.place.set(place);
    this.load.fill(0);
    this.#head.fill(-1);
    this.mover.fill(-1);
    for (let person = 0; person < this.people; person++) {
      if ((place[person] as number) >= 0) this.join(person, place[person] as number);
    }
  }

  join(person: number, place: number): void {
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

  leave(person: number): void {
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
      if (this.mover[row + to] !== person) continue;
      this.mover[row + to] = -1;
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
    const cost = this.cost;
    const move = this.move;
    if ((this.mover[pair] as number) >= 0) {
      let compared = 0;
      for (let limb = 0; limb < limbs && compared === 0; limb++) {
        compared =
          (cost[target + limb] as number) -
          (cost[own + limb] as number) -
          (move[at + limb] as number);
      }
      if (compared >= 0) return;
    }
    this.mover[pair] = person;
    for (let limb = 0; limb < limbs; limb++) {
      move[at + limb] = (cost[target + limb] as number) - (cost[own + limb] as number);
    }
  }
}
