import { inlineText, parseMarkdown } from '@cairn/formats/markdown';

/**
 * One line of plain text as Markdown that reads as exactly that text. Most lines are left as they
 * are; one that Markdown would take for markup gets a backslash before every sign that could be it
 * (CommonMark §2.4).
 */
export function asMarkdown(line: string): string {
  // A bracket at the start is harmless alone, but with a colon after it it would define a footnote.
  if (!line.startsWith('[') && readsAsItself(line)) return line;
  return line.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Whether the line, read as Markdown, is one paragraph of nothing but itself and bare links. */
function readsAsItself(line: string): boolean {
  const [block, ...more] = parseMarkdown(line);
  return (
    more.length === 0 &&
    block?.kind === 'paragraph' &&
    block.content.every(({ kind }) => kind === 'text' || kind === 'link') &&
    inlineText(block.content) === line
  );
}
