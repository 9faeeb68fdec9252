import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Instant, Temporal } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import type { Organiser } from '../../people/rights.ts';
import { seatOf } from '../../people/seats/seat-queries.ts';
import { fillFacts } from '../../summits/facts.ts';
import type { CalendarSource } from '../calendar-queries.ts';
import type { EntryContent } from '../calendar-rules.ts';
import { type AnsweredEntry, keepAnswer, openEntry } from './answer-commands.ts';
import { type Answer, mailBehind, replyOrder } from './answer-rules.ts';
import { lockInvite } from './invite-commands.ts';
import { keptAnswer } from './invite-queries.ts';
import { isAnswerTo } from './invite-rules.ts';
import type { ReplyOutcome } from './reply-rules.ts';

/** One answer of a METHOD:REPLY, as it was read. */
export interface CalendarReply {
  readonly uid: string;
  /** 0 where the reply says none (RFC 5545 §3.8.7.4). */
  readonly sequence: number;
  readonly attendee: string;
  readonly answer: Answer;
  readonly comment: string;
  /** Its DTSTAMP. */
  readonly stamp: Instant | undefined;
  /** Whom the mail says to come from; undefined for a file handed in by an organiser. */
  readonly sender: string | undefined;
}

/** What became of a reply, and what it was about. */
export interface TakenReply {
  readonly key: string;
  readonly title: string;
  readonly outcome: ReplyOutcome;
}

/** More replies that fit nobody are a flood, and are refused until somebody has looked. */
const MOST_KEPT = 200;

/**
 * Reads an answer back that a calendar program sent. It is matched by UID and by the address that was
 * invited; one that fits nobody is kept for the organisers, and an older one changes nothing. Fails
 * for a UID that is not of this summit.
 */
export async function takeReply(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  reply: CalendarReply,
  source: CalendarSource,
): Promise<Result<TakenReply, Problem>> {
  const entry = await tx
    .selectFrom('calendarEntry')
    .select(['key', 'content'])
    .where('uid', '=', reply.uid)
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  if (entry === undefined) return fail(unknownUid(reply.uid));
  // Written by this room alone, from the same type.
  const title = (entry.content as EntryContent).summary;
  const taken = (outcome: ReplyOutcome) => ok({ key: entry.key, title, outcome });
  const personId = await ownerOf(tx, reply.attendee);
  const sent = personId === undefined ? [] : await requestsTo(tx, summitId, entry.key, personId);
  const mail = mailBehind(sent, reply.sequence);
  if (personId === undefined || mail === undefined) {
    const kept = await keep(tx, actor, { summitId, key: entry.key }, reply, 'unknown-attendee');
    return kept.ok ? taken(kept.value) : kept;
  }
  if (reply.sender !== undefined && (await ownerOf(tx, reply.sender)) !== personId) {
    const kept = await keep(tx, actor, { summitId, key: entry.key }, reply, 'other-sender');
    return kept.ok ? taken(kept.value) : kept;
  }
  const to = { summitId, key: entry.key, personId };
  const open = await openEntry(tx, actor, to, source);
  if (!open.ok) return taken({ kind: 'closed', sentence: closedSentence(open.error) });
  const invite = await lockInvite(tx, to);
  const given = {
    answer: reply.answer,
    sequence: mail.sequence,
    // A clock that runs ahead must not make every later answer an older one.
    stamp: earlier(reply.stamp ?? actor.now, actor.now),
  };
  const order = replyOrder(keptAnswer(invite), given);
  if (order !== 'newer') return taken({ kind: order });
  const { time } = mail.content;
  const { comment } = reply;
  await keepAnswer(tx, { ...actor, personId, door: 'mail' }, invite.id, {
    ...given,
    by: 'mail',
    time,
    comment,
  });
  if (entry.key === 'summit' && reply.answer === 'DECLINED') {
    await sayWhereSeatsAreGivenBack(
      tx,
      actor,
      personId,
      open.value,
      `${invite.id}:${mail.sequence}`,
    );
  }
  return taken({
    kind: 'counted',
    isToOtherTime: !isAnswerTo(time, open.value.entry.content.time),
  });
}

/** A UID that no calendar of ours has told, as far as the caller may know. */
export const unknownUid = (uid: string): Problem =>
  problem(
    'unknown-uid',
    `No summit that you organise has an entry “${uid}” in its calendar; this reply belongs to somebody else’s.`,
  );

const earlier = (a: Instant, b: Instant): Instant => (Temporal.Instant.compare(a, b) < 0 ? a : b);

const closedSentence = ({ code, sentence }: Problem): string =>
  code === 'not-invited' ? 'They are no longer invited to it, so this is not counted.' : sentence;

async function ownerOf(tx: Tx, address: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('personIdentity')
    .select('personId')
    .where('kind', '=', 'email')
    .where('value', '=', address)
    .executeTakeFirst();
  return row?.personId;
}

