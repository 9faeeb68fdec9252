import { inlineText, parseMarkdown } from '@cairn/formats/markdown';
import { taskListItems } from '@cairn/formats/task-list';
import type { PlainDate } from '@cairn/kernel/time';
import { type DueContext, readDue } from './due-rules.ts';

/** Somebody who can be named in an action item. */
export interface Mentionable {
  readonly id: string;
  readonly name: string;
  /** GitHub handles. */
  readonly handles: readonly string[];
}

/** Everything that names and days in the text are read by. */
export interface ActionContext extends DueContext {
  readonly people: readonly Mentionable[];
}

/** A point of a task list, read as `- [ ] @who what by when`. */
export interface ActionItem {
  /** From 1. */
  readonly line: number;
  readonly isDone: boolean;
  /** As it was written behind the box. */
  readonly text: string;
  /** What is to be done, without who and when, as plain text; never empty. */
  readonly title: string;
  /** Ids; nobody where nobody was named, or nobody known. */
  readonly owners: readonly string[];
  readonly due: PlainDate | undefined;
  /** What could not be understood, in sentences that say what to write instead. */
  readonly notUnderstood: readonly string[];
}

/** Tasks of one text, and people named in one of them; more is no list that anybody works through. */
const MOST_ITEMS = 500;
const MOST_MENTIONS = 50;

/** Columns of the database and lines of a mail: a longer title is cut. */
const LONGEST_TITLE = 300;

/**
 * Reads the action items of notes in Markdown: every point of a task list, nested ones too, code
 * left out. Who is to do it stands first (`@handle`, `@Ada` where only one has that first name, or
 * `@Ada Byron`; several with commas or “and”), or else anywhere in the line. What cannot be
 * understood stays part of an item without owner or day, and is said in `notUnderstood`. After the
 * first 500 points the rest are no items, which the last one says.
 *
 *     actionItems('- [ ] @ada book the room by Friday', context)
 */
export function actionItems(markdown: string, context: ActionContext): ActionItem[] {
  const names = namesOf(context.people);
  const points = taskListItems(markdown);
  return points.slice(0, MOST_ITEMS).map(({ line, isDone, text }, index) => {
    const leading = leadingMentions(text, names);
    const mentions = leading.found.length > 0 ? leading.found : allMentions(text, names);
    const { due, rest, unreadable } = readDue(leading.rest, context);
    const owners = [...new Set(mentions.flatMap(({ id }) => id ?? []))];
    return {
      line,
      isDone,
      text,
      title: titleOf(rest, text),
      owners,
      due,
      notUnderstood: [
        ...mentions.filter(({ id }) => id === undefined).map(explainMention),
        ...(unreadable === undefined
          ? []
          : [
              `“by ${unreadable}” is not a day that can be read, so this has no due day yet; write it as 2023-03-01 or 1 March.`,
            ]),
        ...(index === MOST_ITEMS - 1 && points.length > MOST_ITEMS
          ? [
              `The ${points.length - MOST_ITEMS} points after this one make no tasks: one text has at most ${MOST_ITEMS}.`,
            ]
          : []),
      ],
    };
  });
}

interface Mention {
  readonly written: string;
  /** Undefined when nobody, or more than one, is meant by it. */
  readonly id: string | undefined;
  readonly isAmbiguous: boolean;
}

const explainMention = ({ written, isAmbiguous }: Mention): string =>
  isAmbiguous
    ? `More than one person here is called “${written}”, so this has no owner from it; write the whole name or the GitHub handle.`
    : `Nobody who takes part is known as “${written}”, so this has no owner from it; write a GitHub handle, a first name that only one has, or “@First Last”.`;

/** Case and accents do not count in names. */
const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

interface Names {
  /** Whole names of two words and more by their first word, longest first. */
  readonly whole: ReadonlyMap<string, readonly { readonly name: string; readonly id: string }[]>;
  readonly handles: ReadonlyMap<string, string>;
  /** Ids by first name. */
  readonly first: ReadonlyMap<string, readonly string[]>;
}

