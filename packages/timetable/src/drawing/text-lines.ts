const NARROW = /[ijlI.,:;'’!|]/;
const SLIM = /[frt()[\]{}\-/\\ "“”]/;
const BROAD = /[mwMW@%—…&]/;
const UPPER = /\p{Lu}/u;
/** Marks that stand on the letter before, and what is not seen at all. */
const NOTHING = /^[\p{M}\p{Cf}]+$/u;
/** Signs as wide as they are high: Chinese, Japanese, Korean, and pictures. */
const SQUARE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for the letters of a text. */
const lettersOf = (text: string): string[] =>
  [...letters.segment(text)].map(({ segment }) => segment);

/**
 * About how wide a text is, in units of the size of its letters. Nobody can measure a font here, so
 * this is rather too much: widths of Georgia, a wide one among those that may be used.
 */
export function widthOf(text: string): number {
  return lettersOf(text).reduce((sum, letter) => sum + letterWidth(letter), 0);
}

function letterWidth(letter: string): number {
  if (NOTHING.test(letter)) return 0;
  if (SQUARE.test(letter)) return 1.2;
  if (NARROW.test(letter)) return 0.33;
  if (SLIM.test(letter)) return 0.42;
  if (BROAD.test(letter)) return 0.92;
  return UPPER.test(letter) ? 0.72 : 0.56;
}

/** The text, or as much of it as fits, with “…” at its end. */
export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = letterWidth('…');
  for (const letter of lettersOf(text)) {
    used += letterWidth(letter);
    if (used > width) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

/** The text in lines that fit, broken between words where it can be; the last line may be cut. */
export function linesOf(text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text.replace(/\s+/g, ' ').trim();
  while (rest !== '' && lines.length < most - 1) {
    const line = firstLine(rest, width);
    lines.push(line);
    rest = rest.slice(line.length).trimStart();
  }
  return rest === '' ? lines : [...lines, cutTo(rest, width)];
}

/** At least one letter, at most what fits. */
function firstLine(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let fitting = '';
  let used = 0;
  for (const letter of lettersOf(text)) {
    used += letterWidth(letter);
    if (used > width && fitting !== '') break;
    fitting += letter;
  }
  const isWhole = text[fitting.length] === ' ';
  const space = fitting.trimEnd().lastIndexOf(' ');
  return isWhole || space <= 0 ? fitting.trimEnd() || fitting : fitting.slice(0, space);
}