async function requestsTo(tx: Tx, summitId: string, key: string, personId: string) {
  const rows = await tx
    .selectFrom('calendarTold')
    .innerJoin('calendarInvite', 'calendarInvite.id', 'calendarTold.inviteId')
    .select(['calendarTold.sequence', 'calendarTold.content'])
    .where('calendarInvite.summitId', '=', summitId)
    .where('calendarInvite.key', '=', key)
    .where('calendarInvite.personId', '=', personId)
    .where('calendarTold.method', '=', 'REQUEST')
    .execute();
  return rows.map(({ sequence, content }) => ({ sequence, content: content as EntryContent }));
}

async function keep(
  tx: Tx,
  actor: Actor,
  to: { readonly summitId: string; readonly key: string },
  { sequence, attendee, sender, answer, comment, stamp }: CalendarReply,
  why: 'unknown-attendee' | 'other-sender',
): Promise<Result<ReplyOutcome, Problem>> {
  const open = await tx
    .selectFrom('calendarReply')
    .select(['key', 'attendee', 'sender', 'sequence', 'answer'])
    .where('summitId', '=', to.summitId)
    .where('settledAt', 'is', null)
    .execute();
  const isKnown = open.some(
    (known) =>
      known.key === to.key &&
      known.attendee === attendee &&
      known.sender === (sender ?? null) &&
      known.sequence === sequence &&
      known.answer === answer,
  );
  if (isKnown) return ok({ kind: 'kept', why });
  if (open.length >= MOST_KEPT) {
    const sentence = `${MOST_KEPT} replies wait for the organisers already; settle them under Calendar before more are kept.`;
    return fail(problem('too-many-replies', sentence));
  }
  const { id } = await tx
    .insertInto('calendarReply')
    .values({
      ...to,
      receivedAt: actor.now,
      sequence,
      attendee,
      sender: sender ?? null,
      answer,
      comment,
      stamp: stamp ?? null,
      why,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, {
    kind: 'calendar.reply_kept',
    summitId: to.summitId,
    data: { entry: to.key, reply: id, why },
  });
  return ok({ kind: 'kept', why });
}

/** Declining in a calendar gives no seat back, and silence about it would leave the seat empty. */
async function sayWhereSeatsAreGivenBack(
  tx: Tx,
  actor: Actor,
  personId: string,
  { summit }: AnsweredEntry,
  mail: string,
): Promise<void> {
  if ((await seatOf(tx, summit.id, personId)) === undefined) return;
  const title = fillFacts(summit.definition.title, summit.definition);
  await notify(tx, actor, {
    summitId: summit.id,
    personId,
    key: `calendar-declined:${mail}`,
    subject: `Your seat at ${title} is still yours`,
    body: [
      `Your calendar program says that you do not come to ${title}. We have noted that, but it gives no seat back.`,
      'If you cannot come, please say so on your page, so that your seat goes to the next who waits. If you do come, you need not do anything.',
    ].join('\n\n'),
    page: `/s/${summit.slug}/me/invitation`,
  });
}

/** What an organiser makes of a kept reply. */
export type ReplySettling =
  | { readonly action: 'count'; readonly personId: string }
  | { readonly action: 'drop' };

/** Counts a kept reply for a person, or sets it aside; its addresses are forgotten either way. */
export async function settleReply(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  id: string,
  settling: ReplySettling,
  source: CalendarSource,
): Promise<Result<void, Problem>> {
  const reply = await tx
    .selectFrom('calendarReply')
    .select(['key', 'sequence', 'answer', 'comment', 'stamp'])
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .where('settledAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (reply === undefined) {
    return fail(problem('settled-already', 'That reply was settled already; nothing was changed.'));
  }
  if (settling.action === 'count') {
    const { key, answer, comment } = reply;
    const to = { summitId, key, personId: settling.personId };
    const open = await openEntry(tx, actor, to, source);
    if (!open.ok) {
      return fail(problem(open.error.code, closedSentence(open.error), { path: 'person' }));
    }
    const invite = await lockInvite(tx, to);
    const mail = mailBehind(await requestsTo(tx, summitId, key, to.personId), reply.sequence);
    await keepAnswer(tx, actor, invite.id, {
      answer,
      comment,
      by: 'organiser',
      time: (mail ?? open.value.entry).content.time,
      sequence: mail?.sequence ?? open.value.entry.sequence,
      stamp: reply.stamp ?? actor.now,
    });
  }
  await tx
    .updateTable('calendarReply')
    .set({
      attendee: '',
      sender: null,
      comment: '',
      settledAt: actor.now,
      settledHow: settling.action === 'count' ? 'counted' : 'dropped',
    })
    .where('id', '=', id)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'calendar.reply_settled',
    summitId,
    data: { reply: id, how: settling.action },
  });
  return ok(undefined);
}
