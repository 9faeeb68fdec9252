import type { Group, Leaf, Part, Parts } from './form-parts.ts';
import type { SummitDefinition } from './schema.ts';

const line = (label: string, hint?: string): Leaf => ({
  kind: 'line',
  label,
  ...(hint === undefined ? {} : { hint }),
});
const maybeLine = (label: string, hint?: string): Leaf => ({
  kind: 'line',
  label,
  optional: true,
  ...(hint === undefined ? {} : { hint }),
});
const number = (label: string, hint?: string): Leaf => ({
  kind: 'number',
  label,
  ...(hint === undefined ? {} : { hint }),
});
const maybeProse = (label: string, rows = 4, hint?: string): Leaf => ({
  kind: 'prose',
  label,
  rows,
  whenEmpty: 'omit',
  ...(hint === undefined ? {} : { hint }),
});
const lead = (label: string): Leaf => ({ kind: 'lead', label });

const key = (from: string): Leaf => ({
  kind: 'key',
  label: 'Short name',
  from,
  hint: 'Small letters, digits and _, for links and files. Leave it empty and it is made for you.',
});

const group = (parts: Parts, told: { label?: string; hint?: string } = {}): Group => ({
  kind: 'group',
  parts,
  ...told,
});

const span = (label: string, hint?: string): Group => ({
  kind: 'group',
  label,
  ...(hint === undefined ? {} : { hint }),
  optional: true,
  parts: { least: number('At least'), most: number('At most') },
});

const rule: Part = {
  kind: 'variants',
  label: 'How it is judged',
  variants: {
    attend: {
      label: 'Attend planning meetings',
      parts: {
        meetings: number('Attend at least'),
        of: number('Out of', 'The number of planning meetings in the list below.'),
      },
    },
    contribute: {
      label: 'Contribute and review',
      parts: { contributions: number('Contributions'), reviews: number('Reviews') },
    },
    present: { label: 'Be there in person, every day', parts: {} },
    follow_up: {
      label: 'Take part after the summit',
      parts: {
        months: number('For how many months'),
        updates: number('With at least so many updates'),
      },
    },
  },
};

