import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dressed, type Names, ownMarkIn, renamed, undressed } from './text-rules.ts';

const names: Names = {
  numbers: new Map([[3, 41]]),
  people: new Map([['mira', 'mira-n']]),
  addressOf: (number) => `https://cairn.test/s/x/plan/${number}`,
};
const mark = { kind: 'comment', id: '3b2f' } as const;
const mira = { name: 'Mira *Novak*', address: 'https://cairn.test/s/x/plan/3' };

describe('a text on its way to GitHub', () => {
  test.each([
    ['See #3 and #3.', 'See #41 and #41.'],
    ['See #4.', 'See [#4](https://cairn.test/s/x/plan/4).'],
    [
      'Colour #333abc, x#3 and https://a.test/#3 stay.',
      'Colour #333abc, x#3 and https://a.test/#3 stay.',
    ],
    ['@Mira and @nobody', '@mira-n and nobody'],
    ['mail mira@example.org', 'mail mira@example.org'],
    ['`#3` and ``a ` @mira`` are code, #3 is not', '`#3` and ``a ` @mira`` are code, #41 is not'],
    ['```\n#3\n```\n#3', '```\n#3\n```\n#41'],
    ['~~~\n@mira\nnever closed #3', '~~~\n@mira\nnever closed #3'],
    ['    #3\n#3', '    #3\n#41'],
    ['- a\n\n  ```\n  #3\n  ```\n#3', '- a\n\n  ```\n  #3\n  ```\n#41'],
    ['`` #3 ` #3', '`` #41 ` #41'],
  ])('%j is %j there', (here, there) => {
    expect(renamed(here, names)).toBe(there);
  });

  test('calls no number and nobody anything else where both sides call them the same', () => {
    const same: Names = {
      numbers: new Map(Array.from({ length: 1000 }, (_, number) => [number, number])),
      people: new Map([['mira', 'mira']]),
      addressOf: () => undefined,
    };
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('#3', '@mira', '`', '```', '\n', ' ', ' a ', '    ', '~~~')),
        (parts) => {
          expect(renamed(parts.join(''), same)).toBe(parts.join(''));
        },
      ),
    );
  });

  test('is known again, and says again what it said here', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, byApp) => {
        const sent = dressed(text, mark, byApp ? mira : undefined);
        expect(ownMarkIn(sent)).toEqual(mark);
        expect(undressed(sent)).toBe(text.replace(/\r\n?/g, '\n').replace(/\n+$/, ''));
      }),
    );
  });

  test('begins with whose words they are only where the App says them', () => {
    expect(dressed('Yes.', mark, mira)).toMatch(/^_Mira +Novak wrote this in \[Cairn\]\(https/);
    expect(dressed('Yes.', mark, undefined)).toMatch(/^Yes\./);
  });
});

test('what was written on GitHub stays as it is', () => {
  expect(ownMarkIn('A text <!-- cairn:comment:x --> with more')).toBeUndefined();
  expect(undressed('_Somebody wrote_\n\nA text\n\n')).toBe('_Somebody wrote_\n\nA text\n\n');
});

test('a text that is made to keep us busy is read at once', () => {
  const texts = [
    `${'`'.repeat(30_000)}${'a'.repeat(30_000)}`,
    `${'\n'.repeat(60_000)}x`,
    `x<!-- cairn:thread:1 -->${' '.repeat(60_000)}x`,
    `\`${'\n<!-- cairn:thread:1'.repeat(3000)}`,
  ];
  for (const text of texts) {
    expect(renamed(text, names)).toBe(text);
    expect(ownMarkIn(text)).toBeUndefined();
    expect(undressed(text)).toBe(text);
  }
});
