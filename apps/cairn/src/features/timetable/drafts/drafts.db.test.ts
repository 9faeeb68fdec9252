import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type StoredFrame,
  storeFrame,
  storeSession,
} from '../../../../../../tests/drafts-world.ts';
import {
  addPerson,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { type Actor, inTransaction } from '../../../platform/db/command.ts';
import type { Organiser } from '../../people/rights.ts';
import { copyDraft, createDraft, discardDraft, renameDraft } from './draft-commands.ts';
import { draftOf, draftsOf } from './draft-queries.ts';
import type { Place } from './placement-rules.ts';
import { pinSessions, placeSessions, redoStep, undoStep } from './step-commands.ts';

let world: SummitDatabase;
let organiser: Organiser;
let rooms: StoredFrame;
let arrays: string;
let docs: string;
let grigor: Actor;
let draftId: string;

const SLUG = 'sp_summit_2023';

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  organiser = await world.organiser(SLUG);
  rooms = await storeFrame(world.db, organiser.summitId);
  const { now } = world.actor;
  arrays = await storeSession(world.db, organiser.summitId, { title: 'Arrays', now });
  docs = await storeSession(world.db, organiser.summitId, { title: 'Docs', now });
  grigor = { ...world.actor, personId: await addPerson(world.db, 'Grigor') };
});
afterAll(() => world.drop());

beforeEach(async () => {
  draftId = expectOk(
    await run((tx) => createDraft(tx, world.actor, organiser, { name: 'First' })),
  ).id;
});

const run = <T>(command: Parameters<typeof inTransaction<T>>[1]) =>
  inTransaction(world.db, command);
const at = (starts: string, roomId: string | null = rooms.hall): Place => ({
  date: '2023-05-22',
  starts,
  roomId,
});
const move = (actor: Actor, seen: number, sessionId: string, to: Place | null) =>
  run((tx) => placeSessions(tx, actor, organiser, { draftId, seen, moves: [{ sessionId, to }] }));
const placesNow = async () =>
  Object.fromEntries(
    ((await draftOf(world.db, organiser.summitId, draftId))?.placements ?? []).map(
      ({ sessionId, starts, isPinned }) => [
        sessionId === arrays ? 'arrays' : 'docs',
        `${starts}${isPinned ? ' pinned' : ''}`,
      ],
    ),
  );
const eventsOf = async (kind: string) =>
  (await world.db.selectFrom('event').select('data').where('kind', '=', kind).execute()).filter(
    ({ data }) => (data as { draft?: string }).draft === draftId,
  );

describe('two who move sessions of one draft at once', () => {
  test('lose nothing when they move different sessions', async () => {
    const [one, other] = await Promise.all([
      move(world.actor, 0, arrays, at('09:00')),
      move(grigor, 0, docs, at('10:30')),
    ]);
    expect([one.ok, other.ok]).toEqual([true, true]);
    expect(await placesNow()).toEqual({ arrays: '09:00', docs: '10:30' });
    expect(await eventsOf('draft.changed')).toHaveLength(2);
  });

  test('are told who moved the same session and where to, and the first move stays', async () => {
    expectOk(await move(grigor, 0, arrays, at('09:00')));
    const stale = await move(world.actor, 0, arrays, at('10:30'));
    expect(stale).toMatchObject({ ok: false, error: { code: 'changed-meanwhile' } });
    expect(stale.ok ? '' : stale.error.sentence).toContain(
      'Grigor moved “Arrays” to Monday 09:00, Hall meanwhile.',
    );
    expect(await placesNow()).toEqual({ arrays: '09:00' });
    expectOk(await move(world.actor, 1, arrays, at('10:30')));
    expect(await placesNow()).toEqual({ arrays: '10:30' });
  });

  test('agree when they move it to the same place', async () => {
    expectOk(await move(grigor, 0, arrays, at('09:00')));
    expect(await move(world.actor, 0, arrays, at('09:00'))).toEqual({
      ok: true,
      value: { revision: 1 },
    });
    expect(await eventsOf('draft.changed')).toHaveLength(1);
  });

  test('twenty moves at once leave one revision each and every session somewhere', async () => {
    const moves = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0
        ? move(world.actor, 100, arrays, at(index % 4 === 0 ? '09:00' : '10:30'))
        : move(grigor, 100, docs, at(index % 3 === 0 ? '13:00' : '13:30')),
    );
    const done = await Promise.all(moves);
    expect(done.every(({ ok }) => ok)).toBe(true);
    const draft = await draftOf(world.db, organiser.summitId, draftId);
    const steps = await eventsOf('draft.changed');
    expect(draft?.revision).toBe(steps.length);
    expect(draft?.placements).toHaveLength(2);
  });
});

