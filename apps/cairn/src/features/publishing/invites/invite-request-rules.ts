/** What a calendar program is sent: one entry, to one person. */
import { formatInvitation } from '@cairn/formats/itip';
import type { Instant } from '@cairn/kernel/time';
import { feedEntry } from '../feed-rules.ts';
import type { AnswerOrNone } from './answer-rules.ts';
import type { DueInvite } from './invite-rules.ts';

/** From whom, to whom, and from where. */
export interface RequestFrame {
  readonly now: Instant;
  /** The summit's page, in full. */
  readonly page: string;
  /** What they have answered to this time already. */
  readonly answer: AnswerOrNone;
  readonly organizer: { readonly mailFrom: string; readonly title: string };
  readonly attendee: { readonly name: string; readonly address: string };
}

/** The address in `A name <address>`, or the whole where it is one. */
export const organizerAddress = (mailFrom: string): string =>
  (/<([^<>]+)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom).trim();

/**
 * The iCalendar of a mail that is due. The organiser is the installation's own address, under the
 * summit's title: replies go there, and nobody's private address is told to all. A cancelled entry
 * is told with the time that it had.
 */
export function invitationText(
  { entry, method, sequence, before }: DueInvite,
  { now, page, answer, organizer, attendee }: RequestFrame,
): string {
  const content = method === 'CANCEL' && before !== undefined ? before : entry.content;
  return formatInvitation({
    prodId: '-//Cairn//calendar invitation//EN',
    method,
    organizer: { address: organizerAddress(organizer.mailFrom), name: organizer.title },
    attendee: { ...attendee, partstat: answer },
    entry: feedEntry(
      { ...entry, content, sequence, lastModified: now },
      { page, isForParticipants: true },
    ),
  });
}
