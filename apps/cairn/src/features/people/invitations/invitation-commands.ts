import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, expectZone, type Instant, type PlainDate } from '@cairn/kernel/time';
import { sql } from 'kysely';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { recordEvents } from '../../../platform/db/record-events.ts';
import { cancelMails } from '../../../platform/mail/change.ts';
import type { Summit } from '../../summits/queries.ts';
import type { Organiser } from '../rights.ts';
import { lockSeats, releaseSeat } from '../seats/seat-commands.ts';
import { awaitsAnswer, isOverdue, nextInvitationState, type SeatKind } from './invitation-rules.ts';
import { endOfDay } from './sending-rules.ts';

/** An invitation to be drafted. */
export interface Draft {
  readonly personId: string;
  /** Undefined: funded for a new one, as it was for an old one. */
  readonly seatKind: SeatKind | undefined;
  /** Empty: none for a new one, as it was for an old one. */
  readonly remark: string;
}

/**
 * Drafts an invitation for everybody who has none. For somebody whose invitation is still a draft
 * the kind of seat and the remark are those given last; one that was sent stays as it is.
 */
export async function draftInvitations(
  tx: Tx,
  actor: Actor,
  summitId: string,
  drafts: readonly Draft[],
): Promise<void> {
  const given = JSON.stringify(
    drafts.map(({ personId, seatKind, remark }) => ({
      person_id: personId,
      seat_kind: seatKind,
      remark,
    })),
  );
  const draft = sql`jsonb_to_recordset(${given}::jsonb)
    as draft (person_id uuid, seat_kind text, remark text)`;
  // Changed first: what is made after is not seen by it.
  const { rows: changed } = await sql<{ personId: string }>`
    update invitation set
      seat_kind = coalesce(draft.seat_kind, invitation.seat_kind),
      remark = coalesce(nullif(draft.remark, ''), invitation.remark)
    from ${draft}
    where invitation.summit_id = ${summitId} and invitation.person_id = draft.person_id
      and invitation.state = 'drafted'
      and (draft.seat_kind <> invitation.seat_kind
        or nullif(draft.remark, '') <> invitation.remark)
    returning invitation.person_id`.execute(tx);
  const { rows: made } = await sql<{ personId: string }>`
    insert into invitation (summit_id, person_id, seat_kind, remark, drafted_at)
    select ${summitId}, person_id, coalesce(seat_kind, 'funded'), remark, ${actor.now}
    from ${draft}
    on conflict (summit_id, person_id) do nothing
    returning person_id`.execute(tx);
  await recordEvents(tx, actor, [
    ...changed.map(({ personId }) => ({ kind: 'invitation.redrafted', summitId, personId })),
    ...made.map(({ personId }) => ({ kind: 'invitation.drafted', summitId, personId })),
  ]);
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
  const events = expired.map((each) => ({ kind: 'invitation.expired', ...each }));
  await recordEvents(tx, actor, events);
  return expired.length;
}
