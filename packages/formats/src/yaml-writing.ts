import {
  Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  Scalar,
  visit,
} from 'yaml';
import { equalData, isGroup, withoutUndefined } from './plain-data.ts';
import { splice } from './yaml-splicing.ts';

/** Never refold what a person wrote; prose keeps its own line breaks. */
const LAYOUT = { lineWidth: 0, blockQuote: 'literal' } as const;
const READING = { version: '1.2', schema: 'core', stringKeys: true } as const;

/** Longer text than this, in characters, is prose and stands in a block of its own. */
const PROSE_LENGTH = 80;

/** The YAML text of a value, for a new file. */
export function plainText(value: unknown): string {
  const document = new Document(null, READING);
  document.contents = freshNode(document, withoutUndefined(value));
  return document.toString(LAYOUT);
}

/**
 * Writes a changed value into YAML text. Three ways, the gentlest first, each proved by reading its
 * answer back: cut and paste in the text; change the nodes of the parsed document; write anew.
 */
export function rewrite(
  text: string,
  before: unknown,
  wanted: unknown,
  read: (text: string) => unknown,
): string {
  const after = withoutUndefined(wanted);
  if (equalData(before, after)) return text;
  for (const attempt of [splice, changeNodes]) {
    const written = attempt(text, after, { parse, render });
    if (written !== undefined && equalData(read(written), after)) return written;
  }
  return plainText(after);
}

/** How the ways of rewriting read the old text and write a new piece of it. */
export interface YamlStyle {
  readonly parse: (text: string) => Document.Parsed;
  /** The text of a piece, without a line break at its end, in the style of the node it replaces. */
  readonly render: (value: unknown, replaces?: unknown) => string;
}

const parse = (text: string): Document.Parsed => parseDocument(text, READING);

function render(value: unknown, replaces?: unknown): string {
  const document = new Document(null, READING);
  document.contents = freshNode(document, value);
  const written = document.contents;
  if (isScalar(written) && isScalar(replaces)) keepQuotes(written, replaces);
  if (isSeq(replaces) || isMap(replaces)) {
    if (replaces.flow && (isSeq(written) || isMap(written))) written.flow = true;
  }
  return document.toString(LAYOUT).trimEnd();
}

function freshNode(document: Document, value: unknown): Node {
  const node = document.createNode(value, { aliasDuplicateObjects: false });
  visit(node, { Scalar: (role, scalar) => void chooseStyle(scalar, role === 'key') });
  return node;
}

/** Prose in a literal block; what would be invisible, or would change on reading, in double quotes. */
function chooseStyle(scalar: Scalar, isKey: boolean): void {
  const { value } = scalar;
  if (typeof value !== 'string') return;
  if (needsEscapes(value) || (isKey && /[\n\t]/.test(value))) {
    scalar.type = Scalar.QUOTE_DOUBLE;
  } else if (isKey) {
    return;
  } else if (value.includes('\n') || (value.length > PROSE_LENGTH && value.includes(' '))) {
    scalar.type = Scalar.BLOCK_LITERAL;
  }
}

/** The second half: at the edges of a literal block, blanks are easily taken for indentation. */
const needsEscapes = (text: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: YAML 1.2 §5.1 allows these only as escapes.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]|\p{Cs}/u.test(text) ||
  (text.includes('\n') && /^\s|\n[ \t]+(?:\n|$)/.test(text));

function keepQuotes(written: Scalar, replaced: Scalar): void {
  const { value } = written;
  if (typeof value !== 'string' || written.type !== undefined) return;
  if (replaced.type === Scalar.QUOTE_DOUBLE || replaced.type === Scalar.QUOTE_SINGLE) {
    written.type = replaced.type;
  }
}

function changeNodes(text: string, after: unknown): string {
  const document: Document = parse(text);
  document.contents = changed(document, document.contents, after);
  return document.toString(LAYOUT);
}

function changed(document: Document, node: unknown, after: unknown): Node {
  if (!isNode(node) || isAlias(node)) return freshNode(document, after);
  if (equalData(node.toJS(document), after)) return node;
  if (isMap(node) && isGroup(after)) {
    node.items = node.items.filter(
      (pair) => isScalar(pair.key) && Object.hasOwn(after, String(pair.key.value)),
    );
    for (const [key, value] of Object.entries(after)) {
      const pair = node.items.find((each) => isScalar(each.key) && each.key.value === key);
      if (pair) pair.value = changed(document, pair.value, value);
      else {
        const added = freshNode(document, { [key]: value });
        if (isMap(added)) node.items.push(...added.items);
      }
    }
    return node;
  }
  if (isSeq(node) && Array.isArray(after)) {
    node.items = after.map((value, index) => changed(document, node.items[index], value));
    return node;
  }
  const written = freshNode(document, after);
  if (isScalar(written) && isScalar(node)) keepQuotes(written, node);
  written.commentBefore = node.commentBefore ?? null;
  written.comment = node.comment ?? null;
  written.spaceBefore = node.spaceBefore ?? false;
  return written;
}
