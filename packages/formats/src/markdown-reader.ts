import type * as mdast from 'mdast';
import type { Block, Inline, ListItem } from './markdown.ts';
import { markdownTree, wordsOf } from './markdown-tree.ts';
import { directiveBlocks } from './myst-blocks.ts';
import { directiveOf, withFencedDirectives } from './myst-directives.ts';
import {
  type Destination,
  labelIn,
  namedIn,
  type Reference,
  readRole,
  roleBefore,
} from './myst-inlines.ts';
import { safeLink } from './safe-link.ts';
import { withoutOverrides, withVisibleOverrides } from './text-overrides.ts';

const MOST_CELLS = 50_000;

/** Text without any Markdown read in it: a paragraph for each, with its line breaks. */
export function plainParagraphs(text: string, cleaned = withoutOverrides): Block[] {
  return text
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => ({
      kind: 'paragraph',
      content: [{ kind: 'text', text: cleaned(paragraph.trim()) }],
    }));
}

/** What reading MyST adds. */
export interface Dialect {
  readonly resolve: (reference: Reference) => Destination | undefined;
  readonly giveAnchor: (words: string) => string;
  /** How many directives are around the text. */
  readonly depth: number;
}

/** Directives inside each other beyond this are shown as they were written. */
export const DEEPEST_DIRECTIVE = 6;

/** Turns the library's tree into ours, knowing the definitions of the whole text. */
export class Reader {
  readonly #myst: Dialect | undefined;
  readonly #cleaned: (text: string) => string;
  /** A link inside a link is none: people, numbers and pictures in its words are words. */
  #isInLink = false;
  readonly #urls = new Map<string, string>();
  readonly #notes = new Map<string, mdast.FootnoteDefinition>();
  /** Notes already given: a note stands at its first reference only, also if it refers to itself. */
  readonly #given = new Set<string>();

