import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { publish } from '../../../platform/live/publish.ts';
import type { Organiser } from '../../people/rights.ts';
import { weekdayOf } from '../frame/frame-words-rules.ts';
import { gone, insertPlacements, knownIds, lockDraft } from './draft-commands.ts';
import { placementsOf, stepsOf } from './draft-queries.ts';
import type { Move } from './draft-schema.ts';
import { isSamePlace, type KeptPlace, type Place, type Placement } from './placement-rules.ts';
import { isSameKept, type Places, type Step, toRedo, toUndo } from './step-rules.ts';

interface Moves {
  readonly draftId: string;
  /** The revision that whoever moves had before them. */
  readonly seen: number;
  readonly moves: readonly Move[];
}

/**
 * Moves sessions of a draft, all or none. Whoever saw an older revision moves all the same, unless a
 * session that they move was moved meanwhile: then nothing is changed, and the problem says by whom
 * and where to. A pinned session stays pinned at its new place. Event `draft.changed`; what changes
 * nothing makes none.
 */
export async function placeSessions(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { draftId, seen, moves }: Moves,
): Promise<Result<{ readonly revision: number }, Problem>> {
  const draft = await lockDraft(tx, summitId, draftId);
  if (draft === undefined) return fail(gone());
  const now = placesById(await placementsOf(tx, draftId));
  const stale = await movedMeanwhile(tx, draftId, seen, moves, now);
  if (stale !== undefined) return fail(stale);
  const wrong = await unknownPlace(tx, summitId, moves);
  if (wrong !== undefined) return fail(wrong);
  const after: Record<string, KeptPlace | null> = {};
  for (const { sessionId, to } of moves) {
    const isPinned = now[sessionId]?.isPinned ?? false;
    after[sessionId] = to === null ? null : { ...keptPlace(to), isPinned };
  }
  return applyStep(tx, actor, { summitId, draft, now, after });
}

/** Pins sessions where they are, so that searches leave them there, or lets them go. Event `draft.changed`. */
export async function pinSessions(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  {
    draftId,
    sessions,
    isPinned,
  }: {
    readonly draftId: string;
    readonly sessions: readonly string[];
    readonly isPinned: boolean;
  },
): Promise<Result<{ readonly revision: number }, Problem>> {
  const draft = await lockDraft(tx, summitId, draftId);
  if (draft === undefined) return fail(gone());
  const now = placesById(await placementsOf(tx, draftId));
  const after: Record<string, KeptPlace | null> = {};
  for (const id of sessions) {
    const place = now[id];
    if (place === undefined || place === null) {
      const sentence = 'Give the session a place before you pin it there.';
      return fail(problem('not-placed', sentence, { path: 'sessions' }));
    }
    after[id] = { ...place, isPinned };
  }
  return applyStep(tx, actor, { summitId, draft, now, after });
}

interface OfDraft {
  readonly draftId: string;
}

/** Takes back one's own last change that holds. Event `draft.undone`. */
export const undoStep = (tx: Tx, actor: Actor, organiser: Organiser, { draftId }: OfDraft) =>
  takeBack(tx, actor, organiser, draftId, {
    find: toUndo,
    none: problem('nothing-to-undo', 'You have changed nothing here that could be undone.'),
    kind: 'draft.undone',
  });

/** Does again what one undid last. Event `draft.redone`. */
export const redoStep = (tx: Tx, actor: Actor, organiser: Organiser, { draftId }: OfDraft) =>
  takeBack(tx, actor, organiser, draftId, {
    find: toRedo,
    none: problem('nothing-to-redo', 'There is nothing that you undid and could do again.'),
    kind: 'draft.redone',
  });

interface Way {
  readonly find: (steps: readonly Step[], person: string | null) => Step | undefined;
  readonly none: Problem;
  readonly kind: string;
}

async function takeBack(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  draftId: string,
  { find, none, kind }: Way,
): Promise<Result<{ readonly revision: number }, Problem>> {
  const draft = await lockDraft(tx, summitId, draftId);
  if (draft === undefined) return fail(gone());
  const steps = await stepsOf(tx, draftId);
  const step = find(steps, actor.personId ?? null);
  if (step === undefined) return fail(none);
  const now = placesById(await placementsOf(tx, draftId));
  for (const [id, place] of Object.entries(step.after)) {
    if (isSameKept(now[id] ?? null, place)) continue;
    const later = steps.findLast((each) => id in each.after);
    const sentence = `${await nameOf(tx, later?.byPerson)} has moved ${await titleOf(tx, id)} since; move it by hand where you want it.`;
    return fail(problem('changed-since', sentence));
  }
  return applyStep(tx, actor, {
    summitId,
    draft,
    now,
    after: step.before,
    kind,
    undoes: step.revision,
  });
}

interface Change {
  readonly summitId: string;
  readonly draft: { readonly id: string; readonly revision: number };
  readonly now: Places;
  readonly after: Places;
  readonly kind?: string;
  readonly undoes?: number;
}

