import fc from 'fast-check';
import { validSummitSchema } from '../apps/cairn/src/features/summits/rules.ts';
import type {
  SummitDefinition,
  SummitDefinitionInput,
} from '../apps/cairn/src/features/summits/schema.ts';

/**
 * Every kind of definition that is valid: awkward texts, everything optional there or not, empty
 * lists, and dates, counts and promises that agree with each other.
 */

const LETTERS = [...'ab Z09éß漢😀#:-"\'&*!|>%@`<?,[]\\~\u00a0'];

/** One line, as the schema leaves it: no blanks at its ends. */
const line = (most = 30) =>
  fc
    .string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: most })
    .map((text) => text.trim() || 'x');

const prose = fc.oneof(
  fc.constantFrom(
    '',
    '\n',
    ' \n',
    'a\n\nb\n',
    '- a\n- b',
    '{seats:words} of {ceiling}',
    '\tx',
    '# y',
  ),
  fc.string({ unit: fc.constantFrom(...LETTERS, '\n'), maxLength: 60 }),
);

const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const few = <T>(value: fc.Arbitrary<T>, minLength = 0) =>
  fc.array(value, { minLength, maxLength: 3 });
const keyed = <T extends { key: string }>(row: fc.Arbitrary<T>, minLength = 0) =>
  fc.uniqueArray(row, { selector: (each) => each.key, minLength, maxLength: 4 });

const span = fc
  .tuple(fc.nat(1000), fc.nat(1000))
  .map(([a, b]) => ({ least: Math.min(a, b), most: Math.max(a, b) }));

const anchor = fc.constantFrom('start' as const, 'end' as const);
const lead = fc
  .record({ months: maybe(fc.nat(60)), weeks: maybe(fc.nat(260)), days: maybe(fc.nat(2000)) })
  .chain((span) =>
    fc.oneof(
      anchor.map((before) => ({ ...span, before })),
      anchor.map((after) => ({ ...span, after })),
    ),
  );

const url = fc.constantFrom('https://example.org', 'http://example.org/a?b=c#d');

const phase = fc.record({
  key,
  title: line(),
  from: lead,
  until: lead,
  text: prose,
  steps: keyed(fc.record({ key, title: line(), due: lead })),
});

const meeting = fc
  .record({
    key,
    title: line(),
    link: maybe(url),
    tracks: keyed(fc.record({ key, title: line(), lead: maybe(line()) })),
    when: fc.oneof(
      fc.constant({ month: '2023-02' }),
      fc.constantFrom({ starts: '2020-01-31T09:00' }, { starts: '2020-02-29T23:59' }),
    ),
  })
  .map(({ when, ...rest }) => ({ ...rest, ...when }));

const ruleFor = (meetings: number) =>
  fc.oneof(
    fc.nat(meetings).map((least) => ({ kind: 'attend' as const, meetings: least, of: meetings })),
    fc.record({
      kind: fc.constant('contribute' as const),
      contributions: fc.nat(1000),
      reviews: fc.nat(1000),
    }),
    fc.constant({ kind: 'present' as const }),
    fc.record({
      kind: fc.constant('follow_up' as const),
      months: fc.nat(60),
      updates: fc.integer({ min: 1, max: 1000 }),
    }),
  );

/** Days in order, from 2021 on, each so many days after the one before. */
const days = fc
  .tuple(fc.nat(900), fc.nat(200), fc.nat(3), fc.nat(10), fc.nat(3))
  .map(([from, ...gaps]) => {
    const first = Date.UTC(2021, 0, 1) / 86_400_000 + from;
    let day = first;
    const dayText = (count: number) => new Date(count * 86_400_000).toISOString().slice(0, 10);
    const [announced, arrival, start, end, departure] = [0, ...gaps].map((gap) => {
      day += gap;
      return dayText(day);
    }) as [string, string, string, string, string]; // five gaps, five days
    return { announced, arrival, start, end, departure, nights: gaps[1] + gaps[2] + gaps[3] };
  });

const PARTS = fc.record({
  days,
  head: fc.record({
    slug: fc.stringMatching(/^[a-z0-9_]{4,20}$/),
    title: line(),
    full_title: maybe(line()),
    series: fc.record({ key, title: line(), edition: fc.integer({ min: 1, max: 1000 }) }),
    summary: line(100),
    authors: few(line(), 1),
    organisation: line(),
    hosts: few(fc.record({ name: line(), part_of: maybe(line()), url: maybe(url) }), 1),
    venue: fc.record({ name: line(), address: maybe(line()), city: line(), country: line() }),
    zone: fc.constantFrom('America/Los_Angeles', 'Asia/Kathmandu', 'UTC'),
  }),
  hasWindow: fc.boolean(),
  leadMonths: maybe(fc.nat(36)),
  seats: fc.tuple(fc.integer({ min: 1, max: 500 }), fc.nat(50)),
  invitations: fc.record({
    answer_within_days: fc.integer({ min: 1, max: 365 }),
    offer_within_days: fc.integer({ min: 1, max: 90 }),
    remind_after_days: few(fc.integer({ min: 1, max: 365 })),
  }),
  tail: fc.record({
    funding: fc.record({ covers: few(line()), text: prose }),
    phases: keyed(phase),
    communities: keyed(
      fc.record({
        key,
        name: line(),
        kind: fc.constantFrom('project' as const, 'domain_stack' as const),
        target: maybe(span),
      }),
    ),
    recruiting: prose,
    goals: keyed(fc.record({ key, title: line(), text: prose, points: few(line()) })),
    goals_intro: prose,
    meals: fc.record({
      text: prose,
      plan: few(
        fc.record({ meal: fc.constantFrom('lunch' as const, 'dinner' as const), how: line() }),
      ),
    }),
    sections: keyed(fc.record({ key, title: line(), text: prose, notes: few(prose) })),
  }),
  lodging: maybe(prose),
  agreement: prose,
  obligations: keyed(fc.record({ key, text: line() }), 1),
  meetings: keyed(meeting),
  meetingText: prose,
  tracks: maybe(span),
  minutes: fc.integer({ min: 5, max: 600 }),
});

/** A definition as somebody may write it, and valid. */
const definitionInputs: fc.Arbitrary<SummitDefinitionInput> = PARTS.chain((p) =>
  fc.array(ruleFor(p.meetings.length), { minLength: 4, maxLength: 4 }).map((rules) => {
    const { nights, announced, ...dates } = p.days;
    return {
      cairn: 'summit/1' as const,
      ...p.head,
      announced,
      dates: {
        ...dates,
        ...(p.hasWindow ? { window: { from: dates.start, until: dates.end } } : {}),
        lead_months: p.leadMonths,
      },
      seats: { planned: p.seats[0], ceiling: p.seats[0] + p.seats[1] },
      invitations: p.invitations,
      ...p.tail,
      agreement: {
        text: p.agreement,
        obligations: p.obligations.map((row, index) => ({
          ...row,
          rule: rules[index] ?? { kind: 'present' as const },
        })),
      },
      planning_meetings: {
        minutes: p.minutes,
        text: p.meetingText,
        parallel_tracks: p.tracks && { least: 0, most: Math.max(4, p.tracks.most) },
        list: p.meetings,
      },
      lodging: p.lodging === undefined ? undefined : { nights, text: p.lodging },
    };
  }),
);

/** A definition as the schema gives it back: plain data, as it is stored. */
export const definitions: fc.Arbitrary<SummitDefinition> = definitionInputs.map(
  (input) => JSON.parse(JSON.stringify(validSummitSchema.parse(input))) as SummitDefinition, // as the database gives it back
);
