import { dateIn, expectZone } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Day } from '../../../design/prose.tsx';
import type { LoadPlanSection } from '../home/home-routes.tsx';
import { interestFacts } from '../interest/interest-queries.ts';
import { amissOf, interestMatrix } from '../interest/matrix-rules.ts';
import { workPlanNow } from './workplan-page-queries.ts';
import { frozenPlans } from './workplan-queries.ts';
import { daysToFreeze, freezeDay } from './workplan-rules.ts';

/** Interest and work plan on the plan’s first page: what is said, what lacks, how long until the freeze. */
export const workPlanHomeSection: LoadPlanSection = async (c) => {
  const { summit, services } = c.var;
  const { db, clock } = services;
  const home = `/s/${summit.slug}/plan`;
  const { topics, silent } = interestMatrix(await interestFacts(db, summit.id), {
    people: 'name',
    topics: 'number',
    community: undefined,
  });
  const amiss = amissOf(topics);
  const work = await workPlanNow(db, summit.id);
  const [latest] = await frozenPlans(db, summit.id);
  const lacking = work.topics.filter(({ lacks }) => lacks.length > 0).length;
  const today = dateIn(clock.now(), expectZone(summit.definition.zone));
  const left = daysToFreeze(summit.definition, today);
  return (
    <section aria-labelledby="dividing-the-work">
      <h2 id="dividing-the-work">Dividing the work</h2>
      <ul>
        {topics.length > 0 && (
          <li>
            <a href={`${home}/interest/matrix`}>Who wants what</a>:{' '}
            {counted(amiss['nobody-leads'].length + amiss.nobody.length, 'topic')} that nobody would
            lead, {amiss.several.length} that several would;{' '}
            {counted(silent.length, 'person', 'people')} {silent.length === 1 ? 'has' : 'have'} said
            nothing.
          </li>
        )}
        <li>
          <a href={`${home}/work-plan`}>Work plan</a>:{' '}
          {counted(work.topics.length, 'topic is', 'topics are')} in it
          {lacking > 0 && `, ${lacking} of them ${lacking === 1 ? 'lacks' : 'lack'} something`};{' '}
          {latest === undefined ? (
            <>
              to be frozen by <Day date={freezeDay(summit.definition)} />
              {left < 0 ? ', which is over' : `, in ${counted(left, 'day')}`}.
            </>
          ) : (
            <>
              frozen as <a href={`/s/${summit.slug}/workplan.pdf`}>{latest.tag}</a>.
            </>
          )}
        </li>
      </ul>
    </section>
  );
};
