import { readReply } from '@cairn/formats/itip';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { calendarParts } from '../../../platform/mail/calendar-parts.ts';
import type { CalendarReply } from './reply-commands.ts';

/** A mail holds one answer, rarely a few; more is no reply. */
const MOST_REPLIES = 50;

/** The longest that an address, a UID or a remark is kept. */
const MOST_LETTERS = 1000;

/** Every answer in a raw mail or a calendar file; fails where there is none to read. */
export async function readReplies(raw: string): Promise<Result<CalendarReply[], Problem>> {
  const mail = await calendarParts(raw.replaceAll('\0', ''));
  if (!mail.ok) return mail;
  const { sender, parts } = mail.value;
  const replies: CalendarReply[] = [];
  for (const part of parts) {
    const read = readReply(part);
    if (!read.ok) return read;
    for (const { uid, sequence, attendee, partstat, comment, at } of read.value) {
      replies.push({
        uid: cut(uid),
        sequence: sequence ?? 0,
        attendee: cut(attendee),
        answer: partstat,
        comment: cut(comment ?? ''),
        stamp: at,
        sender: sender === undefined ? undefined : cut(sender),
      });
    }
  }
  if (replies.length > 0 && replies.length <= MOST_REPLIES) return ok(replies);
  const sentence =
    replies.length === 0
      ? 'This calendar holds no answer of anybody; hand in the mail that a calendar program sent when somebody answered.'
      : `This holds ${replies.length} answers at once, which no calendar program sends; hand them in one by one.`;
  return fail(problem('no-reply', sentence));
}

const cut = (text: string): string => text.slice(0, MOST_LETTERS);
