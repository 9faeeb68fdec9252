import type { Problem } from '@cairn/kernel/problem';
import { daysBetween, type PlainDate } from '@cairn/kernel/time';
import { dayOfLead } from '../../dates/plan-rules.ts';
import { summitDays } from '../../summits/facts.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import type { TopicState } from '../documents/kind-schema.ts';
import { topicProblems } from '../documents/topic-problem-rules.ts';
import type { TopicDocument } from '../documents/topic-rules.ts';

/** A topic of a plan, as its document says it. */
export interface PlanTopic {
  readonly path: string;
  /** Undefined for one that has no number now, such as one of an old version whose file is gone. */
  readonly number: number | undefined;
  readonly topic: TopicDocument;
}

/** States of topics that the work plan holds, in the order in which it tells them. */
export const PLANNED_STATES = [
  'active',
  'planned',
  'done',
] as const satisfies readonly TopicState[];

/** A topic of the work plan, and what it still lacks. */
export interface WorkPlanTopic extends PlanTopic {
  readonly lacks: readonly Problem[];
}

/** Somebody who comes, by what documents call them. */
export interface PlanPerson {
  readonly id: string;
  readonly name: string;
  /** Undefined where the plan has not named them yet, so that no topic can. */
  readonly handle: string | undefined;
}

/** From how many topics on somebody has too much. */
export interface LoadLimit {
  readonly mostTopics: number;
  readonly mostLed: number;
}

export interface PersonLoad extends PlanPerson {
  readonly leads: readonly WorkPlanTopic[];
  readonly worksOn: readonly WorkPlanTopic[];
  /** Undefined while nobody has said what is too much. */
  readonly isOverloaded: boolean | undefined;
}

export interface WorkPlan {
  readonly topics: readonly WorkPlanTopic[];
  /** Topics that are neither in the plan nor done with: they could still be planned. */
  readonly unplanned: number;
  readonly people: readonly PersonLoad[];
  /** Those who come and are in no topic that is still to be worked on. */
  readonly idle: readonly PlanPerson[];
}

/** What is planned, what it lacks, and who has what to do. Work that is done weighs on nobody. */
export function workPlanOf(
  topics: readonly PlanTopic[],
  people: readonly PlanPerson[],
  limit: LoadLimit | undefined,
): WorkPlan {
  const current = topics.filter(({ topic }) => topic.duplicateOf === undefined);
  const planned = PLANNED_STATES.flatMap((state) =>
    current.filter(({ topic }) => topic.state === state),
  ).map((each): WorkPlanTopic => ({ ...each, lacks: topicProblems(each.topic) }));
  const open = planned.filter(({ topic }) => topic.state !== 'done');
  const loads = people.map((person): PersonLoad => {
    const leads = open.filter(({ topic }) => isNamed(person, topic.lead));
    const worksOn = open.filter(
      (each) =>
        !leads.includes(each) && each.topic.people.some((handle) => isNamed(person, handle)),
    );
    const isOverloaded =
      limit === undefined
        ? undefined
        : leads.length > limit.mostLed || leads.length + worksOn.length > limit.mostTopics;
    return { ...person, leads, worksOn, isOverloaded };
  });
  return {
    topics: planned,
    unplanned: current.filter(({ topic }) => ['idea', 'proposed'].includes(topic.state)).length,
    people: loads,
    idle: loads.filter(({ leads, worksOn }) => leads.length + worksOn.length === 0),
  };
}

const isNamed = ({ handle }: PlanPerson, written: string | undefined): boolean =>
  handle !== undefined && written?.toLowerCase() === handle.toLowerCase();

/** The key of the step of the summit's plan by which the work plan is decided. */
const FREEZE_STEP = 'work_plan';

/**
 * The day by which the work plan is to be frozen: that of the step `work_plan` of the definition, or
 * else the day before the summit begins.
 */
