import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { blobAt } from '../../../platform/git/changes.ts';
import type { Self } from '../../people/rights.ts';
import type { PlanServices } from '../repository/main-commands.ts';
import { fittingText, noThread } from '../threads/thread-commands.ts';
import { anchorIn, type WrittenLine } from './line-commands.ts';
import { markRead } from './review-commands.ts';
import { reviewedProposal, versionIn } from './reviewed-queries.ts';

/** Keeps a comment on lines for the review that its writer will send. Event `review.drafted`. */
export async function draftLine(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { summitId, personId }: Self,
  { number, version, body, ...line }: WrittenLine,
): Promise<Result<{ readonly id: string }, Problem>> {
  if (body.trim() === '') {
    return fail(problem('no-comment', 'Write something first.', { path: 'body' }));
  }
  const fits = fittingText(body, 'body');
  if (!fits.ok) return fits;
  const anchor = await anchorIn(tx, services, { summitId, number }, version, line);
  if (!anchor.ok) return anchor;
  const { id } = await tx
    .insertInto('planLineDraft')
    .values({
      summitId,
      number,
      personId,
      ...anchor.value,
      body: fits.value,
      createdAt: actor.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, { kind: 'review.drafted', summitId, data: { number, draft: id } });
  return ok({ id });
}

/** Throws away a comment that was not sent. Event `review.draft_dropped`. */
export async function dropDraft(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  { number, draft }: { readonly number: number; readonly draft: string },
): Promise<Result<void, Problem>> {
  const gone = await tx
    .deleteFrom('planLineDraft')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('personId', '=', personId)
    .where('id', '=', draft)
    .returning('id')
    .executeTakeFirst();
  if (gone === undefined) {
    return fail(problem('no-such-draft', 'That remark was sent or thrown away already.'));
  }
  await recordEvent(tx, actor, {
    kind: 'review.draft_dropped',
    summitId,
    data: { number, draft },
  });
  return ok(undefined);
}

/** Remembers that a person has read a version, so that they can see what changed since. Event `proposal.read`. */
export async function readVersion(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  { number, version }: { readonly number: number; readonly version: number },
): Promise<Result<void, Problem>> {
  const proposal = await reviewedProposal(tx, { summitId, number });
  if (proposal === undefined) return fail(noThread(number));
  const found = versionIn(proposal, version);
  if (!found.ok) return found;
  await markRead(tx, actor, { summitId, number, personId, version });
  await recordEvent(tx, actor, { kind: 'proposal.read', summitId, data: { number, version } });
  return ok(undefined);
}

/**
 * Ticks a file of a proposal off as read, or takes the tick away. It is of this content: once the
 * file says something else, it counts as unread again. Event `proposal.file_read`.
 */
export async function readFile(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { summitId, personId }: Self,
  {
    number,
    path,
    blob,
    isRead,
  }: {
    readonly number: number;
    readonly path: string;
    /** Empty for a file that is gone. */
    readonly blob: string;
    readonly isRead: boolean;
  },
): Promise<Result<void, Problem>> {
  const proposal = await reviewedProposal(tx, { summitId, number });
  if (proposal === undefined) return fail(noThread(number));
  if (isRead) {
    const now = await blobAt(services.git.plan(summitId), proposal.latest.head, path);
    if ((now?.oid ?? '') !== blob) {
      const sentence =
        'This file has changed meanwhile; read it as it is now, and tick it off then.';
      return fail(problem('file-changed', sentence));
    }
    await tx
      .insertInto('planReadFile')
      .values({ summitId, number, personId, path, blob, at: actor.now })
      .onConflict((conflict) =>
        conflict
          .columns(['summitId', 'number', 'personId', 'path'])
          .doUpdateSet({ blob, at: actor.now }),
      )
      .execute();
  } else {
    await tx
      .deleteFrom('planReadFile')
      .where('summitId', '=', summitId)
      .where('number', '=', number)
      .where('personId', '=', personId)
      .where('path', '=', path)
      .execute();
  }
  await recordEvent(tx, actor, {
    kind: 'proposal.file_read',
    summitId,
    data: { number, read: isRead },
  });
  return ok(undefined);
}
