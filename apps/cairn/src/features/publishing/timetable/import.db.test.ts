import { expectOk } from '@cairn/kernel/result';
import { beforeEach, describe, expect, test } from 'vitest';
import { tokenOf } from '../../../../../../tests/api.ts';
import { TEST_URL } from '../../../../../../tests/services.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import {
  openReleasingHouse,
  type ReleasingHouse,
} from '../../../../../../tests/timetable-releases.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { draftOf, draftsOf } from '../../timetable/drafts/draft-queries.ts';
import { frameOf } from '../../timetable/frame/frame-queries.ts';
import { sessionsOf } from '../../timetable/sessions/session-queries.ts';
import { takeTimetableImport } from './import-commands.ts';
import { timetableImports } from './import-queries.ts';
import { readTimetableFile } from './import-reading.ts';

let house: ReleasingHouse;
const slug = 'sp_summit_2023';
const home = `/s/${slug}/organise/timetable/import`;

beforeEach(async () => {
  house = await openReleasingHouse();
  return () => house.drop();
});

/** Sends a file or a text with a button, as Ada. */
async function send(action: string, text: string, file?: string): Promise<Response> {
  const form = new FormData();
  form.set('action', action);
  if (file === undefined) form.set('rows', text);
  else form.set('file', new File([text], file));
  return house.app.request(home, {
    method: 'POST',
    body: form,
    headers: { 'x-test-person': house.world.ada, origin: TEST_URL },
  });
}
const took = async (text: string, file?: string) => {
  const answer = await send('take', text, file);
  expect(answer.status, await answer.clone().text()).toBe(303);
  return answer.headers.get('location') ?? '';
};
const imports = async () => timetableImports(house.db, await house.organiser(slug));
const sessions = () => sessionsOf(house.db, house.world.summit.id);
const titled = async (title: string) => (await sessions()).find((each) => each.title === title);
const frame = async () => {
  const found = await frameOf(house.db, house.world.summit);
  if (found === undefined) throw new Error('there is a frame');
  return found;
};
const newestDraft = async () => {
  const organiser = await house.organiser(slug);
  const [row] = (await draftsOf(house.db, organiser)).filter(({ origin }) => origin === 'import');
  return row && draftOf(house.db, organiser.summitId, row.id);
};
const countsNow = async () => ({
  sessions: (await sessions()).length,
  rooms: (await frame()).rooms.length,
  imports: (await imports()).length,
});

const schedule = (events: object[], said: object = {}) =>
  JSON.stringify({
    schedule: {
      version: '1',
      conference: {
        title: 'Other',
        days: [{ index: 1, date: '2023-05-22', rooms: { 'Big Tent': events } }],
        ...said,
      },
    },
  });
const GUID = '6a1b2c3d-0000-4000-8000-00000000000a';
const event = {
  guid: GUID,
  title: 'Sparse <b>arrays</b>',
  date: '2023-05-22T19:00:00+02:00',
  start: '19:00',
  duration: '01:00',
  room: 'Big Tent',
  type: 'Talk',
  description: 'How.',
  recording_license: 'CC-BY',
  persons: [
    { id: 1, public_name: 'Mira Example' },
    { id: 2, public_name: 'Ada Unknown' },
  ],
};

