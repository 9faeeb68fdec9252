import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rulesWithoutHandle, withoutHandle, withoutMentions } from './erasure-plan-rules.ts';

const TOPIC = `---
title: mira
state: proposed
lead: mira # since May
people:
  - ana
  - mira
  - "mira"
labels: [mira, build]
by: '@mira'
deciders: [ana, mira, bob]
---
Ask @mira, not @mira-2 or mira@example.org.
`;

describe('a document without a handle', () => {
  test('names that person nowhere, and says all else as it did', () => {
    expect(withoutHandle(TOPIC, 'mira')).toBe(`---
title: mira
state: proposed
people:
  - ana
labels: [mira, build]
deciders: [ana, bob]
---
Ask somebody who left, not @mira-2 or mira@example.org.
`);
  });

  test('is the same document where nobody of that handle is in it', () => {
    expect(withoutHandle(TOPIC, 'bo')).toBe(TOPIC);
    expect(withoutHandle('lead: mira\n', 'mira')).toBe('lead: mira\n');
  });

  test('is found in the rules of the plan as well, which have no fences', () => {
    const rules =
      'folders:\n  topics:\n    reviewers: [mira]\n  goals:\n    reviewers:\n      - mira\n';
    expect(rulesWithoutHandle(rules, 'mira')).toBe(
      'folders:\n  topics:\n    reviewers: []\n  goals:\n    reviewers:\n',
    );
  });

  test('never mentions the handle again, whatever the text', () => {
    const part = fc.constantFrom(
      '@mira',
      'mira',
      '@mira-2',
      ' ',
      '\n',
      '---\n',
      'lead: ',
      '@',
      '.',
      '$&',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = withoutMentions(parts.join(''), 'mira');
        expect(/(?<![\w@./-])@mira(?![\w@-])/.test(text)).toBe(false);
        expect(withoutMentions(text, 'mira')).toBe(text);
      }),
    );
  });
});
