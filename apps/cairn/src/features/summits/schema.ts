import { parseDate, parseZone } from '@cairn/kernel/time';
import { z } from 'zod';

/**
 * What a summit is: the shape of `summit.yaml` and of the form, which say the same.
 * Days are ISO strings and prose is Markdown, so that the value is plain JSON and
 * survives the way to a file and back unchanged.
 */

/** What no text may hold: the database cannot store it, and nobody can see it. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Cs}/u;
const isVisible = (text: string): boolean => !INVISIBLE.test(text);
const SAY_INVISIBLE = 'this text holds an invisible control character; type it anew';

/** One line: a break in it becomes a space, so that a form's one-line box keeps it whole. */
const line = (what: string, most = 200) =>
  z
    .string()
    .overwrite((text) => text.replace(/\s*[\r\n]\s*/g, ' '))
    .trim()
    .min(1, `write ${what}`)
    .max(most, `${what} is longer than ${most} characters; shorten it`)
    .refine(isVisible, SAY_INVISIBLE);

/** Markdown; its lines end in LF, whatever the writer's machine ends them with. */
const prose = z
  .string()
  .overwrite((text) => text.replace(/\r\n?/g, '\n'))
  .max(20_000, 'this text is longer than 20,000 characters; shorten it')
  .refine(isVisible, SAY_INVISIBLE);

const key = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]*$/,
    'a key is made of small letters, digits and _ and starts with a letter',
  );

const day = z.string().superRefine((text, context) => {
  const date = parseDate(text);
  if (!date.ok) context.addIssue({ code: 'custom', message: date.error.sentence });
});

const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'write a month as year-month, such as 2023-02');

const wallTime = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/,
    'write a local time as 2023-02-27T09:00; the zone is the summit’s',
  )
  .refine((text) => parseDate(text.slice(0, 10)).ok, 'this day does not exist');

const zone = z.string().superRefine((text, context) => {
  const parsed = parseZone(text);
  if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.error.sentence });
});

const count = (least: number, most: number, what: string) =>
  z
    .number(`write ${what} as a whole number from ${least} to ${most}`)
    .int(`${what} is a whole number`)
    .min(least, `${what} is at least ${least}`)
    .max(most, `${what} is at most ${most}`);

const webAddress = z
  .url({ protocol: /^https?$/, error: 'write a web address that starts with https://' })
  .max(2000, 'this web address is too long')
  .refine((text) => !/\s/.test(text) && isVisible(text), 'a web address has no blanks in it');

const span = z.strictObject({
  least: count(0, 1000, 'the smallest number'),
  most: count(0, 1000, 'the largest number'),
});

/** How long before or after an anchor of the summit something lies. */
const lead = z
  .strictObject({
    months: count(0, 60, 'the months').optional(),
    weeks: count(0, 260, 'the weeks').optional(),
    days: count(0, 2000, 'the days').optional(),
    before: z.enum(['start', 'end'], 'write start or end').optional(),
    after: z.enum(['start', 'end'], 'write start or end').optional(),
  })
  .refine(
    (value) => (value.before === undefined) !== (value.after === undefined),
    'say either before: start or after: end, not both and not none',
  );

const step = z.strictObject({ key, title: line('a title'), due: lead });

const phase = z.strictObject({
  key,
  title: line('a title'),
  from: lead,
  until: lead,
  text: prose.default(''),
  steps: z.array(step).default([]),
});

const community = z.strictObject({
  key,
  name: line('the name of the community'),
  kind: z.enum(['project', 'domain_stack'], 'write project or domain_stack').default('project'),
  target: span.optional(),
});

/** The rule by which one promise is judged; a rule is data of its summit. */
const rule = z.discriminatedUnion(
  'kind',
  [
    /** Attend `meetings` of the `of` planning meetings. */
    z.strictObject({
      kind: z.literal('attend'),
      meetings: count(0, 100, 'the number of meetings to attend'),
      of: count(0, 100, 'the number of planning meetings'),
    }),
    /** Contribute to and review the work plan in the planning repository. */
    z.strictObject({
      kind: z.literal('contribute'),
      contributions: count(0, 1000, 'the number of contributions'),
      reviews: count(0, 1000, 'the number of reviews'),
    }),
    /** Be there in person, on every day of the summit. */
    z.strictObject({ kind: z.literal('present') }),
    /** Take part for `months` after the summit, with at least `updates` signs of it. */
    z.strictObject({
      kind: z.literal('follow_up'),
      months: count(0, 60, 'the number of months'),
      updates: count(1, 1000, 'the number of updates').default(1),
    }),
  ],
  { error: 'write a kind: attend, contribute, present or follow_up' },
);

const obligation = z.strictObject({ key, text: line('the promise in words', 500), rule });

/** What people may want to work on in the planning meetings; which of them meets when is placed later. */
const seriesTrack = z.strictObject({
  key,
  title: line('a title'),
  topics: z.array(line('a topic', 500)).default([]),
});

/** One parallel part of one meeting. */
const track = seriesTrack.extend({
  lead: line('a name').optional(),
  link: webAddress.optional(),
});

