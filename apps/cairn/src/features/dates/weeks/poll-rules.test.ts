import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedDefinition } from '../../../../../../tests/summit.ts';
import {
  guestState,
  hasAnswered,
  reminderDay,
  WEEK_ANSWERS,
  whyNoAnswers,
} from './answer-rules.ts';
import {
  checkRange,
  chosenDays,
  closingOf,
  expectDay,
  leadCountsFrom,
  linkHasExpired,
  mayBeEdited,
  nextPollState,
  type Poll,
  type PollState,
  rangeFromDefinition,
  showsCounts,
  takesAnswers,
} from './poll-rules.ts';
import { busyDays, offered, type StoredBlackout, type WeekWord, weeksOf } from './week-rules.ts';

const day = expectDay;

const poll = (change: Partial<Poll> = {}): Poll => ({
  summitId: 's',
  state: 'open',
  from: day('2023-02-01'),
  until: day('2023-06-30'),
  days: 5,
  weekday: 1,
  arrivalDays: 1,
  departureDays: 1,
  leadMonths: 2,
  intro: '',
  closesOn: day('2023-02-20'),
  remindDays: [7, 2],
  hideUntilClosed: true,
  currency: undefined,
  chosenStart: undefined,
  openedAt: undefined,
  closedAt: undefined,
  chosenAt: undefined,
  ...change,
});

const STATES: PollState[] = ['draft', 'open', 'closed', 'chosen', 'abandoned'];

describe('the state of a poll', () => {
  test('decides what can be done next', () => {
    const may = (action: Parameters<typeof nextPollState>[1]) =>
      STATES.filter((state) => nextPollState(state, action).ok);
    expect(may('open')).toEqual(['draft']);
    expect(may('close')).toEqual(['open']);
    expect(may('reopen')).toEqual(['open', 'closed']);
    expect(may('abandon')).toEqual(['draft', 'open', 'closed']);
    expect(may('resume')).toEqual(['abandoned']);
    expect(may('unchoose')).toEqual(['chosen']);
    expect(STATES.filter(mayBeEdited)).toEqual(['draft', 'open', 'closed']);
  });

  test('answers are taken to the end of the last day, swept or not', () => {
    expect(takesAnswers(poll(), day('2023-02-20'))).toBe(true);
    expect(takesAnswers(poll(), day('2023-02-21'))).toBe(false);
    for (const state of STATES) {
      expect(takesAnswers(poll({ state }), day('2023-02-01'))).toBe(state === 'open');
      expect(whyNoAnswers(poll({ state }), day('2023-02-01')) === undefined).toBe(state === 'open');
    }
  });

  test('the last day ends at the summit’s place, on the days that the clocks change too', () => {
    const definition = seedDefinition();
    expect(String(closingOf(day('2023-02-20'), definition))).toBe('2023-02-21T08:00:00Z');
    expect(String(closingOf(day('2023-03-12'), definition))).toBe('2023-03-13T07:00:00Z');
  });

  test('counts are shown to others once it is over, or always if the organisers say so', () => {
    expect(STATES.filter((state) => showsCounts(poll({ state })))).toEqual(['closed', 'chosen']);
    expect(showsCounts(poll({ hideUntilClosed: false }))).toBe(true);
  });

  test('its links open nothing after its weeks, or in an archived summit', () => {
    const summit = { state: 'announced', definition: seedDefinition() };
    const now = (moment: string) => Temporal.Instant.from(moment);
    expect(linkHasExpired(poll(), summit, now('2023-07-01T06:59:00Z'))).toBe(false);
    expect(linkHasExpired(poll(), summit, now('2023-07-01T07:00:00Z'))).toBe(true);
    const archived = { ...summit, state: 'archived' };
    expect(linkHasExpired(poll(), archived, now('2023-02-01T00:00:00Z'))).toBe(true);
  });
});

