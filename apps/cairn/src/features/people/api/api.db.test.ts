import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { storeInvitation } from '../../../../../../tests/summit.ts';
import {
  addPerson,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';

let given: SummitDatabase;
let summitId: string;
let organiser: string;

const SUMMIT = '/api/v1/summits/sp_summit_2023';

beforeAll(async () => {
  given = await openSummitDatabase();
  await given.found();
  summitId = (await given.summit('sp_summit_2023')).id;
  organiser = await tokenOf(given, given.ada);
  await send('PUT', '/state', organiser, { state: 'announced' });
});
afterAll(() => given.drop());

const get = (path: string, token: string) =>
  given.app.request(`${SUMMIT}${path}`, withToken(token));
const send = (method: string, path: string, token: string, json?: unknown) =>
  given.app.request(`${SUMMIT}${path}`, withToken(token, { method, json }));
const post = (path: string, token: string, json?: unknown) => send('POST', path, token, json);
const problemOf = async (answer: Response) => {
  const { code, problems } = (await answer.json()) as {
    code: string;
    problems: { place: { path?: string } }[];
  };
  return { status: answer.status, code, path: problems[0]?.place.path };
};

/** Somebody who has been invited, with a token of theirs. */
async function invited(name: string) {
  const id = await addPerson(given.db, name);
  await storeInvitation(given.db, summitId, id);
  return { id, token: await tokenOf(given, id) };
}

const lastEvent = (personId: string) =>
  given.db
    .selectFrom('event')
    .select(['kind', 'door', 'actorId'])
    .where('personId', '=', personId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();

describe('a participant', () => {
  test('accepts the agreement that they read, and has a seat', async () => {
    const { id, token } = await invited('Bo');
    const { agreement } = (await (await get('/me', token)).json()) as {
      agreement: { current: number; accepted: number | null };
    };
    expect(agreement).toEqual({ accepted: null, current: 1 });
    const unread = await post('/invitations/me/answer', token, { answer: 'accept' });
    expect(await problemOf(unread)).toMatchObject({ status: 422, path: 'agreement_version' });
    const stale = { answer: 'accept', agreement_version: 7 };
    expect(await problemOf(await post('/invitations/me/answer', token, stale))).toMatchObject({
      status: 409,
      code: 'agreement-changed',
    });
    const yes = await post('/invitations/me/answer', token, {
      answer: 'accept',
      agreement_version: agreement.current,
      note: 'I look forward to it.',
    });
    expect(await yes.json()).toEqual({ outcome: 'seated', seat: 1 });
    expect(await lastEvent(id)).toEqual({
      kind: 'invitation.accepted',
      door: 'api',
      actorId: id,
    });
    expect(await (await get('/me', token)).json()).toMatchObject({
      invitation: { state: 'accepted', note: 'I look forward to it.' },
      seat: { number: 1 },
      agreement: { accepted: 1 },
    });
  });

  test('sees their own promises and nobody else’s, nor anybody’s contact', async () => {
    const { id, token } = await invited('Chi');
    expect(await (await get('/promises/me', token)).json()).toMatchObject({ person: id });
    for (const path of [
      '/promises',
      `/promises/${given.ada}`,
      '/people',
      `/people/${id}`,
      '/events',
    ]) {
      expect((await get(path, token)).status).toBe(403);
    }
    const seats = (await (await get('/seats', token)).json()) as Record<string, unknown>;
    expect(seats).toMatchObject({ cap: 40, seats: null, waiting: null });
  });

  test('shows of themselves what they choose', async () => {
    const { token } = await invited('Dee');
    await post('/invitations/me/answer', token, { answer: 'accept', agreement_version: 1 });
    const names = async () => {
      const list = (await (await get('/participants', token)).json()) as {
        participants: { name: string }[];
      };
      return list.participants.map(({ name }) => name);
    };
    expect(await names()).not.toContain('Dee');
    const nameless = await send('PUT', '/participants/me', token, { fields: ['github'] });
    expect(await problemOf(nameless)).toMatchObject({ status: 422, code: 'name-needed' });
    expect((await send('PUT', '/participants/me', token, { fields: ['name'] })).status).toBe(200);
    expect(await names()).toContain('Dee');
  });

  test('makes a calendar feed, whose address works until it is revoked', async () => {
    const { token } = await invited('Eli');
    const made = await post('/me/feeds', token, { name: 'phone' });
    const { url } = (await made.json()) as { url: string };
    expect((await given.app.request(url)).headers.get('content-type')).toContain('text/calendar');
    const { items } = (await (await get('/me/feeds', token)).json()) as { items: { id: string }[] };
    expect((await send('DELETE', `/me/feeds/${items[0]?.id}`, token)).status).toBe(204);
    expect((await given.app.request(url)).status).toBe(404);
  });

  test('changes their name, and a zone that is none is told', async () => {
    const { id, token } = await invited('Fay');
    const me = (json: unknown) =>
      given.app.request('/api/v1/me', withToken(token, { method: 'PATCH', json }));
    expect(await problemOf(await me({ time_zone: 'Mars/Olympus' }))).toMatchObject({
      status: 422,
      path: 'time_zone',
    });
    expect((await me({ name: 'Fay B.', time_zone: 'Asia/Kathmandu' })).status).toBe(204);
    const { name, zone } = await given.db
      .selectFrom('person')
      .select(['name', 'zone'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect({ name, zone }).toEqual({ name: 'Fay B.', zone: 'Asia/Kathmandu' });
  });
});

describe('an organiser', () => {
  test('adds somebody once, however often they are named', async () => {
    const entry = { name: 'Gil', email: 'gil@example.org', communities: ['numpy'] };
    const first = (await (await post('/people', organiser, entry)).json()) as { id: string };
    expect(first).toMatchObject({ is_new: true });
    expect(
      await (await post('/people', organiser, { ...entry, email: 'GIL@example.org' })).json(),
    ).toEqual({
      id: first.id,
      is_new: false,
      not_added: [],
    });
    expect(await (await get(`/people/${first.id}`, organiser)).json()).toMatchObject({
      email: 'gil@example.org',
      communities: ['numpy'],
      invitation: { state: 'drafted', seat_kind: 'funded' },
    });
    const wrong = await post('/people', organiser, { ...entry, communities: ['no_such'] });
    expect(await problemOf(wrong)).toMatchObject({ status: 422 });
  });

  test('pages through people without missing or repeating one', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page = (await (await get(`/people?limit=2${query}`, organiser)).json()) as {
        items: { id: string }[];
        next_cursor: string | null;
        total: number;
      };
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
      if (cursor === null) expect(seen).toHaveLength(page.total);
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('sees what a table of people would do before taking it, and takes it once', async () => {
    const table = 'name,email\nHal,hal@example.org\nIda,\nHal,hal@example.org\n';
    const take = (query: string) =>
      given.app.request(
        `${SUMMIT}/people/import${query}`,
        withToken(organiser, {
          method: 'POST',
          body: table,
          headers: { 'content-type': 'text/csv' },
        }),
      );
    const dry = (await (await take('?dry_run=true')).json()) as { rows: { fate: string }[] };
    expect(dry).toMatchObject({ dry_run: true, new: 1, kept: 1 });
    expect(dry.rows.map(({ fate }) => fate)).toEqual(['new', 'bad', 'repeated']);
    expect(await (await take('')).json()).toMatchObject({ new: 1, kept: 1 });
    expect(await (await take('')).json()).toMatchObject({ new: 0, known: 1, kept: 0 });
  });

  test('tells evidence as often as they like, and it counts once; all or none', async () => {
    const { id } = await invited('Jo');
    const facts = [
      { person: id, kind: 'review', subject: 'pull:217', at: '2023-01-20T10:00:00Z' },
      { person: id, kind: 'contribution', subject: 'pull:218' },
    ];
    const tell = (more: unknown[] = []) =>
      post('/evidence', organiser, { facts: [...facts, ...more] });
    expect(await (await tell()).json()).toEqual({ recorded: 2, already_known: 0 });
    expect(await (await tell()).json()).toEqual({ recorded: 0, already_known: 2 });
    const early = { person: id, kind: 'presence', subject: 'day:2023-05-22' };
    const added = { person: id, kind: 'review', subject: 'pull:219' };
    expect(await problemOf(await tell([added, early]))).toMatchObject({
      status: 422,
      code: 'not-begun',
    });
    const strange = { person: id, kind: 'attendance', subject: 'meeting:never' };
    expect(await problemOf(await tell([added, strange]))).toMatchObject({
      status: 422,
      code: 'unknown-mark',
    });
    const { evidence } = (await (await get(`/promises/${id}`, organiser)).json()) as {
      evidence: { id: string; subject: string }[];
    };
    expect(evidence.map(({ subject }) => subject).sort()).toEqual(['pull:217', 'pull:218']);
    const taken = await send('DELETE', `/evidence/${evidence[0]?.id}`, organiser);
    expect(await taken.json()).toEqual({ was_standing: true });
  });

  test('cannot record evidence about somebody of no part in the summit', async () => {
    const outsider = await addPerson(given.db, 'Outsider');
    for (const fact of [
      { person: outsider, kind: 'review', subject: 'pull:1' },
      { person: outsider, kind: 'attendance', subject: 'meeting:february' },
    ]) {
      const answer = await post('/evidence', organiser, { facts: [fact] });
      expect(answer.status).toBe(422);
    }
  });

  test('prepares invitations without sending any, and a batch is told twice and sent once', async () => {
    const prepared = await post('/batches', organiser, { purpose: 'invitation' });
    expect(prepared.status).toBe(201);
    const batch = (await prepared.json()) as { id: string; state: string; sent: number };
    expect(batch).toMatchObject({ state: 'prepared', sent: 0 });
    for (const state of ['running', 'running']) {
      const moved = await post(`/batches/${batch.id}`, organiser, { action: 'send' });
      expect(await moved.json()).toMatchObject({ state });
    }
    const { count } = await given.db
      .selectFrom('event')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('kind', '=', 'batch.started')
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(1);
  });

  test('reads the log on from where they were', async () => {
    const page = async (after: string) =>
      (await (await get(`/events?limit=3&after=${after}`, organiser)).json()) as {
        items: { id: string; door: string }[];
        last: string;
      };
    const first = await page('0');
    const second = await page(first.last);
    expect(first.items).toHaveLength(3);
    expect(Number(second.items[0]?.id)).toBeGreaterThan(Number(first.last));
  });
});

test('a misspelt field, a wrong type and broken JSON are each told at their place', async () => {
  const misspelt = await post('/people', organiser, { name: 'X', e_mail: 'x@example.org' });
  expect(await problemOf(misspelt)).toMatchObject({
    status: 422,
    code: 'unknown-key',
    path: 'e_mail',
  });
  const typed = await post('/people', organiser, { name: 7, email: 'x@example.org' });
  expect(await problemOf(typed)).toMatchObject({ status: 422, path: 'name' });
  const broken = await given.app.request(
    `${SUMMIT}/people`,
    withToken(organiser, {
      method: 'POST',
      body: '{\n  "name": "X",\n}',
      headers: { 'content-type': 'application/json' },
    }),
  );
  expect(broken.status).toBe(400);
  expect(await broken.json()).toMatchObject({ problems: [{ place: { line: 3, column: 1 } }] });
});
