/**
 * Merging what several people wrote at once into the same text (a three-way merge, as version control
 * does it, but by words and without conflicts: nobody is ever asked to settle one).
 *
 * - Nothing that anybody added is lost. Two insertions at one place are both kept: what was saved
 *   first stands first. The same insertion made twice is kept once.
 * - What one deleted and nobody else touched is gone. What one deleted while another edited it stays
 *   as edited: words that somebody cared for just now are worth more than tidiness.
 * - Lines first, words inside lines that both changed: two people who add points to a list add lines.
 *
 * It is a function of its three texts alone, so that browser and server come to the same result.
 */
import { type Hunk, hunksBetween, tokensOf, wouldRunTogether } from './hunk-rules.ts';

/** Two versions of one text made one. */
export interface MergedText {
  readonly text: string;
  /** Places at which both changed the same, so that somebody should read what came of it. */
  readonly joins: number;
}

/** In tokens; a stretch that both rewrote and that is longer is merged by lines. */
const MOST_TOKENS = 8000;

/**
 * Merges `mine` and `theirs`, which both came from `base`. `theirs` is what was stored meanwhile: its
 * insertions stand before mine where both are at one place.
 */
export function mergeTexts(base: string, mine: string, theirs: string): MergedText {
  if (mine === theirs || theirs === base) return { text: mine, joins: 0 };
  if (mine === base) return { text: theirs, joins: 0 };
  const lines = base.split('\n');
  const my = hunksBetween(lines, mine.split('\n'));
  const their = hunksBetween(lines, theirs.split('\n'));
  const merged: string[] = [];
  let joins = 0;
  let at = 0;
  for (const region of regionsOf(my, their)) {
    merged.push(...lines.slice(at, region.from));
    const done = mergeRegion(lines, region);
    merged.push(...done.items);
    joins += done.joins;
    at = region.to;
  }
  merged.push(...lines.slice(at));
  return { text: merged.join('\n'), joins };
}

/** A stretch of the base and what either did to it. */
interface Region {
  readonly from: number;
  readonly to: number;
  readonly my: readonly Hunk[];
  readonly their: readonly Hunk[];
}

interface Merged {
  readonly items: readonly string[];
  readonly joins: number;
}

/** Whether two changes are about the same: an item in common, a place inside, or one place. */
function overlap(a: Pick<Hunk, 'from' | 'to'>, b: Pick<Hunk, 'from' | 'to'>): boolean {
  if (a.from === a.to && b.from === b.to) return a.from === b.from;
  if (a.from === a.to) return b.from < a.from && a.from < b.to;
  if (b.from === b.to) return a.from < b.from && b.from < a.to;
  return a.from < b.to && b.from < a.to;
}

/** Puts changes that are about the same together; the rest stand alone. In order. */
function regionsOf(my: readonly Hunk[], their: readonly Hunk[]): Region[] {
  const all = [
    ...my.map((hunk) => ({ hunk, isMine: true })),
    ...their.map((hunk) => ({ hunk, isMine: false })),
  ].sort((a, b) => a.hunk.from - b.hunk.from || a.hunk.to - b.hunk.to);
  const regions: { from: number; to: number; my: Hunk[]; their: Hunk[] }[] = [];
  for (const { hunk, isMine } of all) {
    const last = regions.at(-1);
    const joined = last !== undefined && overlap(last, hunk) ? last : undefined;
    const region = joined ?? { from: hunk.from, to: hunk.to, my: [], their: [] };
    if (joined === undefined) regions.push(region);
    region.to = Math.max(region.to, hunk.to);
    (isMine ? region.my : region.their).push(hunk);
  }
  return regions;
}

function mergeRegion(lines: readonly string[], { from, to, my, their }: Region): Merged {
  const base = lines.slice(from, to);
  const shifted = (hunks: readonly Hunk[]) =>
    hunks.map((hunk) => ({ ...hunk, from: hunk.from - from, to: hunk.to - from }));
  const [mine, theirs] = [shifted(my), shifted(their)];
  if (their.length === 0) return { items: applied(base, mine), joins: 0 };
  if (my.length === 0) return { items: applied(base, theirs), joins: 0 };
  if (isBlank(base)) {
    return combined(applied(base, theirs), applied(base, mine), LINES);
  }
  const isDeletion = (hunks: readonly Hunk[]) => hunks.every(({ insert }) => insert.length === 0);
  if (isDeletion(mine) || isDeletion(theirs)) return mergeItems(base, mine, theirs, LINES);
  const versions = [base, applied(base, mine), applied(base, theirs)].map((version) =>
    tokensOf(version.join('\n')),
  );
  const [baseTokens = [], myTokens = [], theirTokens = []] = versions;
  if (versions.some(({ length }) => length > MOST_TOKENS)) {
    return mergeItems(base, mine, theirs, LINES);
  }
  const merged = mergeItems(
    baseTokens,
    hunksBetween(baseTokens, myTokens),
    hunksBetween(baseTokens, theirTokens),
    WORDS,
  );
  return { items: spaced(merged.items).split('\n'), joins: merged.joins };
}

