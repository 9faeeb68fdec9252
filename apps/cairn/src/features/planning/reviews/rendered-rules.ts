import { hunksBetween, tokensOf } from '../../meetings/notes/hunk-rules.ts';
import { aligned } from './align-rules.ts';

/** A part of a page as a reader sees it: what stayed as it was, or what came, went or was reworded. */
export interface RenderedPart {
  readonly kind: 'same' | 'change';
  readonly html: string;
  /** How many blocks (paragraphs, lists, tables) it holds. */
  readonly blocks: number;
}

/** Texts above this are told block by block and not word by word, in tokens. */
const MOST_TOKENS = 6000;

/**
 * How one rendered text became another, with the words that came and went marked. Both come from a
 * renderer that makes them safe; what is given is made of their own tags and words and of nothing else.
 * A change of a mark-up alone, such as a link that leads elsewhere, is no change of words.
 */
export function markRendered(before: string, after: string): RenderedPart[] {
  const [old, now] = [blocksOf(before), blocksOf(after)];
  const parts: RenderedPart[] = [];
  const put = (kind: RenderedPart['kind'], html: readonly string[]): void => {
    if (html.length > 0) parts.push({ kind, html: html.join('\n'), blocks: html.length });
  };
  let at = 0;
  for (const { from, to, insert } of hunksBetween(old, now)) {
    put('same', old.slice(at, from));
    put(
      'change',
      aligned(old.slice(from, to), insert, wordsIn).flatMap(({ left, right, isMatch }) => {
        if (isMatch && left !== undefined && right !== undefined) return [reworded(left, right)];
        return [
          ...(left === undefined ? [] : [withoutIds(allMarked(left, DELETED))]),
          ...(right === undefined ? [] : [allMarked(right, INSERTED)]),
        ];
      }),
    );
    at = to;
  }
  put('same', old.slice(at));
  return parts;
}

// The renderer escapes both signs wherever they are not a tag's own, in attributes as well.
const TAG = /<[^<>]*>/g;
const VOID = new Set(['br', 'hr', 'img', 'input', 'wbr', 'col']);

/** Outermost elements of a text, each as it stands. */
function blocksOf(html: string): string[] {
  const blocks: string[] = [];
  let [depth, start] = [0, 0];
  const close = (end: number): void => {
    const block = html.slice(start, end).trim();
    if (block !== '') blocks.push(block);
    start = end;
  };
  for (const { 0: tag, index } of html.matchAll(TAG)) {
    const name = /^<\/?([a-z0-9-]+)/i.exec(tag)?.[1]?.toLowerCase() ?? '';
    if (depth === 0) close(index);
    if (tag.startsWith('</')) depth = Math.max(0, depth - 1);
    else if (!VOID.has(name) && !tag.endsWith('/>')) depth += 1;
    if (depth === 0) close(index + tag.length);
  }
  close(html.length);
  return blocks;
}

/** A tag, or a word or sign of the text between tags. */
interface Token {
  readonly isTag: boolean;
  readonly html: string;
}

function tokens(html: string): Token[] {
  const all: Token[] = [];
  let at = 0;
  const text = (end: number): void => {
    for (const word of tokensOf(html.slice(at, end))) all.push({ isTag: false, html: word });
  };
  for (const { 0: tag, index } of html.matchAll(TAG)) {
    text(index);
    all.push({ isTag: true, html: tag });
    at = index + tag.length;
  }
  text(html.length);
  return all;
}

const wordsIn = (html: string): string[] =>
  tokens(html)
    .filter(({ isTag }) => !isTag)
    .map((token) => token.html);

interface Mark {
  readonly tag: 'ins' | 'del';
  readonly word: string;
}
const INSERTED: Mark = { tag: 'ins', word: 'added' };
const DELETED: Mark = { tag: 'del', word: 'taken out' };

const marked = (words: string, { tag, word }: Mark): string =>
  words.trim() === ''
    ? words
    : `<${tag}><span class="unseen">[${word}: </span>${words}<span class="unseen">]</span></${tag}>`;

/** A block of which every word came, or went. */
function allMarked(html: string, mark: Mark): string {
  let run = '';
  let whole = '';
  for (const token of tokens(html)) {
    if (token.isTag) {
      whole += marked(run, mark) + token.html;
      run = '';
    } else run += token.html;
  }
  return whole + marked(run, mark);
}

/** What is gone leads nowhere, and gives its name to nothing. */
const withoutIds = (html: string): string =>
  html.replace(TAG, (tag) => tag.replace(/ id="[^"]*"/g, ''));

/**
 * A block with the words that it lost and gained. The tags are those of the new one; what went is put
 * beside the words that stand around it, so that it never stands where a page may have no text.
 */
function reworded(before: string, after: string): string {
  const old = wordsIn(before);
  const now = tokens(after);
  const words = now.filter(({ isTag }) => !isTag).map(({ html }) => html);
  if (old.length > MOST_TOKENS || words.length > MOST_TOKENS) {
    return `${withoutIds(allMarked(before, DELETED))}\n${allMarked(after, INSERTED)}`;
  }
  const added = new Set<number>();
  const gone = new Map<number, string>();
  let shift = 0;
  for (const { from, to, insert } of hunksBetween(old, words)) {
    const start = from + shift;
    for (let word = start; word < start + insert.length; word += 1) added.add(word);
    // Beside the word before it; at the beginning before the first.
    if (to > from) gone.set(start - 1, old.slice(from, to).join(''));
    shift += insert.length - (to - from);
  }
  let html = '';
  let run = '';
  const flush = (): void => {
    html += marked(run, INSERTED);
    run = '';
  };
  let word = -1;
  for (const token of now) {
    if (token.isTag) {
      flush();
      html += token.html;
      continue;
    }
    word += 1;
    if (word === 0) html += marked(gone.get(-1) ?? '', DELETED);
    if (added.has(word)) run += token.html;
    else {
      flush();
      html += token.html;
    }
    const lost = gone.get(word);
    if (lost !== undefined) {
      flush();
      html += marked(lost, DELETED);
    }
  }
  flush();
  return words.length === 0 && old.length > 0 ? `${html}${marked(old.join(''), DELETED)}` : html;
}
