import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAtom } from '../../../../../../tests/atom.ts';
import { type AtomEntry, atomText } from './atom-rules.ts';

const since = Temporal.Instant.from('2023-02-01T12:00:00.5Z');
const frame = {
  id: 'urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a',
  title: 'The plan & more',
  self: 'https://x.org/plan/feed.atom?a=1&b=2',
  page: 'https://x.org/plan',
  since,
};
const entry = (change: Partial<AtomEntry> = {}): AtomEntry => ({
  id: 'urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6b',
  title: 'Mira <b>approved</b> #12',
  href: 'https://x.org/plan/12',
  updated: Temporal.Instant.from('2023-02-03T12:00:00Z'),
  author: 'Mira',
  text: 'One <script>alert(1)</script>\ntwo\n\nthree',
  ...change,
});

describe('a feed', () => {
  test('holds what RFC 4287 asks for, and reads back as it was written', () => {
    const feed = parseAtom(atomText(frame, [entry()]));
    expect(feed).toEqual({
      id: frame.id,
      title: frame.title,
      updated: '2023-02-03T12:00:00Z',
      self: frame.self,
      alternate: frame.page,
      entries: [
        {
          id: entry().id,
          title: 'Mira <b>approved</b> #12',
          updated: '2023-02-03T12:00:00Z',
          alternate: 'https://x.org/plan/12',
          author: 'Mira',
          content: '<p>One &lt;script&gt;alert(1)&lt;/script&gt;<br>two</p><p>three</p>',
        },
      ],
    });
  });

  test('without entries was updated when it began', () => {
    expect(parseAtom(atomText(frame, [])).updated).toBe('2023-02-01T12:00:00Z');
  });

  test('is well-formed and holds no markup of others, whatever was said', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom(']]>', '<!--', '&#0;', '\u0000', '\uD800', '"', "'", '<a href="x">'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, text, text, (title, author, said) => {
        const feed = parseAtom(atomText(frame, [entry({ title, author, text: said })]));
        const content = feed.entries[0]?.content ?? '';
        expect(content.replace(/<\/?p>|<br>/g, '')).not.toMatch(/[<>]/);
      }),
      { numRuns: 50 },
    );
  });
});
