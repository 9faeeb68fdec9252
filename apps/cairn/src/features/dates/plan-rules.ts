import { daysBetween, type PlainDate } from '@cairn/kernel/time';
import { summitDays } from '../summits/facts.ts';
import type { Lead, SummitDefinition } from '../summits/schema.ts';

/**
 * The phase plan, counted backwards and forwards from the summit's days. A lead of months is
 * counted on the calendar, months first and then weeks and days, as Temporal does: where a month
 * has no such day, its last day is taken, so that three months before 31 May is 28 February.
 */

/** The two days from which leads are counted. */
export interface Anchors {
  readonly start: PlainDate;
  readonly end: PlainDate;
}

/** The day that a lead means. */
export function dayOfLead(lead: Lead, anchors: Anchors): PlainDate {
  const span = { months: lead.months ?? 0, weeks: lead.weeks ?? 0, days: lead.days ?? 0 };
  if (lead.before !== undefined) return anchors[lead.before].subtract(span);
  return anchors[lead.after ?? 'end'].add(span);
}

const STEP_STATES = ['done', 'late', 'today', 'ahead'] as const;
type StepState = (typeof STEP_STATES)[number];

/** One step of the plan and how it stands. */
export interface PlannedStep {
  readonly phase: string;
  readonly step: string;
  readonly title: string;
  readonly due: PlainDate;
  readonly state: StepState;
  /** Due before the summit was announced, so that nobody could ever have kept it. */
  readonly isImpossible: boolean;
}

/** One phase with its days, first and last included. */
export interface PlannedPhase {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly from: PlainDate;
  readonly until: PlainDate;
  /** Ends before it begins: its leads contradict each other. */
  readonly isBackwards: boolean;
  readonly steps: readonly PlannedStep[];
}

/** What a step is known by among those that are done. */
export const stepId = ({ phase, step }: { phase: string; step: string }): string =>
  `${phase}/${step}`;

/** What the plan needs to know besides the definition. */
export interface PlanFacts {
  /** The day in the summit's zone. */
  readonly today: PlainDate;
  /** The day on which the summit was announced; undefined while it is a draft. */
  readonly announcedOn: PlainDate | undefined;
  /** `stepId` of each step that is ticked. */
  readonly done: ReadonlySet<string>;
}

/** Every phase and step with its day and how it stands, in the order of the definition. */
export const phasePlan = (definition: SummitDefinition, facts: PlanFacts): PlannedPhase[] =>
  planFor(definition, summitDays(definition), facts);

function planFor(
  { phases }: SummitDefinition,
  anchors: Anchors,
  { today, announcedOn, done }: PlanFacts,
): PlannedPhase[] {
  const firstChance = announcedOn ?? today;
  return phases.map(({ key, title, text, from, until, steps }) => {
    const [begins, ends] = [dayOfLead(from, anchors), dayOfLead(until, anchors)];
    return {
      key,
      title,
      text,
      from: begins,
      until: ends,
      isBackwards: daysBetween(begins, ends) < 0,
      steps: steps.map((each) => {
        const due = dayOfLead(each.due, anchors);
        const isDone = done.has(stepId({ phase: key, step: each.key }));
        return {
          phase: key,
          step: each.key,
          title: each.title,
          due,
          state: isDone ? 'done' : stateOn(due, today),
          isImpossible: !isDone && daysBetween(due, firstChance) > 0,
        };
      }),
    };
  });
}

function stateOn(due: PlainDate, today: PlainDate): StepState {
  const left = daysBetween(today, due);
  if (left < 0) return 'late';
  return left === 0 ? 'today' : 'ahead';
}

/** Every step of a plan, in order of its day. */
export const stepsByDay = (plan: readonly PlannedPhase[]): PlannedStep[] =>
  plan.flatMap(({ steps }) => steps).sort((a, b) => daysBetween(b.due, a.due));

/** The steps that are late, longest overdue first. */
export const lateSteps = (plan: readonly PlannedPhase[]): PlannedStep[] =>
  stepsByDay(plan).filter(({ state }) => state === 'late');

/** What would become of one step. */
export interface MovedStep {
  readonly phase: string;
  readonly step: string;
  readonly title: string;
  readonly was: PlainDate;
  readonly becomes: PlainDate;
  /** It would be late already, and is not done. */
  readonly wouldBeLate: boolean;
}

/** What would become of the plan if the summit started on another day and lasted as long. */
export function ifDatesMove(
  definition: SummitDefinition,
  newStart: PlainDate,
  facts: PlanFacts,
): MovedStep[] {
  const days = summitDays(definition);
  const moved = { start: newStart, end: newStart.add({ days: days.days - 1 }) };
  const becoming = planFor(definition, moved, facts).flatMap(({ steps }) => steps);
  return planFor(definition, days, facts)
    .flatMap(({ steps }) => steps)
    .flatMap(({ phase, step, title, due }, index): MovedStep[] => {
      const then = becoming[index];
      if (then === undefined) return [];
      return [
        { phase, step, title, was: due, becomes: then.due, wouldBeLate: then.state === 'late' },
      ];
    });
}
