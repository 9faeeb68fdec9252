import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import { publish } from '../../../platform/live/publish.ts';
import type { ThreadKind } from './thread-rules.ts';

/**
 * Who wrote something, where it was not whoever acts now: an account on GitHub that is nobody's here.
 * Undefined for the actor.
 */
export interface Writer {
  readonly personId: string | undefined;
  readonly accountId: number | undefined;
}

export interface NewThread {
  readonly summitId: string;
  readonly kind: ThreadKind;
  readonly title: string;
  readonly body: string;
  readonly writer?: Writer;
}

export interface ThreadPlace {
  readonly summitId: string;
  readonly number: number;
}

/** The longest title, and the longest text of a thread or a comment. */
export const LONGEST_TITLE = 200;
export const LONGEST_COMMENT = 60_000;

/** Opens a thread under the next number. Event `thread.opened`. */
export async function openThread(
  tx: Tx,
  actor: Actor,
  { summitId, kind, title, body, writer }: NewThread,
): Promise<Result<{ readonly number: number }, Problem>> {
  const said = title.trim();
  if (said === '') {
    return fail(problem('no-title', 'Say in one line what it is about.', { path: 'title' }));
  }
  if (said.length > LONGEST_TITLE) {
    const sentence = `This title is longer than ${LONGEST_TITLE} characters; move a part of it into the text.`;
    return fail(problem('title-too-long', sentence, { path: 'title' }));
  }
  const fits = fittingText(body, 'body');
  if (!fits.ok) return fits;
  const plan = await tx
    .updateTable('planRepository')
    .set((eb) => ({ lastNumber: eb('lastNumber', '+', 1) }))
    .where('summitId', '=', summitId)
    .returning('lastNumber')
    .executeTakeFirst();
  if (plan === undefined) return fail(noPlan());
  const number = plan.lastNumber;
  await tx
    .insertInto('planThread')
    .values({
      summitId,
      number,
      kind,
      title: said,
      body: fits.value,
      ...authorOf(actor, writer),
      createdAt: actor.now,
      updatedAt: actor.now,
      editedAt: null,
      closedAt: null,
      closedBy: null,
      lockedAt: null,
      lockedBy: null,
    })
    .execute();
  await recordEvent(tx, actor, { kind: 'thread.opened', summitId, data: { number, kind } });
  return ok({ number });
}

/** Says something in a thread. Event `comment.added`. */
export async function addComment(
  tx: Tx,
  actor: Actor,
  { summitId, number }: ThreadPlace,
  { body, writer }: { readonly body: string; readonly writer?: Writer },
): Promise<Result<{ readonly id: string }, Problem>> {
  if (body.trim() === '') {
    return fail(problem('no-comment', 'Write something first.', { path: 'body' }));
  }
  const fits = fittingText(body, 'body');
  if (!fits.ok) return fits;
  const thread = await tx
    .updateTable('planThread')
    // What is heard of late puts no thread back in the lists.
    .set((eb) => ({ updatedAt: eb.fn<Instant>('greatest', ['updatedAt', eb.val(actor.now)]) }))
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .returning('number')
    .executeTakeFirst();
  if (thread === undefined) return fail(noThread(number));
  const { id } = await tx
    .insertInto('planComment')
    .values({
      summitId,
      number,
      body: fits.value,
      ...authorOf(actor, writer),
      movedFrom: null,
      createdAt: actor.now,
      editedAt: null,
      withdrawnAt: null,
      withdrawnBy: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, { kind: 'comment.added', summitId, data: { number, comment: id } });
  await tellReaders(tx, { summitId, number });
  return ok({ id });
}

/** The channel on which open pages of a thread hear that something was said or done. */
export const threadChannel = ({ summitId, number }: ThreadPlace): string =>
  `thread:${summitId}:${number}`;

/** Tells open pages of a thread, once this is committed, that there is something new. */
export const tellReaders = (tx: Reader, place: ThreadPlace): Promise<void> =>
  publish(tx, threadChannel(place));

export const noThread = (number: number): Problem =>
  problem('no-such-thread', `There is no #${number} in this plan; look for it in the list.`);

export const noPlan = (): Problem =>
  problem('no-plan', 'This summit has no planning repository yet; it is made within a minute.');

/** The columns that say who wrote a row. */
export const authorOf = (actor: Actor, writer: Writer | undefined) => ({
  authorId: (writer === undefined ? actor.personId : writer.personId) ?? null,
  authorAccount: writer?.accountId ?? null,
  door: actor.door,
});

/** A text with the line ends of the web made into those of Git, if it is not too long. */
export function fittingText(text: string, path: string): Result<string, Problem> {
  const plain = text.replace(/\r\n?/g, '\n');
  if (plain.length <= LONGEST_COMMENT) return ok(plain);
  const most = LONGEST_COMMENT.toLocaleString('en-GB');
  const sentence = `This is longer than ${most} characters; put a part of it into a document of the plan.`;
  return fail(problem('text-too-long', sentence, { path }));
}
