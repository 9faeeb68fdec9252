import { beforeEach, expect, test } from 'vitest';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import {
  openReleasingHouse,
  type ReleasingHouse,
} from '../../../../../../tests/timetable-releases.ts';
import { currentTimetable } from './current-queries.ts';

const RELEASE = '/s/sp_summit_2023/organise/timetable/release';
let house: ReleasingHouse;

beforeEach(async () => {
  house = await openReleasingHouse();
  return () => house.drop();
});

const typed = (more: Record<string, string> = {}) => ({
  ...{ do: 'release', draft: house.world.draftId, seen: `${house.world.draftId} 0` },
  ...{ name: 'For the week', note: 'As we agreed.', tell: 'moved' },
  ...more,
});

const version = async () =>
  (await currentTimetable(house.db, house.world.summit.id))?.version ?? 'none';

test('The page shows warnings and every mail, word for word, before anything is released.', async () => {
  const page = await (await house.get(RELEASE)).text();
  expectIn(page, 'Without a place or a room');
  expectIn(page, 'Mira Example');
  expectIn(page, '“Array API: inspection”: Mon 22 May 2023, 10:00–11:30 PDT, Studio.');
  const looked = await house.post(RELEASE, typed({ do: 'look', tell: 'everybody' }));
  const shown = await looked.text();
  expect(looked.status).toBe(200);
  for (const words of ['value="For the week"', 'As we agreed.', 'Grigor Lind']) {
    expectIn(shown, words);
  }
  expect(await version()).toBe('none');
});

test('What was looked at is what is released, with a notice that says so.', async () => {
  const answer = await house.post(RELEASE, typed());
  expect([answer.status, answer.headers.get('location')]).toEqual([303, RELEASE]);
  expect(await version()).toBe(1);
  expectIn(
    await (await house.get(RELEASE)).text(),
    'Nothing: this is what everybody sees already.',
  );
});

test('A refusal keeps all that was typed, and nothing is released.', async () => {
  const refusals = [
    [{ name: '' }, 'Give this version a name'],
    [{ name: 'x'.repeat(101) }, 'Give this version a name'],
    [{ seen: `${house.world.draftId} 7` }, 'The draft was changed since'],
    [{ seen: '' }, 'You chose another draft'],
    [{ draft: 'no-draft', seen: 'no-draft 0' }, 'There is no such draft'],
  ] as const;
  for (const [more, sentence] of refusals) {
    const answer = await house.post(RELEASE, typed(more));
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expectIn(page, sentence);
    expectIn(page, 'As we agreed.');
  }
  expect(await version()).toBe('none');
});

test('An open session in the way of the draft is warned of.', async () => {
  const { db, world, clock } = house;
  const summitId = world.summit.id;
  const { id: sessionId } = await db
    .insertInto('timetableSession')
    .values({
      ...{ summitId, kind: 'open', title: 'First pull requests', minutes: 60 },
      ...{ topicNumber: null, groupKey: null, size: null, createdBy: null, removedAt: null },
      createdAt: clock.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('openSession')
    .values({
      ...{ sessionId, summitId, roomId: world.rooms.library, date: '2023-05-23' },
      ...{ starts: '09:30', claimedBy: null, claimedAt: clock.now(), withdrawnAt: null },
    })
    .execute();
  const page = await (await house.get(RELEASE)).text();
  expectIn(page, 'In the way of open space');
  expectIn(page, '“First pull requests” in open space');
});

test('While there is no draft, the page leads to the drafts.', async () => {
  await house.db.updateTable('timetableDraft').set({ discardedAt: house.clock.now() }).execute();
  const page = await (await house.get(RELEASE)).text();
  expectIn(page, 'There is no draft yet');
  expectNotIn(page, 'Whom to tell');
});
