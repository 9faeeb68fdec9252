import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { promisedSummit } from '../../../../../../tests/promises.ts';
import type { ObligationRule } from '../../summits/schema.ts';
import { obligationCalendar } from './obligation-calendar.ts';
import { compareNeeds, type Evidence, forecast, needOf, STANDINGS } from './obligation-rules.ts';

const at = (text: string) => Temporal.Instant.from(text);
const SUBJECTS = {
  attendance: ['meeting:february', 'meeting:march', 'meeting:april', 'meeting:dropped'],
  contribution: ['plan:1', 'plan:2'],
  review: ['plan:1', 'plan:3'],
  presence: [
    'arrival',
    ...[22, 23, 24, 25, 26].map((day) => `day:2023-05-${day}`),
    'day:2023-05-30',
  ],
  update: ['update:1', 'update:2', 'update:3'],
} as const;
const everySubject = new Set<string>(Object.values(SUBJECTS).flat());

const summit = promisedSummit();
const calendar = obligationCalendar(summit, everySubject);

const fact = (
  kind: Evidence['kind'],
  subject: string,
  moment = '2023-06-20T12:00:00Z',
): Evidence => ({ kind, subject, at: at(moment) });
const attended = (...keys: string[]) => keys.map((key) => fact('attendance', `meeting:${key}`));

const RULES = {
  attend: { kind: 'attend', meetings: 2, of: 3 },
  contribute: { kind: 'contribute', contributions: 1, reviews: 1 },
  present: { kind: 'present' },
  follow_up: { kind: 'follow_up', months: 4, updates: 2 },
} as const satisfies Record<string, ObligationRule>;

const judged = (
  rule: ObligationRule,
  evidence: readonly Evidence[],
  now: string,
  days = calendar,
) => {
  const { standing, sentence } = forecast({ rule }, evidence, undefined, days, at(now));
  return [standing, sentence];
};

describe('attend two of three planning meetings', () => {
  test.each([
    ['2023-02-01T00:00:00Z', [], 'on_course', 'You can miss one of the 3 still open'],
    ['2023-03-01T00:00:00Z', ['february'], 'on_course', 'You can miss one of the 2 still open'],
    ['2023-03-01T00:00:00Z', [], 'at_risk', 'You cannot miss any of the 2 still open'],
    ['2023-04-01T00:00:00Z', ['march'], 'at_risk', 'You cannot miss the one still open'],
    ['2023-04-01T00:00:00Z', [], 'broken', '0 of 2 attended, 2 missed, 1 to come'],
    ['2023-04-01T00:00:00Z', ['february', 'march'], 'kept', 'You attended 2 planning meetings'],
    ['2023-06-01T00:00:00Z', ['april', 'dropped'], 'kept', 'You attended 2 planning meetings'],
    ['2023-06-01T00:00:00Z', ['april'], 'broken', '1 of 2 attended, 2 missed'],
  ] as const)('at %s having attended %j it is %s', (now, keys, standing, words) => {
    const [found, sentence] = judged(RULES.attend, attended(...keys), now);
    expect(found).toBe(standing);
    expect(sentence).toContain(words);
  });

  test('a meeting just over is being missed only from the moment it ends', () => {
    expect(judged(RULES.attend, [], '2023-02-27T17:59:59Z')[0]).toBe('on_course');
    expect(judged(RULES.attend, [], '2023-02-27T18:00:00Z')[0]).toBe('at_risk');
  });

  test('a meeting that was recorded for nobody was missed by nobody', () => {
    const unrecorded = obligationCalendar(summit, new Set(['meeting:march']));
    const found = forecast(
      { rule: RULES.attend },
      attended('march'),
      undefined,
      unrecorded,
      at('2023-06-01T00:00:00Z'),
    );
    expect(found).toMatchObject({
      standing: 'on_course',
      tally: '1 of 2 attended, 2 not recorded yet',
      advice: 'Wait until the attendance of the last meetings has been recorded.',
    });
  });

  test('having missed one of four with room left says that one more may be missed', () => {
    const found = judged({ kind: 'attend', meetings: 1, of: 3 }, [], '2023-03-01T00:00:00Z');
    expect(found).toEqual(['can_miss_more', 'You can miss one more of the 2 still open.']);
  });

  test('a rule that asks for every meeting is not at risk before anything was missed', () => {
    const all = { kind: 'attend', meetings: 3, of: 3 } as const;
    expect(judged(all, [], '2023-02-01T00:00:00Z')[0]).toBe('on_course');
    expect(judged(all, attended('february'), '2023-03-01T00:00:00Z')[0]).toBe('on_course');
    expect(judged(all, [], '2023-03-01T00:00:00Z')[0]).toBe('broken');
  });
});

