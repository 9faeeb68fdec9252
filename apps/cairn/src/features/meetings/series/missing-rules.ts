import type { Instant } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import type { TrackLead } from './series-queries.ts';
import { isOver, type Meeting } from './series-rules.ts';

/** What else is known of a meeting, for saying what is missing. */
export interface MeetingFacts {
  readonly leads: readonly Pick<TrackLead, 'meeting' | 'track'>[];
  /** How many people are recorded as having been there. */
  readonly there: number;
  /** Requests to be excused, and rows of a video tool's list, that await an answer. */
  readonly requests: number;
  readonly rows: number;
  /** Whether it is over and a track of it, or the whole, has no notes. */
  readonly lacksNotes: boolean;
}

/** What is missing of a meeting, each as a few words, the most pressing first. */
export function missingOf(meeting: Meeting, facts: MeetingFacts, now: Instant): readonly string[] {
  const over = isOver(meeting, now);
  const leaderless = meeting.tracks.filter(
    ({ key, leadName }) =>
      leadName === undefined &&
      !facts.leads.some((lead) => lead.meeting === meeting.key && lead.track === key),
  );
  return [
    facts.requests > 0 &&
      counted(facts.requests, 'request to be excused waits', 'requests to be excused wait'),
    facts.rows > 0 && counted(facts.rows, 'row of a list is open', 'rows of a list are open'),
    over && facts.there === 0 && 'no attendance recorded',
    over && facts.lacksNotes && 'notes are missing',
    !over && meeting.begins === undefined && 'no time',
    !over && meeting.link === undefined && 'no link to the call',
    !over && meeting.tracks.length === 0 && 'no tracks',
    !over &&
      leaderless.length > 0 &&
      `no lead for ${leaderless.map(({ title }) => title).join(', ')}`,
  ].filter((part) => part !== false);
}
