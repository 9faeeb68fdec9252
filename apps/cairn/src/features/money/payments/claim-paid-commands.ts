import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import type { Treasurer } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import {
  type ClaimAction,
  type ClaimState,
  claimName,
  nextClaimState,
} from '../claims/claim-rules.ts';
import { dues } from './payment-queries.ts';
import { stillOwed } from './payment-rules.ts';

/** A claim that somebody pays. */
export interface PaidClaim {
  readonly id: string;
  readonly number: number;
  readonly personId: string | null;
  readonly state: ClaimState;
}

/** A claim for the length of a transaction: whoever else pays or decides it waits. */
export async function lockClaim(
  tx: Tx,
  summitId: string,
  claimId: string,
): Promise<PaidClaim | undefined> {
  return tx
    .selectFrom('claim')
    .select(['id', 'number', 'personId', 'state'])
    .where('id', '=', claimId)
    .where('summitId', '=', summitId)
    .forUpdate()
    .executeTakeFirst();
}

/** Takes an approved claim one step on or back, and keeps the step for who may see it. False: no such step. */
export async function stepClaim(
  tx: Tx,
  actor: Actor,
  claim: PaidClaim,
  action: Extract<ClaimAction, 'send' | 'recall' | 'pay' | 'owe' | 'owe_unsent'>,
  reason = '',
): Promise<boolean> {
  const state = nextClaimState(claim.state, action);
  if (state === undefined) return false;
  const times = {
    send: { sentAt: actor.now, paidAt: null },
    recall: { sentAt: null },
    pay: { paidAt: actor.now },
    owe: { paidAt: null },
    owe_unsent: { paidAt: null },
  } as const;
  await tx
    .updateTable('claim')
    .set((eb) => ({ state, ...times[action], revision: eb('revision', '+', 1) }))
    .where('id', '=', claim.id)
    .execute();
  await tx
    .insertInto('claimStep')
    .values({ claimId: claim.id, at: actor.now, byPerson: actor.personId ?? null, state, reason })
    .execute();
  return true;
}

/**
 * After a payment was recorded or taken back: the claim is paid when nothing of it is owed, and waits again when
 * something is. Its person is told by mail, without amounts, which stand on its page only.
 */
export async function settleClaim(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  claim: PaidClaim,
  after: { readonly paymentId: string; readonly isReversal: boolean },
): Promise<void> {
  const { summitId } = treasurer;
  const open = (await dues(tx, treasurer, { claimId: claim.id })).filter(
    (due) => stillOwed(due) > 0,
  );
  const owes = open.length > 0;
  if (!owes && (await stepClaim(tx, actor, claim, 'pay'))) {
    await recordEvent(tx, actor, {
      kind: 'claim.paid',
      summitId,
      ...(claim.personId === null ? {} : { personId: claim.personId }),
      data: { claim: claim.id },
    });
  }
  if (owes) {
    const action = open.every(({ sentOn }) => sentOn !== null) ? 'owe' : 'owe_unsent';
    await stepClaim(tx, actor, claim, action, 'A payment was taken back.');
  }
  await tell(tx, actor, summitId, claim, { ...after, owes });
}

async function tell(
  tx: Tx,
  actor: Actor,
  summitId: string,
  { number, personId }: PaidClaim,
  { paymentId, isReversal, owes }: { paymentId: string; isReversal: boolean; owes: boolean },
): Promise<void> {
  if (personId === null) return;
  const { slug, definition } = await summitById(tx, summitId);
  const name = claimName(number);
  const words = isReversal
    ? {
        subject: `A payment of claim ${name} was taken back`,
        body: `A payment of your claim ${name} for ${definition.title} was taken back: it was recorded by mistake, or it came back. Its page says why, and what you still get.`,
      }
    : owes
      ? {
          subject: `A part of claim ${name} was paid`,
          body: `A part of your claim ${name} for ${definition.title} was paid. Its page says how much, and what you still get.`,
        }
      : {
          subject: `Claim ${name} is paid`,
          body: `Your claim ${name} for ${definition.title} is paid. Banks may need some days; if nothing arrives, write to the treasurers.`,
        };
  await notify(tx, actor, {
    summitId,
    personId,
    key: `payment:${paymentId}:${isReversal ? 'reversed' : 'recorded'}`,
    ...words,
    page: `/s/${slug}/money/claims/${number}`,
  });
}
