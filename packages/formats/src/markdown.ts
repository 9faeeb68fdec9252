/**
 * Markdown (CommonMark with GitHub's tables, strikethrough, task lists, bare links and footnotes)
 * as a small tree of plain data. What the tree cannot say cannot reach a page: raw HTML is text,
 * links go to the web, to mail or to the same site, images become links to themselves.
 *
 * The text may come from anyone. A text too long, or built to make the parser slow, is read with
 * fewer constructs (`parsingLimits` in markdown-limits.ts says when): it then shows its marks.
 */
import type * as mdast from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { parsingLimits } from './markdown-limits.ts';
import { safeLink } from './safe-link.ts';

/** A stretch of text and what it is for. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'emphasis' | 'strong' | 'struck'; readonly content: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly content: readonly Inline[] }
  /** A footnote, standing where it is referred to. */
  | { readonly kind: 'note'; readonly content: readonly Inline[] }
  | { readonly kind: 'break' };

export interface ListItem {
  /** Of a task list: done or not. */
  readonly checked?: boolean;
  readonly blocks: readonly Block[];
}

export type Alignment = 'left' | 'center' | 'right' | undefined;

/** A part of a page. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'code'; readonly language?: string; readonly text: string }
  | {
      readonly kind: 'list';
      /** The first number; a list without one has bullets. */
      readonly start?: number;
      /** Whether the items are set apart by blank lines. */
      readonly loose: boolean;
      readonly items: readonly ListItem[];
    }
  | {
      readonly kind: 'table';
      readonly alignments: readonly Alignment[];
      readonly header: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly kind: 'rule' };

/** Reads Markdown. Any text is Markdown, so this never fails. */
export function parseMarkdown(text: string): Block[] {
  const limits = parsingLimits(text);
  if (limits.plain) return plainParagraphs(text);
  const root = fromMarkdown(text, {
    extensions: [gfm(), { disable: { null: [...limits.disabled] } }],
    mdastExtensions: [gfmFromMarkdown()],
  });
  return new Reader(root).blocks(root.children);
}

/** Text without any Markdown read in it: a paragraph for each, with its line breaks. */
function plainParagraphs(text: string): Block[] {
  return text
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => ({ kind: 'paragraph', content: [plain(paragraph.trim())] }));
}

const plain = (text: string): Inline => ({ kind: 'text', text: withoutOverrides(text) });

/**
 * Without the characters that reorder or hide the text around them (Unicode TR36 §2.10) and without
 * NUL, which no database column and no PDF takes. The plain marks (U+200E, U+200F) stay.
 */
const withoutOverrides = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: taking control characters out is the purpose.
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069]/g, '');

const MOST_CELLS = 50_000;

/** Turns the library's tree into ours, knowing the definitions of the whole text. */
class Reader {
  readonly #urls = new Map<string, string>();
  readonly #notes = new Map<string, mdast.FootnoteDefinition>();
  /** Notes already given: a note stands at its first reference only, also if it refers to itself. */
  readonly #given = new Set<string>();

  constructor(root: mdast.Root) {
    this.#collect(root);
  }