const parts = {
  title: line('Title'),
  full_title: maybeLine('Full title', 'For the handout, where it may be longer.'),
  slug: line(
    'Address',
    'The last part of the summit’s web address: 4 to 60 small letters, digits and _, such as sp_summit_2023.',
  ),
  series: group(
    { title: line('Title of the series'), key: key('title'), edition: number('Edition') },
    { label: 'Series', hint: 'The summits of one series follow each other.' },
  ),
  announced: { kind: 'day', label: 'Day of the announcement' },
  summary: {
    kind: 'prose',
    label: 'Summary',
    rows: 4,
    whenEmpty: 'keep',
    hint: 'One paragraph. {dates}, {seats} and the like are filled in from this form.',
  },
  authors: {
    kind: 'lines',
    label: 'Authors of the announcement',
    hint: 'One name a line.',
    whenEmpty: 'keep',
  },
  organisation: line('Organisation', 'Who calls the summit.'),
  hosts: {
    kind: 'list',
    label: 'Hosts',
    one: 'host',
    whenEmpty: 'keep',
    item: group({
      name: line('Name'),
      part_of: maybeLine('Part of', 'A university or company, for example.'),
      url: maybeLine('Web address'),
    }),
  },
  venue: group(
    {
      name: line('Name'),
      address: maybeLine('Street and number'),
      city: line('City'),
      country: line('Country'),
    },
    { label: 'Venue' },
  ),
  zone: line('Time zone', 'Of the venue, by its IANA name: America/Los_Angeles, Europe/Berlin.'),
  dates: group({
    arrival: { kind: 'day', label: 'Arrival', hint: 'Usually the day before the start.' },
    start: { kind: 'day', label: 'First day of work' },
    end: { kind: 'day', label: 'Last day of work' },
    departure: { kind: 'day', label: 'Departure' },
    status: {
      kind: 'choice',
      label: 'Is the week chosen?',
      options: [
        { value: 'confirmed', label: 'Yes' },
        { value: 'tentative', label: 'Not yet: these days are tentative' },
      ],
    },
    window: {
      kind: 'group',
      label: 'Window in which the week was sought',
      optional: true,
      parts: { from: { kind: 'day', label: 'From' }, until: { kind: 'day', label: 'Until' } },
    },
    lead_months: {
      kind: 'number',
      label: 'Lead time in months',
      optional: true,
      hint: 'From the confirmed week to the start.',
    },
  }),
  seats: group({
    planned: number('Seats planned', 'Never more people than this hold a seat.'),
    ceiling: number('Never more than', 'How far the plan could be raised.'),
  }),
  invitations: group({
    answer_within_days: number('Days to answer an invitation'),
    offer_within_days: number('Days to take a seat that is offered from the waiting list'),
    remind_after_days: {
      kind: 'numbers',
      label: 'Remind after so many days',
      hint: 'With commas between: 7, 14. Only who has not answered is reminded.',
    },
  }),
  funding: group({
    covers: {
      kind: 'lines',
      label: 'What is paid for',
      hint: 'One thing a line: travel, food, lodging.',
      whenEmpty: 'keep',
    },
    text: maybeProse('In the announcement’s words'),
  }),
  phases: {
    kind: 'list',
    label: 'Phases',
    one: 'phase',
    whenEmpty: 'omit',
    item: group({
      title: line('Title'),
      key: key('title'),
      from: lead('Begins'),
      until: lead('Lasts until'),
      text: maybeProse('In words', 2),
      steps: {
        kind: 'list',
        label: 'Steps',
        one: 'step',
        whenEmpty: 'omit',
        item: group({ title: line('Title'), key: key('title'), due: lead('Due') }),
      },
    }),
  },
  communities: {
    kind: 'list',
    label: 'Communities to recruit from',
    one: 'community',
    whenEmpty: 'omit',
    item: group({
      name: line('Name'),
      key: key('name'),
      kind: {
        kind: 'choice',
        label: 'Kind',
        options: [
          { value: 'project', label: 'Project' },
          { value: 'domain_stack', label: 'Domain stack' },
        ],
      },
      target: span('How many people are wanted'),
    }),
  },
  recruiting: maybeProse('How people are recruited'),
  agreement: group({
    text: { kind: 'prose', label: 'Text of the agreement', rows: 8, whenEmpty: 'keep' },
    obligations: {
      kind: 'list',
      label: 'Obligations',
      one: 'obligation',
      whenEmpty: 'keep',
      item: group({ text: line('The promise in words'), key: key('text'), rule }),
    },
  }),
  planning_meetings: group({
    minutes: number('Length of a meeting in minutes'),
    parallel_tracks: span('Parallel tracks'),
    recordings: {
      kind: 'choice',
      label: 'Does watching the recording count as attending?',
      options: [
        { value: 'do_not_count', label: 'No' },
        { value: 'count', label: 'Yes' },
      ],
    },
    notes_from_lead_after_days: number(
      'Days after a call until its lead is asked for missing notes',
    ),
    notes_from_organisers_after_days: number('Days until the organisers are asked'),
    text: maybeProse('In the announcement’s words'),
    tracks: {
      kind: 'list',
      label: 'Tracks that people may choose from',
      one: 'track',
      whenEmpty: 'omit',
      hint: 'What smaller groups focus on. People say which they care for, and the tracks are placed in the meetings accordingly.',
      item: group({
        title: line('Title'),
        key: key('title'),
        topics: { kind: 'lines', label: 'Topics', hint: 'One a line.', whenEmpty: 'omit' },
      }),
    },
    list: {
      kind: 'list',
      label: 'Planning meetings',
      one: 'planning meeting',
      whenEmpty: 'keep',
      item: group({
        title: line('Title'),
        key: key('title'),
        month: {
          kind: 'month',
          label: 'Month',
          optional: true,
          hint: 'While the time is open, such as 2023-02. Empty it once the time is fixed.',
        },
        starts: {
          kind: 'wall-time',
          label: 'Starts',
          optional: true,
          hint: 'In the summit’s time zone, such as 2023-02-27 09:00.',
        },
        link: maybeLine('Web address of the call'),
        recording: maybeLine('Web address of the recording'),
        tracks: {
          kind: 'list',
          label: 'Tracks',
          one: 'track',
          whenEmpty: 'omit',
          item: group({
            title: line('Title'),
            key: key('title'),
            lead: maybeLine('Led by'),
            link: maybeLine('Web address of its own room'),
            topics: { kind: 'lines', label: 'Topics', hint: 'One a line.', whenEmpty: 'omit' },
          }),
        },
      }),
    },
  }),
  goals_intro: maybeProse('Sentence before the goals', 3),
  goals: {
    kind: 'list',
    label: 'Goals',
    one: 'goal',
    whenEmpty: 'omit',
    item: group({
      title: line('Title'),
      key: key('title'),
      text: maybeProse('In words'),
      points: { kind: 'lines', label: 'Points', hint: 'One a line.', whenEmpty: 'omit' },
    }),
  },
  meals: {
    kind: 'group',
    optional: true,
    parts: {
      text: maybeProse('In words', 3),
      plan: {
        kind: 'list',
        label: 'Meals that are arranged',
        one: 'meal',
        whenEmpty: 'omit',
        item: group({
          meal: {
            kind: 'choice',
            label: 'Meal',
            options: [
              { value: 'breakfast', label: 'Breakfast' },
              { value: 'lunch', label: 'Lunch' },
              { value: 'dinner', label: 'Dinner' },
            ],
          },
          how: line('How it is had'),
        }),
      },
    },
  },
  lodging: {
    kind: 'group',
    optional: true,
    parts: {
      nights: number('Nights', 'From arrival to departure. Empty when no lodging is arranged.'),
      text: maybeProse('In words', 3),
    },
  },
  sections: {
    kind: 'list',
    label: 'Sections of the announcement',
    one: 'section',
    whenEmpty: 'omit',
    item: group({
      title: line('Title'),
      key: key('title'),
      text: { kind: 'prose', label: 'Text', rows: 8, whenEmpty: 'keep' },
      notes: {
        kind: 'list',
        label: 'Notes in the margin',
        one: 'note',
        whenEmpty: 'omit',
        item: { kind: 'prose', label: 'Note', rows: 2, whenEmpty: 'keep' },
      },
    }),
  },
} satisfies Record<Exclude<keyof SummitDefinition, 'cairn'>, Part>;

