import { counted } from '@cairn/kernel/words';

/** Takes down what does not fit together: a code for programs, where, and what to write instead. */
export type Wrong = (code: string, path: string, sentence: string) => void;

/** Tells of a number that is not whole or out of its range. */
export function checkNumber(
  value: number,
  least: number,
  path: string,
  wrong: Wrong,
  most = Number.MAX_SAFE_INTEGER,
): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const limit = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
  wrong('not-a-number', path, `Write a whole number, ${limit}, instead of ${value}.`);
}

/** The numbers of things that are named by keys. */
export class Keys {
  readonly #numbers = new Map<string, number>();
  readonly #what: string;
  readonly #wrong: Wrong;

  constructor(
    things: readonly { readonly key: string }[],
    path: string,
    what: string,
    wrong: Wrong,
  ) {
    this.#what = what;
    this.#wrong = wrong;
    for (const [index, { key }] of things.entries()) {
      if (this.#numbers.has(key)) {
        wrong(
          'key-twice',
          `${path}[${index}].key`,
          `Give each ${what} a key of its own; “${key}” is there twice.`,
        );
      }
      this.#numbers.set(key, index);
    }
  }

  one(key: string, path: string): number | undefined {
    const number = this.#numbers.get(key);
    if (number === undefined) {
      const known = counted(
        this.#numbers.size,
        this.#what,
        this.#what === 'person' ? 'people' : undefined,
      );
      this.#wrong(
        'unknown-key',
        path,
        `There is no ${this.#what} “${key}” among the ${known}; write the key of one.`,
      );
    }
    return number;
  }

  all(keys: readonly string[], path: string): number[] {
    return keys.map((key) => this.one(key, path)).filter((number) => number !== undefined);
  }
}