  /** Definitions may stand anywhere, also inside quotes and lists; the first of a name counts. */
  #collect(node: mdast.Nodes): void {
    if (node.type === 'definition' && !this.#urls.has(node.identifier)) {
      this.#urls.set(node.identifier, node.url);
    }
    if (node.type === 'footnoteDefinition' && !this.#notes.has(node.identifier)) {
      this.#notes.set(node.identifier, node);
    }
    if ('children' in node) for (const child of node.children) this.#collect(child);
  }

  blocks(nodes: readonly mdast.RootContent[]): Block[] {
    return nodes.flatMap((node) => this.#block(node));
  }

  #block(node: mdast.RootContent): Block[] {
    switch (node.type) {
      case 'heading':
        return [{ kind: 'heading', level: node.depth, content: this.inlines(node.children) }];
      case 'paragraph':
        return [{ kind: 'paragraph', content: this.inlines(node.children) }];
      case 'blockquote':
        return [{ kind: 'quote', blocks: this.blocks(node.children) }];
      case 'code':
        return [
          {
            kind: 'code',
            ...(node.lang ? { language: withoutOverrides(node.lang) } : {}),
            text: withoutOverrides(node.value),
          },
        ];
      case 'list':
        return [
          {
            kind: 'list',
            ...(node.ordered ? { start: node.start ?? 1 } : {}),
            loose: Boolean(node.spread) || node.children.some((item) => item.spread),
            items: node.children.map((item) => this.#item(item)),
          },
        ];
      case 'table':
        return [this.#table(node)];
      case 'thematicBreak':
        return [{ kind: 'rule' }];
      case 'html':
        return [{ kind: 'paragraph', content: [plain(node.value)] }];
      case 'definition':
      case 'footnoteDefinition':
      case 'yaml':
        return [];
      case 'listItem':
        return this.blocks(node.children);
      case 'tableRow':
      case 'tableCell':
        return [{ kind: 'paragraph', content: this.inlines(phrasing(node)) }];
      default:
        return [{ kind: 'paragraph', content: this.#inline(node) }];
    }
  }

  #item(item: mdast.ListItem): ListItem {
    const { checked } = item;
    return {
      ...(typeof checked === 'boolean' ? { checked } : {}),
      blocks: this.blocks(item.children),
    };
  }

  #table(table: mdast.Table): Block {
    const [header, ...rows] = table.children.map((row) =>
      row.children.map((cell) => this.inlines(cell.children)),
    );
    const columns = header?.length ?? 0;
    // A wide header above many short rows would fill the page with empty cells (and memory).
    const filled = columns * rows.length <= MOST_CELLS ? columns : 0;
    return {
      kind: 'table',
      alignments: Array.from({ length: columns }, (_, i) => table.align?.[i] ?? undefined),
      header: header ?? [],
      rows: rows.map((row) => [
        ...row.slice(0, columns),
        ...Array.from({ length: Math.max(0, filled - row.length) }, () => []),
      ]),
    };
  }

  inlines(nodes: readonly mdast.PhrasingContent[]): Inline[] {
    return nodes.flatMap((node) => this.#inline(node));
  }

  #inline(node: mdast.PhrasingContent): Inline[] {
    switch (node.type) {
      case 'text':
      case 'html':
        return [plain(node.value)];
      case 'inlineCode':
        return [{ kind: 'code', text: withoutOverrides(node.value) }];
      case 'emphasis':
        return [{ kind: 'emphasis', content: this.inlines(node.children) }];
      case 'strong':
        return [{ kind: 'strong', content: this.inlines(node.children) }];
      case 'delete':
        return [{ kind: 'struck', content: this.inlines(node.children) }];
      case 'break':
        return [{ kind: 'break' }];
      case 'link':
        return link(node.url, this.inlines(node.children));
      case 'linkReference':
        return link(this.#urls.get(node.identifier) ?? '', this.inlines(node.children));
      case 'image':
        return link(node.url, [plain(node.alt || node.url)]);
      case 'imageReference': {
        const url = this.#urls.get(node.identifier) ?? '';
        return link(url, [plain(node.alt || url)]);
      }
      case 'footnoteReference':
        return this.#note(node.identifier);
      default:
        return node satisfies never;
    }
  }

  #note(name: string): Inline[] {
    const definition = this.#notes.get(name);
    if (!definition || this.#given.has(name)) return [plain(`[^${name}]`)];
    this.#given.add(name);
    const paragraphs = definition.children.map((block) => this.inlines(phrasing(block)));
    const content = paragraphs.flatMap((inlines, index) =>
      index === 0 ? inlines : [{ kind: 'break' } as const, ...inlines],
    );
    return [{ kind: 'note', content }];
  }
}

/** An address that is not safe leaves its words. */
function link(address: string, content: readonly Inline[]): Inline[] {
  const url = safeLink(address);
  return url === undefined ? [...content] : [{ kind: 'link', url, content }];
}

/** The words inside any node. */
function phrasing(node: mdast.Nodes): mdast.PhrasingContent[] {
  if (node.type === 'code') return [{ type: 'inlineCode', value: node.value }];
  if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
    return node.children;
  }
  return 'children' in node ? node.children.flatMap(phrasing) : [];
}

/** The words of inline content, without what they are for. */
export const inlineText = (content: readonly Inline[]): string =>
  content
    .map((inline) => {
      if (inline.kind === 'break') return ' ';
      return 'text' in inline ? inline.text : inlineText(inline.content);
    })
    .join('');
