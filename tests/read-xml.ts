/** An element as it was read. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All text inside, also that of its children. */
  readonly text: string;
}

const NAME = '[A-Za-z_][A-Za-z0-9_.:-]*';
const TOKEN = new RegExp(
  `<(?<close>/)?(?<name>${NAME})(?<attributes>(?:\\s+${NAME}="[^"<]*")*)\\s*(?<empty>/)?>|(?<text>[^<]+)`,
  'y',
);
const ATTRIBUTE = new RegExp(`(${NAME})="([^"<]*)"`, 'g');
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
};
/** Production 2 of XML 1.0, by code point. */
const isAllowed = (code: number): boolean =>
  [0x9, 0xa, 0xd].includes(code) ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  code >= 0x10000;

/**
 * Reads the part of XML that we write, and refuses everything else by throwing: a document that it
 * reads is well-formed. It shares nothing with what writes.
 */
export function readXml(source: string): XmlElement {
  for (const sign of source) {
    const code = sign.codePointAt(0) ?? 0;
    if (!isAllowed(code)) throw new Error(`XML must not hold U+${code.toString(16)}`);
  }
  const open: {
    name: string;
    attributes: Record<string, string>;
    children: XmlElement[];
    text: string;
  }[] = [{ name: '', attributes: {}, children: [], text: '' }];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(source)?.groups;
    if (groups === undefined) throw new Error(`not XML: ${source.slice(at, at + 80)}`);
    const { close, name = '', attributes = '', empty, text } = groups;
    const inner = open.at(-1);
    if (inner === undefined) throw new Error('something stands after the end');
    if (text !== undefined) inner.text += decoded(text);
    else if (close === undefined) {
      open.push({ name, attributes: readAttributes(attributes), children: [], text: '' });
      if (empty !== undefined) closeLast(open);
    } else {
      if (inner.name !== name) throw new Error(`</${name}> ends <${inner.name}>`);
      closeLast(open);
    }
  }
  const [document] = open;
  const [root] = document?.children ?? [];
  if (open.length !== 1 || root === undefined || document?.children.length !== 1) {
    throw new Error('a document is one element, and each element ends');
  }
  if (document.text.trim() !== '') throw new Error('text stands beside the document');
  return root;
}

/** All elements inside that have this name, in order. */
export function elementsIn(root: XmlElement, name: string): XmlElement[] {
  return root.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...elementsIn(child, name),
  ]);
}

function closeLast(
  open: {
    name: string;
    attributes: Record<string, string>;
    children: XmlElement[];
    text: string;
  }[],
): void {
  const done = open.pop();
  const outer = open.at(-1);
  if (done === undefined || outer === undefined) throw new Error('more ends than begins');
  outer.children.push(done);
  if (open.length > 1) outer.text += done.text;
}

function readAttributes(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(ATTRIBUTE)) {
    if (name in found) throw new Error(`the attribute ${name} stands there twice`);
    found[name] = decoded(value);
  }
  return found;
}

const decoded = (text: string): string =>
  text.replace(/&([^;\s]*;?)/g, (whole, inside: string) => {
    const sign = inside.endsWith(';') ? ENTITIES[inside.slice(0, -1)] : undefined;
    if (sign === undefined) throw new Error(`an & that begins nothing: ${whole}`);
    return sign;
  });
