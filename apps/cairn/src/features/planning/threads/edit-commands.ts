import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { noteHappening } from './happening-commands.ts';
import type { Member } from './member-rights.ts';
import {
  authorOf,
  fittingText,
  LONGEST_TITLE,
  noThread,
  type ThreadPlace,
  tellReaders,
  type Writer,
} from './thread-commands.ts';
import { commentOf, threadOf, type WrittenBy } from './thread-queries.ts';

/** Where a comment stands. */
export interface CommentPlace {
  readonly summitId: string;
  readonly id: string;
}

/** What a thread says of itself. */
export interface ThreadText {
  readonly title: string;
  readonly body: string;
}

/** Whether somebody wrote it, here or by an account that is theirs. */
export const isOwn = (author: WrittenBy, { self }: Member): boolean =>
  author.personId === self.personId;

/**
 * Changes what a comment says; what it said before is kept and can be looked at. By whoever wrote it.
 * Event `comment.edited`, unless it says that already.
 */
export async function editComment(
  tx: Tx,
  actor: Actor,
  member: Member,
  place: CommentPlace,
  body: string,
): Promise<Result<{ readonly number: number }, Problem>> {
  const comment = await commentOf(tx, place.summitId, place.id);
  if (comment === undefined) return fail(noComment());
  if (!isOwn(comment.author, member)) {
    return fail(problem('not-yours', 'Only whoever wrote a comment can change it; answer it.'));
  }
  const locked = await refusedByLock(tx, { ...place, number: comment.number }, member);
  if (locked !== undefined) return fail(locked);
  return replaceComment(tx, actor, place, body);
}