describe('a schedule of another tool', () => {
  test('is shown before it is taken, and nothing is stored by looking', async () => {
    const before = await countsNow();
    const answer = await send('preview', schedule([event]), 'schedule.json');
    expect(answer.status).toBe(200);
    const page = await answer.text();
    expectIn(page, 'Sparse &lt;b>arrays&lt;/b>');
    expectIn(page, '2023-05-22, 10:00, Big Tent');
    expectIn(page, 'Nobody who comes is called “Ada Unknown”');
    expect(await countsNow()).toEqual(before);
  });

  test('becomes rooms, sessions and a draft; moments are those of the file, on our clock', async () => {
    const report = await took(schedule([event]), 'schedule.json');
    const session = await titled('Sparse <b>arrays</b>');
    expect(session).toMatchObject({
      minutes: 60,
      text: 'How.',
      leads: [house.world.people['Mira']],
    });
    const room = (await frame()).rooms.find(({ name }) => name === 'Big Tent');
    const draft = await newestDraft();
    expect(draft?.name).toBe('Imported from schedule.json');
    expect(draft?.placements).toEqual([
      {
        ...{ sessionId: session?.id, date: '2023-05-22', starts: '10:00', roomId: room?.id },
        isPinned: false,
      },
    ]);
    const page = await (await house.get(report)).text();
    expectIn(page, 'recording_license');
    expectIn(page, 'Ada Unknown');
    expectIn(page, '1 new room and 1 new session; 1 with a place');
  });

  test('is taken once: what is there already stays, and only its places make a draft', async () => {
    await took(schedule([event]), 'schedule.json');
    const before = await countsNow();
    await took(schedule([{ ...event, title: 'Sparse <b>arrays</b>', duration: '02:00' }]));
    expect(await countsNow()).toEqual({ ...before, imports: before.imports + 1 });
    expect((await titled('Sparse <b>arrays</b>'))?.minutes).toBe(60);
  });

  test('keeps what was not understood until somebody is done with it, and can be mended', async () => {
    const report = await took(schedule([{ ...event, title: '' }, { title: 'No time' }, event]));
    const [kept] = await imports();
    expect(kept?.rest.filter(({ isTaken }) => !isTaken)).toHaveLength(2);
    const page = await (await house.get(report)).text();
    expectIn(page, 'It has no title.');
    expectIn(page, 'No time,,,,,,');
    await took('title,date,starts,minutes\nNo time,2023-05-23,10:00,30');
    expect(await titled('No time')).toBeDefined();
    const settled = await house.post(report, { action: 'settle' });
    expect(settled.status).toBe(303);
    expect((await imports()).find(({ id }) => id === kept?.id)?.rest).toEqual([]);
  });

  test('of our own comes back as it went out', async () => {
    await house.released();
    const before = await countsNow();
    for (const format of ['json', 'xml']) {
      const text = await (await house.app.request(`/s/${slug}/schedule.${format}`)).text();
      await took(text, `schedule.${format}`);
      const draft = await newestDraft();
      const { placements } =
        (await draftOf(house.db, house.world.summit.id, house.world.draftId)) ?? {};
      expect(draft?.placements).toEqual(placements?.map((each) => ({ ...each, isPinned: false })));
    }
    expect(await countsNow()).toEqual({ ...before, imports: before.imports + 2 });
    expect((await imports()).flatMap(({ rest }) => rest)).toEqual([]);
    expect((await frame()).blocks).toHaveLength(13);
  });
});

describe('a table', () => {
  test('of sessions makes them, with or without a place', async () => {
    await took(
      [
        'Title;Duration;Day;Start;Location;Speaker;Group;Needs;Colour',
        'One;1:30;2023-05-22;9:30;hall;Mira Example;Array API;Video;red',
        'Two;;;;;;;;',
        'Three;45;2023-06-30;10:00;Attic;;;;',
        'Four;a while;;;;;;;',
      ].join('\n'),
      'sessions.csv',
    );
    expect(await titled('One')).toMatchObject({
      ...{ minutes: 90, groupKey: 'arrays', needs: ['video'] },
      leads: [house.world.people['Mira']],
    });
    expect((await newestDraft())?.placements).toMatchObject([
      { date: '2023-05-22', starts: '09:30', roomId: house.world.rooms.hall },
    ]);
    expect(await titled('Two')).toMatchObject({ minutes: 90 });
    expect(await titled('Four')).toBeUndefined();
    const [imported] = await imports();
    const said = imported?.rest.map(({ sentence }) => sentence).join(' ') ?? '';
    expect(said).toContain('2023-06-30 is no day of this timetable');
    expect(said).toContain('Cairn knows no column “Colour”');
    expect(imported?.rest.find(({ isTaken }) => !isTaken)).toMatchObject({
      ...{ where: 'line 5', row: 'Four;a while;;;;;;;' },
    });
    expect(imported?.header).toBe('Title;Duration;Day;Start;Location;Speaker;Group;Needs;Colour');
  });

  test('of sessions comes back as it went out, with whatever titles', async () => {
    for (const [index, title] of ['=1+1', '"q", ; x', '  é 漢 ', '-dash'].entries()) {
      await house.db
        .updateTable('timetableSession')
        .set({ title: title.trim(), text: `line\n${title}`.trim() })
        .where('id', '=', Object.values(house.world.sessions)[index] ?? '')
        .execute();
    }
    const before = await sessions();
    const table = await (
      await house.get(`/s/${slug}/organise/timetable/sessions.csv?draft=${house.world.draftId}`)
    ).text();
    await took(table, 'sessions.csv');
    expect(await sessions()).toEqual(before);
    expect((await newestDraft())?.placements).toHaveLength(3);
    expect((await imports())[0]?.rest).toEqual([]);
    // The same table in another house makes the same sessions.
    await house.db.updateTable('timetableSession').set({ removedAt: house.clock.now() }).execute();
    await took(table, 'sessions.csv');
    const plain = (each: (typeof before)[number]) => ({ ...each, id: '' });
    expect((await sessions()).map(plain)).toEqual(before.map(plain));
  });

  test('of rooms makes those that are not there', async () => {
    const table = await (await house.get(`/s/${slug}/organise/timetable/rooms.csv`)).text();
    await took(`${table}Cellar,12,screen; quiet,Down,,\r\nHall,999,,,,\r\n`, 'rooms.csv');
    const { rooms } = await frame();
    expect(rooms).toHaveLength(5);
    expect(rooms.at(-1)).toMatchObject({
      ...{ name: 'Cellar', capacity: 12, features: ['screen', 'quiet'], directions: 'Down' },
    });
    expect(rooms.find(({ name }) => name === 'Hall')?.capacity).toBe(30);
  });

  test('of groups names everybody, for organisers only', async () => {
    const address = `/s/${slug}/organise/timetable/groups.csv`;
    const table = await (await house.get(address)).text();
    expectIn(table, 'arrays,Array API,1,Mira Example,yes');
    const { Mira } = house.world.people;
    for (const path of [address, address.replace('groups', 'sessions'), home]) {
      expect((await house.get(path, Mira)).status).toBe(404);
    }
    expect((await house.app.request(address)).status).toBe(303);
  });
});