/** The name of one value at the top of a definition. */
export type TopKey = keyof typeof parts;

/** The whole definition as a form. */
export const DEFINITION_FORM: Group = { kind: 'group', parts };

/** One part of the form, by the name of its value. */
export const partOfForm = (name: TopKey): Part => parts[name];

/** How the form is divided for its reader. */
export const FORM_SECTIONS: readonly {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly TopKey[];
}[] = [
  {
    id: 'basics',
    title: 'Title and announcement',
    parts: [
      'title',
      'full_title',
      'slug',
      'series',
      'announced',
      'summary',
      'authors',
      'organisation',
    ],
  },
  { id: 'place', title: 'Hosts and place', parts: ['hosts', 'venue', 'zone'] },
  { id: 'dates', title: 'Dates', parts: ['dates'] },
  { id: 'seats', title: 'Seats and invitations', parts: ['seats', 'invitations'] },
  { id: 'funding', title: 'Funding', parts: ['funding'] },
  { id: 'phases', title: 'Phases and steps', parts: ['phases'] },
  { id: 'communities', title: 'Communities', parts: ['communities', 'recruiting'] },
  { id: 'agreement', title: 'Agreement', parts: ['agreement'] },
  { id: 'meetings', title: 'Planning meetings', parts: ['planning_meetings'] },
  { id: 'goals', title: 'Goals', parts: ['goals_intro', 'goals'] },
  { id: 'stay', title: 'Meals and lodging', parts: ['meals', 'lodging'] },
  { id: 'sections', title: 'More of the announcement', parts: ['sections'] },
];
