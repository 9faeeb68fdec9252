import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { handleOf } from '../threads/handle-commands.ts';
import type { Member } from '../threads/member-rights.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';
import { mayRevise, noDecision } from './decision-commands.ts';
import { decisionAt } from './decision-queries.ts';
import { isClosed, objectionStanding } from './window-rules.ts';

/** The longest reason and answer, in UTF-16 units. */
export const LONGEST_REASON = 10_000;

/**
 * Objects to a provisional decision, with a reason, while its window is open. One objection of a
 * person stands at a time. Event `decision.objected`.
 */
export async function objectTo(
  tx: Tx,
  actor: Actor,
  { self }: Member,
  { number, reason }: { readonly number: number; readonly reason: string },
): Promise<Result<{ readonly id: string }, Problem>> {
  const { summitId, personId } = self;
  const said = fittingReason(
    reason,
    'reason',
    'Say what speaks against it, and what you would do.',
  );
  if (!said.ok) return said;
  const open = await openDecision(tx, actor, { summitId, number });
  if (!open.ok) return open;
  const own = await tx
    .selectFrom('planObjection')
    .select(['answeredAt', 'upheldAt', 'withdrawnAt'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('personId', '=', personId)
    .execute();
  if (own.some((each) => objectionStanding(each) === 'stands')) {
    const sentence = 'Your objection stands already; add to it in the conversation below.';
    return fail(problem('objected-already', sentence, { path: 'reason' }));
  }
  const { id } = await tx
    .insertInto('planObjection')
    .values({
      summitId,
      number,
      personId,
      reason: said.value,
      at: actor.now,
      answeredBy: null,
      answeredAt: null,
      upheldAt: null,
      withdrawnAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, { kind: 'decision.objected', summitId, data: { number } });
  return ok({ id });
}

/** Takes one's own objection back. Event `decision.withdrew`. */
export const withdrawObjection = (
  tx: Tx,
  actor: Actor,
  { self }: Member,
  { number, id }: ObjectionPlace,
): Promise<Result<void, Problem>> =>
  change(tx, actor, { summitId: self.summitId, number, id }, 'decision.withdrew', (objection) =>
    objection.personId === self.personId
      ? ok({ withdrawnAt: actor.now })
      : fail(problem('not-yours', 'Only whoever objected can take it back; answer it.')),
  );

/** Says of an answered objection that it stands all the same; it then ends only by being taken back. Event `decision.upheld`. */
export const upholdObjection = (
  tx: Tx,
  actor: Actor,
  { self }: Member,
  { number, id }: ObjectionPlace,
): Promise<Result<void, Problem>> =>
  change(tx, actor, { summitId: self.summitId, number, id }, 'decision.upheld', (objection) => {
    if (objection.personId !== self.personId) {
      return fail(problem('not-yours', 'Only whoever objected can say that it stands.'));
    }
    return objection.answeredAt === null
      ? fail(problem('not-answered', 'Nobody has answered it yet, so it stands.'))
      : ok({ upheldAt: actor.now });
  });

/**
 * Answers an objection, by whoever was there when it was decided, or an organiser; it then no longer
 * stands, unless whoever objected upholds it. Event `decision.answered`.
 */
export async function answerObjection(
  tx: Tx,
  actor: Actor,
  { self, organiser }: Member,
  { number, id, answer }: ObjectionPlace & { readonly answer: string },
): Promise<Result<void, Problem>> {
  const said = fittingReason(answer, 'answer', 'Write what you answer.');
  if (!said.ok) return said;
  const place = { summitId: self.summitId, number };
  const decision = await decisionAt(tx, place);
  if (decision === undefined) return fail(noDecision(number));
  const handle = await handleOf(tx, self.personId);
  if (organiser === undefined && !mayRevise(decision, handle)) {
    const sentence = 'Only who was there and organisers answer; say what you think below.';
    return fail(problem('not-a-decider', sentence, { path: 'answer' }));
  }
  return change(tx, actor, { ...place, id }, 'decision.answered', (objection) => {
    if (objection.personId === self.personId) {
      return fail(problem('own-objection', 'This is your own; take it back if it is settled.'));
    }
    return objectionStanding(objection) === 'stands' && objection.upheldAt === null
      ? ok({ answer: said.value, answeredBy: self.personId, answeredAt: actor.now })
      : fail(
          problem('not-to-answer', 'This objection needs no answer, or stands in spite of one.'),
        );
  });
}

interface ObjectionPlace {
  readonly number: number;
  readonly id: string;
}

interface StoredObjection {
  readonly personId: string;
  readonly answeredAt: Actor['now'] | null;
  readonly upheldAt: Actor['now'] | null;
  readonly withdrawnAt: Actor['now'] | null;
}

type ObjectionChange = Partial<StoredObjection> & {
  readonly answer?: string;
  readonly answeredBy?: string;
};

/** Changes an objection to a decision whose window is open. */
async function change(
  tx: Tx,
  actor: Actor,
  { summitId, number, id }: ThreadPlace & { readonly id: string },
  event: string,
  decide: (objection: StoredObjection) => Result<ObjectionChange, Problem>,
): Promise<Result<void, Problem>> {
  const open = await openDecision(tx, actor, { summitId, number });
  if (!open.ok) return open;
  const objection = await tx
    .selectFrom('planObjection')
    .select(['personId', 'answeredAt', 'upheldAt', 'withdrawnAt'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (objection === undefined || objection.withdrawnAt !== null) {
    return fail(problem('no-objection', 'This objection was taken back.'));
  }
  const wanted = decide(objection);
  if (!wanted.ok) return wanted;
  await tx.updateTable('planObjection').set(wanted.value).where('id', '=', id).execute();
  await recordEvent(tx, actor, { kind: event, summitId, data: { number } });
  return ok(undefined);
}

/** A decision that is provisional and may be objected to, held for this transaction. */
async function openDecision(
  tx: Tx,
  actor: Actor,
  { summitId, number }: ThreadPlace,
): Promise<Result<void, Problem>> {
  const row = await tx
    .selectFrom('planDecision')
    .select(['state', 'closesAt'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return fail(noDecision(number));
  if (row.state === 'provisional' && !isClosed(row.closesAt, actor.now)) return ok(undefined);
  const sentence =
    row.state === 'reopened'
      ? 'This decision is reopened; say in the conversation what it should become.'
      : 'The window of this decision is closed; ask with a reason that it be taken up again.';
  return fail(problem('window-closed', sentence, { path: 'reason' }));
}

function fittingReason(text: string, path: string, ask: string): Result<string, Problem> {
  const said = text.replace(/\r\n?/g, '\n').trim();
  if (said === '') return fail(problem('no-reason', ask, { path }));
  if (said.length <= LONGEST_REASON) return ok(said);
  const most = LONGEST_REASON.toLocaleString('en-GB');
  return fail(problem('reason-too-long', `Shorten this to ${most} characters.`, { path }));
}
