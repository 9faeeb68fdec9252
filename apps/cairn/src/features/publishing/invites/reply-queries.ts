import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import type { EntryContent } from '../calendar-rules.ts';
import type { Answer } from './answer-rules.ts';

/** The summit in whose calendar a UID is; the same for ever, wherever the installation moves. */
export const summitOfUid = (
  db: Reader,
  uid: string,
): Promise<{ readonly summitId: string; readonly slug: string } | undefined> =>
  db
    .selectFrom('calendarEntry')
    .innerJoin('summit', 'summit.id', 'calendarEntry.summitId')
    .select(['calendarEntry.summitId', 'summit.slug'])
    .where('calendarEntry.uid', '=', uid)
    .executeTakeFirst();

/** A reply that fits nobody, until an organiser has looked at it. */
export interface KeptReply {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly attendee: string;
  readonly sender: string | null;
  readonly answer: Answer;
  readonly comment: string;
  readonly receivedAt: Instant;
  readonly why: 'unknown-attendee' | 'other-sender';
  /** Who was ever invited to the entry, and may have sent it. */
  readonly people: readonly { readonly personId: string; readonly name: string }[];
}

/** The replies that wait for an organiser, oldest first. */
export async function keptReplies(db: Reader, { summitId }: Organiser): Promise<KeptReply[]> {
  const rows = await db
    .selectFrom('calendarReply')
    .innerJoin('calendarEntry', (join) =>
      join
        .onRef('calendarEntry.summitId', '=', 'calendarReply.summitId')
        .onRef('calendarEntry.key', '=', 'calendarReply.key'),
    )
    .select(['calendarReply.id', 'calendarReply.key', 'calendarReply.attendee'])
    .select(['calendarReply.sender', 'calendarReply.answer', 'calendarReply.comment'])
    .select(['calendarReply.receivedAt', 'calendarReply.why', 'calendarEntry.content'])
    .where('calendarReply.summitId', '=', summitId)
    .where('calendarReply.settledAt', 'is', null)
    .orderBy('calendarReply.receivedAt')
    .execute();
  const keys = [...new Set(rows.map(({ key }) => key))];
  if (keys.length === 0) return [];
  const people = await db
    .selectFrom('calendarInvite')
    .innerJoin('person', 'person.id', 'calendarInvite.personId')
    .select(['calendarInvite.key', 'person.id as personId', 'person.name'])
    .where('calendarInvite.summitId', '=', summitId)
    .where('calendarInvite.key', 'in', keys)
    .where('person.erasedAt', 'is', null)
    .orderBy('person.name')
    .execute();
  return rows.map(({ content, ...row }) => ({
    ...row,
    // Written by this room alone, from the same type.
    title: (content as EntryContent).summary,
    people: people.filter(({ key }) => key === row.key),
  }));
}
