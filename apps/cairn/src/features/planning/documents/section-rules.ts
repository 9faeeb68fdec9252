import { closedCode, fenceWalker } from '@cairn/formats/code-fences';

/** A stretch of a document's body: what stands before the first heading, or a heading and its text. */
export interface Section {
  /** The words of the heading of the second level; undefined for what stands before the first. */
  readonly heading: string | undefined;
  /** All of it, with its heading, byte for byte. */
  readonly source: string;
  /** Without the heading. */
  readonly text: string;
  /** The line of the body on which `text` begins, from 0. */
  readonly line: number;
}

/**
 * A body taken apart at its headings of the second level (`## Words`), outside code. Put together
 * again, the sources are the body.
 */
export function sectionsOf(body: string): Section[] {
  const sections: { heading: string | undefined; lines: string[]; line: number }[] = [
    { heading: undefined, lines: [], line: 0 },
  ];
  const fence = fenceWalker();
  for (const [index, line] of body.split(/(?<=\n)/).entries()) {
    const inCode = fence(line);
    const heading = inCode ? undefined : headingOf(line);
    if (heading === undefined) sections.at(-1)?.lines.push(line);
    else sections.push({ heading, lines: [line], line: index + 1 });
  }
  return sections.map(({ heading, lines, line }) => ({
    heading,
    line,
    source: lines.join(''),
    text: lines.slice(heading === undefined ? 0 : 1).join(''),
  }));
}

const headingOf = (line: string): string | undefined =>
  /^##[ \t]/.test(line) ? headingWords(line.slice(2)) : undefined;

/**
 * The words of a heading without the number signs that may close it. A pattern for them would take
 * the square of the time for a line of spaces.
 */
export function headingWords(text: string): string {
  const words = text.trim();
  let end = words.length;
  while (words[end - 1] === '#') end -= 1;
  const before = words[end - 1];
  return before === undefined || before === ' ' || before === '\t'
    ? words.slice(0, end).trimEnd()
    : words;
}

/**
 * Text as it may stand below a heading of the second level: its line ends are Git's, blank lines
 * around it are gone, headings in it go below that heading, and code that was left open is closed.
 */
export function asSectionText(text: string): string {
  const fence = fenceWalker();
  const lines = text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => (fence(line) ? line : line.replace(/^( {0,3})#{1,2}(?=[ \t]|$)/, '$1###')));
  return closedCode(
    lines
      .join('\n')
      .replace(/^(?:[ \t]*\n)+/, '')
      .trimEnd(),
  );
}

/** A section of a body as people write one, with a blank line below its heading and at its end. */
export const formatSection = (heading: string, text: string): string =>
  text === '' ? `## ${heading}\n\n` : `## ${heading}\n\n${text}\n\n`;
