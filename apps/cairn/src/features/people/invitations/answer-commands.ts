import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { acceptAgreement, type SeenAgreement } from '../agreement/agreement-commands.ts';
import { settledPeople } from '../persons/person-queries.ts';
import { lockSeats, releaseSeat, takeSeat } from '../seats/seat-commands.ts';
import type { Seating } from '../seats/seat-rules.ts';
import { nextInvitationState } from './invitation-rules.ts';

/** What somebody says to their invitation. */
export type Answer =
  | {
      readonly answer: 'accept';
      readonly agreement: SeenAgreement;
      readonly noticeDays: number | undefined;
      readonly note: string;
      readonly signIn: { readonly method: string; readonly sessionId: string | undefined };
    }
  | { readonly answer: 'unsure'; readonly note: string }
  | { readonly answer: 'decline'; readonly note: string };

/** What an answer led to. */
export type Answered = Seating | { readonly kind: 'unsure' } | { readonly kind: 'declined' };

const ACTIONS = { accept: 'accept', unsure: 'say-unsure', decline: 'decline' } as const;

/**
 * Records a person's answer to their invitation. A yes accepts the agreement as they saw it and
 * takes a seat, or a place on the waiting list when the last one has just gone; a no gives back
 * what they held and offers it on. Everything in one transaction, one summit at a time.
 */
export async function answerInvitation(
  tx: Tx,
  actor: Actor,
  summitId: string,
  personId: string,
  given: Answer,
): Promise<Result<Answered, Problem>> {
  const summit = await lockSeats(tx, summitId);
  const invitation = await tx
    .selectFrom('invitation')
    .select(['id', 'state', 'expiresAt', 'seatKind'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    // Somebody may have erased themselves in another tab while this waited for the seats.
    .where('personId', 'in', (eb) =>
      eb.selectFrom('person').select('id').where('erasedAt', 'is', null),
    )
    .forUpdate()
    .executeTakeFirst();
  if (invitation === undefined) {
    return fail(
      problem('not-invited', 'There is no invitation for you to this summit; ask its organisers.'),
    );
  }
  const next = nextInvitationState(
    { state: invitation.state, expiresAt: invitation.expiresAt ?? undefined },
    ACTIONS[given.answer],
    actor.now,
  );
  if (!next.ok) return next;
  await tx
    .updateTable('invitation')
    .set({ state: next.value, answeredAt: actor.now, note: given.note })
    .where('id', '=', invitation.id)
    .execute();
  const event = { summitId, personId };
  switch (given.answer) {
    case 'accept': {
      const { agreement, signIn, noticeDays } = given;
      const accepted = await acceptAgreement(tx, actor, summit, personId, agreement, signIn);
      if (!accepted.ok) return accepted;
      const seating = await takeSeat(tx, actor, summit, {
        id: personId,
        seatKind: invitation.seatKind,
        ...(noticeDays === undefined ? {} : { noticeDays }),
      });
      await recordEvent(tx, actor, {
        ...event,
        kind: 'invitation.accepted',
        data: {
          version: accepted.value.version,
          ...(seating.kind === 'seated' ? { seat: seating.number } : { waiting: true }),
        },
      });
      return ok(seating);
    }
    case 'unsure':
      await recordEvent(tx, actor, { ...event, kind: 'invitation.unsure' });
      return ok({ kind: 'unsure' });
    case 'decline':
      await recordEvent(tx, actor, { ...event, kind: 'invitation.declined' });
      await releaseSeat(tx, actor, summit, personId);
      return ok({ kind: 'declined' });
    default:
      return given satisfies never;
  }
}

/** What a mailed link led to when it was opened. */
export interface Opened {
  readonly summitId: string;
  readonly personId: string;
  /**
   * Whether the link stands for signing in. Not for somebody who is known beyond this invitation:
   * organisers can read the mails of their summit, and a link must not open to them what its person
   * may do elsewhere, least of all what an administrator may.
   */
  readonly signsIn: boolean;
}

/**
 * Notes that a mailed link was opened, for the first time or again. The first opening spends the
 * link: from then on it only leads the way to signing in.
 */
export async function openInvitation(
  tx: Tx,
  actor: Actor,
  invitationId: string,
): Promise<Result<Opened, Problem>> {
  const invitation = await tx
    .selectFrom('invitation')
    .select(['summitId', 'personId', 'state', 'expiresAt', 'tokenSpentAt', 'openedAt'])
    .where('id', '=', invitationId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (invitation.tokenSpentAt !== null) {
    return fail(problem('link-spent', 'This link was used before; please sign in instead.'));
  }
  const opened = nextInvitationState(
    { state: invitation.state, expiresAt: invitation.expiresAt ?? undefined },
    'open',
    actor.now,
  );
  await tx
    .updateTable('invitation')
    .set({
      tokenSpentAt: actor.now,
      openedAt: invitation.openedAt ?? actor.now,
      ...(opened.ok ? { state: opened.value } : {}),
    })
    .where('id', '=', invitationId)
    .execute();
  const { summitId, personId } = invitation;
  await recordEvent(tx, actor, { kind: 'invitation.opened', summitId, personId });
  const isSettled = (await settledPeople(tx, summitId, [personId])).has(personId);
  return ok({ summitId, personId, signsIn: !isSettled });
}
