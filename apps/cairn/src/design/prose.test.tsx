import { expectOk } from '@cairn/kernel/result';
import { parseDate, parseZone, Temporal } from '@cairn/kernel/time';
import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { EmptyState } from './empty.tsx';
import { DateSpan, DayOf, Facts, When } from './prose.tsx';

const day = (text: string) => expectOk(parseDate(text));
const instant = Temporal.Instant.from('2023-02-27T01:00:00Z');

test('a span of days is two days to programs and one phrase to people', () => {
  expect(renderToString(<DateSpan from={day('2023-05-22')} to={day('2023-05-26')} />)).toBe(
    '<span class="span"><time datetime="2023-05-22">22</time>–<time datetime="2023-05-26">26 May 2023</time></span>',
  );
  expect(renderToString(<DateSpan from={day('2023-05-22')} to={day('2023-05-22')} />)).toBe(
    '<time datetime="2023-05-22">22 May 2023</time>',
  );
});

test('a moment is shown on the wall of the zone that is named, whatever the server’s own', () => {
  const seattle = expectOk(parseZone('America/Los_Angeles'));
  expect(renderToString(<When instant={instant} zone={seattle} />)).toMatch(
    /^<time datetime="2023-02-27T01:00:00Z">Sun 26 Feb 2023, 17:00 /,
  );
  expect(renderToString(<DayOf instant={instant} zone={seattle} />)).toBe(
    '<time datetime="2023-02-27T01:00:00Z">Sun 26 Feb 2023</time>',
  );
});

test('facts are terms and their descriptions', () => {
  expect(renderToString(<Facts facts={[{ term: 'Place', value: 'Seattle' }]} />)).toBe(
    '<dl class="facts"><dt>Place</dt><dd>Seattle</dd></dl>',
  );
});

test('an empty place says what would be there and what to do next', () => {
  expect(
    renderToString(
      <EmptyState next={{ href: '/import', label: 'Import people' }}>Nobody yet.</EmptyState>,
    ),
  ).toBe('<p class="empty">Nobody yet. <a href="/import">Import people</a></p>');
});
