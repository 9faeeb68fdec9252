import { type Problem, problem } from '@cairn/kernel/problem';
import { listed } from '@cairn/kernel/words';
import * as z from 'zod';
import { TOPIC_STATES, type TopicState } from '../documents/kind-schema.ts';
import type { TopicDocument } from '../documents/topic-rules.ts';

/** What a topic can be asked to say before it comes into a state. */
const TOPIC_NEEDS = [
  'problem',
  'goal',
  'done-when',
  'lead',
  'people',
  'projects',
  'effort',
  'first-tasks',
] as const;
type TopicNeed = (typeof TOPIC_NEEDS)[number];

/** Who may move a topic: anybody who comes, its own people (organisers too), or organisers alone. */
const MOVERS = ['anyone', 'people', 'organisers'] as const;
type Movers = (typeof MOVERS)[number];

/** What holds for coming into one state. */
export interface StateRule {
  readonly movers: Movers;
  readonly needs: readonly TopicNeed[];
}

/** The summit's rules for each state; one that is left out asks for nothing. */
export type StateRules = Readonly<Partial<Record<TopicState, StateRule>>>;

const ruleShape = z
  .strictObject({
    'moved-by': z
      .enum(MOVERS, 'Write who moves it there: anyone, people or organisers.')
      .optional(),
    needs: z
      .array(z.enum(TOPIC_NEEDS, `List what it must say: ${listed([...TOPIC_NEEDS], 'or')}.`))
      .optional(),
  })
  .nullable();

/** The part `topic-states` of `plan.yaml`. */
export const stateRulesShape = z.strictObject(
  Object.fromEntries(TOPIC_STATES.map((state) => [state, ruleShape.optional()])) as Record<
    TopicState,
    z.ZodOptional<typeof ruleShape>
  >, // one for each state
);

/** The rules as `plan.yaml` says them. */
export const stateRulesFrom = (said: z.infer<typeof stateRulesShape>): StateRules =>
  Object.fromEntries(
    Object.entries(said).map(([state, rule]) => [
      state,
      { movers: rule?.['moved-by'] ?? 'people', needs: rule?.needs ?? [] },
    ]),
  );

/** What somebody is to a topic. */
export interface TopicPart {
  /** Leads it, is one of its people, or brought it. */
  readonly isOfIt: boolean;
  readonly isOrganiser: boolean;
}

/**
 * Why a topic cannot come into a state now: who asks may not, or it does not say enough. Empty when
 * it can. Coming into the state that it is in is no move.
 */
export function whyNotMove(
  rules: StateRules,
  topic: TopicDocument,
  to: TopicState,
  part: TopicPart,
): Problem[] {
  if (topic.state === to) return [];
  const { movers, needs } = rules[to] ?? { movers: 'people', needs: [] };
  if (!mayMove(movers, part)) {
    const who = movers === 'organisers' ? 'Only organisers' : 'Only its people and organisers';
    return [
      problem('may-not-move', `${who} can make it ${to}; join it, or ask them.`, { path: 'state' }),
    ];
  }
  return needs
    .filter((need) => !says(topic, need))
    .map((need) => problem('topic-lacks', `To be ${to} ${LACKS[need]}`, { path: FIELDS[need] }));
}

/** The states into which a topic could be moved by somebody, whatever it may lack for them. */
export const movesFor = (rules: StateRules, from: TopicState, part: TopicPart): TopicState[] =>
  TOPIC_STATES.filter((state) => state !== from && mayMove(rules[state]?.movers ?? 'people', part));

const mayMove = (movers: Movers, { isOfIt, isOrganiser }: TopicPart): boolean =>
  isOrganiser || movers === 'anyone' || (movers === 'people' && isOfIt);

function says(topic: TopicDocument, need: TopicNeed): boolean {
  switch (need) {
    case 'problem':
      return topic.problem !== '';
    case 'goal':
      return topic.goal !== '';
    case 'done-when':
      return topic.doneWhen !== '';
    case 'lead':
      return topic.lead !== undefined;
    case 'people':
      return topic.people.some((handle) => handle !== topic.lead);
    case 'projects':
      return topic.projects.length > 0;
    case 'effort':
      return topic.effort !== undefined;
    case 'first-tasks':
      return topic.firstTasks.length > 0;
    default:
      return need satisfies never;
  }
}

const LACKS: Readonly<Record<TopicNeed, string>> = {
  problem: 'it has to say what is wrong today.',
  goal: 'it has to say what will be better.',
  'done-when': 'it has to say how anybody can tell that it is finished.',
  lead: 'it needs somebody who leads it.',
  people: 'it needs people besides its lead.',
  projects: 'it has to name the projects that it needs.',
  effort: 'it has to say how much work it is.',
  'first-tasks': 'it has to say with which tasks it begins.',
};

/** The field of the form where each is said. */
const FIELDS: Readonly<Record<TopicNeed, string>> = {
  problem: 'problem',
  goal: 'goal',
  'done-when': 'doneWhen',
  lead: 'lead',
  people: 'people',
  projects: 'projects',
  effort: 'effort',
  'first-tasks': 'firstTasks',
};