function namesOf(people: readonly Mentionable[]): Names {
  const first = new Map<string, string[]>();
  const whole = new Map<string, { name: string; id: string }[]>();
  for (const { id, name } of people) {
    const words = folded(name).split(/\s+/);
    const [given = ''] = words;
    first.set(given, [...(first.get(given) ?? []), id]);
    if (words.length < 2) continue;
    const named = [...(whole.get(given) ?? []), { id, name: words.join(' ') }];
    whole.set(
      given,
      named.sort((a, b) => b.name.length - a.name.length),
    );
  }
  const handles = people.flatMap(({ id, handles: own }) =>
    own.map((handle) => [handle.toLowerCase(), id] as const),
  );
  return { whole, handles: new Map(handles), first };
}

/** A whole name in a mention is looked for in so many characters. */
const LONGEST_NAME = 200;

const WORD = /^@([\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._'’-]*[\p{L}\p{M}\p{N}])?)/u;

/** Who is meant by the mention that a text begins with, and what follows; undefined when there is none. */
function mentionAt(
  text: string,
  names: Names,
): { readonly mention: Mention; readonly rest: string } | undefined {
  const [short, word = ''] = WORD.exec(text) ?? [];
  if (short === undefined) return undefined;
  const pieces = text.slice(1, 1 + LONGEST_NAME).split(/(\s+)/);
  const candidates = names.whole.get(folded(pieces[0] ?? '')) ?? [];
  // What is written, by its number of words: many may share a first name.
  const writings = new Map<number, { readonly trimmed: string; readonly name: string }>();
  for (const { name, id } of candidates) {
    const count = name.split(' ').length;
    const writing = writings.get(count) ?? writtenName(pieces.slice(0, 2 * count - 1).join(''));
    writings.set(count, writing);
    const { trimmed } = writing;
    if (writing.name !== name) continue;
    const isAmbiguous = candidates.some((other) => other.name === name && other.id !== id);
    return {
      mention: { written: `@${trimmed}`, id: isAmbiguous ? undefined : id, isAmbiguous },
      rest: text.slice(1 + trimmed.length),
    };
  }
  const named = names.first.get(folded(word)) ?? [];
  const id = names.handles.get(word.toLowerCase()) ?? (named.length === 1 ? named[0] : undefined);
  return {
    mention: { written: short, id, isAmbiguous: id === undefined && named.length > 1 },
    rest: text.slice(short.length),
  };
}

function writtenName(text: string): { readonly trimmed: string; readonly name: string } {
  const trimmed = text.replace(/[^\p{L}\p{M}\p{N}]+$/u, '');
  return { trimmed, name: folded(trimmed).replace(/\s+/g, ' ') };
}

function leadingMentions(
  text: string,
  names: Names,
): { readonly found: readonly Mention[]; readonly rest: string } {
  const found: Mention[] = [];
  let rest = text;
  while (found.length < MOST_MENTIONS) {
    const next = mentionAt(rest, names);
    if (next === undefined) break;
    found.push(next.mention);
    rest = next.rest;
    const between = /^\s*(?:,\s*and|,|and|&|\+|\/)?\s*(?=@)/iu.exec(rest)?.[0];
    if (between === undefined) break;
    rest = rest.slice(between.length);
  }
  return { found, rest: found.length > 0 ? rest.replace(/^[\s:,–—-]+/u, '') : text };
}

/** Mentions anywhere, but not the inside of a mail address. */
const allMentions = (text: string, names: Names): Mention[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}._%+/-])@(?=[\p{L}\p{N}])/gu)]
    .slice(0, MOST_MENTIONS)
    .flatMap(({ index }) => mentionAt(text.slice(index), names)?.mention ?? []);

function titleOf(rest: string, whole: string): string {
  const plain = plainText(rest) || plainText(whole) || whole || '(nothing written)';
  return plain.length <= LONGEST_TITLE ? plain : `${plain.slice(0, LONGEST_TITLE - 1)}…`;
}

/** Without the marks of Markdown; a text without any is spared the parser. */
function plainText(markdown: string): string {
  if (!/[*_`~[\]<>\\&#!]|:\/\/|www\./.test(markdown)) return markdown.trim();
  const [block] = parseMarkdown(markdown);
  return block?.kind === 'paragraph' ? inlineText(block.content).trim() : markdown.trim();
}
