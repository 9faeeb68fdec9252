import { expectZone, type Instant } from '@cairn/kernel/time';
import { z } from 'zod';
import { type Actor, jobActor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Services } from '../../../platform/http/env.ts';
import { hashSecret, newSecret } from '../../../platform/http/secret.ts';
import type { Task } from '../../../platform/jobs/tasks.ts';
import { keepMail, queueMail } from '../../../platform/mail/queue.ts';
import { type Summit, summitById } from '../../summits/queries.ts';
import { mailKey } from './invitation-commands.ts';
import {
  answerUntil,
  fillingFor,
  fillText,
  type MailText,
  type Purpose,
  remindersPassed,
  whyNotSent,
} from './sending-rules.ts';

const payloadSchema = z.object({ batch: z.string() });

/**
 * The task of `BATCH_JOB`: sends a batch, each item in a transaction of its own that turns the
 * invitation, notes the item and queues the mail under a key that is the item's. A worker that dies
 * leaves the rest queued, and whoever repeats the job goes on from there.
 */
export const batchTask =
  (services: Services): Task =>
  async (payload) => {
    const { batch: id } = payloadSchema.parse(payload);
    const { db, clock } = services;
    const { summitId } = await db
      .selectFrom('sendBatch')
      .select('summitId')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const summit = await summitById(db, summitId);
    const queued = await db
      .selectFrom('sendItem')
      .select('invitationId')
      .where('batchId', '=', id)
      .where('state', '=', 'queued')
      .orderBy('invitationId')
      .execute();
    for (const { invitationId } of queued) {
      const isRunning = await db.transaction().execute(async (tx) => {
        const batch = await runningBatch(tx, id);
        if (batch === undefined) return false;
        const sender = { services, summit, batch, actor: actorOf(batch, clock.now()) };
        await sendItem(tx, sender, invitationId);
        return true;
      });
      if (!isRunning) return;
    }
    await db.transaction().execute(async (tx) => {
      const batch = await runningBatch(tx, id);
      if (batch !== undefined) await finish(tx, actorOf(batch, clock.now()), batch);
    });
  };

interface RunningBatch extends MailText {
  readonly id: string;
  readonly summitId: string;
  readonly purpose: Purpose;
  readonly createdBy: string | null;
}

/** The batch, unless somebody paused it. One sender at a time; whoever pauses waits for the item at hand. */
const runningBatch = (tx: Tx, id: string): Promise<RunningBatch | undefined> =>
  tx
    .selectFrom('sendBatch')
    .select(['id', 'summitId', 'purpose', 'subject', 'body', 'createdBy'])
    .where('id', '=', id)
    .where('state', '=', 'running')
    .forUpdate()
    .executeTakeFirst();

const actorOf = ({ createdBy }: RunningBatch, now: Instant): Actor => jobActor(now, createdBy);

/** What an item is sent with. */
interface Sender {
  readonly services: Services;
  readonly summit: Summit;
  readonly batch: RunningBatch;
  readonly actor: Actor;
}

async function sendItem(tx: Tx, sender: Sender, invitationId: string): Promise<void> {
  const { batch, actor } = sender;
  const item = await tx
    .selectFrom('sendItem')
    .innerJoin('invitation', 'invitation.id', 'sendItem.invitationId')
    .innerJoin('person', 'person.id', 'invitation.personId')
    .select([
      'invitation.id',
      'invitation.personId',
      'invitation.state',
      'invitation.sentAt',
      'invitation.expiresAt',
      'invitation.reminders',
      'person.name',
      'person.erasedAt',
    ])
    .where('sendItem.batchId', '=', batch.id)
    .where('sendItem.invitationId', '=', invitationId)
    .where('sendItem.state', '=', 'queued')
    .forUpdate(['sendItem', 'invitation'])
    .executeTakeFirst();
  // Sent meanwhile, by a worker that was taken for dead.
  if (item === undefined) return;
  const expiresAt = item.expiresAt ?? undefined;
  const obstacle =
    item.erasedAt === null
      ? whyNotSent(batch.purpose, { state: item.state, expiresAt }, actor.now)?.sentence
      : 'This person has been erased.';
  if (obstacle === undefined) await send(tx, sender, item);
  await tx
    .updateTable('sendItem')
    .set({
      state: obstacle === undefined ? 'sent' : 'skipped',
      reason: obstacle ?? '',
      at: actor.now,
    })
    .where('batchId', '=', batch.id)
    .where('invitationId', '=', item.id)
    .execute();
}

interface Item {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly sentAt: Instant | null;
  readonly expiresAt: Instant | null;
  readonly reminders: number;
}

/**
 * Turns the invitation and queues its mail. Every mail brings a new link, which replaces the last:
 * only the hash of a link's secret is kept, so an old link cannot be written a second time, and a
 * key that could read all links would be one more thing to lose. Whoever opens the old one is told
 * to take the newest mail, or to sign in.
 */
async function send(tx: Tx, sender: Sender, item: Item): Promise<void> {
  const { services, summit, batch, actor } = sender;
  const { definition } = summit;
  const zone = expectZone(definition.zone);
  const isReminder = batch.purpose === 'reminder';
  const { answer_within_days: days, remind_after_days: reminders } = definition.invitations;
  const expiresAt =
    isReminder && item.expiresAt !== null ? item.expiresAt : answerUntil(actor.now, days, zone);
  const secret = newSecret();
  await tx
    .updateTable('invitation')
    .set({ tokenHash: hashSecret(secret), tokenSpentAt: null, expiresAt })
    .set(
      isReminder
        ? {
            remindedAt: actor.now,
            // Reminders that were missed meanwhile are not made up for.
            reminders: Math.max(
              item.reminders + 1,
              remindersPassed(item.sentAt ?? actor.now, reminders, actor.now),
            ),
          }
        : {
            state: 'sent',
            sentAt: actor.now,
            openedAt: null,
            answeredAt: null,
            closedAt: null,
            reminders: 0,
            remindedAt: null,
          },
    )
    .where('id', '=', item.id)
    .execute();
  await recordEvent(tx, actor, {
    kind: isReminder ? 'invitation.reminded' : 'invitation.sent',
    summitId: summit.id,
    personId: item.personId,
    data: { batch: batch.id },
  });
  const link = `${services.url}/i/${secret}`;
  const text = fillText(batch, fillingFor(definition, { name: item.name, link, expiresAt }, zone));
  const mail = {
    ...text,
    key: mailKey(batch.id, item.id),
    summitId: summit.id,
    personId: item.personId,
    now: actor.now,
  };
  const { email, github } = await addressesOf(tx, item.personId);
  if (email !== undefined) await queueMail(tx, { ...mail, recipient: email });
  else await keepMail(tx, { ...mail, recipient: `@${github} on GitHub` });
}

async function addressesOf(tx: Tx, personId: string) {
  const rows = await tx
    .selectFrom('personIdentity')
    .select(['kind', 'value'])
    .where('personId', '=', personId)
    .orderBy('isPrimary', 'desc')
    .orderBy('value')
    .execute();
  const first = (kind: 'email' | 'github') => rows.find((row) => row.kind === kind)?.value;
  return { email: first('email'), github: first('github') };
}

async function finish(tx: Tx, actor: Actor, { id, summitId }: RunningBatch): Promise<void> {
  await tx
    .updateTable('sendBatch')
    .set({ state: 'done', finishedAt: actor.now })
    .where('id', '=', id)
    .execute();
  await recordEvent(tx, actor, { kind: 'batch.finished', summitId, data: { batch: id } });
}
