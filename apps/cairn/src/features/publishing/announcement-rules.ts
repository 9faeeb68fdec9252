import { formatFrontMatter } from '@cairn/formats/front-matter';
import { fillFacts, isTentative } from '../summits/facts.ts';
import type { SummitDefinition } from '../summits/schema.ts';
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

/**
 * The announcement of a summit as a Markdown file with front matter, ready for a static site: the
 * goals numbered, then the logistics with the promises lettered, the dates, and the organisers' own
 * sections. The same definition gives the same text. That of a draft says `draft: true`, which keeps
 * site builders from showing it.
 *
 *     announcement(summit.definition) // '---\ntitle: 2023 Scientific …'
 */
export const announcement = (
  definition: SummitDefinition,
  { isDraft }: { readonly isDraft: boolean } = { isDraft: false },
): string =>
  formatFrontMatter(
    {
      title: fillFacts(definition.title, definition),
      summary: fillFacts(definition.summary, definition),
      authors: definition.authors,
      date: definition.announced,
      ...(isDraft ? { draft: true } : {}),
    },
    `\n${announcementBody(definition)}\n`,
  );

/** The announcement without its front matter; its headings begin at level 2. */
export const announcementBody = (definition: SummitDefinition): string =>
  paragraphs([
    goals(definition),
    '## Logistics',
    fundingWords(definition),
    agreement(definition),
    under('### Participants', recruitingWords(definition)),
    under('### Dates', dates(definition)),
    ...sections(definition),
  ]);

const under = (heading: string, text: string): string =>
  text === '' ? '' : `${heading}\n\n${text}`;

const goals = (definition: SummitDefinition): string =>
  under(
    '## Goals',
    paragraphs([
      proseOf(definition, definition.goals_intro),
      ...definition.goals.flatMap(({ title, text, points }, index) => [
        `### ${index + 1}. ${lineOf(definition, title)}`,
        proseOf(definition, text),
        bullets(points.map((point) => lineOf(definition, point))),
      ]),
    ]),
  );

/** The promises as `(a) …, (b) …, and (c) ….`, a line for each. */
function agreement(definition: SummitDefinition): string {
  const { text, obligations } = definition.agreement;
  const last = obligations.length - 1;
  const promises = obligations.map((obligation, index) => {
    const end = index === last ? '.' : index === last - 1 ? ', and' : ',';
    return `(${letterOf(index)}) ${lineOf(definition, obligation.text)}${end}`;
  });
  return paragraphs([
    proseOf(definition, text),
    ['Whoever takes part agrees upfront to:', ...promises].join('\n'),
  ]);
}

/** a, b … z, aa, ab … */
const letterOf = (index: number): string =>
  (index < 26 ? '' : letterOf(Math.floor(index / 26) - 1)) + String.fromCharCode(97 + (index % 26));

function dates(definition: SummitDefinition): string {
  const meetings = definition.planning_meetings;
  return paragraphs([
    timingWords(definition),
    proseOf(definition, meetings.text),
    bullets([
      ...meetings.list.map((meeting) => meetingWords(definition, meeting)),
      isTentative(definition)
        ? `Summit: ${whenWords(definition)}`
        : `${whenWords(definition)} Summit`,
    ]),
    placeWords(definition),
    lodgingWords(definition),
  ]);
}

function sections(definition: SummitDefinition): string[] {
  const meals = mealWords(definition);
  const hasExecution = definition.sections.some(({ key }) => key === EXECUTION);
  return [
    ...definition.sections.map(({ key, title, text, notes }) =>
      paragraphs([
        `### ${lineOf(definition, title)}`,
        proseOf(definition, text),
        key === EXECUTION ? meals : '',
        ...notes.map((note) => proseOf(definition, note)),
      ]),
    ),
    hasExecution ? '' : under('### Meals', meals),
  ];
}