describe('undo and redo', () => {
  const undo = (actor: Actor) => run((tx) => undoStep(tx, actor, organiser, { draftId }));
  const redo = (actor: Actor) => run((tx) => redoStep(tx, actor, organiser, { draftId }));

  test('take back and do again what one did oneself, step by step', async () => {
    expectOk(await move(world.actor, 0, arrays, at('09:00')));
    expectOk(await move(world.actor, 1, arrays, at('10:30')));
    expectOk(await move(grigor, 2, docs, at('13:00')));
    expectOk(await undo(world.actor));
    expect(await placesNow()).toEqual({ arrays: '09:00', docs: '13:00' });
    expectOk(await undo(world.actor));
    expect(await placesNow()).toEqual({ docs: '13:00' });
    expect(await undo(world.actor)).toMatchObject({ error: { code: 'nothing-to-undo' } });
    expectOk(await redo(world.actor));
    expectOk(await redo(world.actor));
    expect(await placesNow()).toEqual({ arrays: '10:30', docs: '13:00' });
    expect(await redo(world.actor)).toMatchObject({ error: { code: 'nothing-to-redo' } });
    expectOk(await undo(world.actor));
    expect(await placesNow()).toEqual({ arrays: '09:00', docs: '13:00' });
    expect(await eventsOf('draft.undone')).toHaveLength(3);
    expect(await eventsOf('draft.redone')).toHaveLength(2);
  });

  test('never take back what somebody else made of it since', async () => {
    expectOk(await move(world.actor, 0, arrays, at('09:00')));
    expectOk(await move(grigor, 1, arrays, at('10:30')));
    const undone = await undo(world.actor);
    expect(undone).toMatchObject({ ok: false, error: { code: 'changed-since' } });
    expect(undone.ok ? '' : undone.error.sentence).toContain('Grigor has moved “Arrays” since');
    expect(await placesNow()).toEqual({ arrays: '10:30' });
  });

  test('cover pins too', async () => {
    expectOk(await move(world.actor, 0, arrays, at('09:00')));
    const pin = { draftId, sessions: [arrays], isPinned: true };
    expectOk(await run((tx) => pinSessions(tx, world.actor, organiser, pin)));
    expect(await placesNow()).toEqual({ arrays: '09:00 pinned' });
    expectOk(await move(world.actor, 2, arrays, at('10:30')));
    expect(await placesNow()).toEqual({ arrays: '10:30 pinned' });
    expectOk(await undo(world.actor));
    expectOk(await undo(world.actor));
    expect(await placesNow()).toEqual({ arrays: '09:00' });
  });
});

describe('a draft', () => {
  test('refuses what this summit does not have, and changes nothing then', async () => {
    const elsewhere = '00000000-0000-4000-8000-000000000000';
    expect(await move(world.actor, 0, elsewhere, at('09:00'))).toMatchObject({
      error: { code: 'no-session' },
    });
    expect(await move(world.actor, 0, arrays, at('09:00', elsewhere))).toMatchObject({
      error: { code: 'no-room' },
    });
    expect(
      await move(world.actor, 0, arrays, { ...at('09:00'), date: '2023-06-01' }),
    ).toMatchObject({ error: { code: 'no-day' } });
    const pin = { draftId, sessions: [arrays], isPinned: true };
    expect(await run((tx) => pinSessions(tx, world.actor, organiser, pin))).toMatchObject({
      error: { code: 'not-placed' },
    });
    expect(await placesNow()).toEqual({});
  });

  test('can be copied, named anew and discarded; a discarded one is nowhere', async () => {
    expectOk(await move(world.actor, 0, arrays, at('09:00')));
    const copy = expectOk(
      await run((tx) => copyDraft(tx, world.actor, organiser, { draftId, name: 'Second' })),
    ).id;
    expectOk(
      await run((tx) => renameDraft(tx, world.actor, organiser, { draftId: copy, name: 'Other' })),
    );
    expect(await draftOf(world.db, organiser.summitId, copy)).toMatchObject({
      name: 'Other',
      placements: [{ sessionId: arrays }],
    });
    expectOk(await run((tx) => discardDraft(tx, world.actor, organiser, { draftId: copy })));
    expect(await draftOf(world.db, organiser.summitId, copy)).toBeUndefined();
    expect((await draftsOf(world.db, organiser)).map(({ id }) => id)).not.toContain(copy);
    expect(
      await run((tx) => discardDraft(tx, world.actor, organiser, { draftId: copy })),
    ).toMatchObject({ error: { code: 'no-draft' } });
  });
});