  constructor(root: mdast.Root, myst: Dialect | undefined) {
    this.#myst = myst;
    this.#cleaned = myst === undefined ? withoutOverrides : withVisibleOverrides;
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
        return [this.#heading(node)];
      case 'paragraph':
        return this.#paragraph(node);
      case 'blockquote':
        return [{ kind: 'quote', blocks: this.blocks(node.children) }];
      case 'code':
        return this.#code(node);
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
        return [{ kind: 'paragraph', content: [this.#plain(node.value)] }];
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

  #plain(text: string): Inline {
    return { kind: 'text', text: this.#cleaned(text) };
  }

  #heading(node: mdast.Heading): Block {
    const content = this.inlines(node.children);
    const anchor = this.#myst?.giveAnchor(wordsOf(node));
    return { kind: 'heading', level: node.depth, ...(anchor ? { anchor } : {}), content };
  }

  #paragraph(node: mdast.Paragraph): Block[] {
    const [first, ...others] = node.children;
    const found =
      this.#myst === undefined || first?.type !== 'text' ? undefined : labelIn(first.value);
    if (found === undefined) return [{ kind: 'paragraph', content: this.inlines(node.children) }];
    const target: Block = { kind: 'target', name: found.label };
    if (found.rest.trim() === '' && others.length === 0) return [target];
    const content = this.inlines([{ type: 'text', value: found.rest }, ...others]);
    return [target, { kind: 'paragraph', content }];
  }

  #code(node: mdast.Code): Block[] {
    const directive =
      this.#myst === undefined || this.#myst.depth >= DEEPEST_DIRECTIVE
        ? undefined
        : directiveOf(node.lang, node.meta, node.value);
    const read =
      directive === undefined
        ? undefined
        : directiveBlocks(directive, {
            cleaned: this.#cleaned,
            nested: (text) => this.#nested(text),
            line: (text) => this.#line(text),
            led: (reference, words) => this.#led(reference, words),
          });
    return (
      read ?? [
        {
          kind: 'code',
          ...(node.lang ? { language: this.#cleaned(node.lang) } : {}),
          text: this.#cleaned(node.value),
        },
      ]
    );
  }

  /** The blocks of a directive's content, with the definitions of the text around it. */
  #nested(text: string): Block[] {
    const myst = this.#myst;
    if (myst === undefined || text.trim() === '') return [];
    const root = markdownTree(withFencedDirectives(text));
    if (root === undefined) return plainParagraphs(text, this.#cleaned);
    const reader = new Reader(root, { ...myst, depth: myst.depth + 1 });
    for (const [name, url] of this.#urls) if (!reader.#urls.has(name)) reader.#urls.set(name, url);
    return reader.blocks(root.children);
  }

  /** One line of Markdown, such as a title. */
  #line(text: string): Inline[] {
    const [first] = this.#nested(text);
    return first?.kind === 'paragraph' ? [...first.content] : [this.#plain(text)];
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
    if (this.#myst === undefined) return nodes.flatMap((node) => this.#inline(node));
    return nodes.flatMap((node, at) => {
      const next = nodes[at + 1];
      const before = nodes[at - 1];
      if (node.type === 'inlineCode' && before?.type === 'text') {
        const role = roleBefore(before.value)?.role;
        const read = role === undefined ? undefined : this.#role(role, node.value);
        if (read !== undefined) return read;
      }
      if (node.type === 'text' && next?.type === 'inlineCode') {
        const found = roleBefore(node.value);
        if (found !== undefined && readRole(found.role, next.value) !== undefined) {
          return found.before === '' ? [] : this.#words(found.before);
        }
      }
      return this.#inline(node);
    });
  }

  #role(role: string, content: string): Inline[] | undefined {
    const read = readRole(role, content);
    if (read === undefined) return undefined;
    if (read.kind !== 'reference') {
      const text = this.#cleaned(read.text);
      return [read.kind === 'code' ? { kind: 'code', text } : { kind: 'text', text }];
    }
    const { reference, words } = read;
    return this.#led(reference, words === undefined ? [] : [this.#plain(words)]);
  }

  /** Words that lead to what they refer to. */
  #led(reference: Reference, words: readonly Inline[]): Inline[] {
    const found = this.#myst?.resolve(reference);
    const isAddress = reference.kind === 'link' || reference.kind === 'image';
    const said = words.length > 0 ? words : [this.#plain(found?.words ?? reference.to)];
    if (this.#isInLink) return [...said];
    return link(found?.url ?? (isAddress ? reference.to : ''), said);
  }

  /** Text with the people and numbers in it linked. */
  #words(text: string): Inline[] {
    const myst = this.#myst;
    if (myst === undefined || this.#isInLink) return [this.#plain(text)];
    return namedIn(text).map((part) => {
      if (typeof part === 'string') return this.#plain(part);
      const found = myst.resolve(part.reference);
      const [led = this.#plain(part.written)] =
        found === undefined ? [] : link(found.url, [this.#plain(part.written)]);
      return led;
    });
  }

  #inline(node: mdast.PhrasingContent): Inline[] {
    switch (node.type) {
      case 'text':
        return this.#words(node.value);
      case 'html':
        return [this.#plain(node.value)];
      case 'inlineCode':
        return [{ kind: 'code', text: this.#cleaned(node.value) }];
      case 'emphasis':
        return [{ kind: 'emphasis', content: this.inlines(node.children) }];
      case 'strong':
        return [{ kind: 'strong', content: this.inlines(node.children) }];
      case 'delete':
        return [{ kind: 'struck', content: this.inlines(node.children) }];
      case 'break':
        return [{ kind: 'break' }];
      case 'link':
        return this.#link(node.url, node.children);
      case 'linkReference':
        return this.#link(this.#urls.get(node.identifier) ?? '', node.children);
      case 'image':
        return this.#led({ kind: 'image', to: node.url }, [this.#plain(node.alt || node.url)]);
      case 'imageReference': {
        const url = this.#urls.get(node.identifier) ?? '';
        return this.#led({ kind: 'image', to: url }, [this.#plain(node.alt || url)]);
      }
      case 'footnoteReference':
        return this.#note(node.identifier);
      default:
        return node satisfies never;
    }
  }

  #link(url: string, children: readonly mdast.PhrasingContent[]): Inline[] {
    if (this.#myst === undefined) return link(url, this.inlines(children));
    this.#isInLink = true;
    const words = this.inlines(children);
    this.#isInLink = false;
    // `[](#label)` and `[](other.md)` are given their words by what they lead to (MyST).
    return this.#led({ kind: 'link', to: url }, words);
  }

  #note(name: string): Inline[] {
    const definition = this.#notes.get(name);
    if (!definition || this.#given.has(name)) return [this.#plain(`[^${name}]`)];
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