describe('by the API', () => {
  test('a program sees first what an import would do, then does it, and is done with the rest', async () => {
    const token = await tokenOf(house, house.world.ada, ['read:timetable', 'write:timetable']);
    const ask = (method: string, path: string, body?: string) =>
      house.app.request(`/api/v1/summits/${slug}/timetable/imports${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
        ...(body === undefined ? {} : { body }),
      });
    const table = 'title,date,starts,room,minutes\nBy a program,2023-05-22,10:00,Hall,60\n,,,,';
    const before = await countsNow();
    const seen = await ask('POST', '/preview', `${table}\n"",2023-05-22,,,`);
    expect(await seen.json()).toMatchObject({
      counts: { new_sessions: 1, known_rooms: 1, placed: 1 },
      rest: [{ taken: false }],
    });
    expect(await countsNow()).toEqual(before);
    const made = await ask('POST', '?file_name=a.csv', `${table}\n"",2023-05-22,,,`);
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    expect(await titled('By a program')).toBeDefined();
    expect((await ask('DELETE', `/${id}/rest`)).status).toBe(204);
    expect(await (await ask('GET', '')).json()).toMatchObject({
      items: [{ id, file_name: 'a.csv', rest: [] }],
    });
    expect((await ask('POST', '', '')).status).toBe(422);
  });
});

describe('what is refused', () => {
  test('is told at the field, with everything that was typed', async () => {
    for (const text of ['', '  ', '{"schedule":', '<schedule>', 'no,thing\n1,2', '\0\0']) {
      const answer = await send('preview', text);
      expect(answer.status, text).toBe(422);
      const page = await answer.text();
      expectIn(page, '<textarea');
      expectNotIn(page, 'undefined');
    }
    expectIn(await (await send('preview', 'no,thing\n1,2')).text(), 'no,thing');
    const latin = new Uint8Array([0x74, 0x69, 0x74, 0x6c, 0x65, 0x0a, 0xe9]);
    const form = new FormData();
    form.set('file', new File([latin], 'latin.csv'));
    const answer = await house.app.request(home, {
      method: 'POST',
      body: form,
      headers: { 'x-test-person': house.world.ada, origin: TEST_URL },
    });
    expectIn(await answer.text(), 'not in UTF-8');
  });

  test('wild files are no failure of ours', async () => {
    const wild = '\u0000\ud800\uffff';
    const bad = { title: `Wild ${wild}`, start: '10:00', duration: '01:00', [`k${wild}`]: wild };
    await took(
      schedule([bad, { title: wild, guid: wild }, { ...bad, date: '2023-05-22T10:00:00+99:99' }], {
        rooms: [{ name: `Big ${wild}Tent`, capacity: 1e15, description: wild }],
        time_zone_name: wild,
        days: [
          { date: '2023-05-22', rooms: { [wild]: [bad], __proto__: [bad], 'Big Tent': [bad, 7] } },
        ],
      }),
      `${'x'.repeat(400)}.json`,
    );
    expect((await sessions()).some(({ title }) => title.startsWith('Wild'))).toBe(true);
    await took(`title,minutes\n"${'long '.repeat(100)}",60\nWild ${wild},60`);
  });

  test('one problem undoes all of it', async () => {
    const before = await countsNow();
    const asked = expectOk(readTimetableFile('title,room\nGood,New room\nOther,Newer'));
    await house.db.deleteFrom('draftPlacement').execute();
    const many = Array.from({ length: 2001 }, (_, index) => `S${index}`).join('\n');
    expect(asked.sessions).toHaveLength(2);
    const organiser = await house.organiser(slug);
    const refused = await inTransaction(house.db, (tx) =>
      takeTimetableImport(
        tx,
        house.actor,
        organiser,
        house.world.summit,
        {
          ...asked,
          // More rooms than a timetable may have.
          rooms: Array.from({ length: 201 }, (_, index) => ({
            ...{ name: `R${index}`, capacity: 1, features: [], directions: '', link: null },
          })),
          kind: 'rooms',
        },
        { fileName: many.slice(0, 10) },
      ),
    );
    expect(refused.ok).toBe(false);
    expect(await countsNow()).toEqual(before);
  });
});
