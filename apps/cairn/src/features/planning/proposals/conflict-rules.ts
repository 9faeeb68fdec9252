import { hunksBetween } from '../../meetings/notes/hunk-rules.ts';

/** A stretch of a file that both sides agree on, or that each of them changed in its own way. */
export type Stretch =
  | { readonly agreed: true; readonly text: string }
  | {
      readonly agreed: false;
      /** What stood there when the two parted. */
      readonly base: string;
      /** What the proposal makes of it. */
      readonly mine: string;
      /** What main makes of it. */
      readonly main: string;
    };

/** What becomes of one place in conflict. */
export type PlaceChoice =
  | { readonly take: 'mine' | 'main' | 'both' }
  | { readonly take: 'own'; readonly text: string };

/** The lines of a text with the breaks that end them; put together they are the text again. */
export const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: readonly string[];
}

/**
 * Three versions of a text as stretches, in order: what only one side changed is agreed; what both
 * changed alike too; where both changed a line, or lines that touch, somebody has to choose.
 */
export function stretchesOf(base: string, mine: string, main: string): Stretch[] {
  const lines = linesOf(base);
  const sides = [hunksBetween(lines, linesOf(mine)), hunksBetween(lines, linesOf(main))] as const;
  const stretches: Stretch[] = [];
  const agree = (text: string): void => {
    const last = stretches.at(-1);
    if (text === '') return;
    if (last?.agreed === true)
      stretches[stretches.length - 1] = { agreed: true, text: last.text + text };
    else stretches.push({ agreed: true, text });
  };
  let at = 0;
  for (const { from, to, my, their } of regionsOf(...sides)) {
    agree(lines.slice(at, from).join(''));
    at = to;
    const texts = [my, their].map((edits) => applied(lines, from, to, edits));
    const [ours = '', theirs = ''] = texts;
    if (their.length === 0 || ours === theirs) agree(ours);
    else if (my.length === 0) agree(theirs);
    else {
      const was = lines.slice(from, to).join('');
      stretches.push({ agreed: false, base: was, mine: ours, main: theirs });
    }
  }
  agree(lines.slice(at).join(''));
  return stretches;
}

interface Region {
  readonly from: number;
  readonly to: number;
  readonly my: readonly Edit[];
  readonly their: readonly Edit[];
}

/** Edits that overlap or touch, put together. */
function regionsOf(my: readonly Edit[], their: readonly Edit[]): Region[] {
  const all = [
    ...my.map((edit) => ({ edit, isMine: true })),
    ...their.map((edit) => ({ edit, isMine: false })),
  ].sort((a, b) => a.edit.from - b.edit.from || a.edit.to - b.edit.to);
  const regions: { from: number; to: number; my: Edit[]; their: Edit[] }[] = [];
  for (const { edit, isMine } of all) {
    let region = regions.at(-1);
    if (region === undefined || edit.from > region.to) {
      region = { from: edit.from, to: edit.to, my: [], their: [] };
      regions.push(region);
    }
    region.to = Math.max(region.to, edit.to);
    (isMine ? region.my : region.their).push(edit);
  }
  return regions;
}

function applied(
  lines: readonly string[],
  from: number,
  to: number,
  edits: readonly Edit[],
): string {
  const text: string[] = [];
  let at = from;
  for (const edit of edits) {
    text.push(...lines.slice(at, edit.from), ...edit.insert);
    at = edit.to;
  }
  return [...text, ...lines.slice(at, to)].join('');
}

/** The text that comes of a choice for each place, in order; undefined while one is not chosen. */
export function settled(
  stretches: readonly Stretch[],
  choices: readonly (PlaceChoice | undefined)[],
): string | undefined {
  const texts: string[] = [];
  let place = 0;
  for (const stretch of stretches) {
    if (stretch.agreed) {
      texts.push(stretch.text);
      continue;
    }
    const choice = choices[place];
    place += 1;
    if (choice === undefined) return undefined;
    texts.push(chosen(stretch, choice));
  }
  return joined(texts);
}

function chosen({ mine, main }: Extract<Stretch, { agreed: false }>, choice: PlaceChoice): string {
  if (choice.take === 'own') return choice.text;
  if (choice.take === 'both') return joined([mine, main]);
  return choice.take === 'mine' ? mine : main;
}

/** Texts one after the other; one that does not end its last line is ended where another follows. */
function joined(texts: readonly string[]): string {
  let whole = '';
  for (const text of texts) {
    if (text === '') continue;
    whole += whole === '' || whole.endsWith('\n') ? text : `\n${text}`;
  }
  return whole;
}

/** The places in conflict of a text. */
export const placesIn = (stretches: readonly Stretch[]) =>
  stretches.filter((stretch) => !stretch.agreed);

const OPENING = '<<<<<<< the proposal';
const MIDDLE = '=======';
const CLOSING = '>>>>>>> main';

/** The whole file with both sides at each place, between marks, to be edited by hand. */
export function withMarks(stretches: readonly Stretch[]): string {
  return joined(
    stretches.flatMap((stretch) =>
      stretch.agreed
        ? [stretch.text]
        : [`${OPENING}\n`, stretch.mine, `${MIDDLE}\n`, stretch.main, `${CLOSING}\n`],
    ),
  );
}

/** The line of the first mark that is left in a text; undefined if there is none. */
export function markIn(text: string): number | undefined {
  const at = text.split('\n').findIndex((line) => /^(<{7} |>{7} )/.test(line));
  return at < 0 ? undefined : at + 1;
}