describe('contribute to the work plan and review it', () => {
  test.each([
    ['2023-02-01T00:00:00Z', [], 'on_course'],
    // A quarter of the 131 days from 11 January to 22 May is left from 19 April on.
    ['2023-04-19T00:00:00Z', [], 'on_course'],
    ['2023-04-20T00:00:00Z', [], 'at_risk'],
    ['2023-05-22T06:59:59Z', [], 'at_risk'],
    ['2023-05-22T07:00:00Z', [], 'broken'],
    ['2023-05-22T07:00:00Z', [fact('contribution', 'plan:1')], 'broken'],
    ['2023-05-22T07:00:00Z', [fact('contribution', 'plan:1'), fact('review', 'plan:2')], 'kept'],
    ['2023-02-01T00:00:00Z', [fact('review', 'plan:1'), fact('review', 'plan:2')], 'on_course'],
  ] as const)('at %s with %j it is %s', (now, evidence, standing) => {
    expect(judged(RULES.contribute, evidence, now)[0]).toBe(standing);
  });

  test('it names what is missing', () => {
    expect(judged(RULES.contribute, [fact('review', 'plan:1')], '2023-02-01T00:00:00Z')[1]).toBe(
      '1 contribution still to make in the planning repository before the summit starts.',
    );
  });
});

describe('be there in person', () => {
  const there = (...days: number[]) => days.map((day) => fact('presence', `day:2023-05-${day}`));
  test.each([
    ['2023-05-21T12:00:00Z', [], 'on_course'],
    ['2023-05-22T12:00:00Z', [], 'at_risk'],
    ['2023-05-22T12:00:00Z', [fact('presence', 'arrival')], 'on_course'],
    ['2023-05-23T12:00:00Z', [fact('presence', 'arrival')], 'broken'],
    ['2023-05-23T12:00:00Z', there(22), 'on_course'],
    ['2023-05-28T12:00:00Z', there(22, 23, 24, 25, 26), 'kept'],
    ['2023-05-28T12:00:00Z', there(22, 23, 25, 26), 'broken'],
  ] as const)('at %s with %j it is %s', (now, evidence, standing) => {
    expect(judged(RULES.present, evidence, now)[0]).toBe(standing);
  });

  test('the missed day is named with its weekday', () => {
    expect(judged(RULES.present, there(22, 24), '2023-05-25T12:00:00Z')[1]).toBe(
      'Not seen on Tue 23 May 2023.',
    );
  });

  test('nobody is missed on a day that nobody recorded', () => {
    const unrecorded = obligationCalendar(summit, new Set());
    expect(judged(RULES.present, [], '2023-06-10T00:00:00Z', unrecorded)[0]).toBe('on_course');
  });
});

