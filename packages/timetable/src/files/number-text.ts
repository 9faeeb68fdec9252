import { type Problem, problem } from '@cairn/kernel/problem';
import { placeInText, quoted } from './place-in-text.ts';

/**
 * Reads a text of whole numbers between blanks, one after another. The first fault stays and every
 * number after it is `least`, so that a reader may ask for `fault` after each matrix instead of after
 * each number.
 */
export class NumberText {
  readonly #text: string;
  readonly #file: string;
  #at = 0;
  #fault: Problem | undefined;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  /** What was wrong first. */
  get fault(): Problem | undefined {
    return this.#fault;
  }

  /** How many numbers the rest of the text can hold at most. */
  get most(): number {
    return Math.ceil((this.#text.length - this.#at) / 2);
  }

  /** The next number, which says `what`. */
  whole(what: string, least: number, most: number): number {
    if (this.#fault !== undefined) return least;
    const start = this.#skipBlanks();
    if (start === this.#text.length) {
      this.refuse('text-ends', `The file ends where ${what} should be; is it whole?`, start);
      return least;
    }
    let end = start;
    while (end < this.#text.length && !isBlank(this.#text.charCodeAt(end))) end += 1;
    this.#at = end;
    const piece = this.#text.slice(start, Math.min(end, start + 30));
    const value = /^-?\d{1,15}$/.test(piece) ? Number(piece) : Number.NaN;
    if (value >= least && value <= most) return value;
    const sentence = `${quoted(piece)} is not ${what}: a whole number from ${least} to ${most}.`;
    this.refuse('not-a-number', sentence, start);
    return least;
  }

  /** Says that nothing may follow. */
  end(what: string): void {
    const start = this.#skipBlanks();
    if (this.#fault !== undefined || start === this.#text.length) return;
    const piece = this.#text.slice(start, start + 30).split(/\s/)[0] ?? '';
    this.refuse('text-goes-on', `The file should end after ${what}, but ${quoted(piece)} follows.`);
  }

  /** Keeps a fault, by default where the text was read last. */
  refuse(code: string, sentence: string, at = this.#at): void {
    this.#fault ??= problem(code, sentence, placeInText(this.#text, at, this.#file));
  }

  #skipBlanks(): number {
    while (this.#at < this.#text.length && isBlank(this.#text.charCodeAt(this.#at))) this.#at += 1;
    return this.#at;
  }
}

/** Tab, line feed, vertical tab, form feed, carriage return, space; a byte order mark, too. */
const isBlank = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || code === 0xfeff;