const planningMeeting = z
  .strictObject({
    key,
    title: line('a title'),
    month: month.optional(),
    starts: wallTime.optional(),
    link: webAddress.optional(),
    recording: webAddress.optional(),
    tracks: z.array(track).default([]),
  })
  .refine(
    (meeting) => (meeting.month === undefined) !== (meeting.starts === undefined),
    'give month: 2023-02 while the time is open, or starts: 2023-02-27T09:00 once it is fixed',
  );

const goal = z.strictObject({
  key,
  title: line('a title'),
  text: prose.default(''),
  points: z.array(line('a point', 500)).default([]),
});

const meal = z.strictObject({
  meal: z.enum(['breakfast', 'lunch', 'dinner'], 'write breakfast, lunch or dinner'),
  how: line('how this meal is had', 500),
});

export const summitDefinitionSchema = z.strictObject({
  cairn: z.literal('summit/1', 'the first line of a summit file says cairn: summit/1'),
  slug: z
    .string()
    .regex(
      /^[a-z0-9_]{4,60}$/,
      'the address is 4 to 60 small letters, digits and _, such as sp_summit_2023',
    ),
  title: line('the title'),
  full_title: line('the full title').optional(),
  series: z.strictObject({
    key,
    title: line('the title of the series'),
    edition: count(1, 1000, 'the edition'),
  }),
  announced: day,
  summary: line('the summary', 2000),
  authors: z.array(line('a name')).min(1, 'name at least one author of the announcement'),
  organisation: line('the organisation'),
  hosts: z
    .array(
      z.strictObject({
        name: line('the host’s name'),
        part_of: line('the body that the host is part of').optional(),
        url: webAddress.optional(),
      }),
    )
    .min(1, 'name at least one host'),
  venue: z.strictObject({
    name: line('the venue’s name'),
    address: line('the address', 500).optional(),
    city: line('the city'),
    country: line('the country'),
  }),
  zone,
  dates: z.strictObject({
    arrival: day,
    start: day,
    end: day,
    departure: day,
    /** Whether the week is chosen; until then the days are only where it is looked for. */
    status: z.enum(['tentative', 'confirmed'], 'write tentative or confirmed').default('confirmed'),
    window: z.strictObject({ from: day, until: day }).optional(),
    lead_months: count(0, 36, 'the lead time in months').optional(),
  }),
  seats: z.strictObject({
    planned: count(1, 100_000, 'the number of seats'),
    ceiling: count(1, 100_000, 'the largest number of seats'),
  }),
  invitations: z
    .strictObject({
      answer_within_days: count(1, 365, 'the days to answer'),
      offer_within_days: count(1, 90, 'the days to take an offered seat'),
      remind_after_days: z.array(count(1, 365, 'the days until a reminder')).max(10),
    })
    .default({ answer_within_days: 21, offer_within_days: 5, remind_after_days: [7, 14] }),
  funding: z.strictObject({
    covers: z.array(line('what is covered')),
    text: prose.default(''),
  }),
  phases: z.array(phase).default([]),
  communities: z.array(community).default([]),
  recruiting: prose.default(''),
  agreement: z.strictObject({
    text: prose,
    obligations: z.array(obligation).min(1, 'an agreement holds at least one obligation'),
  }),
  planning_meetings: z.strictObject({
    minutes: count(5, 600, 'the length of a meeting in minutes'),
    parallel_tracks: span.optional(),
    /** Whether having watched the recording counts as having attended. */
    recordings: z
      .enum(['do_not_count', 'count'], 'write do_not_count or count')
      .default('do_not_count'),
    /** When notes that nobody has written are asked for, in days after the call; the lead first. */
    notes_from_lead_after_days: count(1, 90, 'the days until the lead is asked').default(1),
    notes_from_organisers_after_days: count(1, 90, 'the days until organisers are asked').default(
      7,
    ),
    tracks: z.array(seriesTrack).default([]),
    text: prose.default(''),
    list: z.array(planningMeeting),
  }),
  goals: z.array(goal).default([]),
  goals_intro: prose.default(''),
  meals: z
    .strictObject({ text: prose.default(''), plan: z.array(meal).default([]) })
    .default({ text: '', plan: [] }),
  lodging: z
    .strictObject({ nights: count(0, 365, 'the number of nights'), text: prose.default('') })
    .optional(),
  sections: z
    .array(
      z.strictObject({
        key,
        title: line('a title'),
        text: prose,
        notes: z.array(prose).default([]),
      }),
    )
    .default([]),
});

/** A summit as defined; the parsed form of `summit.yaml`. */
export type SummitDefinition = z.output<typeof summitDefinitionSchema>;
/** A summit as a person may write it: with defaults left out. */
export type SummitDefinitionInput = z.input<typeof summitDefinitionSchema>;
export type Obligation = SummitDefinition['agreement']['obligations'][number];
export type ObligationRule = Obligation['rule'];
export type PlanningMeeting = SummitDefinition['planning_meetings']['list'][number];
export type Phase = SummitDefinition['phases'][number];
export type Lead = Phase['from'];

export const ROLES = ['organiser', 'treasurer', 'participant', 'guest'] as const;
export type Role = (typeof ROLES)[number];