export function freezeDay(definition: SummitDefinition): PlainDate {
  const anchors = summitDays(definition);
  const step = definition.phases
    .flatMap(({ steps }) => steps)
    .find(({ key }) => key === FREEZE_STEP);
  return step === undefined ? anchors.start.subtract({ days: 1 }) : dayOfLead(step.due, anchors);
}

/** Days from today to the freeze; negative once it should have been. */
export const daysToFreeze = (definition: SummitDefinition, today: PlainDate): number =>
  daysBetween(today, freezeDay(definition));

/** What differs in one topic between two states of the plan. */
export interface TopicChange {
  readonly path: string;
  readonly number: number | undefined;
  readonly title: string;
  readonly kind: 'added' | 'changed' | 'removed';
  /** What of it changed, in words: “lead: mira, was jonas”. */
  readonly words: readonly string[];
}

/**
 * How the work plan differs from an earlier state of it: topics that came in, changed, or left. A topic
 * is known again by its document’s path, or else by its title.
 */
export function planChanges(
  before: readonly PlanTopic[],
  after: readonly PlanTopic[],
): TopicChange[] {
  const isPlanned = ({ topic: { state, duplicateOf } }: PlanTopic) =>
    duplicateOf === undefined && PLANNED_STATES.some((each) => each === state);
  const left = before.filter(isPlanned);
  const changes: TopicChange[] = [];
  for (const now of after.filter(isPlanned)) {
    const at = indexOfSame(left, now, after);
    const [was] = at < 0 ? [] : left.splice(at, 1);
    const { path, number, topic } = now;
    const about = { path, number, title: topic.title };
    if (was === undefined) changes.push({ ...about, kind: 'added', words: [] });
    else {
      const words = topicWords(was.topic, topic);
      if (words.length > 0) changes.push({ ...about, kind: 'changed', words });
    }
  }
  for (const { path, number, topic } of left) {
    const now = after.find((each) => each.path === path);
    const words =
      now === undefined ? ['its document is gone'] : [`it is ${stateWords(now.topic)} now`];
    changes.push({ path, number, title: topic.title, kind: 'removed', words });
  }
  return changes;
}

const stateWords = ({ state, duplicateOf }: TopicDocument): string =>
  duplicateOf === undefined ? state : 'part of another topic';

function indexOfSame(
  before: readonly PlanTopic[],
  now: PlanTopic,
  after: readonly PlanTopic[],
): number {
  const samePath = before.findIndex(({ path }) => path === now.path);
  if (samePath >= 0) return samePath;
  // Only where the other file is gone is a title that stayed a file that moved.
  return before.findIndex(
    ({ path, topic }) =>
      topic.title === now.topic.title && !after.some((each) => each.path === path),
  );
}

const ONE_OF = ['title', 'state', 'lead', 'effort'] as const;
const LISTS = ['people', 'projects'] as const;
const TEXTS = [
  ['problem', 'the problem'],
  ['goal', 'the goal'],
  ['doneWhen', 'what it is done when'],
] as const;

function topicWords(was: TopicDocument, now: TopicDocument): string[] {
  const words: string[] = [];
  for (const key of ONE_OF) {
    if (was[key] !== now[key])
      words.push(`${key}: ${now[key] ?? 'none'}, was ${was[key] ?? 'none'}`);
  }
  for (const key of LISTS) {
    const added = now[key].filter((each) => !was[key].includes(each));
    const gone = was[key].filter((each) => !now[key].includes(each));
    const parts = [
      ...(added.length > 0 ? [`with ${added.join(', ')}`] : []),
      ...(gone.length > 0 ? [`without ${gone.join(', ')}`] : []),
    ];
    if (parts.length > 0) words.push(`${key}: ${parts.join(', ')}`);
  }
  for (const [key, name] of TEXTS) {
    if (was[key] !== now[key]) words.push(`${name} is worded anew`);
  }
  const tasks = (topic: TopicDocument) => JSON.stringify(topic.firstTasks);
  if (tasks(was) !== tasks(now)) {
    const done = now.firstTasks.filter((task) => task.done).length;
    words.push(`first tasks: ${done} of ${now.firstTasks.length} done`);
  }
  return words;
}
