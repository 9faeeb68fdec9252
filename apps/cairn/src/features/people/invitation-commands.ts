import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, expectZone, type Instant, type PlainDate } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../platform/db/command.ts';
import type { Tx } from '../../platform/db/database.ts';
import { cancelMails } from '../../platform/mail/change.ts';
import type { Summit } from '../summits/queries.ts';
import { awaitsAnswer, isOverdue, nextInvitationState } from './invitation-rules.ts';
import type { PersonEntry } from './person-schema.ts';
import type { Organiser } from './rights.ts';
import { lockSeats, releaseSeat } from './seat-commands.ts';
import { endOfDay } from './sending-rules.ts';

/**
 * Drafts an invitation for somebody who has none. For somebody whose invitation is still a draft
 * the kind of seat and the remark are those given last; one that was sent stays as it is.
 */
export async function draftInvitation(
  tx: Tx,
  actor: Actor,
  summitId: string,
  personId: string,
  { seatKind, remark }: Pick<PersonEntry, 'seatKind' | 'remark'>,
): Promise<void> {
  const drafted = await tx
    .insertInto('invitation')
    .values({
      summitId,
      personId,
      seatKind,
      remark,
      tokenHash: null,
      tokenSpentAt: null,
      expiresAt: null,
      draftedAt: actor.now,
      sentAt: null,
      openedAt: null,
      answeredAt: null,
      closedAt: null,
      remindedAt: null,
    })
    .onConflict((conflict) => conflict.columns(['summitId', 'personId']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (drafted !== undefined) {
    await recordEvent(tx, actor, { kind: 'invitation.drafted', summitId, personId });
    return;
  }
  const changed = await tx
    .updateTable('invitation')
    .set({ seatKind, ...(remark === '' ? {} : { remark }) })
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('state', '=', 'drafted')
    .where((eb) =>
      eb.or([
        eb('seatKind', '<>', seatKind),
        ...(remark === '' ? [] : [eb('remark', '<>', remark)]),
      ]),
    )
    .returning('id')
    .executeTakeFirst();
  if (changed === undefined) return;
  await recordEvent(tx, actor, { kind: 'invitation.redrafted', summitId, personId });
}

const lockedInvitation = (tx: Tx, { summitId }: Organiser, personId: string) =>
  tx
    .selectFrom('invitation')
    .select(['id', 'state', 'expiresAt'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .forUpdate()
    .executeTakeFirst();

const noInvitation = (): Problem =>
  problem('no-invitation', 'This person has no invitation; draft one first.');

/** Takes an invitation back: its link closes, mails not yet sent are stopped, a seat goes to the next. */
export async function withdrawInvitation(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  personId: string,
): Promise<Result<void, Problem>> {
  const { summitId } = organiser;
  const summit = await lockSeats(tx, summitId);
  const invitation = await lockedInvitation(tx, organiser, personId);
  if (invitation === undefined) return fail(noInvitation());
  const { id, state, expiresAt } = invitation;
  const next = nextInvitationState(
    { state, expiresAt: expiresAt ?? undefined },
    'withdraw',
    actor.now,
  );
  if (!next.ok) return next;
  await tx
    .updateTable('invitation')
    .set({ state: next.value, closedAt: actor.now })
    .where('id', '=', id)
    .execute();
  await stopMails(tx, id);
  await recordEvent(tx, actor, { kind: 'invitation.withdrawn', summitId, personId });
  if (state === 'accepted') await releaseSeat(tx, actor, summit, personId);
  return ok(undefined);
}

async function stopMails(tx: Tx, invitationId: string): Promise<void> {
  const batches = await tx
    .selectFrom('sendItem')
    .select('batchId')
    .where('invitationId', '=', invitationId)
    .execute();
  await cancelMails(
    tx,
    batches.map(({ batchId }) => mailKey(batchId, invitationId)),
  );
}

/** The key of the one mail that a batch sends about an invitation. */
export const mailKey = (batchId: string, invitationId: string): string =>
  `batch:${batchId}:${invitationId}`;

/** Gives more time to answer: until the end of a day, by the summit's clock. */
export async function extendInvitation(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  summit: Summit,
  personId: string,
  until: PlainDate,
): Promise<Result<Instant, Problem>> {
  const invitation = await lockedInvitation(tx, organiser, personId);
  if (invitation === undefined) return fail(noInvitation());
  const { id, state } = invitation;
  const current = invitation.expiresAt ?? undefined;
  if (!awaitsAnswer(state) || isOverdue({ state, expiresAt: current }, actor.now)) {
    return fail(
      problem(
        'not-open',
        'Only an invitation that still awaits an answer can be given more time; send this one anew.',
        { path: 'until' },
      ),
    );
  }
  const expiresAt = endOfDay(until, expectZone(summit.definition.zone));
  if (current !== undefined && expiresAt.epochMilliseconds <= current.epochMilliseconds) {
    const day = dateIn(current, expectZone(summit.definition.zone)).add({ days: 1 });
    return fail(
      problem('not-later', `Choose ${day} or a later day; the answer is due before that already.`, {
        path: 'until',
      }),
    );
  }
  await tx.updateTable('invitation').set({ expiresAt }).where('id', '=', id).execute();
  await recordEvent(tx, actor, {
    kind: 'invitation.extended',
    summitId: organiser.summitId,
    personId,
    data: { until: until.toString() },
  });
  return ok(expiresAt);
}

/** Closes every invitation whose time has run out; says how many. */
export async function expireInvitations(tx: Tx, actor: Actor): Promise<number> {
  const expired = await tx
    .updateTable('invitation')
    .set({ state: 'expired', closedAt: actor.now })
    .where('state', 'in', ['sent', 'opened', 'unsure'])
    .where('expiresAt', '<=', actor.now)
    .returning(['summitId', 'personId'])
    .execute();
  for (const each of expired) {
    await recordEvent(tx, actor, { kind: 'invitation.expired', ...each });
  }
  return expired.length;
}
