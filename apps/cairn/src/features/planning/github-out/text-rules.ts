import { fenceWalker } from '@cairn/formats/code-fences';

/*
 * What a text says on GitHub and here. Three things differ: numbers of threads, by what people are called,
 * and who is seen to write. Code is left as it is on both sides.
 */

/** What one side calls things, by what the other does. */
export interface Names {
  /** Numbers of threads. */
  readonly numbers: ReadonlyMap<number, number>;
  /** People, in lower case. */
  readonly people: ReadonlyMap<string, string>;
  /** The address of a thread that the other side does not have; undefined where there is none to give. */
  readonly addressOf: (number: number) => string | undefined;
}

const NUMBER = /(?<![\w&/#])#(\d{1,9})(?![\w-])/g;
const MENTION = /(?<![\w@./-])@([a-z0-9](?:-?[a-z0-9])*)(?![\w@/-])/gi;

/**
 * A text with the names of the other side. A number that is nothing there becomes a link to what it is
 * here; a person who is nobody there is named without the sign that would call a stranger.
 *
 *     renamed('See #3, @mira', names) // 'See #41, @mira-n'
 */
export function renamed(text: string, { numbers, people, addressOf }: Names): string {
  return outsideCode(text, (prose) =>
    prose
      .replace(NUMBER, (said: string, digits: string) => {
        const number = Number(digits);
        const theirs = numbers.get(number);
        if (theirs !== undefined) return `#${theirs}`;
        const address = addressOf(number);
        return address === undefined ? said : `[${said}](${address})`;
      })
      .replace(MENTION, (_, handle: string) => {
        const theirs = people.get(handle.toLowerCase());
        return theirs === undefined ? handle : `@${theirs}`;
      }),
  );
}

/**
 * Changes a text but for its code: fenced and indented, and within a line, which a reader is shown as it
 * was typed. Line by line and in one walk: whoever writes on GitHub must not keep us busy.
 */
function outsideCode(text: string, change: (prose: string) => string): string {
  const fence = fenceWalker();
  return text
    .split(/(?<=\n)/)
    .map((line) => {
      const isCode = fence(line.replace(/^[ \t]+/, '').trimEnd());
      return isCode || /^(?: {4}|\t)/.test(line) ? line : besideCode(line, change);
    })
    .join('');
}

/** The same for a line: code stands between two runs of equally many backticks (CommonMark §6.1). */
function besideCode(line: string, change: (prose: string) => string): string {
  const runs = [...line.matchAll(/`+/g)].map(({ 0: run, index }) => ({ run, from: index }));
  const closers: (number | undefined)[] = [];
  const next = new Map<string, number>();
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    const run = runs[at]?.run ?? '';
    closers[at] = next.get(run);
    next.set(run, at);
  }
  let done = '';
  let from = 0;
  for (let at = 0; at < runs.length; at += 1) {
    const [opens, closes] = [runs[at], runs[closers[at] ?? -1]];
    if (opens === undefined || closes === undefined) continue;
    const end = closes.from + closes.run.length;
    done += change(line.slice(from, opens.from)) + line.slice(opens.from, end);
    from = end;
    at = closers[at] ?? at;
  }
  return done + change(line.slice(from));
}

/** What of ours a text on GitHub is: nobody sees it there, and we know it again by it. */
export interface OwnMark {
  readonly kind: 'thread' | 'comment' | 'review';
  readonly id: string;
}

const MARK = /<!-- cairn:(thread|comment|review):([\w-]{1,64}) -->$/;
/** Longer than any mark. */
const MARK_LENGTH = 120;
const SAID_BY = /^_[^\n]*\u2063_\n\n/;

/**
 * A text of ours as it goes to GitHub. Where the App writes it for somebody, it begins with whose words they
 * are and where they were said; an invisible sign ends that line, so that it can be taken off again.
 *
 *     dressed('Yes.', { kind: 'comment', id }, { name: 'Mira Novak', address: 'https://…/plan/3' })
 */
export const dressed = (
  text: string,
  mark: OwnMark,
  saidBy: { readonly name: string; readonly address: string } | undefined,
): string =>
  `${saidBy === undefined ? '' : `_${withoutMarks(saidBy.name)} wrote this in [Cairn](${saidBy.address}):\u2063_\n\n`}${text}\n\n<!-- cairn:${mark.kind}:${mark.id} -->`;

/** What we said, without what was put around it on the way out. */
export function undressed(text: string): string {
  const found = markAtEnd(text);
  if (found === undefined) return text;
  const plain = text.slice(0, found.from).replace(/\r\n?/g, '\n').replace(SAID_BY, '');
  let end = plain.length;
  while (plain[end - 1] === '\n') end -= 1;
  return plain.slice(0, end);
}

/**
 * Which of our texts this says that it is; undefined for what was written there. Anybody can write such a
 * mark: it is to be believed only of an account that writes for us (`isMarkedByUs`).
 */
export const ownMarkIn = (text: string): OwnMark | undefined => markAtEnd(text)?.mark;

function markAtEnd(text: string): { readonly mark: OwnMark; readonly from: number } | undefined {
  const trimmed = text.trimEnd();
  const tail = Math.max(0, trimmed.length - MARK_LENGTH);
  const found = MARK.exec(trimmed.slice(tail));
  const [, kind, id] = found ?? [];
  if (found === null || kind === undefined || id === undefined) return undefined;
  return { mark: { kind: kind as OwnMark['kind'], id }, from: tail + found.index }; // one of the three that the pattern names
}

/** A name as it can stand in a line of emphasis. */
const withoutMarks = (name: string): string => name.replace(/[\\`*_[\]<>@#\n\r]/g, ' ').trim();
