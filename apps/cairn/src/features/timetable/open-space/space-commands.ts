import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { sql } from 'kysely';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { publish } from '../../../platform/live/publish.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import { openTopics } from '../../planning/interest/interest-queries.ts';
import type { Summit } from '../../summits/queries.ts';
import { later, overlaps, type TimeOfDay } from '../frame/frame-rules.ts';
import { openSpaceOf } from './space-queries.ts';
import { type OpenSpace, type Place, refusalOf } from './space-rules.ts';

type Of = Pick<Summit, 'id' | 'definition'>;

/** A session that somebody puts into free space, and where. */
export interface Claim {
  readonly title: string;
  readonly text: string;
  readonly topicNumber: number | null;
  readonly date: string;
  readonly starts: TimeOfDay;
  readonly roomId: string;
  readonly minutes: number;
  /** How many places it needs, if that was said. */
  readonly size: number | null;
  /** Features that its room must have. */
  readonly needs: readonly string[];
}

/** What came of a claim. */
export interface Claimed {
  readonly sessionId: string;
  /** False where the same was claimed by the same person before: a button that was pressed twice. */
  readonly isNew: boolean;
}

/**
 * Puts a session of one's own into a free room and time, at once and for everybody to see. Two who
 * want the same place wait for each other: the first has it, and the other is told what is there
 * (`place-taken`). Nobody holds two at the same time. Event `open_session.claimed`.
 */
