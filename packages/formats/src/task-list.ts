import type * as mdast from 'mdast';
import { markdownTree } from './markdown-tree.ts';

/** A point of a task list (GitHub Flavored Markdown §5.3): `- [ ] something` or `- [x] something`. */
export interface TaskListItem {
  /** The line that its box stands on, from 1. */
  readonly line: number;
  readonly isDone: boolean;
  /** What stands behind the box, in Markdown, as one line. */
  readonly text: string;
}

/**
 * The points of all task lists of a text, in order: in nested lists and quotes too, but not in code,
 * where they only show how one would be written.
 *
 *     taskListItems('- [ ] book the room') // [{ line: 1, isDone: false, text: 'book the room' }]
 */
export function taskListItems(text: string): TaskListItem[] {
  const root = markdownTree(text);
  if (root === undefined) return [];
  const found: TaskListItem[] = [];
  collect(root, text, found);
  return found;
}

function collect(node: mdast.Nodes, source: string, found: TaskListItem[]): void {
  if (node.type === 'listItem' && typeof node.checked === 'boolean') {
    const [first] = node.children;
    const [from, to] = [first?.position?.start, first?.position?.end];
    if (first?.type === 'paragraph' && from?.offset !== undefined && to?.offset !== undefined) {
      found.push({
        line: from.line,
        isDone: node.checked,
        text: oneLine(source.slice(from.offset, to.offset)),
      });
    }
  }
  if ('children' in node) for (const child of node.children) collect(child, source, found);
}

/**
 * A point may go on in further lines, where they are indented. CommonMark takes a line below that is
 * not indented into the point as well (§5.2, laziness), which its writer did not mean to be done.
 */
function oneLine(text: string): string {
  const [first = '', ...others] = text.split(/\r?\n/);
  const end = others.findIndex((line) => !/^[\s>]*(?:\t|\s{2})/.test(line));
  const own = end < 0 ? others : others.slice(0, end);
  return [first, ...own.map((line) => line.replace(/^[\s>]+/, ''))]
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const BOX = /^((?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*\[)[ \txX](?=\])/;

/** The text with the box on a line ticked or not; the same text where there is no box. */
export function tickTaskListItem(text: string, line: number, isDone: boolean): string {
  const lines = text.split('\n');
  const old = lines[line - 1];
  if (old === undefined) return text;
  lines[line - 1] = old.replace(BOX, `$1${isDone ? 'x' : ' '}`);
  return lines.join('\n');
}