/** Writes what is different, one step and one event, and tells those who look at the draft. */
async function applyStep(
  tx: Tx,
  actor: Actor,
  { summitId, draft, now, after, kind = 'draft.changed', undoes }: Change,
): Promise<Result<{ readonly revision: number }, Problem>> {
  const changed = Object.entries(after).filter(([id, to]) => !isSameKept(now[id] ?? null, to));
  if (changed.length === 0 && undoes === undefined) return ok({ revision: draft.revision });
  const ids = changed.map(([id]) => id);
  const revision = draft.revision + 1;
  if (ids.length > 0) {
    await tx
      .deleteFrom('draftPlacement')
      .where('draftId', '=', draft.id)
      .where('sessionId', 'in', ids)
      .execute();
  }
  await insertPlacements(
    tx,
    draft.id,
    changed.flatMap(([sessionId, to]) => (to === null ? [] : [{ sessionId, ...to }])),
  );
  await tx.updateTable('timetableDraft').set({ revision }).where('id', '=', draft.id).execute();
  await tx
    .insertInto('draftStep')
    .values({
      draftId: draft.id,
      revision,
      before: JSON.stringify(Object.fromEntries(ids.map((id) => [id, now[id] ?? null]))),
      after: JSON.stringify(Object.fromEntries(changed)),
      byPerson: actor.personId ?? null,
      at: actor.now,
      undoneBy: null,
      undoes: undoes ?? null,
    })
    .execute();
  if (undoes !== undefined) {
    await tx
      .updateTable('draftStep')
      .set({ undoneBy: revision })
      .where('draftId', '=', draft.id)
      .where('revision', '=', undoes)
      .execute();
  }
  await recordEvent(tx, actor, {
    kind,
    summitId,
    data: { draft: draft.id, revision, sessions: ids },
  });
  await publish(tx, `draft:${draft.id}`, { revision });
  return ok({ revision });
}

const keptPlace = ({ date, starts, roomId }: Place): Place => ({ date, starts, roomId });

const placesById = (placements: readonly Placement[]): Places =>
  Object.fromEntries(placements.map(({ sessionId, ...place }) => [sessionId, place]));

/** Who moved one of these sessions since a revision, elsewhere than where it is to go now. */
async function movedMeanwhile(
  tx: Tx,
  draftId: string,
  seen: number,
  moves: readonly Move[],
  now: Places,
): Promise<Problem | undefined> {
  const since = (await stepsOf(tx, draftId)).filter(({ revision }) => revision > seen);
  for (const { sessionId, to } of moves) {
    const step = since.findLast(
      ({ before, after }) =>
        sessionId in after && !isSamePlace(before[sessionId] ?? null, after[sessionId] ?? null),
    );
    const place = now[sessionId] ?? null;
    if (step === undefined || isSamePlace(place, to)) continue;
    const who = await nameOf(tx, step.byPerson);
    const what = await titleOf(tx, sessionId);
    const how =
      place === null ? `took ${what} out` : `moved ${what} to ${await placeWords(tx, place)}`;
    const sentence = `${who} ${how} meanwhile. Nothing was changed; look where it is now, then move it again.`;
    return problem('changed-meanwhile', sentence);
  }
  return undefined;
}

/** Sessions and places of moves that this summit does not have. */
async function unknownPlace(
  tx: Tx,
  summitId: string,
  moves: readonly Move[],
): Promise<Problem | undefined> {
  const known = await knownIds(
    tx,
    summitId,
    moves.map(({ sessionId, to }) => ({ sessionId, roomId: to?.roomId ?? null })),
  );
  const days = await tx
    .selectFrom('timetableDay')
    .select('date')
    .where('summitId', '=', summitId)
    .execute();
  for (const { sessionId, to } of moves) {
    if (!known.sessions.has(sessionId)) {
      return problem('no-session', 'This session was removed meanwhile; load the page again.');
    }
    if (to === null) continue;
    if (to.roomId !== null && !known.rooms.has(to.roomId)) {
      return problem('no-room', 'This room is not there any more; choose another one.', {
        path: 'room',
      });
    }
    if (!days.some(({ date }) => date === to.date)) {
      return problem('no-day', 'The timetable has no such day; choose one of its days.', {
        path: 'date',
      });
    }
  }
  return undefined;
}

async function nameOf(tx: Tx, personId: string | null | undefined): Promise<string> {
  if (personId === null || personId === undefined) return 'Somebody';
  const person = await tx
    .selectFrom('person')
    .select('name')
    .where('id', '=', personId)
    .executeTakeFirst();
  return person?.name ?? 'Somebody';
}

async function titleOf(tx: Tx, sessionId: string): Promise<string> {
  const session = await tx
    .selectFrom('timetableSession')
    .select('title')
    .where('id', '=', sessionId)
    .executeTakeFirst();
  return `“${session?.title ?? 'a session'}”`;
}

async function placeWords(tx: Tx, { date, starts, roomId }: Place): Promise<string> {
  const when = `${weekdayOf(date)} ${starts}`;
  if (roomId === null) return when;
  const room = await tx
    .selectFrom('timetableRoom')
    .select('name')
    .where('id', '=', roomId)
    .executeTakeFirst();
  return `${when}, ${room?.name ?? 'a room'}`;
}
