import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, queueJob, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { holdMails, releaseMails } from '../../../platform/mail/change.ts';
import type { Organiser } from '../rights.ts';
import { type MailText, type Purpose, textProblems } from './sending-rules.ts';

/** The job that sends a batch, item by item. */
export const BATCH_JOB = 'send-batch';

export interface BatchToPrepare extends MailText {
  readonly purpose: Purpose;
  /** Whom to write to, or everybody whom this purpose fits. */
  readonly to: readonly string[] | 'everybody';
}

/**
 * Puts a batch together to be looked at; nothing is sent before `startBatch`. People without an
 * invitation are drafted none here; they are left out.
 */
export async function prepareBatch(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { purpose, to, subject, body }: BatchToPrepare,
): Promise<Result<string, Problem>> {
  const [first] = textProblems({ subject, body });
  if (first !== undefined) return fail(first);
  const recipients = await tx
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.personId')
    .select('invitation.id')
    .where('invitation.summitId', '=', summitId)
    .where('person.erasedAt', 'is', null)
    .$if(to === 'everybody', (query) =>
      query.where('state', 'in', purpose === 'invitation' ? ['drafted'] : ['sent', 'opened']),
    )
    .$if(to !== 'everybody', (query) => query.where('personId', 'in', [...to]))
    .execute();
  if (recipients.length === 0) {
    const sentence =
      purpose === 'invitation'
        ? 'There is nobody to invite: add people first, or choose some whose invitation is a draft.'
        : 'There is nobody to remind: everybody has answered.';
    return fail(problem('nobody', sentence));
  }
  const { id } = await tx
    .insertInto('sendBatch')
    .values({
      summitId,
      purpose,
      subject,
      body,
      createdBy: actor.personId ?? null,
      createdAt: actor.now,
      finishedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('sendItem')
    .values(recipients.map((each) => ({ batchId: id, invitationId: each.id, at: null })))
    .execute();
  await recordEvent(tx, actor, {
    kind: 'batch.prepared',
    summitId,
    data: { batch: id, mails: recipients.length },
  });
  return ok(id);
}

type BatchState = 'prepared' | 'running' | 'paused' | 'done' | 'discarded';

const lockedBatch = (tx: Tx, { summitId }: Organiser, id: string) =>
  tx
    .selectFrom('sendBatch')
    .select('state')
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .forUpdate()
    .executeTakeFirst();

/** Moves a batch on; one that already is where it should go stays there, so a second click is harmless. */
async function moveBatch(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  id: string,
  { from, to, event }: { from: BatchState; to: BatchState; event: string },
): Promise<Result<'moved' | 'was-there', Problem>> {
  const batch = await lockedBatch(tx, organiser, id);
  if (batch?.state === to) return ok('was-there');
  if (batch?.state !== from) {
    return fail(problem('batch-moved-on', `This batch is ${batch?.state ?? 'gone'} by now.`));
  }
  await tx.updateTable('sendBatch').set({ state: to }).where('id', '=', id).execute();
  const { summitId } = organiser;
  await recordEvent(tx, actor, { kind: event, summitId, data: { batch: id } });
  return ok('moved');
}

const queueBatch = (tx: Tx, id: string): Promise<void> =>
  queueJob(tx, BATCH_JOB, { batch: id }, `batch:${id}`);

/** Sets a prepared batch going. */
export async function startBatch(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  id: string,
): Promise<Result<void, Problem>> {
  const moved = await moveBatch(tx, actor, organiser, id, {
    from: 'prepared',
    to: 'running',
    event: 'batch.started',
  });
  // A second click may come when the batch is done already; it is as harmless as one in time.
  if (!moved.ok) return (await isUnderWay(tx, organiser, id)) ? ok(undefined) : moved;
  if (moved.value === 'moved') await queueBatch(tx, id);
  return ok(undefined);
}

const isUnderWay = async (tx: Tx, organiser: Organiser, id: string): Promise<boolean> => {
  const batch = await lockedBatch(tx, organiser, id);
  return batch?.state === 'done' || batch?.state === 'paused';
};

/** Stops a batch: no further item is begun, and mails that are still queued are held. */
export async function pauseBatch(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  id: string,
): Promise<Result<void, Problem>> {
  const moved = await moveBatch(tx, actor, organiser, id, {
    from: 'running',
    to: 'paused',
    event: 'batch.paused',
  });
  if (!moved.ok) return moved;
  if (moved.value === 'moved') await holdMails(tx, `batch:${id}:`);
  return ok(undefined);
}

/** Lets a paused batch go on where it stopped. */
export async function resumeBatch(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  id: string,
): Promise<Result<void, Problem>> {
  const moved = await moveBatch(tx, actor, organiser, id, {
    from: 'paused',
    to: 'running',
    event: 'batch.resumed',
  });
  if (!moved.ok) return moved;
  if (moved.value === 'moved') {
    await releaseMails(tx, `batch:${id}:`);
    await queueBatch(tx, id);
  }
  return ok(undefined);
}

/** Throws a prepared batch away, unsent. */
export async function discardBatch(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  id: string,
): Promise<Result<void, Problem>> {
  const moved = await moveBatch(tx, actor, organiser, id, {
    from: 'prepared',
    to: 'discarded',
    event: 'batch.discarded',
  });
  return moved.ok ? ok(undefined) : moved;
}

/** Changes what a prepared batch says. */
export async function rewriteBatch(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  id: string,
  { subject, body }: MailText,
): Promise<Result<void, Problem>> {
  const [first] = textProblems({ subject, body });
  if (first !== undefined) return fail(first);
  const batch = await lockedBatch(tx, organiser, id);
  if (batch?.state !== 'prepared') {
    const sentence = 'This batch has been set going; its text can no longer change.';
    return fail(problem('batch-moved-on', sentence, { path: 'body' }));
  }
  await tx.updateTable('sendBatch').set({ subject, body }).where('id', '=', id).execute();
  const { summitId } = organiser;
  await recordEvent(tx, actor, { kind: 'batch.rewritten', summitId, data: { batch: id } });
  return ok(undefined);
}