export async function claimOpenSession(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  summit: Of,
  claim: Claim,
): Promise<Result<Claimed, Problem>> {
  const locked = await lockSpace(tx, actor, summit);
  if (!locked.ok) return locked;
  const place = placeOf(claim);
  const own = locked.value.open.find(
    ({ leads, ...each }) => leads.includes(personId) && overlaps(each, place),
  );
  if (own !== undefined) {
    const isSame =
      own.title === claim.title && own.roomId === place.roomId && own.starts === place.starts;
    return isSame ? ok({ sessionId: own.id, isNew: false }) : fail(heldAlready(own));
  }
  const refusal = refusalOf(locked.value, place);
  if (refusal !== undefined) return fail(refusal);
  const { title, text, topicNumber, minutes, size, needs } = claim;
  if (!(await isTopic(tx, summitId, topicNumber))) return fail(noSuchTopic());
  const { id: sessionId } = await tx
    .insertInto('timetableSession')
    .values({
      ...{ summitId, kind: 'open', title, text, topicNumber, minutes, size, needs: [...needs] },
      ...{ groupKey: null, createdAt: actor.now, createdBy: personId, removedAt: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('openSession')
    .values({
      ...{ sessionId, summitId, roomId: place.roomId, date: place.date, starts: place.starts },
      ...{ claimedBy: personId, claimedAt: actor.now, withdrawnAt: null },
    })
    .execute();
  await say(tx, actor, 'claimed', summitId, { id: sessionId, personId });
  return ok({ sessionId, isNew: true });
}

/** Whether a session can be about it: an open topic of the plan, or none. */
const isTopic = async (tx: Tx, summitId: string, topic: number | null): Promise<boolean> =>
  topic === null || (await openTopics(tx, summitId)).some(({ number }) => number === topic);

const noSuchTopic = (): Problem =>
  problem('no-such-topic', 'Choose a topic of the list.', { path: 'topic' });

const placeOf = ({ date, starts, roomId, minutes }: Claim): Place => ({
  ...{ date, starts, roomId },
  ends: later(starts, minutes),
});

const heldAlready = (own: {
  readonly title: string;
  readonly starts: string;
  readonly ends: string;
}) =>
  problem(
    'yours-already',
    `You have “${own.title}” from ${own.starts} to ${own.ends} already; move or withdraw it first, or take another time.`,
  );

/** So often a session may be moved: whoever said that they come has a mail of each time. */
const MOST_MOVES = 10;

async function movesOf(tx: Tx, summitId: string, sessionId: string): Promise<number> {
  const { moves } = await tx
    .selectFrom('event')
    .select(({ fn }) => fn.countAll<string>().as('moves'))
    .where('summitId', '=', summitId)
    .where('kind', '=', 'open_session.moved')
    .where(sql<string>`data ->> 'session'`, '=', sessionId)
    .executeTakeFirstOrThrow();
  return Number(moves);
}

/**
 * Moves one's session in open space to another free place. Event `open_session.moved`; nothing happens
 * where it is there already.
 */
export async function moveOpenSession(
  tx: Tx,
  actor: Actor,
  self: Self,
  summit: Of,
  { sessionId, ...to }: Pick<Place, 'date' | 'starts' | 'roomId'> & { readonly sessionId: string },
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  const locked = await lockSpace(tx, actor, summit);
  if (!locked.ok) return locked;
  const held = await ownSession(tx, self, sessionId);
  if (!held.ok) return held;
  const { minutes, date, starts, roomId } = held.value;
  if (date === to.date && starts === to.starts && roomId === to.roomId) {
    return ok({ hasChanged: false });
  }
  if ((await movesOf(tx, self.summitId, sessionId)) >= MOST_MOVES) {
    const sentence =
      'It was moved often enough, and all who come were told each time; leave it here, or withdraw it.';
    return fail(problem('moved-often', sentence));
  }
  const place: Place = { ...to, ends: later(to.starts, minutes) };
  const own = locked.value.open.find(
    ({ id, leads, ...each }) =>
      id !== sessionId && leads.includes(self.personId) && overlaps(each, place),
  );
  if (own !== undefined) return fail(heldAlready(own));
  const refusal = refusalOf(locked.value, place, sessionId);
  if (refusal !== undefined) return fail(refusal);
  await tx.updateTable('openSession').set(to).where('sessionId', '=', sessionId).execute();
  await say(tx, actor, 'moved', self.summitId, { id: sessionId, personId: self.personId });
  return ok({ hasChanged: true });
}

/** Says anew what one's session in open space is about. Event `open_session.changed`, where it changed. */
export async function changeOpenSession(
  tx: Tx,
  actor: Actor,
  self: Self,
  sessionId: string,
  to: Pick<Claim, 'title' | 'text' | 'topicNumber'>,
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  const held = await ownSession(tx, self, sessionId);
  if (!held.ok) return held;
  const { title, text, topicNumber } = held.value;
  if (title === to.title && text === to.text && topicNumber === to.topicNumber) {
    return ok({ hasChanged: false });
  }
  // What it was about already may be done by now.
  if (topicNumber !== to.topicNumber && !(await isTopic(tx, self.summitId, to.topicNumber))) {
    return fail(noSuchTopic());
  }
  await tx.updateTable('timetableSession').set(to).where('id', '=', sessionId).execute();
  await say(tx, actor, 'changed', self.summitId, { id: sessionId, personId: self.personId });
  return ok({ hasChanged: true });
}

/** Withdraws one's session: its place is free for others at once. Event `open_session.withdrawn`. */
export async function withdrawOpenSession(
  tx: Tx,
  actor: Actor,
  self: Self,
  sessionId: string,
): Promise<Result<void, Problem>> {
  const held = await ownSession(tx, self, sessionId);
  return held.ok ? takeOut(tx, actor, 'withdrawn', self.summitId, held.value) : held;
}

/** Takes anybody’s session out of open space. Event `open_session.removed`, about whoever claimed it. */
export async function removeOpenSession(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  sessionId: string,
): Promise<Result<void, Problem>> {
  const held = await standingSession(tx, summitId, sessionId);
  return held.ok ? takeOut(tx, actor, 'removed', summitId, held.value) : held;
}

async function takeOut(
  tx: Tx,
  actor: Actor,
  what: 'withdrawn' | 'removed',
  summitId: string,
  { id, claimedBy }: Standing,
): Promise<Result<void, Problem>> {
  await tx
    .updateTable('openSession')
    .set({ withdrawnAt: actor.now })
    .where('sessionId', '=', id)
    .execute();
  await tx
    .updateTable('timetableSession')
    .set({ removedAt: actor.now })
    .where('id', '=', id)
    .execute();
  await say(tx, actor, what, summitId, { id, personId: claimedBy ?? undefined });
  return ok(undefined);
}

/** The free space, for this transaction alone: claims, moves and changes of the frame go one by one. */
async function lockSpace(tx: Tx, actor: Actor, summit: Of): Promise<Result<OpenSpace, Problem>> {
  await tx
    .selectFrom('timetableFrame')
    .select('revision')
    .where('summitId', '=', summit.id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const space = await openSpaceOf(tx, summit, actor.now);
  if (space !== undefined) return ok(space);
  const sentence =
    'Open space begins once the organisers have released a timetable: before that nobody knows what is free.';
  return fail(problem('no-timetable', sentence));
}

interface Standing {
  readonly id: string;
  readonly claimedBy: string | null;
  readonly title: string;
  readonly text: string;
  readonly topicNumber: number | null;
  readonly minutes: number;
  readonly date: string;
  readonly starts: string;
  readonly roomId: string;
}

/** A session that stands in open space, for this transaction alone. */
async function standingSession(
  tx: Tx,
  summitId: string,
  sessionId: string,
): Promise<Result<Standing, Problem>> {
  const row = await tx
    .selectFrom('openSession')
    .innerJoin('timetableSession', 'timetableSession.id', 'openSession.sessionId')
    .select(['timetableSession.id', 'timetableSession.title', 'timetableSession.text'])
    .select(['timetableSession.topicNumber', 'timetableSession.minutes', 'openSession.claimedBy'])
    .select(['openSession.date', 'openSession.starts', 'openSession.roomId'])
    .where('openSession.summitId', '=', summitId)
    .where('openSession.sessionId', '=', sessionId)
    .where('openSession.withdrawnAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (row !== undefined) return ok(row);
  const sentence =
    'This session is not in open space any more; look at the list of those that are.';
  return fail(problem('no-such-session', sentence));
}

async function ownSession(
  tx: Tx,
  { summitId, personId }: Self,
  sessionId: string,
): Promise<Result<Standing, Problem>> {
  const found = await standingSession(tx, summitId, sessionId);
  if (!found.ok || found.value.claimedBy === personId) return found;
  const sentence = 'Only whoever put it there changes it; ask them, or an organiser.';
  return fail(problem('not-yours', sentence));
}

/** The event of a change, and the news of it on open pages. */
async function say(
  tx: Tx,
  actor: Actor,
  what: 'claimed' | 'moved' | 'changed' | 'withdrawn' | 'removed',
  summitId: string,
  { id, personId }: { readonly id: string; readonly personId: string | undefined },
): Promise<void> {
  await recordEvent(tx, actor, {
    kind: `open_session.${what}`,
    summitId,
    personId,
    data: { session: id },
  });
  await publish(tx, `timetable:${summitId}`, { session: id });
}
