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

/** Fenced and indented code, and code within a line: what a reader is shown as it was typed. */
const CODE =
  /(^[ \t]*(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^[ \t]*\2[`~]*[ \t]*$|(?![\s\S]))|^(?: {4}|\t)[^\n]*$|(`+)(?!`)[^\n]*?[^`\n]\3(?!`))/m;
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

function outsideCode(text: string, change: (prose: string) => string): string {
  let rest = text;
  let done = '';
  for (let code = CODE.exec(rest); code !== null; code = CODE.exec(rest)) {
    if (code[0] === '') break;
    done += change(rest.slice(0, code.index)) + code[0];
    rest = rest.slice(code.index + code[0].length);
  }
  return done + change(rest);
}

/** What of ours a text on GitHub is: nobody sees it there, and we know it again by it. */
export interface OwnMark {
  readonly kind: 'thread' | 'comment' | 'review';
  readonly id: string;
}

const MARK = /\n*<!-- cairn:(thread|comment|review):([\w-]{1,64}) -->\s*$/;
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
export const undressed = (text: string): string =>
  MARK.test(text) ? text.replace(/\r\n?/g, '\n').replace(SAID_BY, '').replace(MARK, '') : text;

/** Which of our texts this is; undefined for what was written there. */
export function ownMarkIn(text: string): OwnMark | undefined {
  const [, kind, id] = MARK.exec(text) ?? [];
  return kind === undefined || id === undefined ? undefined : { kind: kind as OwnMark['kind'], id }; // one of the three that the pattern names
}

/** A name as it can stand in a line of emphasis. */
const withoutMarks = (name: string): string => name.replace(/[\\`*_[\]<>@#\n\r]/g, ' ').trim();