describe('the range of a poll', () => {
  test('begins with the window, length, arrival and lead time of the definition', () => {
    const range = rangeFromDefinition(seedDefinition());
    expect({ ...range, from: String(range.from), until: String(range.until) }).toEqual({
      from: '2023-02-01',
      until: '2023-06-30',
      days: 5,
      weekday: 1,
      arrivalDays: 1,
      departureDays: 1,
      leadMonths: 4,
    });
  });

  test('is refused where no week fits', () => {
    const codeOf = (from: string, until: string) => {
      const checked = checkRange(poll({ from: day(from), until: day(until) }));
      return checked.ok ? 'ok' : checked.error.code;
    };
    expect(codeOf('2023-05-02', '2023-05-01')).toBe('range-backwards');
    expect(codeOf('2023-05-01', '2023-05-04')).toBe('range-too-short');
    expect(codeOf('2023-05-01', '2023-05-05')).toBe('ok');
    expect(codeOf('2023-05-01', '2030-05-05')).toBe('range-too-long');
  });

  test('arrival and departure are days around the week', () => {
    const days = chosenDays(poll({ arrivalDays: 2, departureDays: 0 }), day('2023-05-22'));
    expect(Object.values(days).map(String)).toEqual([
      '2023-05-20',
      '2023-05-22',
      '2023-05-26',
      '2023-05-26',
    ]);
  });
});

describe('the weeks', () => {
  const today = day('2023-01-10');
  const word = (change: Partial<WeekWord>): WeekWord => ({
    start: day('2023-05-22'),
    offeredAnyway: false,
    removed: false,
    extraCost: undefined,
    note: '',
    ...change,
  });
  const blackout = (change: Partial<StoredBlackout>): StoredBlackout => ({
    id: 'b',
    kind: 'graduation',
    effect: 'excludes',
    from: day('2023-05-25'),
    until: day('2023-05-25'),
    title: 'Graduation',
    source: 'typed',
    country: undefined,
    ...change,
  });
  const idsOf = (...words: WeekWord[]) =>
    offered(weeksOf(poll(), [blackout({})], words, today)).map(({ id }) => id);

  test('an excluded week is offered when the organisers say all the same, and a free one is not when it is taken out', () => {
    expect(idsOf()).not.toContain('2023-05-22');
    expect(idsOf(word({ offeredAnyway: true }))).toContain('2023-05-22');
    expect(idsOf(word({ offeredAnyway: true, removed: true }))).not.toContain('2023-05-22');
    expect(idsOf()).toContain('2023-05-15');
    expect(idsOf(word({ start: day('2023-05-15'), removed: true }))).not.toContain('2023-05-15');
  });

  test('the lead time is counted from the last day for answers, and says so', () => {
    const weeks = weeksOf(poll(), [], [], today);
    const sentences = weeks.map(({ id, excluded }) => [
      id,
      ...excluded.map((each) => each.sentence),
    ]);
    expect(sentences.at(0)).toEqual([
      '2023-02-06',
      'It begins before the last day for answers, Mon 20 Feb 2023.',
    ]);
    expect(sentences.find(([id]) => id === '2023-04-17')).toEqual([
      '2023-04-17',
      'With 2 months of lead time it would have to be chosen on Fri 17 Feb 2023 at the latest, and answers are taken until Mon 20 Feb 2023.',
    ]);
    expect(sentences.find(([id]) => id === '2023-04-24')).toEqual(['2023-04-24']);
  });

  test('the weeks of a running poll do not change as days pass', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 300 }), fc.constantFrom(...STATES), (days, state) => {
        fc.pre(state !== 'draft');
        const later = weeksOf(poll({ state }), [], [], today.add({ days }));
        expect(offered(later).map(({ id }) => id)).toEqual(
          offered(weeksOf(poll({ state }), [], [], today)).map(({ id }) => id),
        );
      }),
    );
    expect(String(leadCountsFrom(poll({ closesOn: undefined }), today))).toBe('2023-01-10');
    const stale = poll({ state: 'draft', closesOn: day('2023-01-01') });
    expect(String(leadCountsFrom(stale, today))).toBe('2023-01-10');
  });

  test('what is said of one week never changes another', () => {
    const ids = weeksOf(poll(), [], [], today).map(({ id }) => id);
    fc.assert(
      fc.property(
        fc.constantFrom(...ids),
        fc.boolean(),
        fc.boolean(),
        (id, offeredAnyway, removed) => {
          const said = word({ start: day(id), offeredAnyway, removed, note: 'n', extraCost: 7 });
          const others = (words: WeekWord[]) =>
            weeksOf(poll(), [blackout({})], words, today).filter((week) => week.id !== id);
          expect(others([said])).toEqual(others([]));
        },
      ),
    );
  });

  test('a week is busy on the days of which half the working hours are taken at the place', () => {
    const zone = 'America/Los_Angeles';
    const week = { start: day('2023-05-22'), end: day('2023-05-26') };
    const stretch = (from: string, until: string) => ({
      from: Temporal.PlainDateTime.from(from).toZonedDateTime(zone).toInstant(),
      until: Temporal.PlainDateTime.from(until).toZonedDateTime(zone).toInstant(),
    });
    expect(busyDays(week, [], zone)).toBe(0);
    expect(busyDays(week, [stretch('2023-05-22T09:00', '2023-05-22T12:59')], zone)).toBe(0);
    expect(busyDays(week, [stretch('2023-05-22T09:00', '2023-05-22T13:00')], zone)).toBe(1);
    expect(busyDays(week, [stretch('2023-05-22T18:00', '2023-05-23T08:00')], zone)).toBe(0);
    expect(busyDays(week, [stretch('2023-05-01T00:00', '2023-05-24T00:00')], zone)).toBe(2);
    expect(busyDays(week, [stretch('2023-05-01T00:00', '2023-07-01T00:00')], zone)).toBe(5);
    const parts = [
      stretch('2023-05-22T09:00', '2023-05-22T11:00'),
      stretch('2023-05-22T14:00', '2023-05-22T16:00'),
    ];
    expect(busyDays(week, parts, zone)).toBe(1);
  });
});