describe('take part afterwards', () => {
  const update = (n: number, moment: string) => fact('update', `update:${n}`, moment);
  test.each([
    ['2023-05-01T00:00:00Z', [], 'on_course'],
    ['2023-06-01T00:00:00Z', [], 'on_course'],
    ['2023-09-01T00:00:00Z', [], 'at_risk'],
    ['2023-09-28T00:00:00Z', [update(1, '2023-07-01T00:00:00Z')], 'broken'],
    [
      '2023-09-01T00:00:00Z',
      [update(1, '2023-07-01T00:00:00Z'), update(2, '2023-08-01T00:00:00Z')],
      'kept',
    ],
    [
      '2023-11-01T00:00:00Z',
      [update(1, '2023-07-01T00:00:00Z'), update(2, '2023-10-30T00:00:00Z')],
      'kept',
    ],
    [
      '2023-09-28T00:00:00Z',
      [update(1, '2023-03-01T00:00:00Z'), update(2, '2023-08-01T00:00:00Z')],
      'broken',
    ],
  ] as const)('at %s with %j it is %s', (now, evidence, standing) => {
    expect(judged(RULES.follow_up, evidence, now)[0]).toBe(standing);
  });
});

const anyRule: fc.Arbitrary<ObligationRule> = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map((meetings) => ({ kind: 'attend' as const, meetings, of: 3 })),
  fc.record({
    kind: fc.constant('contribute' as const),
    contributions: fc.integer({ min: 0, max: 2 }),
    reviews: fc.integer({ min: 0, max: 2 }),
  }),
  fc.constant({ kind: 'present' as const }),
  fc.record({
    kind: fc.constant('follow_up' as const),
    months: fc.integer({ min: 0, max: 5 }),
    updates: fc.integer({ min: 1, max: 3 }),
  }),
);
const anyMoment = fc
  .integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2023, 11, 31) })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const anyFact: fc.Arbitrary<Evidence> = fc
  .constantFrom(
    ...Object.entries(SUBJECTS).flatMap(([kind, subjects]) =>
      subjects.map((subject) => ({ kind: kind as Evidence['kind'], subject })),
    ),
  )
  .chain((what) => anyMoment.map((moment) => ({ ...what, at: moment })));
const anyEvidence = fc.array(anyFact, { maxLength: 12 });
const anyCalendar = fc
  .subarray([...everySubject])
  .map((recorded) => obligationCalendar(summit, new Set(recorded)));
const excuse = { reason: 'ill that week', by: 'Ada' };

describe('laws of every promise', () => {
  test('more evidence never worsens a standing', () => {
    fc.assert(
      fc.property(
        anyRule,
        anyEvidence,
        anyFact,
        anyCalendar,
        anyMoment,
        (rule, some, one, days, now) => {
          const before = forecast({ rule }, some, undefined, days, now);
          const after = forecast({ rule }, [...some, one], undefined, days, now);
          expect(STANDINGS.indexOf(after.standing)).toBeGreaterThanOrEqual(
            STANDINGS.indexOf(before.standing),
          );
          expect(after.done).toBeGreaterThanOrEqual(before.done);
        },
      ),
    );
  });

  test('time alone never mends a promise', () => {
    fc.assert(
      fc.property(
        anyRule,
        anyEvidence,
        anyCalendar,
        anyMoment,
        anyMoment,
        (rule, evidence, days, a, b) => {
          const [early, late] = Temporal.Instant.compare(a, b) < 0 ? [a, b] : [b, a];
          const ranks = [early, late].map((now) =>
            STANDINGS.indexOf(forecast({ rule }, evidence, undefined, days, now).standing),
          );
          expect(ranks[1]).toBeLessThanOrEqual(ranks[0] ?? 0);
        },
      ),
    );
  });

  test('a promise is kept exactly when as much is done as is needed', () => {
    fc.assert(
      fc.property(anyRule, anyEvidence, anyCalendar, anyMoment, (rule, evidence, days, now) => {
        const { standing, done, needed } = forecast({ rule }, evidence, undefined, days, now);
        expect(standing === 'kept').toBe(done >= needed);
        expect(done).toBeLessThanOrEqual(evidence.length);
      }),
    );
  });

  test('a fact told twice is one fact, and the order of telling does not matter', () => {
    fc.assert(
      fc.property(anyRule, anyEvidence, anyMoment, (rule, evidence, now) => {
        const once = forecast({ rule }, evidence, undefined, calendar, now);
        const again = [...evidence, ...evidence].reverse();
        expect(forecast({ rule }, again, undefined, calendar, now)).toEqual(once);
      }),
    );
  });

  test('an excused promise is excused or kept, never anything worse', () => {
    fc.assert(
      fc.property(anyRule, anyEvidence, anyMoment, (rule, evidence, now) => {
        const { standing } = forecast({ rule }, evidence, excuse, calendar, now);
        const without = forecast({ rule }, evidence, undefined, calendar, now).standing;
        expect(standing).toBe(without === 'kept' ? 'kept' : 'excused');
      }),
    );
  });

  test('nobody has broken a promise of which nothing was recorded, before its time is over', () => {
    fc.assert(
      fc.property(anyMoment, (now) => {
        const unrecorded = obligationCalendar(summit, new Set());
        for (const rule of [RULES.attend, RULES.present]) {
          expect(forecast({ rule }, [], undefined, unrecorded, now).standing).toBe('on_course');
        }
      }),
    );
  });
});

