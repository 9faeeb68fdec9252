import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { AttendanceKeeper } from '../../meetings/series/rights.ts';
import type { Organiser } from '../rights.ts';
import { type EvidenceKind, meetingSubject } from './obligation-rules.ts';

/** How a fact came to be known. */
export type EvidenceSource =
  | 'organiser'
  | 'csv'
  | 'self'
  | 'lead'
  | 'recording'
  | 'git'
  | 'github'
  | 'system';

/** A fact to keep. */
export interface NewEvidence {
  readonly summitId: string;
  readonly personId: string;
  readonly kind: EvidenceKind;
  /**
   * What it is evidence of, for ever the same for the same fact: `meeting:february`,
   * `day:2023-05-22`, `pull:217`. Names a thing, never a person: it outlives an erasure.
   */
  readonly subject: string;
  /** When it happened. */
  readonly at: Instant;
  readonly source: EvidenceSource;
}

/** The fact's id, and whether it is new; told again it is the same fact. */
export interface Recorded {
  readonly id: string;
  readonly isNew: boolean;
}

/**
 * The one door through which evidence comes in, for every room. Idempotent: the same fact told
 * again changes nothing and makes no event, whoever tells it. Whether the person holds a seat or has
 * promised anything does not matter: the fact is kept, and counts once they have.
 *
 *     await recordEvidence(tx, actor, { summitId, personId, kind: 'review', subject: 'pull:217', at, source: 'git' });
 *
 * Fails for a person who has been erased.
 */
export async function recordEvidence(
  tx: Tx,
  actor: Actor,
  fact: NewEvidence,
): Promise<Result<Recorded, Problem>> {
  // The row is held so that an erasure at the same time comes wholly before or wholly after.
  const person = await tx
    .selectFrom('person')
    .select('erasedAt')
    .where('id', '=', fact.personId)
    .forKeyShare()
    .executeTakeFirst();
  if (person === undefined || person.erasedAt !== null) {
    return fail(
      problem('no-such-person', 'This person is not known here any more; leave them out.'),
    );
  }
  const added = await tx
    .insertInto('evidence')
    .values({
      ...fact,
      recordedBy: actor.personId ?? null,
      recordedAt: actor.now,
      withdrawnAt: null,
      withdrawnBy: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['summitId', 'personId', 'kind', 'subject'])
        .where('withdrawnAt', 'is', null)
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) {
    const { id } = await standing(tx, fact).select('id').executeTakeFirstOrThrow();
    return ok({ id, isNew: false });
  }
  await recordEvent(tx, actor, {
    kind: 'evidence.recorded',
    summitId: fact.summitId,
    personId: fact.personId,
    data: { evidence: added.id, of: fact.kind, source: fact.source },
  });
  return ok({ id: added.id, isNew: true });
}

/** The row of a fact that has not been withdrawn. */
const standing = (
  tx: Tx,
  {
    summitId,
    personId,
    kind,
    subject,
  }: Pick<NewEvidence, 'summitId' | 'personId' | 'kind' | 'subject'>,
) =>
  tx
    .selectFrom('evidence')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('withdrawnAt', 'is', null);

/**
 * Takes a fact back: it stays on record as withdrawn, and counts no more. The same fact may be
 * recorded anew. Withdrawing what is withdrawn already changes nothing.
 */
export const withdrawEvidence = (
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  evidenceId: string,
): Promise<Result<{ readonly wasStanding: boolean }, Problem>> =>
  withdraw(tx, actor, summitId, (query) => query.where('id', '=', evidenceId));

/**
 * Takes back what a room recorded by itself and no longer stands, such as a comment that was withdrawn;
 * otherwise like `withdrawEvidence`. What a person recorded is not touched.
 */
export const takeBackEvidence = (
  tx: Tx,
  actor: Actor,
  { summitId, id }: { readonly summitId: string; readonly id: string },
): Promise<Result<{ readonly wasStanding: boolean }, Problem>> =>
  withdraw(tx, actor, summitId, (query) =>
    query.where('id', '=', id).where('recordedBy', 'is', null),
  );

/** Takes back that somebody was at the meeting whose attendance one keeps; otherwise like `withdrawEvidence`. */
export const withdrawAttendance = (
  tx: Tx,
  actor: Actor,
  { summitId, meeting }: AttendanceKeeper,
  personId: string,
): Promise<Result<{ readonly wasStanding: boolean }, Problem>> =>
  withdraw(tx, actor, summitId, (query) =>
    query
      .where('personId', '=', personId)
      .where('kind', '=', 'attendance')
      .where('subject', '=', meetingSubject(meeting)),
  );

const withdrawal = (tx: Tx, actor: Actor, summitId: string) =>
  tx
    .updateTable('evidence')
    .set({ withdrawnAt: actor.now, withdrawnBy: actor.personId ?? null })
    .where('summitId', '=', summitId)
    .where('withdrawnAt', 'is', null);
type Withdrawal = ReturnType<typeof withdrawal>;

/** Withdraws the one fact that is meant. */
async function withdraw(
  tx: Tx,
  actor: Actor,
  summitId: string,
  meant: (query: Withdrawal) => Withdrawal,
): Promise<Result<{ readonly wasStanding: boolean }, Problem>> {
  const withdrawn = await meant(withdrawal(tx, actor, summitId))
    .returning(['id', 'personId', 'kind'])
    .executeTakeFirst();
  if (withdrawn === undefined) return ok({ wasStanding: false });
  await recordEvent(tx, actor, {
    kind: 'evidence.withdrawn',
    summitId,
    personId: withdrawn.personId,
    data: { evidence: withdrawn.id, of: withdrawn.kind },
  });
  return ok({ wasStanding: true });
}
