import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { refusedByLock, touched, turnThread } from './edit-commands.ts';
import { noteHappening } from './happening-commands.ts';
import { changeLabels } from './label-commands.ts';
import { readLabels } from './label-rules.ts';
import type { Member } from './member-rights.ts';
import { noThread, type ThreadPlace, type Writer } from './thread-commands.ts';
import type { Reaction } from './thread-rules.ts';

const CHANGES = {
  closed: { event: 'thread.closed', state: 'closed' },
  reopened: { event: 'thread.reopened', state: 'open' },
} as const;

/**
 * Closes a thread: what it was about is done, or will not be. By anybody who comes; rooms whose
 * threads close by rules of their own ask those first. Event `thread.closed`, unless it is closed.
 */
export const closeThread = (
  tx: Tx,
  actor: Actor,
  place: ThreadPlace,
  writer?: Writer,
): Promise<Result<void, Problem>> => turn(tx, actor, place, 'closed', writer);

/** Opens a closed thread again. Event `thread.reopened`, unless it is open. */
export const reopenThread = (
  tx: Tx,
  actor: Actor,
  place: ThreadPlace,
  writer?: Writer,
): Promise<Result<void, Problem>> => turn(tx, actor, place, 'reopened', writer);

async function turn(
  tx: Tx,
  actor: Actor,
  place: ThreadPlace,
  to: keyof typeof CHANGES,
  writer: Writer | undefined,
): Promise<Result<void, Problem>> {
  const { event, state } = CHANGES[to];
  const { summitId, number } = place;
  const thread = await lockThread(tx, place);
  if (thread === undefined) return fail(noThread(number));
  if (thread.state === state) return ok(undefined);
  const by = writer === undefined ? actor.personId : writer.personId;
  await turnThread(tx, actor, place, state, by);
  await noteHappening(tx, actor, place, { kind: to }, writer);
  await touched(tx, actor, place);
  await recordEvent(tx, actor, { kind: event, summitId, data: { number } });
  return ok(undefined);
}

/** Lets only organisers write in a thread, or everybody again. Event `thread.locked` or `thread.unlocked`. */
export async function lockConversation(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  number: number,
  isLocked: boolean,
): Promise<Result<void, Problem>> {
  const place = { summitId, number };
  const thread = await lockThread(tx, place);
  if (thread === undefined) return fail(noThread(number));
  if ((thread.lockedAt !== null) === isLocked) return ok(undefined);
  await tx
    .updateTable('planThread')
    .set({
      lockedAt: isLocked ? actor.now : null,
      lockedBy: isLocked ? (actor.personId ?? null) : null,
    })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await noteHappening(tx, actor, place, { kind: isLocked ? 'locked' : 'unlocked' });
  await touched(tx, actor, place);
  const kind = isLocked ? 'thread.locked' : 'thread.unlocked';
  await recordEvent(tx, actor, { kind, summitId, data: { number } });
  return ok(undefined);
}

/** Gives a thread exactly these labels. Event `labels.changed`, unless it has them. */
export async function setLabels(
  tx: Tx,
  actor: Actor,
  place: ThreadPlace,
  wanted: string | readonly string[],
  writer?: Writer,
): Promise<Result<{ readonly labels: readonly string[] }, Problem>> {
  const read = readLabels(wanted);
  if (!read.ok) return read;
  const { summitId, number } = place;
  if ((await lockThread(tx, place)) === undefined) return fail(noThread(number));
  const rows = await tx
    .selectFrom('planLabel')
    .select('label')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  const had = rows.map(({ label }) => label);
  const added = read.value.filter((label) => !had.includes(label));
  const removed = had.filter((label) => !read.value.includes(label));
  if (added.length === 0 && removed.length === 0) return ok({ labels: read.value });
  await changeLabels(tx, actor, place, { added, removed });
  await noteHappening(tx, actor, place, { kind: 'labels', data: { added, removed } }, writer);
  await touched(tx, actor, place);
  return ok({ labels: read.value });
}

/** What somebody reacts to: a thread, or one of its comments. */
export interface ReactionPlace extends ThreadPlace {
  readonly comment?: string | undefined;
}

/**
 * Gives a reaction or takes it back. Event `reaction.changed`, unless it stands like that. By a
 * member, or by an account whose door has proved it.
 */
export async function setReaction(
  tx: Tx,
  actor: Actor,
  { summitId, number, comment }: ReactionPlace,
  { reaction, isOn }: { readonly reaction: Reaction; readonly isOn: boolean },
  writer?: Writer,
): Promise<Result<void, Problem>> {
  const personId = (writer === undefined ? actor.personId : writer.personId) ?? null;
  const accountId = personId === null ? (writer?.accountId ?? null) : null;
  const found =
    comment === undefined
      ? await lockThread(tx, { summitId, number })
      : await tx
          .selectFrom('planComment')
          .select('id')
          .where('summitId', '=', summitId)
          .where('number', '=', number)
          .where('id', '=', comment)
          .where('withdrawnAt', 'is', null)
          .executeTakeFirst();
  if (found === undefined) return fail(noThread(number));
  const row = {
    summitId,
    number: comment === undefined ? number : null,
    commentId: comment ?? null,
    reaction,
    personId,
    accountId,
  };
  const changed = isOn
    ? await tx
        .insertInto('planReaction')
        .values({ ...row, at: actor.now })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .execute()
    : await tx
        .deleteFrom('planReaction')
        .where((eb) =>
          eb.and(
            Object.entries(row).map(([column, value]) =>
              eb(column as keyof typeof row, 'is not distinct from', value),
            ),
          ),
        )
        .returning('id')
        .execute();
  if (changed.length === 0) return ok(undefined);
  const data = { number, comment: comment ?? null };
  await recordEvent(tx, actor, { kind: 'reaction.changed', summitId, data });
  return ok(undefined);
}

/** Whether a member may change labels and state of a thread: anybody who comes, unless it is locked. */
export async function mayTurn(
  tx: Tx,
  place: ThreadPlace,
  member: Member,
): Promise<Result<void, Problem>> {
  const locked = await refusedByLock(tx, place, member);
  return locked === undefined ? ok(undefined) : fail(locked);
}

/** Issues open and close by hand; the others by what becomes of their document or branch. */
export const closesByItself = (): Problem =>
  problem(
    'closes-by-itself',
    'Only issues are closed by hand; a topic, a proposal or a decision ends by its state.',
  );

const lockThread = (tx: Tx, { summitId, number }: ThreadPlace) =>
  tx
    .selectFrom('planThread')
    .select(['kind', 'state', 'lockedAt'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();