test('an excuse says by whom and why', () => {
  const found = forecast({ rule: RULES.attend }, [], excuse, calendar, at('2023-06-01T00:00:00Z'));
  expect(found.sentence).toBe('Excused by Ada: ill that week');
  expect(found.advice).toBeUndefined();
});

test('whoever has the worst promise needs a word first, then whoever has the second worst', () => {
  const need = (...standings: (typeof STANDINGS)[number][]) =>
    standings.map((standing) => ({ standing, done: 0, needed: 1, tally: '', sentence: '' }));
  const people = [
    need('kept', 'kept'),
    need('at_risk', 'kept'),
    need('kept', 'broken'),
    need('broken', 'at_risk'),
    need(),
  ];
  expect([...people].sort((a, b) => compareNeeds(needOf(a), needOf(b)))).toEqual([
    people[3],
    people[2],
    people[1],
    people[0],
    people[4],
  ]);
});

describe('an excused absence', () => {
  const excused = (...keys: string[]) => new Map(keys.map((key) => [`meeting:${key}`, excuse]));
  const attend = (meetings: number) => ({ kind: 'attend', meetings, of: 3 }) as const;

  test.each([
    ['2023-03-01T00:00:00Z', [], ['february'], 'on_course', 'You can miss one of the 2 still open'],
    ['2023-04-01T00:00:00Z', [], ['february'], 'at_risk', 'You cannot miss the one still open'],
    ['2023-04-01T00:00:00Z', [], ['february', 'march'], 'excused', 'You are excused from'],
    ['2023-05-23T00:00:00Z', ['february'], ['march'], 'excused', '1 of 2 attended, 1 excused'],
    ['2023-05-23T00:00:00Z', [], ['march'], 'broken', '0 of 2 attended, 1 excused, 2 missed'],
    ['2023-04-01T00:00:00Z', ['february', 'march'], ['march'], 'kept', 'You attended 2'],
  ] as const)(
    'at %s having attended %j and excused from %j it is %s',
    (now, there, away, standing, words) => {
      const found = forecast(
        { rule: attend(2) },
        attended(...there),
        undefined,
        calendar,
        at(now),
        excused(...away),
      );
      expect(found.standing).toBe(standing);
      expect(found.sentence.replace('any of ', '')).toContain(words);
    },
  );

  const anyAbsences = fc
    .subarray(['february', 'march', 'april', 'dropped'])
    .map((keys) => excused(...keys));

  test('neither an excuse nor a fact more makes a promise stand worse', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4 }),
        anyEvidence,
        anyAbsences,
        anyAbsences,
        fc.constantFrom(...SUBJECTS.attendance),
        anyCalendar,
        anyMoment,
        (needed, evidence, some, others, subject, days, now) => {
          const rank = (facts: readonly Evidence[], absences: typeof some) =>
            STANDINGS.indexOf(
              forecast({ rule: attend(needed) }, facts, undefined, days, now, absences).standing,
            );
          const before = rank(evidence, some);
          expect(rank(evidence, new Map([...some, ...others]))).toBeGreaterThanOrEqual(before);
          const more = [...evidence, fact('attendance', subject)];
          expect(rank(more, some)).toBeGreaterThanOrEqual(before);
        },
      ),
    );
  });

  test('is no attendance: it never keeps a promise by itself', () => {
    fc.assert(
      fc.property(anyEvidence, anyAbsences, anyMoment, (evidence, absences, now) => {
        const judge = (excuses: typeof absences) =>
          forecast({ rule: attend(2) }, evidence, undefined, calendar, now, excuses);
        expect(judge(absences).done).toBe(judge(new Map()).done);
        expect(judge(absences).standing === 'kept').toBe(judge(new Map()).standing === 'kept');
      }),
    );
  });
});

