import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type StoredFrame,
  storeFrame,
  storeSession,
} from '../../../../../../tests/drafts-world.ts';
import { testServices } from '../../../../../../tests/services.ts';
import {
  addPerson,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Organiser } from '../../people/rights.ts';
import { createDraft } from '../drafts/draft-commands.ts';
import { draftOf, draftsOf } from '../drafts/draft-queries.ts';
import { checkPlacements } from './check-rules.ts';
import { timetableFacts } from './facts-queries.ts';
import { beginSearch, cancelSearch, makeOfferDraft, noteProgress } from './search-commands.ts';
import { searchOf } from './search-queries.ts';
import { timetableSearchTask } from './search-task.ts';

const SLUG = 'sp_summit_2023';

let world: SummitDatabase;
let organiser: Organiser;
let rooms: StoredFrame;
let sessions: string[];

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  organiser = await world.organiser(SLUG);
  rooms = await storeFrame(world.db, organiser.summitId);
  const bob = await addPerson(world.db, 'Bob');
  const { now } = world.actor;
  const make = (title: string, leads: string[], size = 2) =>
    storeSession(world.db, organiser.summitId, { title, now, leads, size });
  sessions = [
    await make('Arrays', [bob]),
    await make('Docs', [bob]),
    await make('Packaging', [world.ada], 20),
    await make('Sparse', [world.ada], 20),
  ];
});
afterAll(() => world.drop());

beforeEach(async () => {
  await world.db.deleteFrom('timetableSearch').execute();
  await world.db.deleteFrom('draftPlacement').execute();
  await world.db.deleteFrom('roomClosure').execute();
  await world.db.updateTable('timetableDraft').set({ discardedAt: world.actor.now }).execute();
});

type Asked = Partial<Parameters<typeof beginSearch>[3]>;
const begin = async (asked: Asked = {}) =>
  expectOk(
    await inTransaction(world.db, (tx) =>
      beginSearch(tx, world.actor, organiser, {
        kind: 'find',
        seed: 1,
        seconds: 5,
        from: 'none',
        iterations: 5000,
        ...asked,
      }),
    ),
  ).id;
const work = (id: string) =>
  timetableSearchTask(testServices(world.db, { clock: world.clock }))(
    { search: id },
    { number: 1, isLast: true },
  );
const facts = async () => {
  const found = await timetableFacts(world.db, await world.summit(SLUG), organiser);
  if (found === undefined) throw new Error('the test has a frame');
  return found;
};

const closeHall = () =>
  world.db
    .insertInto('roomClosure')
    .values(
      ['2023-05-22', '2023-05-23'].map((date) => ({
        ...{ roomId: rooms.hall, date, starts: '09:00', ends: '15:00' },
      })),
    )
    .execute();

