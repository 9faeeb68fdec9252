import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderPlanText } from '../documents/text-rules.ts';
import { markRendered } from './rendered-rules.ts';
import { signWarning, visibleParts } from './sign-rules.ts';
import { suggestionIn, withoutSuggestion, withSuggestion } from './suggestion-rules.ts';

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
/** The page without what was taken out, and without the words for impaired readers. */
const kept = (html: string): string =>
  plain(
    html.replace(/<span class="unseen">[^<]*<\/span>/g, '').replace(/<del>[\s\S]*?<\/del>/g, ''),
  );
const markdown = fc
  .array(
    fc.constantFrom(
      '# One',
      'Two *three* four.',
      '- five\n- six',
      '| a | b |\n|--|--|\n| c | d |',
      '`x<y`',
      '> seven',
      '[eight](https://example.org)',
      'nine & ten',
    ),
    { maxLength: 8 },
  )
  .map((blocks) => blocks.join('\n\n'));

describe('a rendered difference', () => {
  test('is the new page once what went is taken out, and well formed', () => {
    fc.assert(
      fc.property(markdown, markdown, (before, after) => {
        const [old, now] = [renderPlanText(before), renderPlanText(after)];
        const html = markRendered(old, now)
          .map((part) => part.html)
          .join('\n');
        expect(kept(html)).toBe(plain(now));
        const open: string[] = [];
        for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
          if (['br', 'hr', 'input'].includes(name)) continue;
          if (slash === '/') expect(open.pop()).toBe(name);
          else open.push(name);
        }
        expect(open).toEqual([]);
      }),
    );
  });

  test('says each word that came and went', () => {
    const [part] = markRendered('<p>Mira leads the topic.</p>', '<p>Olga leads the topic.</p>');
    expect(part?.html).toBe(
      '<p><del><span class="unseen">[taken out: </span>Mira<span class="unseen">]</span></del><ins><span class="unseen">[added: </span>Olga<span class="unseen">]</span></ins> leads the topic.</p>',
    );
  });

  test('keeps tags whole whose address holds signs of tags', () => {
    const link = (to: string) =>
      renderPlanText(`[here](https://example.org/?a>b"c='${to}') and more`);
    const html = markRendered(link('x'), link('y'))
      .map((part) => part.html)
      .join('');
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(plain(html)).toBe('here and more');
  });

  test('takes no longer for what a renderer would never make', () => {
    const parts = markRendered('<p>'.padEnd(100_000, '<'), '<p>'.padEnd(100_000, '<"'));
    expect(parts).not.toEqual([]);
  });

  test('makes nothing of what only looks like a tag', () => {
    const hostile = renderPlanText('<script>alert(1)</script> "x" <img src=x onerror=alert(1)>');
    const html = markRendered(renderPlanText('calm'), hostile)
      .map((part) => part.html)
      .join('');
    expect(html).not.toMatch(/<(script|img)/);
  });
});

describe('signs that are not seen', () => {
  test('are named, and nothing else changes', () => {
    expect(visibleParts('if (a\u202E) b')).toEqual([
      { text: 'if (a' },
      { sign: 'U+202E', name: 'right-to-left override' },
      { text: ') b' },
    ]);
    expect(visibleParts('x\r')).toEqual([{ text: 'x' }, { sign: 'CR', name: 'carriage return' }]);
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', ' ', '\u202E', '\u200B', '\u2066', '\r', '👩', 'é'),
        }),
        (text) => {
          const shown = visibleParts(text).map((part) => ('text' in part ? part.text : ''));
          expect(text.startsWith(shown[0] ?? '')).toBe(true);
          expect(shown.join('')).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/);
        },
      ),
    );
  });

  test('are warned of where they turn or hide text, and left alone where scripts need them', () => {
    expect(signWarning('a\u202Eb')).toContain('turn text around');
    expect(signWarning('a\u200Bb')).toContain('not seen');
    expect(signWarning('می\u200cخواهم 👩\u200d💻 שלום')).toBeUndefined();
  });
});

describe('a suggestion', () => {
  test('is the fenced block of that name, as GitHub has it', () => {
    expect(suggestionIn('Better:\n\n```suggestion\nOne.\nTwo.\n```\n')).toEqual(['One.', 'Two.']);
    expect(suggestionIn('```suggestion\r\nOne.\r\n```')).toEqual(['One.']);
    expect(suggestionIn('```suggestion\n```')).toEqual([]);
    expect(suggestionIn('```suggestion\n\n```')).toEqual(['']);
    expect(suggestionIn('````suggestion\n```\ncode\n```\n````')).toEqual(['```', 'code', '```']);
    expect(suggestionIn('```js\nno\n```')).toBeUndefined();
    expect(withoutSuggestion('Better:\n\n```suggestion\nOne.\n```\n')).toBe('Better:');
  });

  test('takes the place of its lines and of nothing else', () => {
    expect(withSuggestion('a\nb\nc\n', { firstLine: null, line: 2 }, ['B', 'BB'])).toBe(
      'a\nB\nBB\nc\n',
    );
    expect(withSuggestion('a\nb\nc\n', { firstLine: 1, line: 3 }, [])).toBe('');
    expect(withSuggestion('a\r\nb\r\n', { firstLine: null, line: 2 }, ['B'])).toBe('a\r\nB\r\n');
    expect(withSuggestion('a\nb', { firstLine: null, line: 2 }, ['B'])).toBe('a\nB');
  });
});
