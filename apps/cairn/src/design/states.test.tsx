import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import fc from 'fast-check';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { SpreadBars } from './chart.tsx';
import { ObligationMark, STANDINGS } from './mark.tsx';
import { Meter, Progress } from './progress.tsx';
import { standingOf, Timeline } from './timeline.tsx';

const day = (text: string) => expectOk(parseDate(text));
const wordsOf = (html: string) => html.replace(/<[^>]*>/g, '');
const textOf = (html: string) => wordsOf(html).replace(/\s+/g, ' ').trim();

test('promises differ in word and in shape, not only in colour', () => {
  const marks = STANDINGS.map((standing) => renderToString(<ObligationMark standing={standing} />));
  expect(new Set(marks.map(wordsOf)).size).toBe(STANDINGS.length);
  expect(new Set(marks.map((html) => html.match(/<svg.*<\/svg>/)?.[0])).size).toBe(
    STANDINGS.length,
  );
});

describe('an entry of the timeline', () => {
  const today = day('2023-03-01');
  test.each([
    [{ date: day('2023-03-02'), kind: 'due' }, 'in 1 day'],
    [{ date: day('2023-03-01'), kind: 'due' }, 'due today'],
    [{ date: day('2023-02-28'), kind: 'due' }, 'late by 1 day'],
    [{ date: day('2023-02-20'), kind: 'due', done: true }, 'done'],
    [{ date: day('2023-02-20'), kind: 'event' }, 'over'],
    [{ date: day('2023-02-20'), until: day('2023-03-01'), kind: 'event' }, 'now'],
    [{ date: day('2023-02-20'), until: day('2023-03-03'), kind: 'due' }, 'now'],
  ] as const)('%# says “%s”', (entry, words) => {
    expect(standingOf(entry, today).words).toBe(words);
  });

  test('is late exactly when it was due, is over and is not done', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -400, max: 400 }),
        fc.integer({ min: 0, max: 30 }),
        fc.constantFrom('due' as const, 'event' as const),
        fc.boolean(),
        (start, length, kind, done) => {
          const date = today.add({ days: start });
          const { state } = standingOf(
            { date, until: date.add({ days: length }), kind, done },
            today,
          );
          return (state === 'late') === (kind === 'due' && !done && start + length < 0);
        },
      ),
    );
  });

  test('stands before today’s line when it has begun, after it when it has not', () => {
    const entry = (id: string, date: string) => ({
      id,
      title: id,
      date: day(date),
      kind: 'event' as const,
    });
    const line = (dates: readonly [string, string][]) =>
      [
        ...renderToString(
          <Timeline label="Plan" today={today} entries={dates.map(([id, on]) => entry(id, on))} />,
        ).matchAll(/<li class="(today|[a-z]+)"/g),
      ].map(([, state]) => state);
    expect(
      line([
        ['a', '2023-02-01'],
        ['b', '2023-03-02'],
      ]),
    ).toEqual(['past', 'today', 'ahead']);
    expect(
      line([
        ['a', '2023-02-01'],
        ['b', '2023-03-01'],
      ]),
    ).toEqual(['past', 'now', 'today']);
    expect(line([['b', '2023-03-02']])).toEqual(['today', 'ahead']);
  });
});

test('the seats’ meter says what is taken, what may come, and by how much that is too many', () => {
  const outlook = { value: 43, when: 'if every open offer is accepted' };
  expect(
    textOf(renderToString(<Meter unit="seats taken" value={38} cap={40} outlook={outlook} />)),
  ).toBe('38 of 40 seats taken; 43 of 40 if every open offer is accepted. 3 too many');
  expect(textOf(renderToString(<Meter unit="seats taken" value={0} cap={0} />))).toBe(
    '0 of 0 seats taken.',
  );
});

test('no bar of the meter leaves the drawing', () => {
  fc.assert(
    fc.property(fc.nat(9999), fc.nat(9999), fc.nat(9999), (value, cap, ahead) => {
      const html = renderToString(
        <Meter unit="seats" value={value} cap={cap} outlook={{ value: ahead, when: 'then' }} />,
      );
      return [...html.matchAll(/<rect[^>]* x="([^"]*)"[^>]* width="([^"]*)"/g)].every(
        ([, x, width]) =>
          Number(x) >= 0 && Number(width) >= 0 && Number(x) + Number(width) <= 100.001,
      );
    }),
  );
});

test('work whose end nobody knows shows a bar without a value', () => {
  expect(renderToString(<Progress label="Reading" />)).toMatch(/<progress id="[^"]*"><\/progress>/);
  expect(renderToString(<Progress label="Reading" done={3} total={9} />)).toMatch(
    /value="3" max="9"/,
  );
});

test('the picture of communities holds its numbers as words too', () => {
  const parts = (accepted: number) => [
    { label: 'Accepted', value: accepted },
    { label: 'Declined', value: 1 },
  ];
  const html = renderToString(
    <SpreadBars
      caption="Spread"
      head="Community"
      rows={[
        { label: 'NumPy', target: [3, 5], parts: parts(2) },
        { label: 'SciPy', target: [2, 2], parts: parts(2) },
        { label: 'Pangeo', target: [0, 1], parts: parts(2) },
        { label: 'IPython', parts: parts(0) },
      ]}
    />,
  );
  const cells = [...html.matchAll(/<tr role="row"><th role="rowheader".*?<\/tr>/gs)].map(([row]) =>
    textOf(row.replaceAll('</t', ' </t')),
  );
  expect(cells).toEqual([
    'NumPy 3–5 1 short 2 1',
    'SciPy 2 met 2 1',
    'Pangeo 0–1 1 over 2 1',
    'IPython 0 1',
  ]);
});