describe('whoever is asked', () => {
  const weeks = weeksOf(poll(), [], [], day('2023-01-10'));
  const asked = offered(weeks);
  const guest = (change: object) => ({
    askedAt: undefined,
    openedAt: undefined,
    disownedAt: undefined,
    answers: {},
    ...change,
  });

  test('has answered only by an answer to a week that is offered', () => {
    const ids = weeks.map(({ id }) => id);
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...ids), fc.constantFrom(...WEEK_ANSWERS)),
        fc.boolean(),
        (answers, wasAsked) => {
          const facts = guest({ answers, askedAt: wasAsked ? 'then' : undefined });
          const given = asked.filter(({ id }) => id in answers).length;
          expect(hasAnswered(facts, asked)).toBe(given > 0);
          const state = guestState(facts, asked);
          if (given === asked.length) expect(state).toBe('answered');
          else if (given > 0) expect(state).toBe('in-part');
          else expect(state).toBe(wasAsked ? 'asked' : 'not-asked');
        },
      ),
    );
  });

  test('is reminded on the days that were said, the latest of which counts', () => {
    const on = (today: string, change: Partial<Poll> = {}) =>
      reminderDay(poll(change), day(today))?.toString();
    expect(on('2023-02-12')).toBeUndefined();
    expect(on('2023-02-13')).toBe('2023-02-13');
    expect(on('2023-02-17')).toBe('2023-02-13');
    expect(on('2023-02-19')).toBe('2023-02-18');
    expect(on('2023-02-20')).toBe('2023-02-18');
    expect(on('2023-02-21')).toBeUndefined();
    expect(on('2023-02-19', { state: 'closed' })).toBeUndefined();
    expect(on('2023-02-19', { remindDays: [] })).toBeUndefined();
  });
});
