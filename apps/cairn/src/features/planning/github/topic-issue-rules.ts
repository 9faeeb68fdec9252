import { EFFORTS } from '../documents/kind-schema.ts';
import { asSectionText } from '../documents/section-rules.ts';
import type { TopicDocument } from '../documents/topic-rules.ts';

/** What an issue says of a topic. Issue forms give each answer a heading. */
export interface IssueTopic {
  readonly problem: string;
  readonly goal: string;
  readonly doneWhen: string;
  readonly firstTasks: TopicDocument['firstTasks'];
  readonly effort: TopicDocument['effort'];
  readonly projects: readonly string[];
  readonly links: readonly string[];
  /** The account that is to lead, without its at sign. */
  readonly lead: string | undefined;
  /** What stands under no heading that is known. */
  readonly rest: string;
}

type Part = Exclude<keyof IssueTopic, 'rest'>;

/** What people call the parts of a topic in forms and by hand. */
const HEADINGS: Readonly<Record<string, Part>> = {
  problem: 'problem',
  'the problem': 'problem',
  'what is the problem': 'problem',
  motivation: 'problem',
  goal: 'goal',
  goals: 'goal',
  'wished result': 'goal',
  'done when': 'doneWhen',
  'definition of done': 'doneWhen',
  'first tasks': 'firstTasks',
  tasks: 'firstTasks',
  effort: 'effort',
  projects: 'projects',
  'needed projects': 'projects',
  links: 'links',
  lead: 'lead',
};

const partOf = (heading: string): Part | undefined =>
  HEADINGS[
    heading
      .toLowerCase()
      .replace(/[?:.!]+$/, '')
      .trim()
  ];

/** What an answer that was left open looks like. */
const UNANSWERED = /^_No response_$/i;

/**
 * Reads the body of an issue as a topic: answers of a form, or sections that somebody wrote. A body
 * without any of the headings is the problem.
 *
 *     topicIn('### Problem\n\nIt is slow.').problem // 'It is slow.'
 */
export function topicIn(body: string): IssueTopic {
  const found = new Map<Part, string>();
  const rest: string[] = [];
  let part: Part | undefined;
  let text: string[] = [];
  let fence: string | undefined;
  const end = (): void => {
    const said = text.join('\n').trim();
    text = [];
    if (said === '' || UNANSWERED.test(said)) return;
    if (part === undefined) rest.push(said);
    else found.set(part, said);
  };
  for (const line of body.replace(/\r\n?/g, '\n').split('\n')) {
    const [, mark] = /^ {0,3}(```+|~~~+)/.exec(line) ?? [];
    const isCode = fence !== undefined;
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence)) fence = undefined;
    const heading =
      isCode || fence !== undefined ? undefined : /^#{2,3}[ \t]+(.+?)[ \t#]*$/.exec(line);
    const named = heading?.[1] === undefined ? undefined : partOf(heading[1]);
    if (heading == null || (named !== undefined && found.has(named))) {
      text.push(line);
      continue;
    }
    end();
    part = named;
    if (named === undefined) text.push(line);
  }
  end();
  const of = (name: Part): string => found.get(name) ?? '';
  const isPlain = found.size === 0;
  return {
    problem: section(isPlain ? body.replace(/\r\n?/g, '\n') : of('problem')),
    goal: section(of('goal')),
    doneWhen: section(of('doneWhen')),
    firstTasks: tasksIn(of('firstTasks')),
    effort: EFFORTS.find((effort) => effort === of('effort').toLowerCase()),
    projects: listIn(of('projects'))
      .slice(0, 500)
      .map((each) => each.slice(0, 100)),
    links: listIn(of('links')).filter((each) => /^https?:\/\/[^\s/]+/i.test(each)),
    lead: /@([a-z0-9][a-z0-9-]*)/i.exec(of('lead'))?.[1],
    rest: isPlain ? '' : rest.join('\n\n'),
  };
}

/** Headings in an answer would end the section that it becomes. */
const section = (text: string): string => asSectionText(text.trim());

const tasksIn = (text: string): TopicDocument['firstTasks'] =>
  text
    .split('\n')
    .map((line) => /^\s*(?:[-*+]|\d+[.)])\s+(?:\[([ xX])\]\s+)?(.+)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, box, said = '']) => ({ text: said.trim(), done: box?.toLowerCase() === 'x' }));

const listIn = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((each) => each.replace(/^\s*[-*+]\s+/, '').trim())
    .filter((each) => each !== '');

/** The parts of a topic that an issue said otherwise before: what changed there, and nothing else. */
export function changesBetween(before: IssueTopic, now: IssueTopic): Partial<IssueTopic> {
  const names = Object.keys(now) as (keyof IssueTopic)[]; // the keys of the interface
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(now[name] ?? null))
      .map((name) => [name, now[name]]),
  );
}

/** What becomes of a topic when its issue is closed or opened there. */
export function stateAfter(
  state: TopicDocument['state'],
  issue: { readonly state: 'open' | 'closed'; readonly reason: string | undefined },
): TopicDocument['state'] {
  const isOver = state === 'done' || state === 'dropped';
  if (issue.state === 'open') return isOver ? 'proposed' : state;
  const isDone = issue.reason === undefined || issue.reason === 'completed';
  return isOver ? state : isDone ? 'done' : 'dropped';
}

/** The name of a topic's document, without its folder and ending. */
export const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '') || 'topic';
