import { expect } from 'vitest';

/*
 * A second reader of Atom, for tests only: it takes XML apart by the grammar of XML 1.0 (elements,
 * attributes, text, the five named references), and checks what RFC 4287 §4.1 demands of feeds and
 * entries. It knows nothing of how Cairn writes them.
 */

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (Element | string)[];
}

export interface ParsedEntry {
  readonly id: string;
  readonly title: string;
  readonly updated: string;
  readonly alternate: string;
  readonly author: string;
  readonly content: string | undefined;
}

export interface ParsedFeed {
  readonly id: string;
  readonly title: string;
  readonly updated: string;
  readonly self: string;
  readonly alternate: string;
  readonly entries: readonly ParsedEntry[];
}

const REFERENCES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
// XML 1.0 §2.2: every other sign is an error, wherever it stands.
const CHAR = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const TAG =
  /<(\/?)([A-Za-z_][\w.-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^<"]*"|'[^<']*'))*)\s*(\/?)>/y;
const ATTRIBUTE = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function resolved(text: string): string {
  return text.replace(/&([^;]*);|&/g, (whole, name: string | undefined) => {
    const sign = name === undefined ? undefined : REFERENCES[name];
    if (sign === undefined) throw new Error(`no such reference: ${whole}`);
    return sign;
  });
}

function parseXml(source: string): Element {
  let root: Element | undefined;
  if (!CHAR.test(source)) throw new Error('a sign that XML cannot hold');
  let at = /^<\?xml version="1\.0" encoding="utf-8"\?>\s*/.exec(source)?.[0].length ?? 0;
  const open: { name: string; attributes: Map<string, string>; children: (Element | string)[] }[] =
    [];
  while (at < source.length) {
    const top = open.at(-1);
    if (source[at] !== '<') {
      const end = source.indexOf('<', at);
      if (top === undefined || end < 0) throw new Error('text outside the root');
      const text = source.slice(at, end);
      if (text.includes(']]>')) throw new Error(']]> in text');
      top.children.push(resolved(text));
      at = end;
      continue;
    }
    TAG.lastIndex = at;
    const tag = TAG.exec(source);
    if (tag === null) throw new Error(`not well-formed at ${source.slice(at, at + 40)}`);
    at = TAG.lastIndex;
    const [, isEnd, name = '', attributes = '', isEmpty] = tag;
    if (isEnd === '/') {
      if (top?.name !== name) throw new Error(`</${name}> closes <${top?.name}>`);
      open.pop();
    } else {
      const said = new Map<string, string>();
      for (const [, key = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
        if (said.has(key)) throw new Error(`${key} twice`);
        said.set(key, resolved(double ?? single ?? ''));
      }
      const element = { name, attributes: said, children: [] };
      top?.children.push(element);
      if (isEmpty !== '/') open.push(element);
      if (top === undefined && open.length === 1) root = element;
      continue;
    }
    if (open.length === 0) {
      if (source.slice(at).trim() !== '') throw new Error('more than one root');
      break;
    }
  }
  if (root === undefined || open.length > 0) throw new Error('no whole document');
  return root;
}
const elements = (of: Element, name: string): Element[] =>
  of.children.filter((child): child is Element => typeof child !== 'string' && child.name === name);

function one(of: Element, name: string): Element {
  const [first, ...more] = elements(of, name);
  if (first === undefined || more.length > 0) throw new Error(`not one <${name}> in <${of.name}>`);
  return first;
}

const textOf = (of: Element): string =>
  of.children.map((child) => (typeof child === 'string' ? child : '')).join('');

function link(of: Element, rel: string): string {
  const [first, ...more] = elements(of, 'link').filter((one) => one.attributes.get('rel') === rel);
  if (first === undefined || more.length > 0) throw new Error(`not one link ${rel}`);
  const href = first.attributes.get('href') ?? '';
  expect(() => new URL(href)).not.toThrow();
  return href;
}

/** Reads a feed, or says what of RFC 4287 it breaks. */
export function parseAtom(source: string): ParsedFeed {
  const feed = parseXml(source);
  expect(feed.name).toBe('feed');
  expect(feed.attributes.get('xmlns')).toBe('http://www.w3.org/2005/Atom');
  const common = (of: Element) => {
    const [id, updated] = [textOf(one(of, 'id')), textOf(one(of, 'updated'))];
    expect(() => new URL(id)).not.toThrow();
    expect(updated).toMatch(RFC_3339);
    return { id, title: textOf(one(of, 'title')), updated, alternate: link(of, 'alternate') };
  };
  const entries = elements(feed, 'entry').map((entry) => {
    const content = elements(entry, 'content');
    expect(content.length).toBeLessThanOrEqual(1);
    if (content[0] !== undefined) expect(content[0].attributes.get('type')).toBe('html');
    return {
      ...common(entry),
      author: textOf(one(one(entry, 'author'), 'name')),
      content: content[0] === undefined ? undefined : textOf(content[0]),
    };
  });
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  return { ...common(feed), self: link(feed, 'self'), entries };
}
