import { plainLine } from './frab-plain.ts';

/** A key that a file has and a reader does not take. */
export interface IgnoredKey {
  /** The kind of thing that has it: `event`. */
  readonly kind: string;
  readonly key: string;
  readonly count: number;
  /** One of its values, shortened. */
  readonly example: string;
}

const LONGEST_EXAMPLE = 80;
/** More keys than any format has; what comes after them would fill a report that nobody reads. */
const MOST_KEYS = 500;

/** Counts what a reader leaves, so that a report can name it; what says nothing is not counted. */
export class IgnoredKeys {
  readonly #known: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #counts = new Map<string, IgnoredKey>();

  /** Takes the keys that are read, by kind of thing. */
  constructor(known: Readonly<Record<string, readonly string[]>>) {
    this.#known = new Map(Object.entries(known).map(([kind, keys]) => [kind, new Set(keys)]));
  }

  note(kind: string, group: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(group)) {
      if (this.#known.get(kind)?.has(key) || isEmpty(value)) continue;
      const before = this.#counts.get(`${kind} ${key}`);
      if (before === undefined && this.#counts.size >= MOST_KEYS) continue;
      const example =
        before?.example ?? JSON.stringify(value).slice(0, LONGEST_EXAMPLE).toWellFormed();
      this.#counts.set(`${kind} ${key}`, {
        kind,
        key: plainLine(key),
        count: (before?.count ?? 0) + 1,
        example,
      });
    }
  }

  list(): IgnoredKey[] {
    return [...this.#counts.values()];
  }
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === false ||
  (typeof value === 'object' && Object.keys(value).length === 0);
