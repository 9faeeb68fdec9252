import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { listed } from '@cairn/kernel/words';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { type Organiser, type Self, selfIn } from '../../people/rights.ts';
import { lockSummit, summitById } from '../../summits/queries.ts';
import { hostedStays } from '../stays/stay-queries.ts';
import { lodgingsOf, searchedRooms } from './lodging-queries.ts';
import { ownRoom, roomingIn, sleepersOf } from './rooming-queries.ts';
import { handProblem, type Places } from './rooming-rules.ts';
import { findRooms } from './rooming-search-rules.ts';
import type { Statement } from './statement-rules.ts';
import { toldAnew } from './told-rules.ts';

/**
 * Proposes who sleeps where, as a draft in place of the last one. People put by hand in that stay; who was told of a
 * room is moved only where nothing else is possible. Event `rooming.proposed`.
 */
export async function proposeRooming(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  seed: number,
): Promise<Result<Statement, Problem>> {
  const { summitId } = organiser;
  await lockSummit(tx, summitId);
  const rooms = searchedRooms(await lodgingsOf(tx, organiser));
  if (rooms.length === 0) {
    return fail(problem('no-rooms', 'Say first which houses and rooms there are.'));
  }
  const draft = await roomingIn(tx, organiser, 'draft');
  const set = await roomingIn(tx, organiser, 'set');
  const sleepers = await sleepersOf(tx, organiser, { draft, set });
  if (sleepers.length === 0) {
    return fail(problem('no-sleepers', 'Nobody said yet that they need a bed; ask them first.'));
  }
  const { places, worth, proves } = findRooms(sleepers, rooms, seed);
  const statement: Statement = {
    sleepers: sleepers.length,
    unplaced: worth.unplaced,
    moved: worth.moved,
    beds: rooms.reduce((sum, { beds }) => sum + beds, 0),
    proves,
    kept: sleepers.filter(({ kept }) => kept !== undefined).length,
  };
  const kept = new Set(sleepers.filter((each) => each.kept !== undefined).map(({ id }) => id));
  await storeDraft(tx, actor, organiser, { seed, statement, places, kept });
  const data = { sleepers: sleepers.length, unplaced: worth.unplaced, seed };
  await recordEvent(tx, actor, { kind: 'rooming.proposed', summitId, data });
  return ok(statement);
}

/** Begins a draft that is what is set by now, to be changed by hand. Event `rooming.begun`. */
export async function beginByHand(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
): Promise<Result<void, Problem>> {
  const { summitId } = organiser;
  await lockSummit(tx, summitId);
  const set = await roomingIn(tx, organiser, 'set');
  const sleepers = await sleepersOf(tx, organiser, { draft: undefined, set });
  const places = new Map(sleepers.map(({ id, before }) => [id, before ?? null]));
  await storeDraft(tx, actor, organiser, {
    ...{ seed: set?.seed ?? 1, statement: undefined, places, kept: new Set<string>() },
  });
  await recordEvent(tx, actor, { kind: 'rooming.begun', summitId });
  return ok(undefined);
}

