import { formatDate, type PlainDate } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import type { Handout, HandoutSection } from '@cairn/typeset/handout-content';
import type { SummitDefinition } from '../../summits/schema.ts';
import type { WorkPlanTopic } from './workplan-rules.ts';

/** A work plan to be printed. */
export interface PrintedPlan {
  readonly definition: SummitDefinition;
  readonly topics: readonly WorkPlanTopic[];
  /** How somebody whom a document names is called in print. */
  readonly nameOf: (handle: string) => string;
  /** The frozen version; undefined for a draft of today. */
  readonly frozen:
    | { readonly tag: string; readonly name: string; readonly commit: string }
    | undefined;
  /** The day on which it was frozen, or today. */
  readonly on: PlainDate;
  /** The summit’s page, in full. */
  readonly page: string;
}

const EFFORT_WORDS = {
  small: 'small: hours',
  medium: 'medium: the days of the summit',
  large: 'large: longer than the summit',
} as const;

const DRAFT = 'DRAFT';

const titleOf = ({ frozen }: PrintedPlan): string =>
  frozen === undefined ? `${DRAFT}: Work plan` : 'Work plan';

/** What stands at the top of it: which version this is. */
function editionOf({ frozen, on }: PrintedPlan): string {
  return frozen === undefined
    ? `${DRAFT} of ${formatDate(on)}, not frozen`
    : `${frozen.tag}: ${frozen.name}, frozen on ${formatDate(on)}`;
}

function abstractOf({ topics, frozen, page }: PrintedPlan): string {
  const lead = `${counted(topics.length, 'topic')} that we work on at the summit, and after it.`;
  return frozen === undefined
    ? `**${DRAFT}.** This is how the plan stands today; it was not frozen. ${lead}`
    : `${lead} This version is the signed tag \`${frozen.tag}\` on commit \`${frozen.commit.slice(0, 12)}\` of the planning repository, [${page}/plan](${page}/plan).`;
}

/** Who leads a topic, and who else works on it. */
function whoOf({ topic }: WorkPlanTopic, nameOf: PrintedPlan['nameOf']): [string, string] {
  const others = topic.people.filter((handle) => handle !== topic.lead);
  return [
    topic.lead === undefined ? 'nobody yet' : nameOf(topic.lead),
    others.length === 0 ? 'nobody yet' : listed(others.map(nameOf)),
  ];
}

/** One topic as Markdown: goal, done when, first tasks, and what it lacks. */
function bodyOf({ topic, lacks }: WorkPlanTopic, level: number): string {
  const heading = '#'.repeat(level);
  const part = (name: string, text: string) =>
    text.trim() === '' ? [] : [`${heading} ${name}\n\n${text.trim()}`];
  const tasks = topic.firstTasks
    .map(({ text, done }) => `- [${done ? 'x' : ' '}] ${text}`)
    .join('\n');
  return [
    ...part('Goal', topic.goal),
    ...part('Done when', topic.doneWhen),
    ...part('First tasks', tasks),
    ...part('Still missing', lacks.map(({ sentence }) => `- ${sentence}`).join('\n')),
  ].join('\n\n');
}

function factsOf(each: WorkPlanTopic, nameOf: PrintedPlan['nameOf']): readonly [string, string][] {
  const { topic } = each;
  const [lead, people] = whoOf(each, nameOf);
  return [
    ['Lead', lead],
    ['With', people],
    ...(topic.projects.length > 0
      ? [['Projects', topic.projects.join(', ')] as [string, string]]
      : []),
    ...(topic.effort === undefined
      ? []
      : [['Effort', EFFORT_WORDS[topic.effort]] as [string, string]]),
    ...(topic.state === 'done' ? [['State', 'done'] as [string, string]] : []),
  ];
}

/** The work plan as a text that any forge shows. */
export function workPlanMarkdown(plan: PrintedPlan): string {
  const { definition, topics, nameOf } = plan;
  const sections = topics.map((each) => {
    const facts = factsOf(each, nameOf).map(([term, value]) => `- **${term}:** ${escaped(value)}`);
    return `## ${escaped(each.topic.title)}\n\n${facts.join('\n')}\n\n${bodyOf(each, 3)}`.trim();
  });
  return `${[
    `# ${titleOf(plan)}: ${escaped(definition.title)}`,
    `*${escaped(editionOf(plan))}*`,
    abstractOf(plan),
    ...sections,
  ].join('\n\n')}\n`;
}

/** The work plan for the typesetter: topics with who works on them in the margin. */
export function workPlanHandout(plan: PrintedPlan): Handout {
  const { definition, topics, nameOf, on } = plan;
  return {
    title: titleOf(plan),
    subtitle: `${definition.title} · ${editionOf(plan)}`,
    authors: [],
    organisation: definition.organisation,
    date: on,
    abstract: abstractOf(plan),
    sections: topics.map(
      (each): HandoutSection => ({
        heading: each.topic.title,
        level: 1,
        body: bodyOf(each, 1),
        marginNotes: [
          factsOf(each, nameOf)
            .map(([term, value]) => `**${term}:** ${escaped(value)}`)
            .join('\n\n'),
        ],
      }),
    ),
    paper: 'a4',
    language: 'en-GB',
  };
}

/** Words that Markdown shows as they are. */
const escaped = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, (sign) => `\\${sign}`);
