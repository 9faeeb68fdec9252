import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isId } from '../../../platform/db/id.ts';
import { publish } from '../../../platform/live/publish.ts';
import type { Organiser } from '../../people/rights.ts';
import { type DraftOrigin, draftOf } from './draft-queries.ts';
import type { Made } from './made-schema.ts';
import type { Placement } from './placement-rules.ts';

interface NewDraft {
  readonly name: string;
  readonly origin?: DraftOrigin | undefined;
  readonly made?: Made | undefined;
  readonly placements?: readonly Placement[] | undefined;
}

/**
 * Makes a draft, empty or with placements; those of sessions and rooms that are not of this summit are
 * left out. Event `draft.created` with how many it places.
 */
export async function createDraft(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { name, origin = 'hand', made = {}, placements = [] }: NewDraft,
): Promise<Result<{ readonly id: string }, Problem>> {
  const wanted = name.trim();
  if (wanted === '') return fail(problem('no-name', 'Give the draft a name.', { path: 'name' }));
  const known = await knownIds(tx, summitId, placements);
  const kept = placements
    .filter(({ sessionId }) => known.sessions.has(sessionId))
    .map((each) => ({ ...each, roomId: known.rooms.has(each.roomId ?? '') ? each.roomId : null }));
  const { id } = await tx
    .insertInto('timetableDraft')
    .values({
      summitId,
      name: wanted,
      origin,
      made: JSON.stringify(made),
      createdAt: actor.now,
      createdBy: actor.personId ?? null,
      discardedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertPlacements(tx, id, kept);
  await recordEvent(tx, actor, {
    kind: 'draft.created',
    summitId,
    data: { draft: id, origin, placed: kept.length },
  });
  return ok({ id });
}

/** Makes a draft with all that another places now. Event `draft.created`. */
export async function copyDraft(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { draftId, name }: { readonly draftId: string; readonly name: string },
): Promise<Result<{ readonly id: string }, Problem>> {
  const draft = await draftOf(tx, organiser.summitId, draftId);
  if (draft === undefined) return fail(gone());
  const { placements } = draft;
  return createDraft(tx, actor, organiser, { name, placements, made: { from: draftId } });
}

/** Gives a draft another name. Event `draft.renamed`; the same name makes none. */
export async function renameDraft(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { draftId, name }: { readonly draftId: string; readonly name: string },
): Promise<Result<void, Problem>> {
  const wanted = name.trim();
  if (wanted === '') return fail(problem('no-name', 'Give the draft a name.', { path: 'name' }));
  const draft = await lockDraft(tx, summitId, draftId);
  if (draft === undefined) return fail(gone());
  if (draft.name === wanted) return ok(undefined);
  await tx.updateTable('timetableDraft').set({ name: wanted }).where('id', '=', draftId).execute();
  await recordEvent(tx, actor, { kind: 'draft.renamed', summitId, data: { draft: draftId } });
  await publish(tx, `draft:${draftId}`, { revision: draft.revision });
  return ok(undefined);
}

/** Takes a draft off the list; releases that were made of it stay. Event `draft.discarded`. */
export async function discardDraft(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { draftId }: { readonly draftId: string },
): Promise<Result<void, Problem>> {
  const draft = await lockDraft(tx, summitId, draftId);
  if (draft === undefined) return fail(gone());
  await tx
    .updateTable('timetableDraft')
    .set({ discardedAt: actor.now })
    .where('id', '=', draftId)
    .execute();
  await recordEvent(tx, actor, { kind: 'draft.discarded', summitId, data: { draft: draftId } });
  await publish(tx, `draft:${draftId}`, { revision: draft.revision });
  return ok(undefined);
}

/** Somebody discarded it, or it never was. */
export const gone = (): Problem =>
  problem('no-draft', 'This draft is not there any more; go back to the list of drafts.');

/** A draft that is not discarded, held until the transaction is over. */
export const lockDraft = async (tx: Tx, summitId: string, id: string) =>
  isId(id)
    ? tx
        .selectFrom('timetableDraft')
        .select(['id', 'name', 'revision'])
        .where('id', '=', id)
        .where('summitId', '=', summitId)
        .where('discardedAt', 'is', null)
        .forUpdate()
        .executeTakeFirst()
    : undefined;

export async function insertPlacements(
  tx: Tx,
  draftId: string,
  placements: readonly Placement[],
): Promise<void> {
  if (placements.length === 0) return;
  await tx
    .insertInto('draftPlacement')
    .values(
      placements.map(({ sessionId, date, starts, roomId, isPinned }) => ({
        draftId,
        sessionId,
        date,
        starts,
        roomId,
        isPinned,
      })),
    )
    .execute();
}

/** The sessions and rooms of a summit that can be placed; nothing is looked up for no placements. */
export async function knownIds(
  tx: Tx,
  summitId: string,
  placements: readonly { readonly sessionId: string; readonly roomId: string | null }[],
): Promise<{ readonly sessions: ReadonlySet<string>; readonly rooms: ReadonlySet<string> }> {
  if (placements.length === 0) return { sessions: new Set(), rooms: new Set() };
  const [sessions, rooms] = await Promise.all([
    tx
      .selectFrom('timetableSession')
      .select('id')
      .where('summitId', '=', summitId)
      .where('kind', '!=', 'open')
      .where('removedAt', 'is', null)
      .execute(),
    tx
      .selectFrom('timetableRoom')
      .select('id')
      .where('summitId', '=', summitId)
      .where('removedAt', 'is', null)
      .execute(),
  ]);
  return {
    sessions: new Set(sessions.map(({ id }) => id)),
    rooms: new Set(rooms.map(({ id }) => id)),
  };
}
