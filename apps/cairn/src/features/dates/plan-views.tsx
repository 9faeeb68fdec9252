import type { Problem } from '@cairn/kernel/problem';
import { daysBetween, type PlainDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../design/actions.tsx';
import { DateField } from '../../design/controls.tsx';
import { EmptyState } from '../../design/empty.tsx';
import { Form } from '../../design/form.tsx';
import { Mark } from '../../design/mark.tsx';
import { Day } from '../../design/prose.tsx';
import { Table } from '../../design/table.tsx';
import { Phases, Timeline, type TimelineEntry } from '../../design/timeline.tsx';
import type { SummitDays } from '../summits/facts.ts';
import { MovedPlan } from './moved-plan-views.tsx';
import {
  type MovedStep,
  type PlannedPhase,
  type PlannedStep,
  stepId,
  stepsByDay,
} from './plan-rules.ts';

interface PlanProps {
  readonly plan: readonly PlannedPhase[];
  readonly days: SummitDays;
  readonly today: PlainDate;
  /** Where this page is. */
  readonly href: string;
  readonly definitionHref: string;
  readonly whatIf: WhatIfProps;
}

/** The plan as bars, as a line of days, and as a table in which steps are ticked. */
export function PlanPage({ plan, days, today, href, definitionHref, whatIf }: PlanProps) {
  if (plan.length === 0) {
    return (
      <EmptyState
        next={{ href: `${definitionHref}#phases`, label: 'Add phases to the definition' }}
      >
        No phases are defined yet, so there is nothing to plan backwards from the summit.
      </EmptyState>
    );
  }
  const backwards = plan.filter(({ isBackwards }) => isBackwards);
  return (
    <>
      {backwards.map(({ key, title, from, until }) => (
        <p key={key}>
          <Mark shape="triangle" tone="warn">
            “{title}” would end on <Day date={until} />, before it begins on <Day date={from} />
          </Mark>
          ; <a href={`${definitionHref}#phases`}>change its lead times</a>.
        </p>
      ))}
      <Phases
        caption="Phases"
        today={today}
        phases={plan
          .filter(({ isBackwards }) => !isBackwards)
          .map(({ title, from, until }) => ({ name: title, from, until }))}
      />
      <StepTable plan={plan} href={href} today={today} />
      <h2>Day by day</h2>
      <Timeline
        label="Steps and the summit, day by day"
        entries={entriesOf(plan, days)}
        today={today}
      />
      <p class="small">
        Days are counted on the calendar from the summit’s first or last day of work. Where a month
        has no such day its last day counts: three months before 31 May is 28 February.
      </p>
      <WhatIf {...whatIf} href={href} />
    </>
  );
}

function entriesOf(plan: readonly PlannedPhase[], days: SummitDays): TimelineEntry[] {
  const events: TimelineEntry[] = [
    { id: 'arrival', title: 'Arrival', date: days.arrival, kind: 'event' },
    { id: 'summit', title: 'The summit', date: days.start, until: days.end, kind: 'event' },
    { id: 'departure', title: 'Departure', date: days.departure, kind: 'event' },
  ];
  const steps = stepsByDay(plan).map(
    (step): TimelineEntry => ({
      id: `day-${step.phase}-${step.step}`,
      title: step.title,
      date: step.due,
      kind: 'due',
      done: step.state === 'done',
    }),
  );
  return [...events, ...steps].sort((a, b) => daysBetween(b.date, a.date));
}

function Standing({ step, today }: { step: PlannedStep; today: PlainDate }) {
  const days = Math.abs(daysBetween(today, step.due));
  const count = counted(days, 'day');
  switch (step.state) {
    case 'done':
      return (
        <Mark shape="tick" tone="good">
          done
        </Mark>
      );
    case 'late':
      return (
        <Mark shape="diamond" tone="bad">
          late by {count}
          {step.isImpossible && '; it was due before the announcement'}
        </Mark>
      );
    case 'today':
      return (
        <Mark shape="disc" tone="warn">
          due today
        </Mark>
      );
    case 'ahead':
      return (
        <Mark shape="ring" tone="soft">
          in {count}
        </Mark>
      );
    default:
      return step.state satisfies never;
  }
}

function StepTable({
  plan,
  href,
  today,
}: {
  plan: readonly PlannedPhase[];
  href: string;
  today: PlainDate;
}) {
  const titles = new Map(plan.map(({ key, title }) => [key, title]));
  return (
    <Table
      caption="Steps"
      wide
      rows={stepsByDay(plan)}
      rowKey={stepId}
      empty="No phase has steps yet."
      columns={[
        { head: 'Step', cell: ({ title }) => title },
        { head: 'Phase', cell: ({ phase }) => titles.get(phase) },
        { head: 'Due', kind: 'date', cell: ({ due }) => <Day date={due} /> },
        { head: 'Stands', cell: (step) => <Standing step={step} today={today} /> },
        { head: 'Tick', cell: (step) => <TickButton step={step} href={href} /> },
      ]}
    />
  );
}

const TickButton = ({ step, href }: { step: PlannedStep; href: string }) => (
  <form method="post" action={href}>
    <input type="hidden" name="phase" value={step.phase} />
    <input type="hidden" name="step" value={step.step} />
    <SubmitButton weight="plain" name="done" value={step.state === 'done' ? 'no' : 'yes'}>
      {step.state === 'done' ? 'Not done after all' : 'Done'}{' '}
      <span class="unseen">: {step.title}</span>
    </SubmitButton>
  </form>
);

export interface WhatIfProps {
  /** What was typed. */
  readonly start: string;
  readonly problems: readonly Problem[];
  readonly moved: readonly MovedStep[] | undefined;
}

/** Tries another first day; changes nothing. */
function WhatIf({ start, problems, moved, href }: WhatIfProps & { href: string }) {
  return (
    <section aria-labelledby="what-if">
      <h2 id="what-if">What if the dates move?</h2>
      <p>
        Nothing is changed by looking. Planning meetings whose day is fixed stay where they are.
      </p>
      <Form action={`${href}#what-if`} method="get" problems={problems}>
        <DateField name="start" label="If the summit starts on" value={start} />
        <Actions>
          <SubmitButton weight="ordinary">Show the plan for that day</SubmitButton>
        </Actions>
      </Form>
      {moved !== undefined && <MovedPlan caption="The plan for that day" steps={moved} />}
    </section>
  );
}
