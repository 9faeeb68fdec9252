import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { AttendanceKeeper } from '../../meetings/series/rights.ts';
import type { Organiser } from '../rights.ts';
import { belonging } from './evidence-queries.ts';
import { meetingSubject } from './obligation-rules.ts';

/** A promise to waive, and why. */
export interface NewExcuse {
  readonly personId: string;
  /** The key of the obligation. */
  readonly obligation: string;
  readonly reason: string;
}

/**
 * Waives one promise of one person. The reason is shown to that person, together with who gave it.
 * A promise that is excused already stays excused as it is: withdraw that excuse first to change it.
 */
export async function excusePromise(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { personId, obligation, reason }: NewExcuse,
): Promise<Result<{ readonly id: string }, Problem>> {
  const { summitId } = organiser;
  const by = await giverOf(tx, organiser, personId);
  if (!by.ok) return by;
  if (!(await belonging(tx, organiser, [personId])).has(personId)) return fail(NOT_PART);
  const id = await addExcuse(tx, actor, 'obligation', {
    summitId,
    personId,
    obligation,
    reason,
    byPerson: by.value,
  });
  if (id === undefined) {
    const sentence =
      'This promise has been excused already; withdraw that excuse before you give another.';
    return fail(problem('already-excused', sentence, { path: 'reason' }));
  }
  await recordEvent(tx, actor, {
    kind: 'promise.excused',
    summitId,
    personId,
    data: { excuse: id, obligation },
  });
  return ok({ id });
}

/**
 * Excuses somebody from one meeting: their absence is not missed, and is no attendance either. Given by
 * an organiser or by who leads a track of that meeting; the person sees who, and why.
 */
export async function excuseAbsence(
  tx: Tx,
  actor: Actor,
  keeper: AttendanceKeeper,
  { personId, reason }: { readonly personId: string; readonly reason: string },
): Promise<Result<{ readonly id: string }, Problem>> {
  const { summitId, meeting } = keeper;
  const by = await giverOf(tx, keeper, personId);
  if (!by.ok) return by;
  const id = await addExcuse(tx, actor, 'occasion', {
    summitId,
    personId,
    occasion: meetingSubject(meeting),
    reason,
    byPerson: by.value,
  });
  if (id === undefined) {
    const sentence = 'They are excused from this meeting already; withdraw that excuse first.';
    return fail(problem('already-excused', sentence, { path: 'reason' }));
  }
  await recordEvent(tx, actor, {
    kind: 'absence.excused',
    summitId,
    personId,
    data: { excuse: id, meeting },
  });
  return ok({ id });
}

const NOT_PART = problem('no-such-person', 'This person is not part of this summit any more.');

/** Who gives an excuse; refused for nobody in particular, and for somebody who was erased meanwhile. */
async function giverOf(
  tx: Tx,
  { personId: by }: Pick<Organiser, 'personId'>,
  personId: string,
): Promise<Result<string, Problem>> {
  if (by === undefined) {
    const sentence = 'An excuse is given by somebody, by name; sign in, or use a token of yours.';
    return fail(problem('needs-a-person', sentence));
  }
  const person = await tx
    .selectFrom('person')
    .select('erasedAt')
    .where('id', '=', personId)
    .forKeyShare()
    .executeTakeFirst();
  return person === undefined || person.erasedAt !== null ? fail(NOT_PART) : ok(by);
}

/** Writes an excuse; undefined if one for the same stands already. */
async function addExcuse(
  tx: Tx,
  { now }: Actor,
  of: 'obligation' | 'occasion',
  excuse: {
    readonly summitId: string;
    readonly personId: string;
    readonly obligation?: string;
    readonly occasion?: string;
    readonly reason: string;
    readonly byPerson: string;
  },
): Promise<string | undefined> {
  const added = await tx
    .insertInto('excuse')
    .values({ obligation: null, ...excuse, at: now, withdrawnAt: null })
    .onConflict((conflict) =>
      conflict.columns(['summitId', 'personId', of]).where('withdrawnAt', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  return added?.id;
}

/** Takes an excuse back: the promise is judged by its evidence again. Twice is as good as once. */
export const withdrawExcuse = (
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  excuseId: string,
): Promise<Result<{ readonly wasStanding: boolean }, Problem>> =>
  withdraw(tx, actor, summitId, (query) => query.where('id', '=', excuseId));

/** Takes back that somebody is excused from the meeting whose attendance one keeps. */
export const withdrawAbsence = (
  tx: Tx,
  actor: Actor,
  { summitId, meeting }: AttendanceKeeper,
  personId: string,
): Promise<Result<{ readonly wasStanding: boolean }, Problem>> =>
  withdraw(tx, actor, summitId, (query) =>
    query.where('personId', '=', personId).where('occasion', '=', meetingSubject(meeting)),
  );

const withdrawal = (tx: Tx, actor: Actor, summitId: string) =>
  tx
    .updateTable('excuse')
    .set({ withdrawnAt: actor.now })
    .where('summitId', '=', summitId)
    .where('withdrawnAt', 'is', null);
type Withdrawal = ReturnType<typeof withdrawal>;

async function withdraw(
  tx: Tx,
  actor: Actor,
  summitId: string,
  meant: (query: Withdrawal) => Withdrawal,
): Promise<Result<{ readonly wasStanding: boolean }, Problem>> {
  const withdrawn = await meant(withdrawal(tx, actor, summitId))
    .returning(['id', 'personId', 'obligation', 'occasion'])
    .executeTakeFirst();
  if (withdrawn === undefined) return ok({ wasStanding: false });
  const { id, personId, obligation, occasion } = withdrawn;
  await recordEvent(tx, actor, {
    kind: 'promise.excuse_withdrawn',
    summitId,
    personId,
    data: { excuse: id, obligation: obligation ?? occasion },
  });
  return ok({ wasStanding: true });
}
