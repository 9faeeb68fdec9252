import { Mark } from '../../design/mark.tsx';
import { inSeries } from '../summits/facts.ts';
import type { LoadOverviewSection } from '../summits/overview-routes.tsx';
import { OPEN_STATES } from './invitations/invitation-rules.ts';
import { invitationCounts } from './invitations/sending-queries.ts';
import { promiseBoard } from './promises/obligation-queries.ts';
import type { Standing } from './promises/obligation-rules.ts';

/** How many people are named before the rest is only counted. */
const NAMED = 5;

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

const NEEDS_A_WORD: readonly Standing[] = ['broken', 'at_risk'];

/** Who needs a word now: those with a promise that is broken or at risk. */
export const promiseSection: LoadOverviewSection = async (db, { summit, organiser, now }) => {
  const board = await promiseBoard(db, organiser, summit, now);
  if (board.length === 0) return undefined;
  const inNeed = board.filter(({ promises }) =>
    promises.some(({ forecast }) => NEEDS_A_WORD.includes(forecast.standing)),
  );
  const home = `/s/${summit.slug}/organise`;
  return {
    key: 'promises',
    title: 'Promises',
    isUrgent: inNeed.length > 0,
    more: { href: `${home}/promises`, label: 'All promises, those in need first' },
    body:
      inNeed.length === 0 ? (
        <p>All {board.length} are on course with what they promised.</p>
      ) : (
        <>
          <p>
            {inNeed.length} of {board.length} need a word:
          </p>
          <ul>
            {inNeed.slice(0, NAMED).map(({ personId, name, promises }) => {
              const isBroken = promises.some(({ forecast }) => forecast.standing === 'broken');
              return (
                <li key={personId}>
                  <Mark shape={isBroken ? 'cross' : 'triangle'} tone={isBroken ? 'bad' : 'warn'}>
                    {isBroken ? 'broken' : 'at risk'}
                  </Mark>{' '}
                  <a href={`${home}/promises/${personId}`}>{name}</a>
                </li>
              );
            })}
            {inNeed.length > NAMED && <li>and {inNeed.length - NAMED} more</li>}
          </ul>
        </>
      ),
  };
};
