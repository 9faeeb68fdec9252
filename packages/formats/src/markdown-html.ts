import { type Block, type Inline, type ListItem, parseMarkdown } from './markdown.ts';

export interface HtmlOptions {
  /** How many levels headings go down, e.g. 1 where the page's title is its `h1`. Default 0. */
  readonly shiftHeadings?: number;
  /**
   * What the ids of headings and labels begin with, so that no text can take an id of the page. Without
   * it they get none.
   */
  readonly idPrefix?: string;
}

/**
 * Markdown as HTML that is safe to put into a page, whoever wrote it. The same text gives the same
 * HTML, so the last ones are remembered: parsing one costs more than all else that a page needs.
 *
 *     markdownToHtml('# Goals', { shiftHeadings: 1 }) // '<h2>Goals</h2>\n'
 */
export const markdownToHtml = (text: string, options: HtmlOptions = {}): string =>
  rememberedHtml(`${options.shiftHeadings ?? 0} ${text}`, () =>
    blocksToHtml(parseMarkdown(text), options),
  );

/** HTML that was made of the same text a moment ago, or else is made now. The key says all that it is made of. */
export function rememberedHtml(key: string, make: () => string): string {
  const known = remembered.get(key);
  const html = known ?? make();
  const size = key.length + html.length;
  if (size > LONGEST_REMEMBERED) return html;
  // A map keeps the order of insertion: what was asked for last stands last, the first is forgotten.
  if (known === undefined) rememberedSize += size;
  else remembered.delete(key);
  remembered.set(key, html);
  for (const [oldest, made] of remembered) {
    if (rememberedSize <= MOST_REMEMBERED) break;
    remembered.delete(oldest);
    rememberedSize -= oldest.length + made.length;
  }
  return html;
}

/** In UTF-16 units. Enough for the longest conversations: a page that does not fit is made anew each time, whole. */
const MOST_REMEMBERED = 16 * 1024 * 1024;
const LONGEST_REMEMBERED = 200_000;
const remembered = new Map<string, string>();
let rememberedSize = 0;

/** A parsed Markdown tree as HTML. */
export const blocksToHtml = (blocks: readonly Block[], options: HtmlOptions = {}): string =>
  blocks.map((block) => `${blockToHtml(block, options)}\n`).join('');

/** Inline content as HTML. */
export const inlinesToHtml = (content: readonly Inline[]): string =>
  content.map(inlineToHtml).join('');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that means itself in HTML, also inside a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

function blockToHtml(block: Block, options: HtmlOptions): string {
  switch (block.kind) {
    case 'heading': {
      const level = Math.min(6, Math.max(1, block.level + (options.shiftHeadings ?? 0)));
      const id = idFor(block.anchor, options);
      return `<h${level}${id}>${inlinesToHtml(block.content)}</h${level}>`;
    }
    case 'target':
      return `<span${idFor(block.name, options)}></span>`;
    case 'admonition': {
      const title = `<p class="admonition-title">${inlinesToHtml(block.title)}</p>`;
      return `<div class="admonition ${block.name}" role="note">\n${title}\n${blocksToHtml(block.blocks, options)}</div>`;
    }
    case 'paragraph':
      return `<p>${inlinesToHtml(block.content)}</p>`;
    case 'quote':
      return `<blockquote>\n${blocksToHtml(block.blocks, options)}</blockquote>`;
    case 'code': {
      const language = /^[\w+#.-]+$/.test(block.language ?? '')
        ? ` class="language-${escapeHtml(block.language ?? '')}"`
        : '';
      return `<pre><code${language}>${escapeHtml(block.text)}\n</code></pre>`;
    }
    case 'list': {
      const tag = block.start === undefined ? 'ul' : 'ol';
      const start = (block.start ?? 1) === 1 ? '' : ` start="${block.start}"`;
      const items = block.items.map((item) => itemToHtml(item, block.loose, options)).join('');
      return `<${tag}${start}>\n${items}</${tag}>`;
    }
    case 'table':
      return tableToHtml(block);
    case 'rule':
      return '<hr>';
    default:
      return block satisfies never;
  }
}

function itemToHtml(item: ListItem, loose: boolean, options: HtmlOptions): string {
  const box = item.checked === undefined ? '' : taskBox(item.checked);
  const inside = item.blocks.map((block, index) => {
    const lead = index === 0 ? box : '';
    return block.kind === 'paragraph' && (!loose || lead !== '')
      ? lead + inlinesToHtml(block.content)
      : lead + blockToHtml(block, options);
  });
  const named = box === '' ? '' : ' class="task"';
  return `<li${named}>${inside.join('\n') || box}</li>\n`;
}

/** A box for a style sheet to draw, as not every font has one, and words for whoever sees none. */
const taskBox = (done: boolean): string =>
  `<span class="task-box${done ? ' done' : ''}"><span class="unseen">${done ? 'Done:' : 'To do:'}</span></span> `;

function tableToHtml(table: Extract<Block, { kind: 'table' }>): string {
  const row = (cells: readonly (readonly Inline[])[], tag: 'th' | 'td') =>
    `<tr>${cells
      .map((cell, column) => {
        const alignment = table.alignments[column];
        // A class, not a style: the pages' content policy allows no inline style.
        const named = alignment === undefined ? '' : ` class="align-${alignment}"`;
        const scope = tag === 'th' ? ' scope="col"' : '';
        return `<${tag}${scope}${named}>${inlinesToHtml(cell)}</${tag}>`;
      })
      .join('')}</tr>\n`;
  const body = table.rows.map((cells) => row(cells, 'td')).join('');
  return `<table>\n<thead>\n${row(table.header, 'th')}</thead>\n<tbody>\n${body}</tbody>\n</table>`;
}

/** An id may hold anything but white space. */
const idFor = (name: string | undefined, { idPrefix }: HtmlOptions): string =>
  name === undefined || idPrefix === undefined
    ? ''
    : ` id="${escapeHtml(`${idPrefix}${name.replace(/\s/g, '-')}`)}"`;

const TAGS = { emphasis: 'em', strong: 'strong', struck: 's' } as const;

function inlineToHtml(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return escapeHtml(inline.text);
    case 'code':
      return `<code>${escapeHtml(inline.text)}</code>`;
    case 'emphasis':
    case 'strong':
    case 'struck':
      return `<${TAGS[inline.kind]}>${inlinesToHtml(inline.content)}</${TAGS[inline.kind]}>`;
    case 'link':
      return `<a href="${escapeHtml(inline.url)}">${inlinesToHtml(inline.content)}</a>`;
    case 'note':
      return `<small class="note" role="note"> ${inlinesToHtml(inline.content)}</small>`;
    case 'break':
      return '<br>\n';
    default:
      return inline satisfies never;
  }
}