describe('a search for timetables', () => {
  test('finds drafts in which all that must hold does, proven, and the same again for the same seed', async () => {
    const id = await begin();
    await work(id);
    const search = await searchOf(world.db, organiser, id);
    expect(search?.state).toBe('done');
    const [best = ''] = search?.result?.drafts ?? [];
    const draft = await draftOf(world.db, organiser.summitId, best);
    expect(draft).toMatchObject({
      origin: 'search',
      made: { seed: 1, aim: 'fair', verdict: 'optimal', search: id },
    });
    expect(draft?.placements).toHaveLength(4);
    expect(checkPlacements(await facts(), draft?.placements ?? []).values[0]).toBe(0);
    const again = await begin();
    await work(again);
    const [twin = ''] = (await searchOf(world.db, organiser, again))?.result?.drafts ?? [];
    const other = await draftOf(world.db, organiser.summitId, twin);
    expect(other?.placements).toEqual(draft?.placements);
  }, 60_000);

  test('leaves what is pinned in place, and moves little of what it begins from', async () => {
    const pinned = { date: '2023-05-23', starts: '13:00', roomId: rooms.attic, isPinned: true };
    const [arrays = '', docs = ''] = sessions;
    const from = expectOk(
      await inTransaction(world.db, (tx) =>
        createDraft(tx, world.actor, organiser, {
          name: 'By hand',
          placements: [
            { sessionId: arrays, ...pinned },
            { sessionId: docs, ...pinned, date: '2023-05-22', isPinned: false },
          ],
        }),
      ),
    ).id;
    const id = await begin({ from });
    await work(id);
    const drafts = (await draftsOf(world.db, organiser)).filter(({ made }) => made.search === id);
    expect(drafts.length).toBeGreaterThan(0);
    for (const each of drafts) {
      const placements = (await draftOf(world.db, organiser.summitId, each.id))?.placements;
      expect(placements).toContainEqual({ sessionId: arrays, ...pinned });
      if (each.made.aim !== 'few') continue;
      expect(placements?.find(({ sessionId }) => sessionId === docs)).toMatchObject({
        date: '2023-05-22',
        starts: '13:00',
      });
    }
  }, 60_000);

  test('says what cannot hold together where nothing can be found', async () => {
    await closeHall();
    const id = await begin();
    await work(id);
    const { result } = (await searchOf(world.db, organiser, id)) ?? {};
    expect(result?.conflict.join(' ')).toContain('“Packaging”');
    expect(result?.drafts).toHaveLength(1);
  }, 60_000);

  test('is one at a time, can be cancelled, and then makes nothing', async () => {
    const id = await begin();
    const second = await inTransaction(world.db, (tx) =>
      beginSearch(tx, world.actor, organiser, { kind: 'find', seed: 1, seconds: 1, from: 'none' }),
    );
    expect(second).toMatchObject({ ok: false, error: { code: 'search-under-way' } });
    expectOk(
      await inTransaction(world.db, (tx) => cancelSearch(tx, world.actor, organiser, { id })),
    );
    await work(id);
    expect(await searchOf(world.db, organiser, id)).toMatchObject({ state: 'cancelled' });
    expect(await draftsOf(world.db, organiser)).toEqual([]);
    expect(await world.db.transaction().execute((tx) => noteProgress(tx, id, undefined))).toBe(
      false,
    );
  });

  test('ends its thread soon after it was cancelled', async () => {
    // What cannot be had is sought to the end.
    await closeHall();
    const id = await begin({ iterations: 1_000_000_000 });
    const working = work(id);
    await expect
      .poll(async () => (await searchOf(world.db, organiser, id))?.progress?.stage, {
        timeout: 20_000,
      })
      .toBe('fair');
    expectOk(
      await inTransaction(world.db, (tx) => cancelSearch(tx, world.actor, organiser, { id })),
    );
    await working;
    expect(await draftsOf(world.db, organiser)).toEqual([]);
  }, 60_000);
});

describe('a repair', () => {
  test('moves the fewest after a room has flooded, and is a draft only when somebody wants it', async () => {
    const [arrays = '', docs = '', packaging = '', sparse = ''] = sessions;
    const at = (sessionId: string, starts: string, roomId: string) => ({
      ...{ sessionId, date: '2023-05-22', starts, roomId, isPinned: false },
    });
    const placements = [
      at(arrays, '09:00', rooms.attic),
      at(docs, '10:30', rooms.attic),
      at(packaging, '09:00', rooms.hall),
      at(sparse, '10:30', rooms.hall),
    ];
    const from = expectOk(
      await inTransaction(world.db, (tx) =>
        createDraft(tx, world.actor, organiser, { name: 'Released', placements }),
      ),
    ).id;
    await world.db
      .insertInto('roomClosure')
      .values({ roomId: rooms.hall, date: '2023-05-22', starts: '09:00', ends: '10:30' })
      .execute();
    const id = await begin({ kind: 'repair', from, measure: 'sessions' });
    await work(id);
    const search = await searchOf(world.db, organiser, id);
    expect(search?.result?.sentences).toEqual([
      '1 session must move; it is proven that fewer will not do.',
    ]);
    expect(search?.result?.offers[0]).toMatchObject({ more: 0, cost: 1 });
    expect(await draftsOf(world.db, organiser)).toHaveLength(1);
    const made = expectOk(
      await inTransaction(world.db, (tx) =>
        makeOfferDraft(tx, world.actor, organiser, { id, offer: 0, name: 'Mended' }),
      ),
    ).id;
    const mended = await draftOf(world.db, organiser.summitId, made);
    expect(mended).toMatchObject({ origin: 'repair', made: { cost: 1, from } });
    const was = new Map(placements.map((each) => [each.sessionId, each]));
    const moved = mended?.placements.filter(
      (each) => JSON.stringify(each.starts) !== JSON.stringify(was.get(each.sessionId)?.starts),
    );
    expect(moved?.map(({ sessionId }) => sessionId)).toEqual([packaging]);
    expect(checkPlacements(await facts(), mended?.placements ?? []).values[0]).toBe(0);
  }, 60_000);
});
