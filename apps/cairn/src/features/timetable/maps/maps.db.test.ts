import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_URL } from '../../../../../../tests/services.ts';
import { storePerson } from '../../../../../../tests/summit.ts';
import {
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';

const SLUG = 'sp_summit_2023';
const PUBLIC = `/s/${SLUG}/timetable/maps`;
const ORGANISE = `/s/${SLUG}/organise/timetable/maps`;
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let world: SummitDatabase;
let mei = '';

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  const { id } = await world.summit(SLUG);
  await world.db.updateTable('summit').set({ state: 'announced' }).execute();
  mei = await storePerson(world.db, 'Mei Tanaka', { summitId: id, role: 'participant' });
  await world.db.insertInto('timetableFrame').values({ summitId: id }).execute();
  await world.db
    .insertInto('timetableRoom')
    .values({
      ...{ summitId: id, key: 'hall', name: 'Great Hall', capacity: 60, removedAt: null },
      ...{ directions: 'Left of the entrance, no steps.', link: 'https://video.example/hall' },
    })
    .execute();
});
afterAll(() => world.drop());

const upload = (
  path: string,
  fields: Readonly<Record<string, string>>,
  picture?: Uint8Array<ArrayBuffer>,
  as = world.ada,
): Promise<Response> => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  // A name and a type that say something else: neither is believed.
  if (picture !== undefined)
    body.append('file', new File([picture], 'x.svg', { type: 'text/html' }));
  const headers = { origin: TEST_URL, 'x-test-person': as };
  return Promise.resolve(world.app.request(path, { method: 'POST', body, headers }));
};
const said = { title: 'Ground floor', description: 'The hall is left of the entrance.' };
const maps = () => world.db.selectFrom('venueMap').selectAll().execute();
const publicPage = async (as = world.stranger): Promise<string> =>
  (await world.get(PUBLIC, as)).text();

describe('a map', () => {
  test('is added by an organiser and seen by everybody, with its words beside it', async () => {
    const added = await upload(ORGANISE, said, new Uint8Array(PIXEL));
    expect(added.status).toBe(303);
    const [map] = await maps();
    expect(map).toMatchObject({ mediaType: 'image/png', width: 1, height: 1 });
    const html = await publicPage();
    expectIn(html, said.description);
    const picture = await world.get(`${PUBLIC}/${map?.id}/picture`, world.stranger);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await picture.arrayBuffer()).subarray(0, 4)).toEqual(PIXEL.subarray(0, 4));
  });

  test('with another picture has another address, since browsers keep the old one for ever', async () => {
    const [before] = await maps();
    await upload(`${ORGANISE}/${before?.id}`, { ...said, title: 'Ground' });
    expect((await maps())[0]).toMatchObject({ id: before?.id, title: 'Ground' });
    await upload(`${ORGANISE}/${before?.id}`, said, new Uint8Array(PIXEL));
    const [after] = await maps();
    expect(after?.id).not.toBe(before?.id);
    expect((await world.get(`${PUBLIC}/${before?.id}/picture`)).status).toBe(404);
  });

  test('that is not right is refused with a sentence at each field, and nothing typed is lost', async () => {
    const refused = await upload(
      ORGANISE,
      { title: '', description: 'Kept words' },
      new TextEncoder().encode('<svg onload="alert(1)"/>'),
    );
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expectIn(html, 'Give the map a title');
    expectIn(html, 'This is no PNG, JPEG or WebP picture');
    expectIn(html, 'Kept words');
    expectIn(await (await upload(ORGANISE, said)).text(), 'Choose the picture of the map');
    expect(await maps()).toHaveLength(1);
  });

  test('is changed by organisers only, and removed after being asked once', async () => {
    const [map] = await maps();
    expect((await upload(ORGANISE, said, new Uint8Array(PIXEL), mei)).status).toBe(404);
    expect((await world.post(`${ORGANISE}/${map?.id}/remove`, {}, mei)).status).toBe(404);
    expectIn(
      await (await world.get(`${ORGANISE}/${map?.id}/remove`)).text(),
      'Remove “Ground floor”',
    );
    expect((await world.post(`${ORGANISE}/${map?.id}/remove`, {})).status).toBe(303);
    expect(await maps()).toEqual([]);
    expect((await world.post(`${ORGANISE}/${map?.id}/remove`, {})).status).toBe(404);
  });
});

describe('rooms', () => {
  test('that are not released are for those who come, and where to join from afar is in no list', async () => {
    expectIn(await publicPage(mei), 'Left of the entrance, no steps.');
    expectNotIn(await publicPage(), 'Left of the entrance, no steps.');
    expectNotIn(await publicPage(mei), 'video.example');
  });
});
