/**
 * Typst source from parsed Markdown. A person's text only ever becomes a string literal inside a
 * function call, so it cannot become markup or code whatever it holds.
 */
import type { Block, Inline, ListItem } from '@cairn/formats/markdown';

/** Deeper nesting than this is shown flat; the typesetter gives up on 16 quotes in one another. */
const DEEPEST = 8;

/** PDF readers give up on longer addresses, and no real one is so long. */
const LONGEST_ADDRESS = 2_000;

/** A string literal of the Typst language that means exactly this text. */
export const typstString = (text: string): string =>
  `"${text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no font shows control characters, and PDF/UA refuses them.
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
    .replace(/[\\"]/g, (sign) => `\\${sign}`)
    .replace(/\n/g, '\\n')
    .replace(/\t/g, '\\t')}"`;

/** Text that flows: its line breaks are blanks. */
const flowing = (text: string): string => `text(${typstString(text.replace(/\s*\n\s*/g, ' '))})`;

/** What the source of a document needs to know while it is written. */
export interface TypstContext {
  /** Gives a heading the level that it may have. */
  readonly level: (wanted: number) => number;
  /** How many levels the headings of the Markdown go down. */
  readonly shift: number;
  /** Takes a footnote's source and gives the mark that stands for it in the text. */
  readonly note: (content: string) => string;
}

/** The parts joined into one piece of content, as an expression in code mode. */
const joined = (parts: readonly string[]): string =>
  parts.length === 0 ? '[]' : `{ ${parts.join('; ')} }`;

/** Blocks as one expression in code mode. */
export const blocksSource = (blocks: readonly Block[], context: TypstContext, depth = 0): string =>
  joined(blocks.map((block) => blockSource(block, context, depth)));

/** Inline content as one expression in code mode. */
export const inlinesSource = (
  content: readonly Inline[],
  context: TypstContext,
  depth = 0,
): string => joined(content.map((inline) => inlineSource(inline, context, depth)));

export const headingSource = (content: string, level: number): string =>
  `heading(level: ${level}, ${content})`;

export function blockSource(block: Block, context: TypstContext, depth = 0): string {
  switch (block.kind) {
    case 'heading': {
      const content = inlinesSource(block.content, context);
      // Inside lists and quotes a heading would break the outline that readers walk along.
      if (depth > 0) return `par(strong(${content}))`;
      return headingSource(content, context.level(block.level + context.shift));
    }
    case 'paragraph':
      return `par(${inlinesSource(block.content, context)})`;
    case 'quote':
      return depth >= DEEPEST
        ? blocksSource(block.blocks.flatMap(leaves), context, depth)
        : `quote(block: true, ${blocksSource(block.blocks, context, depth + 1)})`;
    case 'admonition': {
      const title: Block = {
        kind: 'paragraph',
        content: [{ kind: 'strong', content: block.title }],
      };
      return blockSource({ kind: 'quote', blocks: [title, ...block.blocks] }, context, depth);
    }
    case 'target':
      return '[]';
    case 'code':
      return `raw(${typstString(block.text)}, block: true)`;
    case 'list': {
      if (depth >= DEEPEST) return blocksSource(leaves(block), context, depth);
      const items = block.items.map((item) => itemSource(item, block.loose, context, depth));
      const numbers = block.start === undefined ? '' : `start: ${block.start}, `;
      const kind = block.start === undefined ? 'list' : 'enum';
      // The boxes of a task list are its markers.
      const marker = block.items.every(({ checked }) => checked !== undefined)
        ? 'marker: [], body-indent: 0pt, '
        : '';
      const list = `${kind}(${numbers}${kind === 'list' ? marker : ''}tight: ${!block.loose}, ${items.join(', ')})`;
      return depth === 0 ? `block(above: 0.8em, below: 0.95em, ${list})` : list;
    }
    case 'table':
      return tableSource(block, context);
    case 'rule':
      return 'section-rule';
    default:
      return block satisfies never;
  }
}

/** What stands inside lists and quotes, without them. */
function leaves(block: Block): Block[] {
  if (block.kind === 'list') return block.items.flatMap((item) => item.blocks.flatMap(leaves));
  if (block.kind === 'quote' || block.kind === 'admonition') return block.blocks.flatMap(leaves);
  return [block];
}

function itemSource(item: ListItem, loose: boolean, context: TypstContext, depth: number): string {
  const box = item.checked === undefined ? [] : [`text("${item.checked ? '☑' : '☐'} ")`];
  const blocks = item.blocks.map((block) =>
    // Paragraphs of a tight list are lines, not paragraphs with space around them.
    block.kind === 'paragraph' && !loose
      ? inlinesSource(block.content, context)
      : blockSource(block, context, depth + 1),
  );
  return joined([...box, ...blocks]);
}

function tableSource(table: Extract<Block, { kind: 'table' }>, context: TypstContext): string {
  const columns = Math.max(1, table.header.length);
  const alignments = table.alignments.map((alignment) => alignment ?? 'left');
  const cell = (content: readonly Inline[]) => inlinesSource(content, context);
  const header = table.header.map(cell).join(', ');
  const rows = table.rows.flatMap((row) =>
    Array.from({ length: columns }, (_, column) => cell(row[column] ?? [])),
  );
  return `ruled-table(${columns}, (${alignments.map((each) => `${each},`).join(' ')}), (${header},), (${rows.map((each) => `${each},`).join(' ')}))`;
}

const STYLES = { emphasis: 'emph', strong: 'strong', struck: 'strike' } as const;

function inlineSource(inline: Inline, context: TypstContext, depth: number): string {
  switch (inline.kind) {
    case 'text':
      return flowing(inline.text);
    case 'code':
      return `raw(${typstString(inline.text.replace(/\n/g, ' '))})`;
    case 'emphasis':
    case 'strong':
    case 'struck': {
      if (depth >= DEEPEST) return flowing(wordsOf(inline));
      return `${STYLES[inline.kind]}(${inlinesSource(inline.content, context, depth + 1)})`;
    }
    case 'link': {
      const content = inlinesSource(inline.content, context, depth + 1);
      // On paper there is no site that a relative address could be relative to.
      const absolute = /^(?:https?:\/\/|mailto:)/i.test(inline.url);
      return absolute && inline.url.length <= LONGEST_ADDRESS
        ? `link(${typstString(inline.url)}, ${content})`
        : content;
    }
    case 'note':
      return context.note(inlinesSource(inline.content, context, depth + 1));
    case 'break':
      return 'linebreak()';
    default:
      return inline satisfies never;
  }
}

/** Iterative, for it is what is used where nesting is too deep. */
function wordsOf(inline: Inline): string {
  const words: string[] = [];
  const waiting: Inline[] = [inline];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('text' in next) words.push(next.text);
    else if ('content' in next) waiting.push(...next.content.toReversed());
  }
  return words.join('');
}
