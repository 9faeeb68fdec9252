import { expectZone } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Mark } from '../../../design/mark.tsx';
import { promiseSummary } from '../../people/promises/obligation-summary-queries.ts';
import type { LoadOverviewSection } from '../../summits/overview-routes.tsx';
import { MeetingTime } from './meeting-views.tsx';
import { missingFacts } from './missing-queries.ts';
import { missingOf } from './missing-rules.ts';
import { isOver, meetingsOf, nextMeeting } from './series-rules.ts';

/** How many meetings with something missing are named. */
const NAMED = 4;

/** What the planning meetings have to say on the organisers' overview: the next, who is at risk, what is missing. */
export const meetingsSection: LoadOverviewSection = async (db, { summit, organiser, now }) => {
  const meetings = meetingsOf(summit);
  if (meetings.length === 0) return undefined;
  const factsOf = await missingFacts(db, summit, now);
  const missing = meetings
    .map((meeting) => {
      // Missing notes have a part of their own on the overview.
      const facts = { ...factsOf(meeting.key), lacksNotes: false };
      return { meeting, words: missingOf(meeting, facts, now) };
    })
    .filter(({ words }) => words.length > 0);
  const next = nextMeeting(meetings, now);
  const { atRiskOfMeetings } = await promiseSummary(db, organiser, summit, now);
  const home = `/s/${summit.slug}/organise/meetings`;
  return {
    key: 'meetings',
    title: 'Planning meetings',
    isUrgent: missing.some(({ meeting }) => isOver(meeting, now)),
    more: { href: home, label: 'All planning meetings' },
    body: (
      <>
        <p>
          {next === undefined ? (
            'No meeting with a time is to come.'
          ) : (
            <>
              Next: {next.title},{' '}
              <MeetingTime meeting={next} zone={expectZone(summit.definition.zone)} />.
            </>
          )}
          {atRiskOfMeetings > 0 &&
            ` ${counted(atRiskOfMeetings, 'person', 'people')} must not miss another one.`}
        </p>
        {missing.length > 0 && (
          <ul>
            {missing.slice(0, NAMED).map(({ meeting, words }) => (
              <li key={meeting.key}>
                <Mark shape="triangle" tone="warn">
                  <a href={`/s/${summit.slug}/meetings/${meeting.key}`}>{meeting.title}</a>
                </Mark>
                : {words.join(', ')}
              </li>
            ))}
            {missing.length > NAMED && <li>and {missing.length - NAMED} more</li>}
          </ul>
        )}
      </>
    ),
  };
};
