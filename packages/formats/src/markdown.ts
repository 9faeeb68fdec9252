/**
 * Markdown (CommonMark with GitHub's tables, strikethrough, task lists, bare links and footnotes)
 * as a small tree of plain data. What the tree cannot say cannot reach a page: raw HTML is text,
 * links go to the web, to mail or to the same site, images become links to themselves.
 *
 * The text may come from anyone. A text too long, or built to make the parser slow, is read with
 * fewer constructs (`parsingLimits` in markdown-limits.ts says when): it then shows its marks.
 */
import { plainParagraphs, Reader } from './markdown-reader.ts';
import { markdownTree } from './markdown-tree.ts';
import { withFencedDirectives } from './myst-directives.ts';
import { anchorGiver, type Destination, type Reference } from './myst-inlines.ts';
import { withVisibleOverrides } from './text-overrides.ts';

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
  | {
      readonly kind: 'heading';
      readonly level: number;
      /** What can stand behind `#` in a link to it; of MyST only. */
      readonly anchor?: string;
      readonly content: readonly Inline[];
    }
  /** A box that draws attention, such as a note or a warning; of MyST only. */
  | {
      readonly kind: 'admonition';
      /** In small letters: `note`, `warning` ... */
      readonly name: string;
      readonly title: readonly Inline[];
      readonly blocks: readonly Block[];
    }
  /** The name of a place in the text, for links to what comes below; of MyST only. */
  | { readonly kind: 'target'; readonly name: string }
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

export interface MystOptions {
  /** Where something leads that the text refers to; undefined for nowhere, which leaves its words. */
  readonly resolve?: (reference: Reference) => Destination | undefined;
}

/** Reads Markdown. Any text is Markdown, so this never fails. */
export function parseMarkdown(text: string): Block[] {
  const root = markdownTree(text);
  return root === undefined
    ? plainParagraphs(text)
    : new Reader(root, undefined).blocks(root.children);
}

/**
 * Reads the MyST dialect of Markdown: directives, roles, labels, and references between documents;
 * mentions of people and numbers where `resolve` leads somewhere for them. Never fails. A directive or
 * a role that is not known is shown as it was written. Characters that reorder the text around them
 * become visible.
 */
export function parseMyst(text: string, { resolve = () => undefined }: MystOptions = {}): Block[] {
  const fenced = withFencedDirectives(text);
  const root = markdownTree(fenced);
  if (root === undefined) return plainParagraphs(text, withVisibleOverrides);
  return new Reader(root, { resolve, giveAnchor: anchorGiver(), depth: 0 }).blocks(root.children);
}

/** The words of inline content, without what they are for. */
export const inlineText = (content: readonly Inline[]): string =>
  content
    .map((inline) => {
      if (inline.kind === 'break') return ' ';
      return 'text' in inline ? inline.text : inlineText(inline.content);
    })
    .join('');
