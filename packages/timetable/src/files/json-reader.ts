import { type Problem, problem } from '@cairn/kernel/problem';
import { listed } from '@cairn/kernel/words';
import { pathInto } from './json-text.ts';
import { printable, quoted } from './place-in-text.ts';
import { MOST } from './sizes.ts';

/** A group of keys. */
export type Group = Readonly<Record<string, unknown>>;

/** As many as somebody mends at a time. */
const MOST_PROBLEMS = 20;

/**
 * Takes plain data apart. What is not as it should be is kept as a problem with its path, and
 * something harmless is given instead, so that a reader tells everything that is wrong at once.
 */
export class JsonReader {
  readonly problems: Problem[] = [];

  /** Keeps a problem. */
  refuse(code: string, path: string, sentence: string): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    this.problems.push(
      problem(code, `${path === '' ? '' : `${printable(path, 120)}: `}${sentence}`, { path }),
    );
  }

  /** A group of these keys. */
  group<const Key extends string>(
    value: unknown,
    path: string,
    known: readonly Key[],
  ): Readonly<Partial<Record<Key, unknown>>> {
    const group: Partial<Record<Key, unknown>> = {};
    for (const [name, each] of Object.entries(this.map(value, path))) {
      const key = known.find((one) => one === name);
      if (key === undefined) {
        const sentence = `${quoted(name)} is no key that is known here; there are ${listed(known)}.`;
        this.refuse('unknown-key', pathInto(path, name), sentence);
      } else {
        group[key] = each;
      }
    }
    return group;
  }

  /** A group of any keys. */
  map(value: unknown, path: string): Group {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    this.refuse('wrong-type', path, wanted('a group of keys in braces', value));
    return {};
  }

  /** A list, of at most so many. */
  list(value: unknown, path: string, most: number): readonly unknown[] {
    if (!Array.isArray(value)) {
      this.refuse('wrong-type', path, wanted('a list in square brackets', value));
      return [];
    }
    const list: readonly unknown[] = value;
    if (list.length <= most) return list;
    this.refuse('too-many', path, `There are ${list.length}, more than the ${most} that are read.`);
    return [];
  }

  text(value: unknown, path: string): string {
    if (typeof value === 'string' && value !== '') return value;
    this.refuse('wrong-type', path, wanted('text in double quotes', value));
    return '';
  }

  /** A whole number. */
  whole(value: unknown, path: string, least: number, most: number): number {
    const isWhole = typeof value === 'number' && Number.isSafeInteger(value);
    if (isWhole && value >= least && value <= most) return value;
    this.refuse('wrong-number', path, wanted(`a whole number from ${least} to ${most}`, value));
    return least;
  }

  flag(value: unknown, path: string): boolean {
    if (typeof value !== 'boolean') this.refuse('wrong-type', path, wanted('true or false', value));
    return value === true;
  }

  /** One of some words. */
  choice<Word extends string>(
    value: unknown,
    path: string,
    words: readonly [Word, ...Word[]],
  ): Word {
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    const quotedWords = words.map((word) => `“${word}”`);
    this.refuse('wrong-word', path, wanted(listed(quotedWords, 'or'), value));
    return words[0];
  }

  /** A list of texts. */
  texts(value: unknown, path: string, most: number): string[] {
    return this.list(value, path, most).map((each, index) =>
      this.text(each, pathInto(path, index)),
    );
  }
}

/** Reads keys that may be left out, and leaves them out of what it gives. */
export class OptionalKeys {
  readonly #reader: JsonReader;
  readonly #group: Group;
  readonly #path: string;

  constructor(reader: JsonReader, group: Group, path: string) {
    this.#reader = reader;
    this.#group = group;
    this.#path = path;
  }

  text<Key extends string>(key: Key): Partial<Record<Key, string>> {
    return this.#given(key, (value, path) => this.#reader.text(value, path));
  }

  texts<Key extends string>(key: Key, most: number): Partial<Record<Key, string[]>> {
    return this.#given(key, (value, path) => this.#reader.texts(value, path, most));
  }

  choice<Key extends string, Word extends string>(
    key: Key,
    words: readonly [Word, ...Word[]],
  ): Partial<Record<Key, Word>> {
    return this.#given(key, (value, path) => this.#reader.choice(value, path, words));
  }

  whole<Key extends string>(
    key: Key,
    least: number,
    most: number = MOST.number,
  ): Partial<Record<Key, number>> {
    return this.#given(key, (value, path) => this.#reader.whole(value, path, least, most));
  }

  #given<Key extends string, T>(
    key: Key,
    read: (value: unknown, path: string) => T,
  ): Partial<Record<Key, T>> {
    const value = this.#group[key];
    if (value === undefined) return {};
    const found: Partial<Record<Key, T>> = {};
    found[key] = read(value, pathInto(this.#path, key));
    return found;
  }
}

function wanted(what: string, value: unknown): string {
  const found =
    value === undefined
      ? 'nothing'
      : typeof value === 'string'
        ? quoted(value)
        : Array.isArray(value)
          ? 'a list'
          : typeof value === 'object' && value !== null
            ? 'a group'
            : String(value);
  return `Write ${what} instead of ${found}.`;
}
