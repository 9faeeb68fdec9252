import { ok } from '@cairn/kernel/result';
import {
  type Actor,
  inTransaction,
  jobActor,
  queueJob,
  recordEvent,
} from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { allSummits, type Summit } from '../../summits/queries.ts';
import { expireInvitations } from './invitation-commands.ts';
import { isOverdue, reminderIsDue } from './invitation-rules.ts';
import { BATCH_JOB } from './sending-commands.ts';
import { defaultText } from './sending-rules.ts';

/** Closes invitations whose time has run out. */
export const expirySweep: Sweep = {
  name: 'invitations-expire',
  everySeconds: 60,
  run: async ({ db, clock }) => {
    await inTransaction(db, async (tx) => ok(await expireInvitations(tx, jobActor(clock.now()))));
  },
};

/** Reminds those who have not answered, as often as their summit says. */
export const reminderSweep: Sweep = {
  name: 'invitations-remind',
  everySeconds: 300,
  run: async ({ db, clock }) => {
    for (const summit of await allSummits(db)) {
      if (summit.state !== 'announced') continue;
      await inTransaction(db, async (tx) => ok(await remind(tx, jobActor(clock.now()), summit)));
    }
  },
};

/** Puts those who are due into one batch of Cairn's own and sets it going; says how many. */
async function remind(tx: Tx, actor: Actor, { id: summitId, definition }: Summit): Promise<number> {
  const { remind_after_days: days } = definition.invitations;
  const open = await tx
    .selectFrom('invitation')
    .select(['id', 'state', 'sentAt', 'expiresAt', 'reminders'])
    .where('summitId', '=', summitId)
    .where('state', 'in', ['sent', 'opened'])
    // Somebody who stands in a batch that is under way is about to get their reminder.
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('sendItem')
            .innerJoin('sendBatch', 'sendBatch.id', 'sendItem.batchId')
            .select('sendItem.batchId')
            .whereRef('sendItem.invitationId', '=', 'invitation.id')
            .where('sendItem.state', '=', 'queued')
            .where('sendBatch.state', 'in', ['running', 'paused']),
        ),
      ),
    )
    .forUpdate()
    .execute();
  const due = open.filter((invitation) => {
    const expiresAt = invitation.expiresAt ?? undefined;
    const sentAt = invitation.sentAt ?? undefined;
    return (
      !isOverdue({ state: invitation.state, expiresAt }, actor.now) &&
      reminderIsDue({ ...invitation, sentAt }, days, actor.now)
    );
  });
  if (due.length === 0) return 0;
  const { id } = await tx
    .insertInto('sendBatch')
    .values({
      summitId,
      purpose: 'reminder',
      ...defaultText(definition, 'reminder'),
      state: 'running',
      createdBy: null,
      createdAt: actor.now,
      finishedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('sendItem')
    .values(due.map((each) => ({ batchId: id, invitationId: each.id, at: null })))
    .execute();
  await recordEvent(tx, actor, {
    kind: 'batch.started',
    summitId,
    data: { batch: id, mails: due.length },
  });
  await queueJob(tx, BATCH_JOB, { batch: id }, `batch:${id}`);
  return due.length;
}
