import { type Instant, Temporal } from '@cairn/kernel/time';

/** An entry of a feed. */
export interface AtomEntry {
  /** Never another one for the same, wherever the feed is read: `urn:uuid:…`. */
  readonly id: string;
  readonly title: string;
  /** The whole address of its page. */
  readonly href: string;
  readonly updated: Instant;
  readonly author: string;
  /** Plain text: it becomes paragraphs, and never HTML of its own. */
  readonly text: string;
}

/** A feed without its entries. */
export interface AtomFrame {
  readonly id: string;
  readonly title: string;
  /** The whole address of the feed itself, and of the page that it is of. */
  readonly self: string;
  readonly page: string;
  /** When it began: a feed without entries was updated then. */
  readonly since: Instant;
}

/** When anything in a feed changed last. */
export const updatedOf = (
  { since }: Pick<AtomFrame, 'since'>,
  entries: readonly Pick<AtomEntry, 'updated'>[],
): Instant =>
  entries.reduce(
    (last, { updated }) => (Temporal.Instant.compare(last, updated) < 0 ? updated : last),
    since,
  );

/** A feed as a document of Atom (RFC 4287), in UTF-8. */
export function atomText(frame: AtomFrame, entries: readonly AtomEntry[]): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>${xml(frame.id)}</id>`,
    `  <title>${xml(frame.title)}</title>`,
    `  <updated>${stamp(updatedOf(frame, entries))}</updated>`,
    `  <link rel="self" type="application/atom+xml" href="${xml(frame.self)}"/>`,
    `  <link rel="alternate" type="text/html" href="${xml(frame.page)}"/>`,
    '  <generator>Cairn</generator>',
    ...entries.flatMap(({ id, title, href, updated, author, text }) => [
      '  <entry>',
      `    <id>${xml(id)}</id>`,
      `    <title>${xml(title)}</title>`,
      `    <updated>${stamp(updated)}</updated>`,
      `    <link rel="alternate" type="text/html" href="${xml(href)}"/>`,
      `    <author><name>${xml(author)}</name></author>`,
      ...(text.trim() === ''
        ? []
        : [`    <content type="html">${xml(paragraphs(text))}</content>`]),
      '  </entry>',
    ]),
    '</feed>',
    '',
  ].join('\n');
}

/** Whole seconds in UTC, which every reader understands. */
const stamp = (instant: Instant): string => instant.toString({ smallestUnit: 'second' });

/** A text as HTML that says it and nothing else. */
const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map((part) => `<p>${escaped(part).replaceAll('\n', '<br>')}</p>`)
    .join('');

/** Text that XML can hold: signs that it cannot (XML 1.0 §2.2) are left out. */
const xml = (text: string): string =>
  escaped(
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids.
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, ''),
  );

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
