import { Temporal } from '@cairn/kernel/time';
import { Mark } from '../../../design/mark.tsx';
import { Day } from '../../../design/prose.tsx';
import type { LoadOverviewSection } from '../../summits/overview-routes.tsx';
import { calendarsWithCalls, callLinks } from './call-queries.ts';
import { callsNow } from './shown-rules.ts';

/** How many are named before the rest is only counted. */
const NAMED = 5;

/** What the recurring calls have to say on the organisers' overview: which run out, whose links are broken. */
export const callSection: LoadOverviewSection = async (db, { summit, organiser, now }) => {
  const calendars = await calendarsWithCalls(db, summit.id);
  if (calendars.length === 0) return undefined;
  const home = `/s/${summit.slug}/organise/calls`;
  const calls = calendars.flatMap((calendar) => callsNow(calendar, now));
  const ending = calls.filter((call) => call.ending.kind === 'soon');
  const names = new Map(calls.map(({ id, content }) => [id, content.summary]));
  const broken = (await callLinks(db, organiser)).filter(({ state }) => state === 'broken');
  const isUrgent = ending.length + broken.length > 0;
  return {
    key: 'calls',
    title: 'Calls',
    isUrgent,
    more: { href: home, label: 'All calendars of calls' },
    body: isUrgent ? (
      <ul>
        {ending.slice(0, NAMED).map(({ id, content, runsOut }) => (
          <li key={id}>
            <Mark shape="triangle" tone="warn">
              {content.summary}
            </Mark>{' '}
            runs out
            {runsOut !== undefined && (
              <>
                : last on <Day date={Temporal.PlainDateTime.from(runsOut).toPlainDate()} />
              </>
            )}
          </li>
        ))}
        {ending.length > NAMED && <li>and {ending.length - NAMED} more that run out</li>}
        {broken.slice(0, NAMED).map(({ callId, url }) => (
          <li key={`${callId} ${url}`}>
            <Mark shape="cross" tone="bad">
              {names.get(callId) ?? 'A call'}
            </Mark>{' '}
            has a broken link
          </li>
        ))}
        {broken.length > NAMED && <li>and {broken.length - NAMED} more with a broken link</li>}
      </ul>
    ) : (
      <p>No call runs out soon, and no link is known to be broken.</p>
    ),
  };
};
