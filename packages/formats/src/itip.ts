/** Invitations that calendar programs can answer, and their answers (RFC 5546, RFC 6047). */
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Instant, Temporal } from '@cairn/kernel/time';
import type { CalendarEntry, Invitee, Party } from './calendar-entry.ts';
import { formatIcal } from './ical.ts';
import {
  type IcalComponent,
  type IcalProperty,
  propertyOf,
  propertyText,
  readIcalText,
} from './ical-text.ts';
import { readTime } from './ical-values.ts';

/**
 * One person's invitation to an entry, or its withdrawal, as the text of a `text/calendar` part.
 * Everybody gets their own, so that nobody reads who else is asked.
 *
 * A program takes a change only with a higher `entry.sequence` than before, a withdrawal too; the
 * caller raises it. A withdrawal writes STATUS:CANCELLED by itself.
 *
 *     formatInvitation({ method: 'REQUEST', prodId, organizer, attendee, entry })
 */
export function formatInvitation({
  method,
  prodId,
  organizer,
  attendee,
  entry,
}: {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly prodId: string;
  readonly organizer: Party;
  readonly attendee: Invitee;
  readonly entry: CalendarEntry;
}): string {
  const status = method === 'CANCEL' ? 'CANCELLED' : entry.status;
  return formatIcal({ prodId, method, entries: [{ ...entry, status, organizer, attendee }] });
}

/** What somebody answered in their calendar program. */
export interface Reply {
  readonly uid: string;
  /** Of the invitation that it answers. */
  readonly sequence?: number;
  /** Their mail address, in small letters. */
  readonly attendee: string;
  readonly partstat: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE';
  readonly comment?: string;
  /** When they answered, by their clock. */
  readonly at?: Instant;
}

/** In UTF-16 units; an answer has about 2000. */
const LONGEST = 1024 * 1024;

/**
 * The answers in a `text/calendar` part (METHOD:REPLY). Fails with one sentence if it holds none
 * that can be counted: a proposal of another time, a delegation, an answer to one of several days.
 */
export function readReply(text: string): Result<readonly Reply[], Problem> {
  if (text.length > LONGEST) {
    return fail(problem('too-long', 'This answer is larger than 1 MB, which no answer is.'));
  }
  const read = readIcalText(text);
  if (!read.ok) return read;
  const replies: Reply[] = [];
  let first: Problem | undefined;
  for (const calendar of read.value) {
    const method = (propertyOf(calendar, 'METHOD')?.value ?? '').trim().toUpperCase();
    if (method !== 'REPLY') {
      first ??= notAReply(method, calendar.line);
      continue;
    }
    for (const event of calendar.components.filter(({ name }) => name === 'VEVENT')) {
      const answered = readAnswer(event);
      if (answered.ok) replies.push(...answered.value);
      else first ??= answered.error;
    }
  }
  if (replies.length > 0) return ok(replies);
  return fail(
    first ?? problem('no-reply', 'This answers nothing; it holds no entry of a calendar.'),
  );
}

function notAReply(method: string, line: number): Problem {
  const sentences: Readonly<Record<string, string>> = {
    REQUEST: 'This is an invitation and not an answer to one.',
    CANCEL: 'This withdraws an invitation and does not answer one.',
    COUNTER:
      'This proposes another time, which cannot be taken over; write back, and move the call if it suits.',
    REFRESH: 'This asks for the invitation again and does not answer it.',
    DECLINECOUNTER: 'This refuses a proposal and does not answer an invitation.',
  };
  const plain =
    'This is a calendar and no answer to an invitation; hand in the mail that the calendar program sent.';
  return problem(
    method === 'COUNTER' ? 'counter-proposal' : 'no-reply',
    sentences[method] ?? plain,
    {
      line,
    },
  );
}

function readAnswer(event: IcalComponent): Result<Reply[], Problem> {
  const bad = (code: string, sentence: string, at?: IcalProperty) =>
    fail(problem(code, sentence, { line: at?.line ?? event.line }));
  const uidProperty = propertyOf(event, 'UID');
  const uid = uidProperty ? propertyText(uidProperty).trim() : '';
  if (uid === '') return bad('no-uid', 'This answer does not say which invitation it answers.');
  const recurrence = propertyOf(event, 'RECURRENCE-ID');
  if (recurrence) {
    const sentence =
      'This answers for one day of a call that repeats, which is not supported; answer for the whole.';
    return bad('one-of-several', sentence, recurrence);
  }
  const failed = event.properties.find(
    ({ name, value }) => name === 'REQUEST-STATUS' && /^[345]/.test(value.trim()),
  );
  if (failed) {
    const said = propertyText(failed).split(';').slice(0, 2).join(' ').slice(0, 80);
    return bad(
      'not-delivered',
      `The calendar program could not take the invitation (${said}).`,
      failed,
    );
  }
  const attendees = event.properties.filter(({ name }) => name === 'ATTENDEE');
  const delegated = attendees.find((each) => partstatOf(each) === 'DELEGATED');
  if (delegated) {
    const sentence =
      'This passes the invitation on to somebody else, which is not counted; seats and invitations are personal.';
    return bad('delegated', sentence, delegated);
  }
  const sequence = Number((propertyOf(event, 'SEQUENCE')?.value ?? '').trim() || Number.NaN);
  const comment = event.properties
    .filter(({ name }) => name === 'COMMENT')
    .map((each) => propertyText(each).trim())
    .filter((each) => each !== '')
    .join('\n');
  const stamp = readTime(propertyOf(event, 'DTSTAMP')?.value ?? '');
  const shared = {
    uid,
    ...(Number.isSafeInteger(sequence) && sequence >= 0 ? { sequence } : {}),
    ...(comment === '' ? {} : { comment }),
    ...(stamp ? { at: Temporal.Instant.fromEpochMilliseconds(stamp.local * 1000) } : {}),
  };
  const replies = attendees.flatMap((each): Reply[] => {
    const [attendee, partstat] = [addressOf(each), partstatOf(each)];
    return attendee !== undefined && isAnswer(partstat) ? [{ ...shared, attendee, partstat }] : [];
  });
  if (replies.length > 0) return ok(replies);
  const [only] = attendees;
  if (!only) return bad('no-attendee', 'This answer does not say who answers.');
  return addressOf(only) === undefined
    ? bad('no-attendee', 'This answer names nobody by a mail address.', only)
    : bad('no-answer', 'This answer says neither yes, no nor perhaps.', only);
}

const partstatOf = ({ parameters }: IcalProperty): string =>
  (parameters.get('PARTSTAT') ?? '').trim().toUpperCase();

const isAnswer = (partstat: string): partstat is Reply['partstat'] =>
  partstat === 'ACCEPTED' || partstat === 'DECLINED' || partstat === 'TENTATIVE';

/** Exchange names its own people by other addresses, and has the mail address beside them. */
function addressOf({ value, parameters }: IcalProperty): string | undefined {
  const candidates = [
    value.trim().replace(/^mailto:\s*/i, ''),
    parameters.get('EMAIL'),
    parameters.get('X-EMAIL'),
  ];
  return candidates
    .map((each) =>
      decoded(each ?? '')
        .trim()
        .toLowerCase(),
    )
    .find((each) => /^[^\s@<>:]+@[^\s@<>]+$/.test(each));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that encodes nothing stands for itself.
    return text;
  }
}
