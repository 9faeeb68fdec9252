import { type Problem, problem } from '@cairn/kernel/problem';
import { quoted } from './place-in-text.ts';

/** A word of a line and where it begins, counted from 1. */
export interface Word {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** Reads a text line by line, each being words between blanks; blank lines do not count. The first fault stays. */
export class LineText {
  readonly #lines: readonly string[];
  readonly #file: string;
  #next = 0;
  #fault: Problem | undefined;

  constructor(text: string, file: string) {
    this.#lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
    this.#file = file;
  }

  get fault(): Problem | undefined {
    return this.#fault;
  }

  /** How many lines are left at most. */
  get left(): number {
    return this.#lines.length - this.#next;
  }

  /** The words of the next line; undefined at the end. */
  peek(): readonly Word[] | undefined {
    while (this.#next < this.#lines.length && this.#lines[this.#next]?.trim() === '')
      this.#next += 1;
    const line = this.#lines[this.#next];
    if (line === undefined) return undefined;
    return [...line.matchAll(/\S+/g)].map(({ 0: text, index }) => ({
      text,
      line: this.#next + 1,
      column: index + 1,
    }));
  }

  /** The words of the next line, which should be `what`. */
  words(what: string): readonly Word[] {
    const words = this.peek();
    if (words === undefined) {
      this.refuse('text-ends', `The file ends where ${what} should be; is it whole?`);
      return [];
    }
    this.#next += 1;
    return words;
  }

  /** Takes a line of just this word, such as the title of a section. */
  title(text: string): void {
    if (this.#fault !== undefined) return;
    const [first, ...more] = this.words(`the line “${text}”`);
    if (first === undefined || (first.text === text && more.length === 0)) return;
    this.refuse(
      'not-in-format',
      `The line “${text}” should be here, not ${quoted(first.text)}.`,
      first,
    );
  }

  /** A whole number from a word. */
  whole(word: Word | undefined, what: string, least: number, most: number): number {
    const value = /^-?\d{1,15}$/.test(word?.text ?? '') ? Number(word?.text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const found = word === undefined ? 'nothing' : quoted(word.text);
    this.refuse(
      'not-a-number',
      `Write ${what}, a whole number from ${least} to ${most}, instead of ${found}.`,
      word,
    );
    return least;
  }

  /** Keeps a fault, at a word or at the line that was read last. */
  refuse(code: string, sentence: string, word?: Word): void {
    const place = word ?? {
      line: Math.max(1, Math.min(this.#next, this.#lines.length)),
      column: 1,
    };
    this.#fault ??= problem(code, sentence, {
      file: this.#file,
      line: place.line,
      column: place.column,
    });
  }
}
