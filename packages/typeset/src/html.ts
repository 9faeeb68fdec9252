import { type Block, parseMarkdown } from '@cairn/formats/markdown';
import { blocksToHtml, escapeHtml } from '@cairn/formats/markdown-html';
import {
  formatAuthors,
  formatHandoutDate,
  type Handout,
  headingLevels,
} from './handout-content.ts';

/**
 * A handout as an HTML article, for a preview or the browser's own print: header, abstract, sections
 * with their notes in `aside`s. It has classes but no style and no script; the page brings its own.
 * `handout.language` must be a language tag.
 */
export function handoutToHtml(handout: Handout): string {
  const level = headingLevels();
  const { title, subtitle, organisation, abstract, language, date } = handout;
  const line = (name: string, text: string | undefined) =>
    text === undefined || text.trim() === '' ? '' : `<p class="${name}">${escapeHtml(text)}</p>\n`;
  const sections = handout.sections.map(({ heading, level: wanted, body, marginNotes }) => {
    // The title is the page's first heading, so the sections begin at the second level.
    const given = level(wanted);
    const tag = `h${Math.min(6, given + 1)}`;
    const notes = marginNotes
      .map(
        (note) =>
          `<aside class="margin-note">\n${blocksToHtml(parseMarkdown(note), { shiftHeadings: given + 1 })}</aside>\n`,
      )
      .join('');
    const blocks = parseMarkdown(body).map((block) => withLevel(block, given, level));
    const content = blocksToHtml(blocks, { shiftHeadings: 1 });
    return `<section>\n<${tag}>${escapeHtml(heading)}</${tag}>\n${notes}${content}</section>\n`;
  });
  const summary =
    abstract.trim() === ''
      ? ''
      : `<div class="abstract" role="doc-abstract">\n${blocksToHtml(parseMarkdown(abstract), { shiftHeadings: 1 })}</div>\n`;
  return `<article class="handout" lang="${escapeHtml(language)}">
<header>
<h1>${escapeHtml(title)}</h1>
${line('subtitle', subtitle)}${line('authors', formatAuthors(handout))}${line('organisation', organisation)}<p class="date"><time datetime="${date.toString()}">${escapeHtml(formatHandoutDate(handout))}</time></p>
</header>
${summary}${sections.join('')}</article>
`;
}

/** A heading of the text gets the level that it may have below its section. */
const withLevel = (block: Block, section: number, level: (wanted: number) => number): Block =>
  block.kind === 'heading' ? { ...block, level: level(block.level + section) } : block;
