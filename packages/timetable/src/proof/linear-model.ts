import type { Highs, ModelData } from 'highs';

/** A sum of variables, each so many times. */
export type Terms = readonly (readonly [variable: number, times: number])[];

export interface LinearLimits {
  /** Seconds of the solver’s own clock: where they run out, what is proven depends on the machine. */
  readonly seconds: number;
  /** Nodes of its tree, which are the same on every machine. */
  readonly nodes?: number;
}

export interface LinearResult {
  /** `limit`: neither found nor refuted all. */
  readonly status: 'optimal' | 'infeasible' | 'limit';
  /** The objective is not below this. */
  readonly bound: number;
  readonly objective: number | undefined;
  /** By variable; undefined where none was found. */
  readonly solution: Float64Array | undefined;
}

const IMPOSSIBLE: LinearResult = {
  status: 'infeasible',
  bound: Number.POSITIVE_INFINITY,
  objective: undefined,
  solution: undefined,
};

/** A mixed integer program that is built up row by row, and handed to HiGHS. */
export class LinearModel {
  readonly #cost: number[] = [];
  readonly #upper: number[] = [];
  readonly #isWhole: boolean[] = [];
  readonly #starts: number[] = [0];
  readonly #indices: number[] = [];
  readonly #values: number[] = [];
  readonly #rowLower: number[] = [];
  readonly #rowUpper: number[] = [];
  #offset = 0;
  #isImpossible = false;

  get size(): { variables: number; entries: number } {
    return { variables: this.#cost.length, entries: this.#indices.length };
  }

  /** A variable from 0 up. */
  variable(upper: number, isWhole: boolean): number {
    this.#cost.push(0);
    this.#upper.push(upper);
    this.#isWhole.push(isWhole);
    return this.#cost.length - 1;
  }

  /** Adds to what is minimised. */
  minimise(terms: Terms, constant = 0): void {
    for (const [variable, times] of terms) {
      this.#cost[variable] = (this.#cost[variable] ?? 0) + times;
    }
    this.#offset += constant;
  }

  /** `lower` ≤ the sum ≤ `upper`. */
  row(lower: number, terms: Terms, upper: number): void {
    if (terms.length === 0) {
      this.#isImpossible ||= lower > 0 || upper < 0;
      return;
    }
    const sums = new Map<number, number>();
    for (const [variable, times] of terms) {
      sums.set(variable, (sums.get(variable) ?? 0) + times);
    }
    for (const [variable, times] of sums) {
      this.#indices.push(variable);
      this.#values.push(times);
    }
    this.#starts.push(this.#indices.length);
    this.#rowLower.push(lower);
    this.#rowUpper.push(upper);
  }

  atMost(terms: Terms, upper: number): void {
    this.row(Number.NEGATIVE_INFINITY, terms, upper);
  }

  atLeast(terms: Terms, lower: number): void {
    this.row(lower, terms, Number.POSITIVE_INFINITY);
  }

  /** Solves it, from some values of some variables if there are any. */
  solve(highs: Highs, limits: LinearLimits, start?: ReadonlyMap<number, number>): LinearResult {
    if (this.#isImpossible) return IMPOSSIBLE;
    const columns = this.#cost.length;
    const rows = this.#rowLower.length;
    const data: ModelData = {
      numCols: columns,
      numRows: rows,
      offset: this.#offset,
      colCost: this.#cost,
      colLower: this.#cost.map(() => 0),
      colUpper: this.#upper,
      rowLower: this.#rowLower,
      rowUpper: this.#rowUpper,
      matrix: {
        format: 'csr',
        numRows: rows,
        numCols: columns,
        starts: this.#starts,
        indices: this.#indices,
        values: this.#values,
      },
      integrality: this.#isWhole.map((isWhole) => (isWhole ? 1 : 0)),
    };
    return highs.withModel(data, (model): LinearResult => {
      model.options.set({ output_flag: false, time_limit: limits.seconds, mip_rel_gap: 0 });
      if (limits.nodes !== undefined) model.options.set({ mip_max_nodes: limits.nodes });
      if (start !== undefined && start.size > 0) {
        model.setSolution({ indices: [...start.keys()], values: [...start.values()] });
      }
      model.run();
      const status = model.getModelStatus();
      const { modelStatus } = highs.constants;
      if (status === modelStatus.infeasible) return IMPOSSIBLE;
      const bound = Number(model.info.get('mip_dual_bound'));
      const isFound =
        model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
      return {
        status:
          status === modelStatus.optimal || status === modelStatus.empty ? 'optimal' : 'limit',
        bound: status === modelStatus.empty ? this.#offset : bound,
        objective: isFound ? model.getObjectiveValue() : undefined,
        // Nothing to decide is decided.
        solution:
          status === modelStatus.empty
            ? new Float64Array(columns)
            : isFound
              ? model.getSolution().colValue
              : undefined,
      };
    });
  }
}
