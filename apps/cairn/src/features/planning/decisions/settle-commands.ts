import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, type ZoneName } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { writeDecision } from '../documents/decision-rules.ts';
import { commitToMain, lockMain, type PlanServices } from '../repository/main-commands.ts';
import { noteHappening } from '../threads/happening-commands.ts';
import type { Member } from '../threads/member-rights.ts';
import { addComment } from '../threads/thread-commands.ts';
import { noDecision } from './decision-commands.ts';
import {
  type Decision,
  decisionAt,
  decisionsOf,
  lastDayOfWindow,
  objectionsIn,
  windowRule,
} from './decision-queries.ts';
import { stateLine, withStateLine } from './record-rules.ts';
import { settleDecision } from './window-rules.ts';

type PlannedSummit = Pick<Summit, 'id' | 'definition'>;

/**
 * Settles a decision whose window is closed: ratified, or reopened where an objection stands; its
 * document says so in a commit of Cairn's. Event `decision.ratified` or `decision.reopened`. Does
 * nothing before its time, or twice.
 */
export async function settleDue(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summit: PlannedSummit,
  number: number,
): Promise<Result<'ratified' | 'reopened' | undefined, Problem>> {
  await lockMain(tx, summit.id);
  const place = { summitId: summit.id, number };
  const row = await lockDecision(tx, place);
  if (row === undefined) return fail(noDecision(number));
  const objections = await objectionsIn(tx, place);
  const becomes = settleDecision({ ...row, objections }, actor.now);
  if (becomes === undefined) return ok(undefined);
  const turned = await turnTo(tx, services, actor, summit, number, becomes);
  return turned.ok ? ok(becomes) : turned;
}

/**
 * Takes up a ratified decision again, by anybody who comes, with a reason that stands in its
 * conversation. It does not hold until it is written anew. Events `comment.added`, `decision.reopened`.
 */
export async function reopenDecision(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summit: PlannedSummit,
  { self }: Member,
  { number, reason }: { readonly number: number; readonly reason: string },
): Promise<Result<void, Problem>> {
  if (reason.trim() === '') {
    const sentence = 'Say why it should be taken up again; the others have to decide on that.';
    return fail(problem('no-reason', sentence, { path: 'reason' }));
  }
  await lockMain(tx, summit.id);
  const place = { summitId: self.summitId, number };
  const row = await lockDecision(tx, place);
  if (row === undefined) return fail(noDecision(number));
  if (row.state !== 'ratified') {
    const sentence =
      row.state === 'provisional'
        ? 'This decision is still provisional; object to it instead.'
        : 'This decision is reopened already.';
    return fail(problem('not-ratified', sentence));
  }
  const said = await addComment(tx, actor, place, { body: `**Reopened:** ${reason.trim()}` });
  if (!said.ok) return said;
  return turnTo(tx, services, actor, summit, number, 'reopened');
}

const lockDecision = (tx: Tx, { summitId, number }: { summitId: string; number: number }) =>
  tx
    .selectFrom('planDecision')
    .select(['state', 'closesAt'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();

async function turnTo(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summit: PlannedSummit,
  number: number,
  to: 'ratified' | 'reopened',
): Promise<Result<void, Problem>> {
  const place = { summitId: summit.id, number };
  const { state: from } = await tx
    .selectFrom('planDecision')
    .select('state')
    .where('summitId', '=', summit.id)
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('planDecision')
    .set({ state: to, settledAt: actor.now })
    .where('summitId', '=', summit.id)
    .where('number', '=', number)
    .execute();
  await noteHappening(tx, actor, place, { kind: 'state', data: { from, to } });
  await recordEvent(tx, actor, { kind: `decision.${to}`, summitId: summit.id, data: { number } });
  const decision = await decisionAt(tx, place);
  if (decision?.document === undefined) return ok(undefined);
  const { zone } = await windowRule(tx, summit);
  const moved = await commitToMain(tx, services, actor, summit.id, {
    changes: [{ path: decision.path, content: asItStands(decision, zone) }],
    message: `${to === 'ratified' ? 'Ratify' : 'Reopen'} a decision: ${decision.title}`,
  });
  return moved.ok ? ok(undefined) : moved;
}

/** The document of a decision, saying how it stands by its row. */
function asItStands(decision: Decision, zone: ZoneName): string {
  const { document, state, settledAt } = decision;
  if (document === undefined) throw new Error('a decision without a document has no text');
  const lastDay = lastDayOfWindow(decision, zone);
  const settledOn = settledAt === null ? undefined : dateIn(settledAt, zone);
  const { source, blob: _, ...said } = document;
  return writeDecision(source, {
    ...said,
    state,
    closes: lastDay.toString(),
    text: withStateLine(said.text, stateLine(state, lastDay, zone, settledOn)),
  });
}

/**
 * Makes documents say how their decisions stand, where a push or a merge made them say something
 * else: state and last day are not changed by writing them into a file. A commit of Cairn's, if any.
 */
export async function mendDecisions(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summit: PlannedSummit,
): Promise<Result<void, Problem>> {
  await lockMain(tx, summit.id);
  const { zone } = await windowRule(tx, summit);
  const changes = (await decisionsOf(tx, summit.id)).flatMap((decision) => {
    if (decision.document === undefined) return [];
    const content = asItStands(decision, zone);
    return content === decision.document.source ? [] : [{ path: decision.path, content }];
  });
  if (changes.length === 0) return ok(undefined);
  const moved = await commitToMain(tx, services, actor, summit.id, {
    changes,
    message: 'Say how decisions stand',
  });
  return moved.ok ? ok(undefined) : moved;
}
