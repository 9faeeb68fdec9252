import { expectOk } from '@cairn/kernel/result';
import { dateIn, expectZone, parseDate, startOfDay, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decisionPath,
  decisionText,
  stateLine,
  substanceOf,
  withoutStateLine,
  withStateLine,
} from './record-rules.ts';
import {
  closingOf,
  lastDayAnew,
  lastDayOf,
  objectionStanding,
  remindFrom,
  settleDecision,
} from './window-rules.ts';

const at = (text: string) => Temporal.Instant.from(text);
const day = (text: string) => expectOk(parseDate(text));
const SEATTLE = expectZone('America/Los_Angeles');
const none = { answeredAt: null, upheldAt: null, withdrawnAt: null };
const NOON = at('2023-05-24T12:00:00Z');

describe('an objection', () => {
  test.each([
    [none, 'stands'],
    [{ ...none, answeredAt: NOON }, 'answered'],
    [{ ...none, answeredAt: NOON, upheldAt: NOON }, 'stands'],
    [{ ...none, withdrawnAt: NOON }, 'withdrawn'],
    [{ answeredAt: NOON, upheldAt: NOON, withdrawnAt: NOON }, 'withdrawn'],
  ] as const)('of %j %s', (facts, standing) => {
    expect(objectionStanding(facts)).toBe(standing);
  });
});

describe('a window', () => {
  test('closes when its last day is over at the place of the summit, in summer and in winter time', () => {
    // Clocks there went forward on 12 March 2023.
    const opened = at('2023-03-09T20:00:00Z');
    const last = lastDayOf(opened, 14, SEATTLE);
    expect(last.toString()).toBe('2023-03-23');
    expect(closingOf(last, SEATTLE).toString()).toBe('2023-03-24T07:00:00Z');
    // And back on 5 November.
    expect(closingOf(day('2023-11-04'), SEATTLE).toString()).toBe('2023-11-05T07:00:00Z');
    expect(closingOf(day('2023-11-05'), SEATTLE).toString()).toBe('2023-11-06T08:00:00Z');
  });

  test('of no days is the rest of the day', () => {
    expect(lastDayOf(NOON, 0, SEATTLE).toString()).toBe('2023-05-24');
  });

  const moments = fc
    .integer({ min: Date.parse('2020-01-01'), max: Date.parse('2030-01-01') })
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
  const zones = fc.constantFrom(
    'America/Los_Angeles',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'Australia/Lord_Howe',
    'Africa/Cairo',
    'America/Santiago',
  );

  test('is never shorter than the rule: the wall clock of the opening comes round as often as it has days', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 60 }), zones, (opened, days, name) => {
        const zone = expectZone(name);
        const closes = closingOf(lastDayOf(opened, days, zone), zone);
        const same = opened.toZonedDateTimeISO(zone).add({ days }).toInstant();
        expect(Temporal.Instant.compare(closes, same)).toBeGreaterThan(0);
        // And is over when a day begins there.
        expect(startOfDay(dateIn(closes, zone), zone).equals(closes)).toBe(true);
      }),
    );
  });

  test('that begins anew is a whole one, and never ends before the day that people were told', () => {
    fc.assert(
      fc.property(
        moments,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: -90, max: 90 }),
        (now, days, off) => {
          const whole = lastDayOf(now, days, SEATTLE);
          const before = whole.add({ days: off });
          const anew = lastDayAnew(before, now, days, SEATTLE);
          expect(Temporal.PlainDate.compare(anew, whole)).toBeGreaterThanOrEqual(0);
          expect(Temporal.PlainDate.compare(anew, before)).toBeGreaterThanOrEqual(0);
          expect(anew.equals(whole) || anew.equals(before)).toBe(true);
        },
      ),
    );
  });

  test('reminds in its last quarter, between its opening and its end', () => {
    expect(remindFrom(at('2023-05-01T00:00:00Z'), at('2023-05-13T00:00:00Z'))).toEqual(
      at('2023-05-10T00:00:00Z'),
    );
  });
});

