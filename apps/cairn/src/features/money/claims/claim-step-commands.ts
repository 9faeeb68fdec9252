import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import { type SqlBool, sql } from 'kysely';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { loadClaims } from './claim-queries.ts';
import { type Claim, type ClaimState, claimName } from './claim-rules.ts';

/** Which claim a form is about, and what of it its reader had before them. */
export interface SeenClaim {
  readonly number: number;
  readonly revision: number;
}

/** Numbers are given one after the other, and claims submitted so, each seeing the ones before. */
export const lockNumbers = (tx: Tx, summitId: string) =>
  tx.selectFrom('summit').select('id').where('id', '=', summitId).forNoKeyUpdate().execute();

export const noSuchClaim = () => problem('no-such-claim', 'There is no such claim.');

/**
 * A claim, locked for the length of the transaction, as long as it is what its reader saw: a second click or a second
 * treasurer gets a sentence.
 */
export async function lockSeen(
  tx: Tx,
  summitId: string,
  { number, revision }: SeenClaim,
): Promise<Result<Claim, Problem>> {
  await tx
    .selectFrom('claim')
    .select('id')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .forUpdate()
    .execute();
  const [claim] = await loadClaims(tx, summitId, sql<SqlBool>`claim.number = ${number}`);
  if (claim === undefined) return fail(noSuchClaim());
  if (claim.revision === revision) return ok(claim);
  const sentence = `${claimName(number)} has changed meanwhile; look at it again before you go on.`;
  return fail(problem('changed-meanwhile', sentence));
}

/** What a change stores of a claim besides its state. */
type Stored = Partial<{
  isFinal: boolean;
  overReason: string;
  firstLookBy: string | null;
  submittedAt: Instant;
  approvedAt: Instant;
  remindedAt: null;
}>;

/** Stores a claim's new state, with the step that its page shows and one event, `claim.<state>`. */
export async function stepTo(
  tx: Tx,
  actor: Actor,
  claim: Pick<Claim, 'id' | 'summitId' | 'personId'>,
  state: ClaimState,
  { reason = '', set = {} }: { readonly reason?: string; readonly set?: Stored } = {},
): Promise<void> {
  await tx
    .updateTable('claim')
    .set((eb) => ({ ...set, state, revision: eb('revision', '+', 1) }))
    .where('id', '=', claim.id)
    .execute();
  await tx
    .insertInto('claimStep')
    .values({ claimId: claim.id, at: actor.now, byPerson: actor.personId ?? null, state, reason })
    .execute();
  await recordEvent(tx, actor, {
    kind: `claim.${state}`,
    summitId: claim.summitId,
    ...(claim.personId === null ? {} : { personId: claim.personId }),
    data: { claim: claim.id },
  });
}
