/**
 * A network in which units flow from a source to a sink at the least cost: successive shortest paths
 * with potentials (Ahuja, Magnanti, Orlin, "Network Flows", 9.7). Costs are not negative.
 */
export class Flow {
  readonly #nodes: number;
  readonly #first: number[];
  readonly #next: number[] = [];
  readonly #to: number[] = [];
  readonly #free: number[] = [];
  readonly #cost: number[] = [];

  /** Nodes are numbered from 0. */
  constructor(nodes: number) {
    this.#nodes = nodes;
    this.#first = Array.from({ length: nodes }, () => -1);
  }

  /** Adds an arc; the number returned names it. */
  arc(from: number, to: number, capacity: number, cost: number): number {
    const number = this.#to.length;
    this.#half(from, to, capacity, cost);
    this.#half(to, from, 0, -cost);
    return number;
  }

  /** How much flows through an arc. */
  through(arc: number): number {
    return this.#free[arc ^ 1] ?? 0;
  }

  /** Sends as much as can be sent, at most `most`, at the least cost of so much. */
  send(source: number, sink: number, most: number): { amount: number; cost: number } {
    const potential = new Float64Array(this.#nodes);
    const distance = new Float64Array(this.#nodes);
    const by = new Int32Array(this.#nodes);
    let amount = 0;
    let total = 0;
    while (amount < most) {
      if (!this.#shortest(source, sink, potential, distance, by)) break;
      const reached = distance[sink] ?? 0;
      for (let node = 0; node < this.#nodes; node++) {
        potential[node] = (potential[node] ?? 0) + Math.min(distance[node] ?? 0, reached);
      }
      let width = most - amount;
      for (let node = sink; node !== source; node = this.#to[(by[node] ?? 0) ^ 1] ?? source) {
        width = Math.min(width, this.#free[by[node] ?? 0] ?? 0);
      }
      for (let node = sink; node !== source; node = this.#to[(by[node] ?? 0) ^ 1] ?? source) {
        const arc = by[node] ?? 0;
        this.#free[arc] = (this.#free[arc] ?? 0) - width;
        this.#free[arc ^ 1] = (this.#free[arc ^ 1] ?? 0) + width;
        total += width * (this.#cost[arc] ?? 0);
      }
      amount += width;
    }
    return { amount, cost: total };
  }

  /** The nodes to which more could flow from a node. */
  reachableFrom(node: number): ReadonlySet<number> {
    const reached = new Set([node]);
    for (const at of reached) {
      for (let arc = this.#first[at] ?? -1; arc >= 0; arc = this.#next[arc] ?? -1) {
        if ((this.#free[arc] ?? 0) > 0) reached.add(this.#to[arc] ?? node);
      }
    }
    return reached;
  }

  #half(from: number, to: number, capacity: number, cost: number): void {
    this.#next.push(this.#first[from] ?? -1);
    this.#first[from] = this.#to.length;
    this.#to.push(to);
    this.#free.push(capacity);
    this.#cost.push(cost);
  }

  /** Dijkstra on reduced costs, until the sink is settled; the rest keeps the sink's distance. */
  #shortest(
    source: number,
    sink: number,
    potential: Float64Array,
    distance: Float64Array,
    by: Int32Array,
  ): boolean {
    distance.fill(Number.POSITIVE_INFINITY);
    distance[source] = 0;
    const heap = new Heap();
    heap.push(0, source);
    while (heap.size > 0) {
      const { key, node } = heap.pop();
      if (key > (distance[node] ?? 0)) continue;
      if (node === sink) return true;
      for (let arc = this.#first[node] ?? -1; arc >= 0; arc = this.#next[arc] ?? -1) {
        if ((this.#free[arc] ?? 0) <= 0) continue;
        const to = this.#to[arc] ?? 0;
        const reduced = (this.#cost[arc] ?? 0) + (potential[node] ?? 0) - (potential[to] ?? 0);
        const through = key + Math.max(0, reduced);
        if (through >= (distance[to] ?? 0)) continue;
        distance[to] = through;
        by[to] = arc;
        heap.push(through, to);
      }
    }
    return false;
  }
}

/** Nodes by their distance, the nearest first; of equals the one that came last. */
class Heap {
  readonly #keys: number[] = [];
  readonly #nodes: number[] = [];

  get size(): number {
    return this.#keys.length;
  }

  push(key: number, node: number): void {
    let at = this.#keys.length;
    this.#keys.push(key);
    this.#nodes.push(node);
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if ((this.#keys[parent] ?? 0) < key) break;
      this.#keys[at] = this.#keys[parent] ?? 0;
      this.#nodes[at] = this.#nodes[parent] ?? 0;
      at = parent;
    }
    this.#keys[at] = key;
    this.#nodes[at] = node;
  }

  pop(): { key: number; node: number } {
    const top = { key: this.#keys[0] ?? 0, node: this.#nodes[0] ?? 0 };
    const key = this.#keys.pop() ?? 0;
    const node = this.#nodes.pop() ?? 0;
    const size = this.#keys.length;
    if (size === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && (this.#keys[child + 1] ?? 0) < (this.#keys[child] ?? 0)) child += 1;
      if ((this.#keys[child] ?? 0) >= key) break;
      this.#keys[at] = this.#keys[child] ?? 0;
      this.#nodes[at] = this.#nodes[child] ?? 0;
      at = child;
    }
    this.#keys[at] = key;
    this.#nodes[at] = node;
    return top;
  }
}