describe('a rule that changes while the summit runs', () => {
  const key = 'planning_meetings';
  const from = at('2023-01-11T00:00:00Z');
  const facts = fc.uniqueArray(fc.tuple(fc.constantFrom(...SUBJECTS.attendance), anyMoment), {
    selector: ([subject]) => subject,
  });
  const asEvidence = (told: readonly (readonly [string, Temporal.Instant])[]): Evidence[] =>
    told.map(([subject, moment]) => ({ kind: 'attendance', subject, at: moment }));
  const rule = (meetings: number) => ({ kind: 'attend', meetings, of: 4 }) as const;

  test('takes nothing from whoever has kept it by then', () => {
    fc.assert(
      fc.property(
        facts,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 4 }),
        anyMoment,
        anyMoment,
        (told, before, after, until, later) => {
          const evidence = asEvidence(
            told.filter(([, moment]) => moment.epochMilliseconds < until.epochMilliseconds),
          );
          const now = later.epochMilliseconds < until.epochMilliseconds ? until : later;
          const then = forecast({ key, rule: rule(before) }, evidence, undefined, calendar, until);
          const changed = {
            ...calendar,
            earlierRules: [{ obligation: key, meetings: before, from, until }],
          };
          const since = forecast({ key, rule: rule(after) }, evidence, undefined, changed, now);
          const inForce = evidence.some(
            (one) => one.at.epochMilliseconds >= from.epochMilliseconds,
          );
          if (then.standing === 'kept' && inForce) expect(since.standing).toBe('kept');
          const other = forecast(
            { key: 'other', rule: rule(after) },
            evidence,
            undefined,
            changed,
            now,
          );
          const plain = forecast({ key, rule: rule(after) }, evidence, undefined, calendar, now);
          expect(other).toEqual(plain);
        },
      ),
    );
  });

  test('asking for fewer never makes a promise stand worse', () => {
    fc.assert(
      fc.property(
        anyEvidence,
        fc.integer({ min: 0, max: 3 }),
        anyCalendar,
        anyMoment,
        (evidence, fewer, days, now) => {
          const rank = (needed: number) =>
            STANDINGS.indexOf(
              forecast({ rule: rule(needed) }, evidence, undefined, days, now).standing,
            );
          expect(rank(fewer)).toBeGreaterThanOrEqual(rank(fewer + 1));
        },
      ),
    );
  });

  test('a rule written by mistake and put right before the next meeting gives nothing away', () => {
    const changed = {
      ...calendar,
      earlierRules: [
        {
          obligation: key,
          meetings: 1,
          from: at('2023-03-01T10:00:00Z'),
          until: at('2023-03-01T10:05:00Z'),
        },
      ],
    };
    const february = [fact('attendance', 'meeting:february', '2023-02-27T17:00:00Z')];
    const found = forecast(
      { key, rule: rule(2) },
      february,
      undefined,
      changed,
      at('2023-03-02T00:00:00Z'),
    );
    expect(found.standing).toBe('on_course');
  });
});
