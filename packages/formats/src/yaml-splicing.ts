/**
 * Changes YAML text by cutting and pasting only where the value differs, so that
 * everything else stays byte for byte as a person wrote it.
 *
 *     seats: 40   # never more than 50          seats: 45   # never more than 50
 *           ^--^ only this is replaced
 *
 * It does the common cases (block groups and block lists, one line per key) and
 * answers undefined for the rest: anchors, tags, keys behind a dash that must go,
 * an emptied group. Its caller proves each answer by reading it back.
 */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { equalData, isGroup } from './plain-data.ts';
import type { YamlStyle } from './yaml-writing.ts';

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

interface Cutting {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly render: YamlStyle['render'];
}

/** The text with `after` spliced in, or undefined if that takes more than cutting and pasting. */
export function splice(text: string, after: unknown, style: YamlStyle): string | undefined {
  const document = style.parse(text);
  const edits = editsFor({ text, document, render: style.render }, document.contents, after);
  if (!edits) return undefined;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  // From the end backwards, so that offsets still hold; of two at one place the earlier stays first.
  return edits
    .map((edit, order) => ({ ...edit, order }))
    .sort((a, b) => b.from - a.from || b.order - a.order)
    .reduce(
      (result, edit) =>
        result.slice(0, edit.from) + edit.text.replaceAll('\n', lineBreak) + result.slice(edit.to),
      text,
    );
}

function editsFor(cutting: Cutting, node: unknown, after: unknown): Edit[] | undefined {
  if (isMap(node) && isGroup(after) && !node.flow) return groupEdits(cutting, node.items, after);
  if (isSeq(node) && Array.isArray(after) && !node.flow) {
    return listEdits(cutting, node.items, after);
  }
  return undefined;
}

function groupEdits(
  cutting: Cutting,
  pairs: readonly Pair[],
  after: Readonly<Record<string, unknown>>,
): Edit[] | undefined {
  const kept = pairs.filter((pair) => Object.hasOwn(after, keyOf(pair)));
  const last = pairs.at(-1);
  if (kept.length === 0 || !last) return undefined;
  const edits: (Edit | undefined)[] = [];
  for (const pair of pairs) {
    if (!Object.hasOwn(after, keyOf(pair))) {
      edits.push(removal(cutting, start(pair.key), pairEnd(cutting, pair)));
      continue;
    }
    const value = after[keyOf(pair)];
    if (equalData(plain(cutting, pair.value), value)) continue;
    const inner = editsFor(cutting, pair.value, value);
    edits.push(...(inner ?? [replacedPair(cutting, pair, value)]));
  }
  const indent = columnOf(cutting, start(pairs[0]?.key));
  const written = new Set(pairs.map(keyOf));
  const added = Object.entries(after)
    .filter(([key]) => !written.has(key))
    .map(([key, value]) => cutting.render({ [key]: value }));
  if (added.length > 0) edits.push(insertion(cutting, pairEnd(cutting, last), added, indent));
  return complete(edits);
}

