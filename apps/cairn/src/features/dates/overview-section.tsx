import { Mark } from '../../design/mark.tsx';
import { Day } from '../../design/prose.tsx';
import type { LoadOverviewSection } from '../summits/overview-routes.tsx';
import { planFacts } from './plan-queries.ts';
import { lateSteps, phasePlan, stepId, stepsByDay } from './plan-rules.ts';

/** How many late steps are named before the rest is only counted. */
const NAMED = 5;

/** What the phase plan has to say on the organisers' overview: what is late, and what comes next. */
export const planSection: LoadOverviewSection = async (db, { summit, now }) => {
  const plan = phasePlan(summit.definition, await planFacts(db, summit, now));
  const late = lateSteps(plan);
  const next = stepsByDay(plan).find(({ state }) => state === 'today' || state === 'ahead');
  return {
    key: 'plan',
    title: 'Phase plan',
    isUrgent: late.length > 0,
    more: { href: `/s/${summit.slug}/organise/plan`, label: 'The whole plan' },
    body: (
      <>
        {late.length > 0 && (
          <ul>
            {late.slice(0, NAMED).map((step) => (
              <li key={stepId(step)}>
                <Mark shape="diamond" tone="bad">
                  {step.title}
                </Mark>{' '}
                was due on <Day date={step.due} />
              </li>
            ))}
            {late.length > NAMED && <li>and {late.length - NAMED} more</li>}
          </ul>
        )}
        <p>
          {late.length === 0 && 'Nothing is late. '}
          {next === undefined ? (
            'Nothing more is due.'
          ) : (
            <>
              Next: {next.title}, due on <Day date={next.due} />.
            </>
          )}
        </p>
      </>
    ),
  };
};
