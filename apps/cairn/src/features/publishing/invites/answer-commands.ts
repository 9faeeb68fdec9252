import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { expectZone, type Instant } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import { type Summit, summitById } from '../../summits/queries.ts';
import { type CalendarSource, summitCalendar } from '../calendar-queries.ts';
import type { KeptEntry, StoredTime } from '../calendar-rules.ts';
import type { Answer, AnswerWay } from './answer-rules.ts';
import { lockInvite } from './invite-commands.ts';
import { invitedPeople } from './invite-people-queries.ts';
import { inviteBehindLink } from './invite-queries.ts';
import { isFixed, isInvitedTo, isOver } from './invite-rules.ts';

/** The calendar that an answer is about, and the entry as it is now. */
export interface AnsweredEntry {
  readonly summit: Summit;
  readonly entry: KeptEntry;
}

const refuse = (code: string, sentence: string): Result<never, Problem> =>
  fail(problem(code, sentence));

/** An entry that can be answered now, or why not. */
export async function openEntry(
  db: Reader,
  { now }: Pick<Actor, 'now'>,
  to: { readonly summitId: string; readonly key: string; readonly personId: string },
  source: CalendarSource,
): Promise<Result<AnsweredEntry, Problem>> {
  const summit = await summitById(db, to.summitId);
  const { now: entries } = await summitCalendar(db, summit, source);
  const entry = entries.find(({ key }) => key === to.key);
  if (summit.state === 'draft' || entry === undefined || !isInvitedTo(entry)) {
    return refuse('no-such-entry', 'Nobody is invited to that; look into the summit’s calendar.');
  }
  const { summary } = entry.content;
  if (entry.status === 'CANCELLED') {
    return refuse('entry-cancelled', `“${summary}” was called off, so there is nothing to answer.`);
  }
  if (!isFixed(entry)) {
    return refuse(
      'entry-open',
      `“${summary}” has no time at present; you are asked when it has one.`,
    );
  }
  if (isOver(entry.content.time, { now, zone: expectZone(summit.definition.zone) })) {
    return refuse('entry-over', `“${summary}” is over, so answers to it are closed.`);
  }
  const invited = (await invitedPeople(db, summit)).get(to.key);
  if (invited?.has(to.personId) !== true) {
    return refuse(
      'not-invited',
      `You are not among those invited to “${summary}” any more; ask the organisers if you think that is a mistake.`,
    );
  }
  return ok({ summit, entry });
}

/** An answer with what it is an answer to. */
export interface GivenAnswer {
  readonly answer: Answer;
  readonly by: AnswerWay;
  readonly time: StoredTime;
  /** The SEQUENCE that the answerer had before them. */
  readonly sequence: number;
  /** When it was given, by the answerer's clock. */
  readonly stamp: Instant;
  readonly comment?: string | undefined;
}

/** Keeps an answer over what was answered before. One event; the row is locked by the caller. */
export async function keepAnswer(
  tx: Tx,
  actor: Actor,
  inviteId: string,
  given: GivenAnswer,
): Promise<void> {
  const { summitId, personId, key } = await tx
    .updateTable('calendarInvite')
    .set({
      answer: given.answer,
      answeredTime: JSON.stringify(given.time),
      answeredSequence: given.sequence,
      answeredStamp: given.stamp,
      answeredAt: actor.now,
      answeredBy: given.by,
      comment: given.comment ?? '',
    })
    .where('id', '=', inviteId)
    .returning(['summitId', 'personId', 'key'])
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, {
    kind: 'calendar.answered',
    summitId,
    personId,
    data: { entry: key, answer: given.answer, by: given.by },
  });
}

/** What somebody answers on a page: to the entry as it stood when the page was made. */
export interface PageAnswer {
  readonly key: string;
  readonly answer: Answer;
  /** The calendar's SEQUENCE of the entry that the page showed; undefined where the caller means it as it is now. */
  readonly seen: number | undefined;
}

async function answerOnPage(
  tx: Tx,
  actor: Actor,
  to: { readonly summitId: string; readonly personId: string },
  { key, answer, seen }: PageAnswer,
  by: AnswerWay,
  source: CalendarSource,
): Promise<Result<AnsweredEntry, Problem>> {
  const open = await openEntry(tx, actor, { ...to, key }, source);
  if (!open.ok) return open;
  const { entry } = open.value;
  if (seen !== undefined && seen !== entry.sequence) {
    return refuse(
      'entry-moved',
      `“${entry.content.summary}” was changed a moment ago; look at it as it is now, and answer again.`,
    );
  }
  const invite = await lockInvite(tx, { ...to, key });
  const told = await tx
    .selectFrom('calendarTold')
    .select((eb) => eb.fn.max('sequence').as('sequence'))
    .where('inviteId', '=', invite.id)
    .executeTakeFirst();
  await keepAnswer(tx, actor, invite.id, {
    answer,
    by,
    time: entry.content.time,
    sequence: Math.max(entry.sequence, told?.sequence ?? 0),
    stamp: actor.now,
  });
  return open;
}

/** Somebody answers for themselves, on their page or by the API. */
export const answerOwnInvite = (
  tx: Tx,
  actor: Actor,
  self: Self,
  given: PageAnswer,
  source: CalendarSource,
): Promise<Result<AnsweredEntry, Problem>> => answerOnPage(tx, actor, self, given, 'page', source);

/** An organiser notes what somebody told them. */
export const answerForPerson = (
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { personId, ...given }: PageAnswer & { readonly personId: string },
  source: CalendarSource,
): Promise<Result<AnsweredEntry, Problem>> =>
  answerOnPage(tx, actor, { summitId, personId }, given, 'organiser', source);

/** Whoever holds a mail's link answers; the link of an older mail answers the entry as it is now. */
export async function answerByLink(
  tx: Tx,
  actor: Actor,
  secret: string,
  given: { readonly answer: Answer; readonly seen: number },
  source: CalendarSource,
): Promise<Result<AnsweredEntry, Problem>> {
  const linked = await inviteBehindLink(tx, secret);
  if (linked === undefined) {
    return refuse('no-such-link', 'This link is not valid; look for the newest mail about it.');
  }
  const { summitId, personId, key } = linked;
  const answerer = { ...actor, personId };
  return answerOnPage(tx, answerer, { summitId, personId }, { ...given, key }, 'link', source);
}
