import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../tests/database.ts';
import { post, testServices, visitorFromHeader } from '../../../tests/services.ts';
import { storeInvitation, storePerson, storeSummit } from '../../../tests/summit.ts';
import { createApp } from './app.tsx';
import { type Db, openKysely } from './platform/db/database.ts';

let database: TestDatabase;
let db: Db;
let app: ReturnType<typeof createApp>;
let organiserId: string;
let participantId: string;
let strangerId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  app = createApp(testServices(db), visitorFromHeader(db));
  const summit = await storeSummit(db, { slug: 'ours_2023' });
  const other = await storeSummit(db, { slug: 'theirs_2023' });
  organiserId = await storePerson(db, 'Own Organiser', { summitId: summit.id, role: 'organiser' });
  participantId = await storePerson(db, 'Part Icipant');
  await storeInvitation(db, summit.id, participantId);
  strangerId = await storePerson(db, 'Other Organiser', { summitId: other.id, role: 'organiser' });
});
afterAll(() => database.drop());

/** Every address of the organisers, with something in the place of each parameter. */
function organisersAddresses(): { readonly method: string; readonly path: string }[] {
  const found = app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/s/:summit/organise'))
    .map(({ method, path }) => ({
      method,
      path: path.replaceAll(/:(\w+)(\{[^/]*\})?/g, (_, name: string, pattern = '') => {
        if (name === 'summit') return 'ours_2023';
        if (pattern.includes('a-f')) return participantId;
        return pattern.includes('{4}-') ? '2023-05-22' : '1';
      }),
    }));
  return [...new Map(found.map((each) => [`${each.method} ${each.path}`, each])).values()];
}

describe('what is the organisers’', () => {
  test('is there for them', async () => {
    const page = await app.request('/s/ours_2023/organise/people', {
      headers: { 'x-test-person': organiserId },
    });
    expect(page.status).toBe(200);
    expect(organisersAddresses().length).toBeGreaterThan(40);
  });

  test('is nowhere for their participants and for the organisers of another summit', async () => {
    for (const personId of [participantId, strangerId]) {
      for (const { method, path } of organisersAddresses()) {
        const init =
          method === 'GET' ? { headers: { 'x-test-person': personId } } : post({}, personId);
        const { status } = await app.request(path, { ...init, method });
        expect([method, path, status]).toEqual([method, path, 404]);
      }
    }
  });

  test('sends whoever has not signed in to do so', async () => {
    for (const { method, path } of organisersAddresses()) {
      const answer = await app.request(path, { ...(method === 'GET' ? {} : post({})), method });
      const to = `/sign-in?to=${encodeURIComponent(path)}`;
      expect([method, answer.status, answer.headers.get('location')]).toEqual([method, 303, to]);
    }
  });
});

describe('an answer', () => {
  test('is kept by nobody on its way, unless it is a public document without a cookie', async () => {
    const cacheOf = async (path: string, headers: Record<string, string> = {}) =>
      (await app.request(path, { headers })).headers.get('cache-control');
    const signedIn = { 'x-test-person': participantId };
    expect(await cacheOf('/s/ours_2023/me', signedIn)).toBe('private, no-cache');
    expect(await cacheOf('/s/ours_2023', signedIn)).toBe('private, no-cache');
    expect(await cacheOf('/s/ours_2023/announcement.md')).toBe('public, max-age=30');
    // The notice is taken away by a cookie, which is this reader's alone.
    const cookie = { cookie: 'cairn_notice=Saved.' };
    expect(await cacheOf('/s/ours_2023/announcement.md', cookie)).toBe('private, no-cache');
  });

  test('to more than can be read says so', async () => {
    const body = new URLSearchParams({ note: 'n'.repeat(9_000_000) });
    const answer = await app.request('/s/ours_2023/me/invitation', {
      ...post({}, participantId),
      body,
    });
    expect(answer.status).toBe(413);
  });

  test('to an address with a character that nothing can hold is that nothing is there', async () => {
    const headers = { 'x-test-person': organiserId };
    const answer = await app.request('/s/ours_2023/organise/people?q=%00', { headers });
    expect(answer.status).toBe(404);
  });

  test('to an address whose id is none is that nothing is there', async () => {
    const headers = { 'x-test-person': organiserId };
    for (const id of ['-'.repeat(36), 'a'.repeat(36)]) {
      for (const room of ['people', 'mail', 'invitations/batches', 'people/import/rows']) {
        const answer = await app.request(`/s/ours_2023/organise/${room}/${id}`, { headers });
        expect([room, answer.status]).toEqual([room, 404]);
      }
    }
  });

  test('to what is no form says so, and nothing is changed', async () => {
    const answer = await app.request('/s/ours_2023/me/listing', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', 'x-test-person': participantId },
    });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      'This is not a whole form; go back, and send it again.\n',
    ]);
  });

  test('that failed is logged without the secret of the link', async () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const broken = createApp(testServices(db), async () => {
      throw new Error('the disk is full');
    });
    expect((await broken.request('/i/a-secret')).status).toBe(500);
    const [[line] = []] = written.mock.calls;
    written.mockRestore();
    expect(line).toContain('GET /i/:secret: Error: the disk is full');
    expect(line).not.toContain('a-secret');
  });
});
