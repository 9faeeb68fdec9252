import type { LoadMeetingSection } from '../../meetings/series/meeting-sections.ts';
import { selfIn } from '../../people/rights.ts';
import { answerCounts, repliesTo } from './invite-queries.ts';
import { ownInvites } from './own-invite-queries.ts';
import { MeetingReplies } from './own-invite-views.tsx';

/** What people say to a call: one's own answer, numbers for everybody, names for organisers. */
export const rsvpSection: LoadMeetingSection = async (c, meeting) => {
  const { summit, signedIn, organiser, services } = c.var;
  const { db, clock } = services;
  if (meeting.starts === undefined) return undefined;
  const key = `meeting.${meeting.key}`;
  const self = selfIn(summit.id, signedIn);
  const own = await ownInvites(db, self, summit, services, clock.now());
  const invite = own.find(({ entry }) => entry.key === key);
  const names = organiser === undefined ? undefined : await repliesTo(db, organiser, key, services);
  return {
    key: 'answers',
    title: 'Who comes',
    body: (
      <MeetingReplies
        slug={summit.slug}
        counts={names?.counts ?? (await answerCounts(db, summit, services, key))}
        invite={invite}
        replies={names?.replies}
        entryKey={key}
      />
    ),
  };
};
