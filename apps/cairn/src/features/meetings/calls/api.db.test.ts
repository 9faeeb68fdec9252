import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { storeInvitation, storePerson } from '../../../../../../tests/summit.ts';
import {
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';

const YAML = `name: Arrays
timezone: America/New_York
events:
  - summary: Work Session
    begin: 2023-01-09 14:00:00
    duration: { minutes: 60 }
    ics: RRULE:FREQ=WEEKLY;COUNT=10
  - summary: Broken
    begin: soon
`;

let house: SummitDatabase;
let bo: string;
let organiser: string;

beforeAll(async () => {
  house = await openSummitDatabase();
  await house.found();
  const { id: summitId } = await house.summit('sp_summit_2023');
  const id = await storePerson(house.db, 'Bo Berg');
  await storeInvitation(house.db, summitId, id);
  bo = await tokenOf(house, id);
  organiser = await tokenOf(house, house.ada);
});
afterAll(() => house.drop());

const call = (method: string, path: string, token: string, json?: unknown) =>
  house.app.request(`/api/v1/summits/sp_summit_2023${path}`, withToken(token, { method, json }));

const put = (source: string, token: string, headers: Readonly<Record<string, string>> = {}) =>
  house.app.request(
    '/api/v1/summits/sp_summit_2023/calls/arrays',
    withToken(token, {
      method: 'PUT',
      body: source,
      headers: { 'content-type': 'application/yaml', ...headers },
    }),
  );

describe('the API of recurring calls', () => {
  test('adds a calendar, gives its file back, and changes it only from the revision that was read', async () => {
    expect((await put(YAML, bo)).status).toBe(403);
    const added = await put(YAML, organiser);
    expect(added.status).toBe(200);
    expect(await added.json()).toMatchObject({
      revision: 1,
      added: 1,
      to_mend: [expect.stringMatching(/^Line 9: “soon” is no moment/)],
    });
    const read = await call('GET', '/calls/arrays', bo);
    expect(await read.text()).toBe(YAML);
    const etag = read.headers.get('etag') ?? '';
    const changed = YAML.replace('14:00:00', '15:00:00');
    expect((await put(changed, organiser)).status).toBe(428);
    expect((await put(changed, organiser, { 'if-match': etag })).status).toBe(200);
    expect((await put(YAML, organiser, { 'if-match': etag })).status).toBe(412);
    expect((await put('events: [', organiser, { 'if-match': '"2"' })).status).toBe(422);
  });

  test('lists what comes next, and when it ends', async () => {
    const listed = await call('GET', '/calls', bo);
    expect(await listed.json()).toMatchObject({
      items: [
        {
          key: 'arrays',
          feed: 'http://cairn.test/s/sp_summit_2023/calls/arrays.ics',
          calls: [
            {
              name: 'Work Session',
              start: '2023-01-09T15:00:00',
              zone: 'America/New_York',
              next: '2023-02-06T20:00:00Z',
              runs_out: '2023-03-13T19:00:00Z',
            },
          ],
        },
      ],
    });
  });

  test('says which calendars one’s own feeds hold', async () => {
    expect((await call('PUT', '/me/calls', bo, { calendars: ['arrays'] })).status).toBe(204);
    expect(await (await call('GET', '/me/calls', bo)).json()).toEqual({ calendars: ['arrays'] });
    expect((await call('PUT', '/me/calls', bo, { calendars: ['none'] })).status).toBe(409);
  });

  test('sets the warning, and ends a calendar', async () => {
    const warning = { days: 10, times: 1 };
    expect((await call('PUT', '/calls/arrays/warning', bo, warning)).status).toBe(403);
    expect((await call('PUT', '/calls/arrays/warning', organiser, warning)).status).toBe(204);
    expect((await call('DELETE', '/calls/arrays', organiser)).status).toBe(204);
    expect((await call('GET', '/calls/arrays', bo)).status).toBe(404);
    expect(await (await call('GET', '/calls', bo)).json()).toEqual({ items: [] });
  });
});