describe('a decision', () => {
  const closesAt = at('2023-06-08T07:00:00Z');
  const before = closesAt.subtract({ milliseconds: 1 });
  test.each([
    ['provisional', [], before, undefined],
    ['provisional', [], closesAt, 'ratified'],
    ['provisional', [none], before, undefined],
    ['provisional', [none], closesAt, 'reopened'],
    ['provisional', [{ ...none, withdrawnAt: NOON }], closesAt, 'ratified'],
    ['provisional', [{ ...none, answeredAt: NOON }], closesAt, 'ratified'],
    ['provisional', [{ ...none, answeredAt: NOON, upheldAt: NOON }], closesAt, 'reopened'],
    ['ratified', [none], closesAt, undefined],
    ['reopened', [], closesAt, undefined],
  ] as const)('that is %s with %j at %s: %s', (state, objections, now, becomes) => {
    expect(settleDecision({ state, closesAt, objections }, now)).toBe(becomes);
  });

  test('is never settled while its window is open, and never ratified against an objection that stands', () => {
    const moment = fc.constantFrom(null, NOON);
    const objection = fc.record({ answeredAt: moment, upheldAt: moment, withdrawnAt: moment });
    fc.assert(
      fc.property(
        fc.array(objection),
        fc.integer({ min: -5, max: 5 }),
        fc.constantFrom('provisional', 'ratified', 'reopened'),
        (objections, off, state) => {
          const now = closesAt.add({ hours: off });
          const becomes = settleDecision({ state, closesAt, objections }, now);
          if (off < 0 || state !== 'provisional') expect(becomes).toBeUndefined();
          else {
            const stands = objections.some((each) => objectionStanding(each) === 'stands');
            expect(becomes).toBe(stands ? 'reopened' : 'ratified');
          }
        },
      ),
    );
  });
});

describe('the document of a decision', () => {
  const lines = (['provisional', 'ratified', 'reopened'] as const).map((state) =>
    stateLine(state, day('2023-06-07'), SEATTLE, day('2023-06-08')),
  );

  test('says at its top how it stands, in words that a forge shows', () => {
    expect(withStateLine('We do it.', lines[0] ?? '')).toBe(
      '> **Provisional** until the end of Wed 7 Jun 2023 (America/Los_Angeles). Until then anybody who comes may object, with a reason.\n\nWe do it.',
    );
  });

  test('keeps its substance whatever line stands above it, and loses it with a word', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('> a quote\n\nand more', '> **Provisional** is a word', '## Why\n\nBecause'),
    );
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...lines),
        fc.constantFrom(...lines),
        (some, one, other) => {
          const first = withStateLine(some, one);
          const second = withStateLine(first, other);
          expect(withStateLine(some, other)).toBe(second);
          expect(withoutStateLine(second).trim()).toBe(withoutStateLine(some).trim());
          const title = 'T';
          expect(substanceOf({ title, text: second })).toBe(substanceOf({ title, text: some }));
          expect(substanceOf({ title, text: `${second} more` })).not.toBe(
            substanceOf({ title, text: some }),
          );
        },
      ),
    );
  });

  test('is made of what was decided, why, and what else was thought of', () => {
    expect(decisionText({ decided: 'Yes.\r\n', why: '# Because\nof it', alternatives: '' })).toBe(
      'Yes.\n\n## Why\n\n### Because\nof it',
    );
  });

  test('has a name of its day and title that is free', () => {
    expect(decisionPath('2023-05-24', 'Für alle: Räder!', new Set())).toBe(
      'decisions/2023-05-24-fur-alle-rader.md',
    );
    expect(decisionPath('2023-05-24', '決定', new Set(['decisions/2023-05-24-decision.md']))).toBe(
      'decisions/2023-05-24-decision-2.md',
    );
  });
});