const isBlank = (items: readonly string[]): boolean => items.every((item) => item.trim() === '');

function applied(base: readonly string[], hunks: readonly Hunk[]): string[] {
  const items: string[] = [];
  let at = 0;
  for (const { from, to, insert } of hunks) {
    items.push(...base.slice(at, from), ...insert);
    at = to;
  }
  return [...items, ...base.slice(at)];
}

/** What is merged item by item: lines, or the words of lines that both changed. */
interface Grain {
  /** Two different insertions at one place; the first was saved first. */
  readonly join: (first: readonly string[], second: readonly string[]) => readonly string[];
  /** Which items a deletion spares because the other side edited among them. */
  readonly spared: (base: readonly string[], deletion: Hunk, edit: Hunk) => readonly number[];
}

const LINES: Grain = {
  join: (first, second) => [...first, ...second],
  // An edited line is an insertion of the whole line, which stays anyway.
  spared: () => [],
};

const WORDS: Grain = {
  /** What goes on in the line stands before what begins new ones. */
  join: (first, second) => {
    const [one, two] = [first.indexOf('\n'), second.indexOf('\n')];
    if (first.at(-1) === '\n' && second.at(-1) === '\n') return [...first, ...second];
    if (one < 0) return [...first, ...second];
    if (two < 0) return [...second, ...first];
    const heads = [...first.slice(0, one), ...second.slice(0, two)];
    return [...heads, ...first.slice(one), ...second.slice(two)];
  },
  /** The rest of the phrase, within the line: half a phrase would say something else. */
  spared: (base, deletion, edit) => {
    let from = Math.max(edit.from, deletion.from);
    while (from > deletion.from && base[from - 1] !== '\n') from -= 1;
    let to = Math.min(edit.to, deletion.to);
    while (to < deletion.to && base[to] !== '\n') to += 1;
    // With the line break that the deletion took along, before the line or after it.
    if (base[deletion.from] === '\n') from = Math.max(from - 1, deletion.from);
    else to = Math.min(to + 1, deletion.to);
    return Array.from({ length: to - from }, (_, offset) => from + offset);
  },
};

/** Item by item: gone if either deleted it, after whatever either inserted before it. */
function mergeItems(
  base: readonly string[],
  my: readonly Hunk[],
  their: readonly Hunk[],
  grain: Grain,
): Merged {
  const spared = new Set([
    ...sparedIn(base, my, their, grain),
    ...sparedIn(base, their, my, grain),
  ]);
  const [myDeletions, theirDeletions] = [deletionsOf(my), deletionsOf(their)];
  const [myInsertions, theirInsertions] = [insertionsOf(my), insertionsOf(their)];
  const items: string[] = [];
  let joins = spared.size > 0 ? 1 : 0;
  for (let index = 0; index <= base.length; index += 1) {
    const first = theirInsertions.get(index) ?? [];
    const inserted = combined(first, myInsertions.get(index) ?? [], grain);
    items.push(...inserted.items);
    joins += inserted.joins;
    const item = base[index];
    if (item === undefined) continue;
    const deletions = Number(myDeletions.has(index)) + Number(theirDeletions.has(index));
    if (deletions === 0 || (deletions === 1 && spared.has(index))) items.push(item);
  }
  return { items, joins };
}

const deletionsOf = (hunks: readonly Hunk[]): ReadonlySet<number> =>
  new Set(
    hunks.flatMap(({ from, to }) =>
      Array.from({ length: to - from }, (_, offset) => from + offset),
    ),
  );

const insertionsOf = (hunks: readonly Hunk[]): ReadonlyMap<number, readonly string[]> =>
  new Map(hunks.map(({ from, insert }) => [from, insert]));

const sparedIn = (
  base: readonly string[],
  deleting: readonly Hunk[],
  editing: readonly Hunk[],
  { spared }: Grain,
): readonly number[] =>
  deleting
    .filter(({ insert }) => insert.length === 0)
    .flatMap((deletion) =>
      editing
        .filter((edit) => edit.insert.length > 0 && overlap(deletion, edit))
        .flatMap((edit) => spared(base, deletion, edit)),
    );

/** Two insertions at one place: once where one holds the other, else both. */
function combined(first: readonly string[], second: readonly string[], { join }: Grain): Merged {
  if (contains(first, second)) return { items: first, joins: 0 };
  if (contains(second, first)) return { items: second, joins: 0 };
  return { items: join(first, second), joins: 1 };
}

/** Whether a list begins or ends with another one. */
const contains = (whole: readonly string[], part: readonly string[]): boolean =>
  part.length <= whole.length &&
  (part.every((item, index) => item === whole[index]) ||
    part.every((item, index) => item === whole[whole.length - part.length + index]));

/** Tokens as text, with a blank between words that came to stand beside each other. */
const spaced = (tokens: readonly string[]): string =>
  tokens
    .map((token, index) => {
      const before = tokens[index - 1];
      return before !== undefined && wouldRunTogether(before, token) ? ` ${token}` : token;
    })
    .join('');
