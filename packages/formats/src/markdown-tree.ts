import type * as mdast from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { parsingLimits } from './markdown-limits.ts';

/** The library's tree of a text; undefined for one that is not to be read as Markdown. */
export function markdownTree(text: string): mdast.Root | undefined {
  const limits = parsingLimits(text);
  if (limits.plain) return undefined;
  return fromMarkdown(text, {
    extensions: [gfm(), { disable: { null: [...limits.disabled] } }],
    mdastExtensions: [gfmFromMarkdown()],
  });
}

/** The words of a node, without what they are for. */
export function wordsOf(node: mdast.Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'break') return ' ';
  return 'children' in node ? node.children.map(wordsOf).join('') : '';
}
