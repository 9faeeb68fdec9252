/**
 * The parser takes time quadratic in the number of emphasis marks and of brackets that stand in one
 * paragraph (measured: 20 kB of `*a_` 3.5 s, 200 kB of `[a](` 9 s), and one stack frame for each
 * quote or list marker in a row. Texts that people write have a few of each; the limits are far
 * above those, and keep any text under about half a second.
 */
export interface ParsingLimits {
  /** Read no Markdown at all. */
  readonly plain: boolean;
  /** Names of the parser's constructs to leave out. */
  readonly disabled: readonly string[];
}

/** In UTF-16 units; the longest real document, a summit's report, has about 60,000. */
const LONGEST = 256 * 1024;
/** Square root of the work that one kind of mark may cause, in marks of one paragraph. */
const MARKS = 2_000;
/** The same for lines, and for marks of code: with 50,000 in one paragraph the parser takes a minute. */
const PIECES = 4_000;
/** In a whole text; each that is a heading or a point of a list costs the parser a fifth of a millisecond. */
const MOST_LINES = 12_000;
const DEEPEST = 24;

const ATTENTION = ['attention', 'strikethrough'];
const LABELS = [
  'labelStartImage',
  'labelStartLink',
  'labelEnd',
  'gfmFootnoteCall',
  'gfmPotentialFootnoteCall',
];
const CONTAINERS = ['blockQuote', 'list', 'gfmFootnoteDefinition'];

/** Which constructs to leave out when reading this text. */
export function parsingLimits(text: string): ParsingLimits {
  if (text.length > LONGEST) return { plain: true, disabled: [] };
  const disabled: string[] = [];
  const paragraphs = text.split(/\n[ \t>]*\n/);
  const isTangled = work(paragraphs, /\n/g) > PIECES ** 2 || work(paragraphs, /`+/g) > PIECES ** 2;
  if (isTangled || (text.match(/\n/g)?.length ?? 0) > MOST_LINES) {
    return { plain: true, disabled: [] };
  }
  if (work(paragraphs, /[*_~]+/g) > MARKS ** 2) disabled.push(...ATTENTION);
  if (work(paragraphs, /[[\]]/g) > MARKS ** 2) disabled.push(...LABELS);
  if (markersInARow(text) > DEEPEST) disabled.push(...CONTAINERS);
  return { plain: false, disabled };
}

function work(paragraphs: readonly string[], mark: RegExp): number {
  return paragraphs.reduce((sum, text) => sum + (text.match(mark)?.length ?? 0) ** 2, 0);
}

/** The most quote and list markers that one line begins with. */
function markersInARow(text: string): number {
  let most = 0;
  for (const line of text.split('\n')) {
    const markers = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])[ \t]))+/.exec(line)?.[0] ?? '';
    most = Math.max(most, markers.match(/>|[-+*]|\d[.)]/g)?.length ?? 0);
  }
  return most;
}
