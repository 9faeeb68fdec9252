import { expectZone, Temporal } from '@cairn/kernel/time';
import { renderToString } from 'preact-render-to-string';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import {
  openReleasingHouse,
  type ReleasingHouse,
} from '../../../../../../tests/timetable-releases.ts';
import { topicSessionsSection } from '../../planning/topics/sessions-section.tsx';

const SUMMIT = '/s/sp_summit_2023';
const TIMETABLE = `${SUMMIT}/timetable`;

let house: ReleasingHouse;
let yuki = '';

beforeAll(async () => {
  house = await openReleasingHouse();
  yuki = house.world.people['Yuki'] ?? '';
});
afterAll(() => house.drop());

const text = async (path: string, as: string): Promise<string> =>
  (await house.get(path, as)).text();

test('Before a release nothing leads to a timetable that is not there.', async () => {
  expectNotIn(await text(SUMMIT, yuki), 'What is now and next');
  const mine = await text(`${SUMMIT}/me`, yuki);
  expectIn(mine, `${TIMETABLE}/groups`);
  expectNotIn(mine, `${TIMETABLE}/agenda`);
  expectIn(await text(`${SUMMIT}/organise`, house.world.ada), 'Not released yet');
});

test('After a release the summit’s page, one’s own part, the overview and the topic lead to it.', async () => {
  await house.released({ name: 'First timetable' });
  expectIn(await text(SUMMIT, yuki), `${TIMETABLE}/now`);
  const mine = await text(`${SUMMIT}/me`, yuki);
  expectIn(mine, `${TIMETABLE}/agenda`);
  expectIn(mine, 'Array API');
  // The zone of a time on a page of no timetable is named with it.
  expectIn(mine, 'Mon 22 May 2023, 10:00–11:30 PDT');
  expectIn(await text(`${SUMMIT}/organise`, house.world.ada), 'First timetable');
  const { db, world } = house;
  const asked = { number: 1, zone: expectZone('Europe/Berlin') };
  const section = async (comes: boolean): Promise<string> => {
    const drawn = await topicSessionsSection(db, world.summit, { ...asked, comes });
    return drawn === undefined ? '' : renderToString(drawn);
  };
  expectIn(await section(true), `${TIMETABLE}/groups/arrays`);
  expectIn(await section(true), `${TIMETABLE}/sessions/${world.sessions.arrays1}`);
  expectNotIn(await section(false), `${TIMETABLE}/groups/`);
});

test('A page that shows the clocks of the place says so at its foot, and whose the other times are.', async () => {
  const read = async (path: string, as: string): Promise<string> => {
    const headers = { 'x-test-person': as, 'x-test-zone': 'Europe/Berlin' };
    return (await house.app.request(path, { headers })).text();
  };
  const { ada } = house.world;
  for (const part of ['/agenda', '/now', '/now/people', '/open-space', '/presence']) {
    expectIn(await read(`${TIMETABLE}${part}`, yuki), 'Times are those of America/Los Angeles.');
  }
  for (const part of ['', '/frame', '/presence', '/sessions', '/drafts']) {
    const page = await read(`${SUMMIT}/organise/timetable${part}`, ada);
    expectIn(page, 'Times are those of America/Los Angeles.');
  }
  expectIn(await read(`${TIMETABLE}/agenda`, yuki), '(yours 19:00–20:30)');
  const day = await read(`${TIMETABLE}/days/2023-05-22`, yuki);
  expectIn(day, 'Times are those of Europe/Berlin.');
  expectIn(day, '(there 10:00)');
  expect((await house.get(`${SUMMIT}/worklog`, yuki)).status).toBeLessThan(400);
});

test('Where a room is joined from afar is for those who come alone; so are the ways on from a session.', async () => {
  const { rooms, sessions } = house.world;
  const link = 'https://video.example/studio';
  await house.db
    .updateTable('timetableRoom')
    .set({ link })
    .where('id', '=', rooms.studio)
    .execute();
  const session = `${TIMETABLE}/sessions/${sessions.arrays1}`;
  const stranger = await text(session, house.stranger);
  for (const path of [session, `${TIMETABLE}/rooms/studio`]) {
    expectIn(await text(path, yuki), link);
    expectNotIn(await text(path, house.stranger), 'video.example');
  }
  const inside = await text(session, yuki);
  for (const way of ['/plan/topics/1', '/worklog/2023-05-22#arrays', '/timetable/groups/arrays']) {
    expectIn(inside, `${SUMMIT}${way}`);
    expectNotIn(stranger, `${SUMMIT}${way}`);
  }
});

test('From a draft one comes to the release of this draft, and of no other.', async () => {
  const { ada, draftId } = house.world;
  const making = `${SUMMIT}/organise/timetable`;
  for (const page of ['', '/about']) {
    expectIn(
      await text(`${making}/drafts/${draftId}${page}`, ada),
      `${making}/release?draft=${draftId}`,
    );
  }
});

test('An agenda begins with the day that it is, and folds away the days before; after the last none.', async () => {
  const agenda = `${TIMETABLE}/agenda`;
  expectNotIn(await text(agenda, yuki), 'Days that are over');
  house.clock.set(Temporal.Instant.from('2023-05-23T17:00:00Z'));
  const tuesday = await text(agenda, yuki);
  expectIn(tuesday, 'Days that are over (1)');
  expectNotIn(tuesday, 'href="#day-2023-05-22"');
  house.clock.set(Temporal.Instant.from('2023-06-01T17:00:00Z'));
  expectNotIn(await text(agenda, yuki), 'Days that are over');
});
