import { expectOk } from '@cairn/kernel/result';
import { formatDateSpan, parseDate } from '@cairn/kernel/time';
import type { Handout, HandoutSection } from '@cairn/typeset/handout-content';
import { dayOfLead } from '../dates/plan-rules.ts';
import { fillFacts, inSeries, inWords, isTentative, summitDays } from '../summits/facts.ts';
import type { SummitDefinition } from '../summits/schema.ts';
import { asMarkdown } from './as-markdown-rules.ts';
import {
  bullets,
  EXECUTION,
  fundingWords,
  lineOf,
  lodgingWords,
  mealWords,
  meetingWords,
  paragraphs,
  placeWords,
  proseOf,
  recruitingWords,
  timingWords,
  whenWords,
} from './wording-rules.ts';

/** What a handout says besides its definition. */
export interface HandoutEdition {
  /** Where the summit's page is, in full, for the note that says whom to turn to. */
  readonly page: string;
  /** Not announced yet: the handout says so under its title. */
  readonly isDraft: boolean;
}

/**
 * The handout of a summit, for whoever decides about money, rooms and time: goals with their
 * points, logistics with the promises, timing with the phases, then the organisers' own sections.
 * The facts at a glance stand in the margin.
 */
export function handout(definition: SummitDefinition, edition: HandoutEdition): Handout {
  return {
    title: fillFacts(definition.full_title ?? definition.title, definition),
    ...(edition.isDraft ? { subtitle: 'Draft, not announced yet' } : {}),
    authors: definition.authors,
    organisation: definition.organisation,
    date: expectOk(parseDate(definition.announced)),
    abstract: asMarkdown(fillFacts(definition.summary, definition)),
    sections: [
      ...goals(definition, edition),
      ...logistics(definition),
      timing(definition),
      ...ownSections(definition),
    ].filter(({ body, marginNotes, level }) => body + marginNotes.join('') !== '' || level === 1),
    paper: 'a4',
    language: 'en-GB',
  };
}

/** So many notes stand beside a short introduction without pushing apart what follows. */
const BESIDE_INTRODUCTION = 2;

function goals(definition: SummitDefinition, { page }: HandoutEdition): HandoutSection[] {
  const glance = atAGlance(definition, page);
  const above = definition.goals.length === 0 ? glance.length : BESIDE_INTRODUCTION;
  return [
    {
      heading: 'Goals',
      level: 1,
      body: proseOf(definition, definition.goals_intro),
      marginNotes: glance.slice(0, above),
    },
    ...definition.goals.map(
      ({ title, text, points }, index): HandoutSection => ({
        heading: fillFacts(title, definition),
        level: 2,
        body: paragraphs([
          proseOf(definition, text),
          bullets(points.map((point) => lineOf(definition, point))),
        ]),
        marginNotes: index === 0 ? glance.slice(above) : [],
      }),
    ),
  ];
}

function atAGlance(definition: SummitDefinition, page: string): string[] {
  const { venue, hosts, seats, funding } = definition;
  const { days, nights } = summitDays(definition);
  const hostedBy = hosts.map(({ name, part_of, url }) => {
    const shown = lineOf(definition, name);
    const linked = url === undefined ? shown : `[${shown}](<${url}>)`;
    return part_of === undefined ? linked : `${linked}, ${lineOf(definition, part_of)}`;
  });
  const covers = inSeries(funding.covers.map((each) => lineOf(definition, each)));
  const most = seats.ceiling === seats.planned ? '' : `, no more than ${seats.ceiling}`;
  const long = `${inWords(days)} days and ${inWords(nights)} nights`;
  return [
    `**When** ${whenWords(definition)}, ${long}`,
    `**Where** ${lineOf(definition, venue.name)}, ${lineOf(definition, venue.city)}`,
    `**Host** ${hostedBy.join('; ')}`,
    `**Seats** ${seats.planned} participants${most}`,
    ...(covers === '' ? [] : [`**Covered** ${covers}`]),
    `**More** [${asMarkdown(page.replace(/^https?:\/\//, ''))}](<${page}>)`,
  ];
}

function logistics(definition: SummitDefinition): HandoutSection[] {
  const { text, obligations } = definition.agreement;
  return [
    {
      heading: 'Logistics',
      level: 1,
      body: paragraphs([
        fundingWords(definition),
        proseOf(definition, text),
        'Whoever takes part agrees upfront to:',
        bullets(obligations.map((obligation) => lineOf(definition, obligation.text))),
      ]),
      marginNotes: [],
    },
    {
      heading: 'Participants',
      level: 2,
      body: recruitingWords(definition),
      marginNotes: [],
    },
  ];
}

function timing(definition: SummitDefinition): HandoutSection {
  const { planning_meetings: meetings, phases, dates } = definition;
  const lead = dates.lead_months;
  return {
    heading: 'Timing',
    level: 2,
    body: paragraphs([
      timingWords(definition),
      phaseTable(definition),
      tentativePhases(definition),
      proseOf(definition, meetings.text),
      bullets(meetings.list.map((meeting) => meetingWords(definition, meeting))),
      placeWords(definition),
      lodgingWords(definition),
    ]),
    marginNotes: [
      ...(lead === undefined ? [] : [`**Lead time** ${inWords(lead)} months`]),
      ...phases.flatMap(({ title, text }) =>
        text.trim() === '' ? [] : [`*${lineOf(definition, title)}.* ${proseOf(definition, text)}`],
      ),
    ],
  };
}

function phaseTable(definition: SummitDefinition): string {
  if (definition.phases.length === 0) return '';
  const days = summitDays(definition);
  const rows = definition.phases.map((phase) => {
    const from = dayOfLead(phase.from, days);
    const until = dayOfLead(phase.until, days);
    return `| ${cell(lineOf(definition, phase.title))} | ${formatDateSpan(from, until)} |`;
  });
  return ['| Phase | From and until |', '| :-- | :-- |', ...rows].join('\n');
}

/** The phases are counted from the days, which are not settled yet. */
const tentativePhases = (definition: SummitDefinition): string =>
  isTentative(definition) && definition.phases.length > 0
    ? `These phases are counted from ${fillFacts('{dates}', definition)}, and move with the week that is chosen.`
    : '';

/** Inside a table a bar that is not one of its own is written with a backslash (GFM §4.10). */
const cell = (text: string): string => text.replace(/(?<!\\)\|/g, '\\|');

function ownSections(definition: SummitDefinition): HandoutSection[] {
  const meals = mealWords(definition);
  const own = definition.sections.map(
    ({ key, title, text, notes }): HandoutSection => ({
      heading: fillFacts(title, definition),
      level: 2,
      body: paragraphs([proseOf(definition, text), key === EXECUTION ? meals : '']),
      marginNotes: notes.map((note) => proseOf(definition, note)),
    }),
  );
  const isTold = definition.sections.some(({ key }) => key === EXECUTION);
  return isTold ? own : [...own, { heading: 'Meals', level: 2, body: meals, marginNotes: [] }];
}