function listEdits(
  cutting: Cutting,
  items: readonly unknown[],
  after: readonly unknown[],
): Edit[] | undefined {
  const before = items.map((item) => plain(cutting, item));
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && equalData(before[head], after[head])) head++;
  let tail = 0;
  while (tail < shorter - head && equalData(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  if (items.length === 0 || after.length === 0) return undefined;

  const edits: (Edit | undefined)[] = [];
  const common = Math.min(before.length, after.length) - tail;
  for (let index = head; index < common; index++) {
    const inner = editsFor(cutting, items[index], after[index]);
    edits.push(...(inner ?? [replacedItem(cutting, items[index], after[index])]));
  }
  for (let index = common; index < before.length - tail; index++) {
    const dash = dashBefore(cutting, start(items[index]));
    edits.push(dash === undefined ? undefined : removal(cutting, dash, end(cutting, items[index])));
  }
  const added = after
    .slice(common, after.length - tail)
    .map((value) => `- ${cutting.render(value).replaceAll('\n', '\n  ')}`);
  if (added.length > 0) {
    const first = dashBefore(cutting, start(items[0]));
    if (first === undefined) return undefined;
    const indent = columnOf(cutting, first);
    const place = common === 0 ? undefined : end(cutting, items[common - 1]);
    // Nothing stands before the new entries: they would have to go above the list's first line.
    if (place === undefined) return undefined;
    edits.push(insertion(cutting, place, added, indent));
  }
  return complete(edits);
}

function replacedPair(cutting: Cutting, pair: Pair, value: unknown): Edit | undefined {
  const keyEnd = rangeOf(pair.key)?.[1];
  if (keyEnd === undefined || marked(pair.value)) return undefined;
  const colon = /^\s*:/.exec(cutting.text.slice(keyEnd));
  if (!colon) return undefined;
  const from = keyEnd + colon[0].length;
  const rendered = cutting.render({ k: value }, undefined);
  const styled = singleLine(cutting.render(value, pair.value));
  const indent = columnOf(cutting, start(pair.key));
  const text = styled === undefined ? indented(rendered.slice('k:'.length), indent) : ` ${styled}`;
  return { from, to: Math.max(from, end(cutting, pair.value)), text };
}

function replacedItem(cutting: Cutting, item: unknown, value: unknown): Edit | undefined {
  const from = start(item);
  if (marked(item)) return undefined;
  const text = indented(cutting.render(value, item), columnOf(cutting, from));
  return { from, to: Math.max(from, end(cutting, item)), text };
}

/** Scalars and collections in brackets fit behind their key; anything longer goes below it. */
const singleLine = (text: string): string | undefined =>
  text.includes('\n') || /^(- |[^"'[{]*: )/.test(text) ? undefined : text;

/** Whole lines, together with the comment lines directly above, which speak of them. */
function removal(cutting: Cutting, from: number, to: number): Edit | undefined {
  let lineStart = from - columnOf(cutting, from);
  if (cutting.text.slice(lineStart, from).trim() !== '') return undefined;
  const above = /(?:^|\n)((?:[ \t]*#[^\n]*\n)+)$/.exec(cutting.text.slice(0, lineStart));
  const comments = above?.[1]?.length ?? 0;
  // At the top of a file comments speak of the file.
  if (lineStart - comments > 0) lineStart -= comments;
  return { from: lineStart, to: lineAfter(cutting, to), text: '' };
}

function insertion(
  cutting: Cutting,
  after: number,
  pieces: readonly string[],
  indent: number,
): Edit {
  const from = lineAfter(cutting, after);
  const open = from > 0 && cutting.text[from - 1] !== '\n' ? '\n' : '';
  const margin = ' '.repeat(indent);
  const text = pieces.map((piece) => `${margin}${indented(piece, indent)}\n`).join('');
  return { from, to: from, text: open + text };
}

const indented = (text: string, indent: number): string =>
  text.replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(indent)}`);

const complete = (edits: readonly (Edit | undefined)[]): Edit[] | undefined => {
  const whole = edits.filter((edit) => edit !== undefined);
  return whole.length === edits.length ? whole : undefined;
};

const keyOf = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : '');

const plain = ({ document }: Cutting, node: unknown): unknown =>
  isParsed(node) ? node.toJS(document) : node;

const isParsed = (node: unknown): node is Node =>
  isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);

/** Anchors and tags say more than the value; cutting would lose it. */
const marked = (node: unknown): boolean =>
  isParsed(node) && !isAlias(node) && Boolean(node.anchor || node.tag);

const rangeOf = (node: unknown) => (isParsed(node) ? (node.range ?? undefined) : undefined);
const start = (node: unknown): number => rangeOf(node)?.[0] ?? 0;

/** Where a node's own text ends, without the line breaks that its range may include. */
function end({ text }: Cutting, node: unknown): number {
  const [from, to] = rangeOf(node) ?? [0, 0];
  return from + text.slice(from, to).trimEnd().length;
}

const pairEnd = (cutting: Cutting, pair: Pair): number =>
  Math.max(end(cutting, pair.value), end(cutting, pair.key));

const columnOf = ({ text }: Cutting, offset: number): number =>
  offset - (text.lastIndexOf('\n', offset - 1) + 1);

function lineAfter({ text }: Cutting, offset: number): number {
  const lineBreak = text.indexOf('\n', offset);
  return lineBreak === -1 ? text.length : lineBreak + 1;
}

function dashBefore({ text }: Cutting, offset: number): number | undefined {
  const dash = /-\s+$/.exec(text.slice(0, offset));
  return dash?.index;
}
