import { readFileSync } from 'node:fs';
import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { definitions } from '../../../../../tests/arbitrary-definition.ts';
import { carriedValues, stillCarried, tellsOfItsYear } from './carried-rules.ts';
import { readDefinition } from './definition-text.ts';
import { fieldNameOf, leavesOf } from './stable-path.ts';

const DEMO = expectOk(
  readDefinition(
    readFileSync(new URL('../../../demo/sp_summit_2023.yaml', import.meta.url), 'utf8'),
  ),
).definition;

const pathsOf = (values: readonly { path: string }[]) => values.map(({ path }) => path);

describe('carried values', () => {
  test('hold every date, count and name of the last edition', () => {
    expect(carriedValues(DEMO)).toEqual(
      expect.arrayContaining([
        { path: 'dates.start', kind: 'date', value: '2023-05-22' },
        { path: 'announced', kind: 'date', value: '2023-01-11' },
        { path: 'planning_meetings.list[march].month', kind: 'date', value: '2023-03' },
        { path: 'seats.planned', kind: 'count', value: 40 },
        { path: 'communities[numpy].target.most', kind: 'count', value: 6 },
        { path: 'agreement.obligations[planning_meetings].rule.of', kind: 'count', value: 3 },
        { path: 'authors[0]', kind: 'name', value: 'Brigitta Sipőcz' },
        { path: 'hosts[0].name', kind: 'name', value: 'eScience Institute' },
        { path: 'zone', kind: 'name', value: 'America/Los_Angeles' },
        {
          path: 'phases[invitation].from',
          kind: 'count',
          value: { months: 4, days: 11, before: 'start' },
        },
      ]),
    );
  });

  test('hold prose that tells of its year, and none that does not', () => {
    const prose = carriedValues(DEMO).filter(({ kind }) => kind === 'prose');
    expect(pathsOf(prose)).toEqual(
      expect.arrayContaining([
        'summary',
        'full_title',
        'agreement.text',
        'sections[planning].notes[0]',
      ]),
    );
    expect(pathsOf(prose)).not.toContain('goals[coordination].points[2]');
    expect(pathsOf(prose)).not.toContain('recruiting');
  });

  test('leave out what the copier writes anew', () => {
    const paths = pathsOf(carriedValues(DEMO));
    for (const own of ['slug', 'title', 'series.edition', 'cairn'])
      expect(paths).not.toContain(own);
  });

  test.each([
    ['forty people', true],
    ['The First Summit', true],
    ['in 2024', true],
    ['see you in May', true],
    ['we may meet', false],
    ['{seats} people for {days:words} days', false],
    ['hosted by the eScience Institute', true],
    ['small work groups', false],
  ])('“%s” tells of its year: %s', (text, expected) => {
    expect(tellsOfItsYear(text, ['eScience Institute'])).toBe(expected);
  });
});

describe('what is still carried', () => {
  test('is everything while nothing is changed, each once and each findable', () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        const carried = carriedValues(definition);
        expect(stillCarried(carried, definition)).toEqual(carried);
        expect(new Set(pathsOf(carried)).size).toBe(carried.length);
        for (const one of carried) expect(fieldNameOf(definition, one)).toBeDefined();
      }),
    );
  });

  test('misses no date, number or lead of a definition', () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        const paths = pathsOf(carriedValues(definition));
        for (const { path, value } of leavesOf(definition)) {
          if (typeof value !== 'number' || path === 'series.edition') continue;
          const lead = path.slice(0, path.lastIndexOf('.'));
          expect(paths.includes(path) || paths.includes(lead)).toBe(true);
        }
      }),
    );
  });

  test('a changed value settles itself and nothing beside it', () => {
    const carried = carriedValues(DEMO);
    const changed = { ...DEMO, dates: { ...DEMO.dates, start: '2023-05-23' } };
    expect(pathsOf(carried.filter((one) => !stillCarried(carried, changed).includes(one)))).toEqual(
      ['dates.start'],
    );
  });

  test('rows that move or go do not settle the rows that stay', () => {
    const carried = carriedValues(DEMO);
    const changed = {
      ...DEMO,
      authors: DEMO.authors.slice(1).toReversed(),
      communities: DEMO.communities.filter(({ key }) => key !== 'numpy').toReversed(),
    };
    const gone = carried.filter((one) => !stillCarried(carried, changed).includes(one));
    expect(pathsOf(gone)).toEqual([
      'authors[0]',
      'communities[numpy].name',
      'communities[numpy].target.least',
      'communities[numpy].target.most',
    ]);
    expect(fieldNameOf(changed, { path: 'authors[1]', value: DEMO.authors[1] })).toBe('authors[1]');
    expect(fieldNameOf(changed, { path: 'authors[2]', value: DEMO.authors[2] })).toBe('authors[0]');
  });
});
