import { counted } from '@cairn/kernel/words';
import type { LoadOverviewSection } from '../../summits/overview-routes.tsx';
import { planOf } from '../repository/main-queries.ts';
import { planCounts } from './awaiting-queries.ts';

/** Where the plan stands, on the organisers' overview. */
export const planningSection: LoadOverviewSection = async (db, { summit }) => {
  if ((await planOf(db, summit.id)) === undefined) return undefined;
  const counts = await planCounts(db, summit.id);
  const plan = `/s/${summit.slug}/plan`;
  return {
    key: 'planning',
    title: 'Plan',
    isUrgent: counts.unreviewed > 0,
    more: { href: plan, label: 'The plan' },
    body: (
      <ul>
        <li>
          <a href={`${plan}/topics`}>{counted(counts.topics, 'topic')}</a>
          {counts.leaderless > 0 && (
            <>
              , <a href={`${plan}/topics?lead=none`}>{counts.leaderless} open without a lead</a>
            </>
          )}
          {counts.lacking > 0 && (
            <>
              , <a href={`${plan}/topics?lacks=1`}>{counts.lacking} that lack something</a>
            </>
          )}
        </li>
        <li>
          <a href={`${plan}/proposals`}>{counted(counts.proposals, 'open proposal')}</a>
          {counts.unreviewed > 0 && `, ${counts.unreviewed} without any review`}
        </li>
        {counts.decisions.length > 0 && (
          <li>
            <a href={`${plan}/decisions`}>
              {counted(counts.decisions.length, 'provisional decision')}
            </a>
          </li>
        )}
      </ul>
    ),
  };
};
