import { Mark } from '../../../design/mark.tsx';
import { DateSpan, Day } from '../../../design/prose.tsx';
import type { LoadOverviewSection } from '../../summits/overview-routes.tsx';
import { answeredCount } from './answer-queries.ts';
import { concernsOf } from './concern-queries.ts';
import { pollOf, weeksOfPoll } from './poll-queries.ts';
import { chosenDays, takesAnswers, todayAt } from './poll-rules.ts';
import { offered } from './week-rules.ts';

/** What the week poll has to say on the organisers' overview: how many answered, and what is next. */
export const weekSection: LoadOverviewSection = async (db, { summit, organiser, now }) => {
  const poll = await pollOf(db, summit.id);
  if (poll === undefined || poll.state === 'abandoned') return undefined;
  const home = `/s/${summit.slug}/organise/weeks`;
  const section = { key: 'weeks', title: 'Week poll', more: { href: home, label: 'The poll' } };
  if (poll.state === 'draft') {
    return {
      ...section,
      isUrgent: false,
      body: <p>The poll is a draft; nobody can answer yet.</p>,
    };
  }
  if (poll.chosenStart !== undefined) {
    const concerns = await concernsOf(db, organiser, poll.chosenStart);
    const waiting = concerns.filter(({ why, reply }) => why === 'no' && reply === undefined).length;
    const { end } = chosenDays(poll, poll.chosenStart);
    return {
      ...section,
      isUrgent: waiting > 0,
      body: (
        <p>
          The week is <DateSpan from={poll.chosenStart} to={end} />.{' '}
          {waiting > 0 && (
            <Mark shape="triangle" tone="warn">
              {waiting === 1 ? 'One person' : `${waiting} people`} whom it does not suit{' '}
              {waiting === 1 ? 'has' : 'have'} not said what they want to do
            </Mark>
          )}
        </p>
      ),
    };
  }
  const today = todayAt(summit.definition, now);
  const weeks = offered(await weeksOfPoll(db, poll, today));
  const { asked, answered } = await answeredCount(db, summit.id, weeks);
  const isOpen = takesAnswers(poll, today);
  return {
    ...section,
    isUrgent: !isOpen,
    body: (
      <p>
        {answered} of {asked} have answered.{' '}
        {isOpen && poll.closesOn !== undefined ? (
          <>
            The poll closes after <Day date={poll.closesOn} />.
          </>
        ) : (
          <Mark shape="triangle" tone="warn">
            The poll is closed: choose a week
          </Mark>
        )}
      </p>
    ),
  };
};
