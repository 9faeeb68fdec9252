/** One cell of a table of figures; its unit is in the column's name. */
export type Cell = string | number;

/** Figures of one kind. All rows have the same columns, in the same order. */
export interface Table {
  readonly title: string;
  readonly rows: readonly Readonly<Record<string, Cell>>[];
}

/** What a bench found. */
export interface Report {
  readonly tables: readonly Table[];
  /** What a reader must know to read the figures. */
  readonly notes: readonly string[];
  /** Promises that were seen broken, each in a sentence; speeds are never among them. */
  readonly broken: readonly string[];
  /** Drawings by name, as SVG; kept beside the tables. */
  readonly pictures?: Readonly<Record<string, string>>;
  /** The version of the PostgreSQL that was measured; nothing where none was. */
  readonly postgres?: string;
}

/** How a bench is run. */
export interface Asked {
  /** Small numbers: for whoever works on a bench. The figures mean nothing and are not kept. */
  readonly quick: boolean;
  /** At most so many seeds, of what is run with several: a first look, which a later run goes on from. */
  readonly seeds: number;
  /** A directory for this run alone, which the database's account may pass through. */
  readonly directory: string;
  /** Tells whoever waits how far it is. */
  readonly say: (line: string) => void;
}

/** One thing to measure. */
export interface Bench {
  readonly name: string;
  /** One sentence: what is measured, and how. */
  readonly what: string;
  /** Runs only when it is named: it needs the network, or takes long. */
  readonly onlyWhenNamed?: boolean;
  run(asked: Asked): Promise<Report>;
}

/** The value below which this part (0 to 1) of the values lie. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}

/** A figure with as many digits as a single run can support. */
export const rounded = (value: number): number =>
  value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