/** The same for doors that have proved elsewhere who edits: GitHub. */
export async function replaceComment(
  tx: Tx,
  actor: Actor,
  { summitId, id }: CommentPlace,
  body: string,
  writer?: Writer,
): Promise<Result<{ readonly number: number }, Problem>> {
  if (body.trim() === '') {
    const sentence = 'Nothing is left of it; withdraw the comment if that is what you want.';
    return fail(problem('no-comment', sentence, { path: 'body' }));
  }
  const fits = fittingText(body, 'body');
  if (!fits.ok) return fits;
  const comment = await tx
    .selectFrom('planComment')
    .select(['number', 'body', 'withdrawnAt'])
    .where('summitId', '=', summitId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (comment === undefined) return fail(noComment());
  if (comment.withdrawnAt !== null) {
    return fail(problem('withdrawn', 'This comment was withdrawn; write a new one.'));
  }
  const { number } = comment;
  if (comment.body === fits.value) return ok({ number });
  await keepEarlier(tx, actor, { summitId, commentId: id, body: comment.body }, writer);
  await tx
    .updateTable('planComment')
    .set({ body: fits.value, editedAt: actor.now })
    .where('id', '=', id)
    .execute();
  await touched(tx, actor, { summitId, number });
  await recordEvent(tx, actor, { kind: 'comment.edited', summitId, data: { number, comment: id } });
  return ok({ number });
}

/**
 * Withdraws a comment: its words and all that they were before are gone for good, and a line says that
 * there was one. By whoever wrote it, or an organiser. Event `comment.withdrawn`, once.
 */
export async function withdrawComment(
  tx: Tx,
  actor: Actor,
  member: Member,
  place: CommentPlace,
): Promise<Result<{ readonly number: number }, Problem>> {
  const comment = await commentOf(tx, place.summitId, place.id);
  if (comment === undefined) return fail(noComment());
  if (!isOwn(comment.author, member) && member.organiser === undefined) {
    const sentence = 'Only whoever wrote a comment, or an organiser, can withdraw it.';
    return fail(problem('not-yours', sentence));
  }
  return removeComment(tx, actor, place);
}

/** The same for doors that have proved elsewhere who withdraws: GitHub. */
export async function removeComment(
  tx: Tx,
  actor: Actor,
  { summitId, id }: CommentPlace,
): Promise<Result<{ readonly number: number }, Problem>> {
  const comment = await tx
    .selectFrom('planComment')
    .select(['number', 'withdrawnAt'])
    .where('summitId', '=', summitId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (comment === undefined) return fail(noComment());
  const { number } = comment;
  if (comment.withdrawnAt !== null) return ok({ number });
  await tx.deleteFrom('planEarlierText').where('commentId', '=', id).execute();
  await tx
    .updateTable('planComment')
    .set({ body: '', withdrawnAt: actor.now, withdrawnBy: actor.personId ?? null })
    .where('id', '=', id)
    .execute();
  await touched(tx, actor, { summitId, number });
  const data = { number, comment: id };
  await recordEvent(tx, actor, { kind: 'comment.withdrawn', summitId, data });
  return ok({ number });
}

/**
 * Changes title and text of an issue, or the text of any other thread, whose title is its document's.
 * By whoever opened it; an organiser may give it another title. Event `thread.edited`.
 */
export async function editThread(
  tx: Tx,
  actor: Actor,
  member: Member,
  place: ThreadPlace,
  text: ThreadText,
): Promise<Result<void, Problem>> {
  const thread = await threadOf(tx, place);
  if (thread === undefined) return fail(noThread(place.number));
  const changesText = thread.body !== text.body.replace(/\r\n?/g, '\n');
  if (!isOwn(thread.author, member) && (member.organiser === undefined || changesText)) {
    return fail(problem('not-yours', 'Only whoever opened it can change its text; answer it.'));
  }
  const locked = await refusedByLock(tx, place, member);
  if (locked !== undefined) return fail(locked);
  const hasOwnTitle = thread.kind === 'issue' || thread.kind === 'proposal';
  return replaceThread(tx, actor, place, hasOwnTitle ? text : { ...text, title: thread.title });
}

/** The same for whoever has proved elsewhere that it is theirs to change: GitHub, a document on main. */
export async function replaceThread(
  tx: Tx,
  actor: Actor,
  { summitId, number }: ThreadPlace,
  text: ThreadText,
  writer?: Writer,
): Promise<Result<void, Problem>> {
  const title = text.title.trim();
  if (title === '' || title.length > LONGEST_TITLE) {
    const sentence = `Say in one line, of at most ${LONGEST_TITLE} characters, what it is about.`;
    return fail(problem('bad-title', sentence, { path: 'title' }));
  }
  const fits = fittingText(text.body, 'body');
  if (!fits.ok) return fits;
  const thread = await tx
    .selectFrom('planThread')
    .select(['title', 'body'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();
  if (thread === undefined) return fail(noThread(number));
  const isRetitled = thread.title !== title;
  const isRewritten = thread.body !== fits.value;
  if (!isRetitled && !isRewritten) return ok(undefined);
  if (isRewritten) await keepEarlier(tx, actor, { summitId, number, ...thread }, writer);
  await tx
    .updateTable('planThread')
    .set({ title, body: fits.value, ...(isRewritten ? { editedAt: actor.now } : {}) })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  if (isRetitled) {
    const data = { from: thread.title, to: title };
    await noteHappening(tx, actor, { summitId, number }, { kind: 'titled', data }, writer);
  }
  await touched(tx, actor, { summitId, number });
  await recordEvent(tx, actor, { kind: 'thread.edited', summitId, data: { number } });
  return ok(undefined);
}

async function keepEarlier(
  tx: Tx,
  actor: Actor,
  text: {
    readonly summitId: string;
    readonly number?: number;
    readonly commentId?: string;
    readonly title?: string;
    readonly body: string;
  },
  writer: Writer | undefined,
): Promise<void> {
  const { authorId, authorAccount } = authorOf(actor, writer);
  await tx
    .insertInto('planEarlierText')
    .values({
      summitId: text.summitId,
      number: text.number ?? null,
      commentId: text.commentId ?? null,
      title: text.title ?? null,
      body: text.body,
      replacedBy: authorId,
      replacedByAccount: authorAccount,
      replacedAt: actor.now,
    })
    .execute();
}

/** Moves a thread up in the lists, and tells whoever has it open. */
export async function touched(tx: Tx, actor: Actor, place: ThreadPlace): Promise<void> {
  await tx
    .updateTable('planThread')
    .set({ updatedAt: actor.now })
    .where('summitId', '=', place.summitId)
    .where('number', '=', place.number)
    .execute();
  await tellReaders(tx, place);
}

/**
 * Closes a thread or opens it, for a room that has decided so and records it in its own words; says
 * whether that is new.
 */
export async function turnThread(
  tx: Tx,
  actor: Actor,
  { summitId, number }: ThreadPlace,
  state: 'open' | 'closed',
  by = actor.personId,
): Promise<boolean> {
  const closed = { closedAt: actor.now, closedBy: by ?? null };
  const turned = await tx
    .updateTable('planThread')
    .set({ state, ...(state === 'closed' ? closed : { closedAt: null, closedBy: null }) })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('state', '!=', state)
    .returning('number')
    .executeTakeFirst();
  return turned !== undefined;
}

/** Why somebody may write nothing in a thread now, if so. */
export async function refusedByLock(
  tx: Tx,
  { summitId, number }: ThreadPlace,
  { organiser }: Pick<Member, 'organiser'>,
): Promise<Problem | undefined> {
  const thread = await tx
    .selectFrom('planThread')
    .select('lockedAt')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .executeTakeFirst();
  if (thread === undefined) return noThread(number);
  if (thread.lockedAt === null || organiser !== undefined) return undefined;
  const sentence = 'This conversation is locked; only the organisers write here now.';
  return problem('locked', sentence);
}

const noComment = (): Problem =>
  problem('no-such-comment', 'This comment is not there; open the page again.');
