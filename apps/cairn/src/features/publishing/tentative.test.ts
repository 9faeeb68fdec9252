import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { seedDefinition } from '../../../../../tests/summit.ts';
import { AtAGlance } from '../people/invitations/answer-views.tsx';
import { fillFacts } from '../summits/facts.ts';
import { announcement } from './announcement-rules.ts';
import { wantedEntries } from './calendar-rules.ts';
import { handout } from './handout-rules.ts';
import { whenWords } from './wording-rules.ts';

const seed = seedDefinition();
const tentative = seedDefinition({ dates: { ...seed.dates, status: 'tentative' } });
const DAYS = '22–26 May 2023';

describe('a summit whose week is still looked for', () => {
  test('is within its window, in words', () => {
    expect(whenWords(seed)).toBe(DAYS);
    expect(whenWords(tentative)).toBe('one week between February and June 2023, to be chosen');
    const { window: _, ...dates } = tentative.dates;
    expect(whenWords(seedDefinition({ dates }))).toBe(`tentatively ${DAYS}, to be confirmed`);
    const uneven = {
      ...tentative.dates,
      end: '2023-05-24',
      window: { from: '2023-02-03', until: '2023-06-30' },
    };
    expect(whenWords(seedDefinition({ dates: uneven }))).toBe(
      'three days between 3 February 2023 and 30 June 2023, to be chosen',
    );
  });

  test('is never said to be on its days, in announcement and handout', () => {
    for (const text of [announcement(tentative), JSON.stringify(handout(tentative, EDITION))]) {
      // Nowhere the days without the word that they are tentative.
      expect(text.replaceAll(`tentatively ${DAYS}`, '')).not.toContain(DAYS);
      expect(text).toContain('to be chosen');
      expect(text).not.toContain('Arrival is on');
    }
    expect(announcement(seed)).toContain(`- ${DAYS} Summit`);
  });

  test('is tentative in the calendar and takes up nobody’s time', () => {
    for (const { key, status, content } of wantedEntries(tentative)) {
      if (!['arrival', 'summit', 'departure'].includes(key)) continue;
      expect([key, status, content.busy]).toEqual([key, 'TENTATIVE', false]);
    }
    const summit = wantedEntries(seed).find(({ key }) => key === 'summit');
    expect([summit?.status, summit?.content.busy]).toEqual(['CONFIRMED', true]);
  });

  test('says to the invited that the week is to be chosen, and {dates} says tentatively', () => {
    const summit = {
      id: '1',
      slug: tentative.slug,
      state: 'announced' as const,
      revision: 1,
      definition: tentative,
    };
    const shown = renderToString(AtAGlance({ summit, seatKind: 'funded' }));
    expect(shown).toContain('to be chosen');
    expect(shown).not.toContain('Your stay');
    expect(fillFacts('({dates})', tentative)).toBe(`(tentatively ${DAYS})`);
  });
});

const EDITION = { page: 'https://cairn.example.org/s/x', isDraft: false };
