import { Mark } from '../../design/mark.tsx';
import { inSeries } from '../summits/facts.ts';
import type { LoadOverviewSection } from '../summits/overview-routes.tsx';
import { OPEN_STATES } from './invitations/invitation-rules.ts';
import { invitationCounts } from './invitations/sending-queries.ts';
import { promiseSummary } from './promises/obligation-summary-queries.ts';

/** What the invitations have to say on the organisers' overview: who was not sent one, who is silent. */
export const invitationSection: LoadOverviewSection = async (db, { summit, organiser }) => {
  const counts = await invitationCounts(db, organiser);
  const drafted = counts.get('drafted') ?? 0;
  const open = OPEN_STATES.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
  if (open + drafted === 0) return undefined;
  const parts = [
    ...(drafted > 0 ? [`${drafted} drafted and not sent`] : []),
    ...(open > 0 ? [`${open} sent and not answered for good`] : []),
  ];
  return {
    key: 'invitations',
    title: 'Invitations',
    isUrgent: drafted > 0,
    more: { href: `/s/${summit.slug}/organise/invitations`, label: 'All invitations' },
    body: <p>{inSeries(parts)}.</p>,
  };
};

/** Who needs a word now: those with a promise that is broken or at risk. */
export const promiseSection: LoadOverviewSection = async (db, { summit, organiser, now }) => {
  const { people, inNeed, first } = await promiseSummary(db, organiser, summit, now);
  if (people === 0) return undefined;
  const home = `/s/${summit.slug}/organise`;
  return {
    key: 'promises',
    title: 'Promises',
    isUrgent: inNeed > 0,
    more: { href: `${home}/promises`, label: 'All promises, those in need first' },
    body:
      inNeed === 0 ? (
        <p>All {people} are on course with what they promised.</p>
      ) : (
        <>
          <p>
            {inNeed} of {people} need a word:
          </p>
          <ul>
            {first.map(({ personId, name, worst }) => (
              <li key={personId}>
                <Mark
                  shape={worst === 'broken' ? 'cross' : 'triangle'}
                  tone={worst === 'broken' ? 'bad' : 'warn'}
                >
                  {worst === 'broken' ? 'broken' : 'at risk'}
                </Mark>{' '}
                <a href={`${home}/promises/${personId}`}>{name}</a>
              </li>
            ))}
            {inNeed > first.length && <li>and {inNeed - first.length} more</li>}
          </ul>
        </>
      ),
  };
};
