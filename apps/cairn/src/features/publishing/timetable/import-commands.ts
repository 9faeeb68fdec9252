import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { createDraft } from '../../timetable/drafts/draft-commands.ts';
import type { Placement } from '../../timetable/drafts/placement-rules.ts';
import { saveBlock } from '../../timetable/frame/block-commands.ts';
import { saveRoom } from '../../timetable/frame/room-commands.ts';
import { saveSession } from '../../timetable/sessions/session-commands.ts';
import { importFacts } from './import-queries.ts';
import { type AskedImport, type ImportPlan, importPlan, sameName } from './import-rules.ts';
import type { ImportCounts } from './import-schema.ts';

/** How a draft of an import is called, and what its row says it came from. */
export interface ImportSource {
  /** Empty for what was pasted. */
  readonly fileName: string;
}

const LONGEST_NAME = 100;

/**
 * Takes a file into the timetable, all or nothing: rooms, blocks and sessions that are not there yet, and
 * a draft of all places. What is there already stays as it is; what was not understood is kept. Event
 * `timetable.imported`, besides those of what it makes. Refused with `no-frame` before there are days,
 * and with `nothing-to-take` where there is neither anything to take nor to keep.
 */
export async function takeTimetableImport(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  summit: Pick<Summit, 'definition'>,
  asked: AskedImport,
  { fileName }: ImportSource,
): Promise<Result<{ readonly id: string; readonly counts: ImportCounts }, Problem>> {
  const { summitId } = organiser;
  const facts = await importFacts(tx, organiser, summit);
  if (facts === undefined) return fail(noFrame());
  const plan = importPlan(asked, facts);
  const { rooms, sessions, blocks, rest } = plan;
  if (rooms.length + sessions.length + blocks.length + rest.length === 0) {
    const sentence = 'There is nothing in this file but its first row; give it a row for each.';
    return fail(problem('nothing-to-take', sentence, { path: 'rows' }));
  }
  const made = await makeAll(tx, actor, organiser, plan);
  if (!made.ok) return made;
  const placements = made.value;
  const name = (fileName === '' ? 'Imported' : `Imported from ${fileName}`).slice(0, LONGEST_NAME);
  const draft =
    placements.length === 0
      ? ok({ id: null })
      : await createDraft(tx, actor, organiser, {
          ...{ name, placements },
          origin: 'import',
          made: { source: fileName },
        });
  if (!draft.ok) return draft;
  const counts = countsOf(plan, placements.length);
  const { id } = await tx
    .insertInto('timetableImport')
    .values({
      ...{ summitId, kind: asked.kind, fileName: fileName.slice(0, 200), draftId: draft.value.id },
      ...{ counts: JSON.stringify(counts), rest: JSON.stringify(rest) },
      header: asked.header.slice(0, 2000),
      ...{ importedAt: actor.now, importedBy: actor.personId ?? null, settledAt: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, {
    kind: 'timetable.imported',
    summitId,
    data: { import: id, ...counts, rest: rest.length },
  });
  return ok({ id, counts });
}

export const noFrame = (): Problem =>
  problem(
    'no-frame',
    'The timetable has no days yet; begin it under “Days and rooms”, then import into it.',
  );

/** Makes what is new; the places of all sessions. */
async function makeAll(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { rooms, sessions, blocks }: ImportPlan,
): Promise<Result<Placement[], Problem>> {
  const roomIds: { readonly name: string; readonly id: string }[] = [];
  for (const { knownId, ...room } of rooms) {
    const saved =
      knownId === null ? await saveRoom(tx, actor, organiser, room) : ok({ id: knownId });
    if (!saved.ok) return saved;
    roomIds.push({ name: room.name, id: saved.value.id });
  }
  const roomId = (name: string): string | null =>
    roomIds.find((room) => sameName(room.name, name))?.id ?? null;
  for (const { isKnown, date, room, ...block } of blocks) {
    if (isKnown) continue;
    const saved = await saveBlock(tx, actor, organiser, {
      ...block,
      ...{ dates: [date], roomId: roomId(room) },
    });
    if (!saved.ok) return saved;
  }
  const placements: Placement[] = [];
  for (const [index, { knownId, values, place }] of sessions.entries()) {
    // One after the other, so that they are listed in the order of the file.
    const then = { ...actor, now: actor.now.add({ microseconds: index }) };
    const saved =
      knownId === null ? await saveSession(tx, then, organiser, values) : ok({ id: knownId });
    if (!saved.ok) return saved;
    if (place === null) continue;
    const { date, starts, room } = place;
    const sessionId = saved.value.id;
    placements.push({ sessionId, date, starts, roomId: roomId(room), isPinned: false });
  }
  return ok(placements);
}

/** What a plan comes to, in numbers. */
export function countsOf(
  { rooms, sessions, blocks }: ImportPlan,
  placed = sessions.filter(({ place }) => place !== null).length,
): ImportCounts {
  const isNew = ({ knownId }: { readonly knownId: string | null }) => knownId === null;
  const [newRooms, newSessions] = [rooms.filter(isNew).length, sessions.filter(isNew).length];
  const newBlocks = blocks.filter(({ isKnown }) => !isKnown).length;
  return {
    ...{ newRooms, newSessions, newBlocks, placed },
    knownRooms: rooms.length - newRooms,
    knownSessions: sessions.length - newSessions,
    knownBlocks: blocks.length - newBlocks,
  };
}

/** Says that one is done with what was not understood of an import. Event `timetable_import.settled`. */
export async function settleImport(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { id }: { readonly id: string },
): Promise<Result<void, Problem>> {
  const settled = await tx
    .updateTable('timetableImport')
    .set({ settledAt: actor.now, rest: '[]' })
    .where('summitId', '=', summitId)
    .where('id', '=', id)
    .where('settledAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (settled === undefined) return ok(undefined);
  await recordEvent(tx, actor, {
    kind: 'timetable_import.settled',
    summitId,
    data: { import: id },
  });
  return ok(undefined);
}