async function storeDraft(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  made: {
    readonly seed: number;
    readonly statement: Statement | undefined;
    readonly places: Places;
    readonly kept: ReadonlySet<string>;
  },
): Promise<void> {
  await tx
    .updateTable('rooming')
    .set({ state: 'dropped' })
    .where('summitId', '=', summitId)
    .where('state', '=', 'draft')
    .execute();
  const { id: roomingId } = await tx
    .insertInto('rooming')
    .values({
      ...{ summitId, seed: made.seed, madeAt: actor.now, setAt: null },
      statement: JSON.stringify(made.statement ?? []),
      madeBy: actor.personId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows = [...made.places].map(([personId, roomId]) => ({
    ...{ roomingId, personId, roomId },
    isKept: made.kept.has(personId),
  }));
  if (rows.length > 0) await tx.insertInto('roomingPlace').values(rows).execute();
}

/** Where an organiser puts somebody: a room, no room, or wherever the search finds one. */
export interface PutByHand {
  readonly personId: string;
  readonly roomId: string | null;
  readonly isKept: boolean;
}

/**
 * Puts people by hand in the draft, all of them or none; the search leaves those there who are kept. Refused where
 * beds, steps, or what people openly said speak against it. Event `rooming.put` with how many.
 */
export async function putByHand(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  puts: readonly PutByHand[],
): Promise<Result<void, Problem>> {
  const { summitId } = organiser;
  await lockSummit(tx, summitId);
  const draft = await roomingIn(tx, organiser, 'draft');
  if (draft === undefined) {
    return fail(problem('no-draft', 'There is no draft any more; propose rooms first.'));
  }
  const rooms = searchedRooms(await lodgingsOf(tx, organiser));
  const sleepers = await sleepersOf(tx, organiser, { draft, set: undefined });
  const moving = new Map(puts.map((put) => [put.personId, put]));
  const roomNow = (id: string): string | null =>
    moving.has(id) ? (moving.get(id)?.roomId ?? null) : (draft.places.get(id)?.roomId ?? null);
  for (const { personId, roomId, isKept } of puts) {
    const path = { path: `room_${personId}` };
    const sleeper = sleepers.find(({ id }) => id === personId);
    if (sleeper === undefined) {
      return fail(problem('no-sleeper', 'Somebody of these needs no bed any more.', path));
    }
    const room = rooms.find(({ id }) => id === roomId);
    if (roomId !== null && room === undefined) {
      return fail(problem('no-room', 'There is no such room any more; choose another one.', path));
    }
    // Who stays where they are is not judged again: only what was changed is.
    if (room !== undefined && draft.places.get(personId)?.roomId !== roomId) {
      const inside = sleepers.filter(({ id }) => id !== personId && roomNow(id) === roomId);
      const wrong = handProblem(sleeper, room, inside);
      if (wrong !== undefined) return fail({ ...wrong, place: path });
    }
    await tx
      .insertInto('roomingPlace')
      .values({ roomingId: draft.id, personId, roomId, isKept })
      .onConflict((conflict) =>
        conflict.columns(['roomingId', 'personId']).doUpdateSet({ roomId, isKept }),
      )
      .execute();
  }
  // What was said of the proposal does not hold for what was made of it.
  await tx.updateTable('rooming').set({ statement: '[]' }).where('id', '=', draft.id).execute();
  await recordEvent(tx, actor, { kind: 'rooming.put', summitId, data: { people: puts.length } });
  return ok(undefined);
}

/**
 * Sets the draft: everybody whose room or room-mates are others than before is told by mail, and nobody of wishes.
 * Event `rooming.set` with how many were told.
 */
export async function setRooming(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  draftId: string,
): Promise<Result<{ readonly told: number }, Problem>> {
  const { summitId } = organiser;
  await lockSummit(tx, summitId);
  const draft = await roomingIn(tx, organiser, 'draft');
  if (draft === undefined || draft.id !== draftId) {
    const sentence = 'The draft is another one by now. Look at it, and set it then.';
    return fail(problem('changed-meanwhile', sentence));
  }
  const set = await roomingIn(tx, organiser, 'set');
  await tx
    .updateTable('rooming')
    .set({ state: 'dropped' })
    .where('summitId', '=', summitId)
    .where('state', '=', 'set')
    .execute();
  await tx
    .updateTable('rooming')
    .set({ state: 'set', setAt: actor.now })
    .where('id', '=', draft.id)
    .execute();
  const told = toldAnew(set?.places ?? new Map(), draft.places);
  const names = new Map(
    (await hostedStays(tx, organiser)).map((each) => [each.personId, each.name]),
  );
  const { slug, definition } = await summitById(tx, summitId);
  for (const personId of told) {
    const own = await ownRoom(tx, selfIn(summitId, { personId }));
    await notify(tx, actor, {
      ...{ summitId, personId },
      key: `rooming:${draft.id}:${personId}`,
      subject: `Your room: ${definition.title}`,
      body: [
        `Dear ${names.get(personId) ?? ''},`,
        '',
        own === undefined
          ? 'you have no room at the moment that the organisers told you of before; they will write to you.'
          : `you sleep in room ${own.room}, ${own.house}${own.mates.length === 0 ? ', alone' : `, with ${listed(own.mates)}`}.`,
        '',
        'If that does not suit you, ask for another room on your page; you need not say why.',
      ].join('\n'),
      page: `/s/${slug}/money/stay`,
    });
  }
  await recordEvent(tx, actor, { kind: 'rooming.set', summitId, data: { told: told.length } });
  return ok({ told: told.length });
}

/** Asks for another room, or takes that back; organisers see who, and not why. Event `rooming.move_asked`. */
export async function askForMove(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  asksMove: boolean,
): Promise<Result<void, Problem>> {
  const changed = await tx
    .updateTable('roomingPlace')
    .set({ asksMove })
    .where('personId', '=', personId)
    .where('roomId', 'is not', null)
    .where('roomingId', 'in', (eb) =>
      eb
        .selectFrom('rooming')
        .select('id')
        .where('summitId', '=', summitId)
        .where('state', '=', 'set'),
    )
    .returning('personId')
    .executeTakeFirst();
  if (changed === undefined) {
    return fail(problem('no-room-yet', 'No room is set for you yet.'));
  }
  await recordEvent(tx, actor, {
    ...{ kind: 'rooming.move_asked', summitId, personId },
    data: { asksMove },
  });
  return ok(undefined);
}
