import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import {
  addPerson,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';

let given: SummitDatabase;
let organiser: string;
const SUMMIT = '/api/v1/summits/sp_summit_2023';

beforeAll(async () => {
  given = await openSummitDatabase();
  await given.found();
  organiser = await tokenOf(given, given.ada);
  await send('PUT', '/state', organiser, { state: 'announced' });
});
afterAll(() => given.drop());

const send = (method: string, path: string, token: string, json?: unknown) =>
  given.app.request(
    `${SUMMIT}${path}`,
    withToken(token, json === undefined ? { method } : { method, json }),
  );
const told = async (answer: Response) => ({
  status: answer.status,
  body: (await answer.json()) as Record<string, unknown>,
});

describe('planning meetings by program', () => {
  test('are fixed, listed, checked into, recorded and excused from', async () => {
    const { id: summitId } = await given.summit('sp_summit_2023');
    const guest = await addPerson(given.db, 'A Guest');
    await given.db
      .insertInto('role')
      .values({
        summitId,
        personId: guest,
        role: 'guest',
        grantedAt: given.actor.now,
        grantedBy: null,
      })
      .execute();
    const token = await tokenOf(given, guest);
    const gap = await told(
      await send('PUT', '/meetings/march/time', organiser, { starts: '2023-03-12T02:30' }),
    );
    expect(gap).toMatchObject({ status: 409, body: { code: 'in-a-gap' } });
    const both = await send('PUT', '/meetings/march/time', organiser, {
      starts: '2023-03-12T09:00',
      month: '2023-03',
    });
    expect(both.status).toBe(422);
    const fixed = await send('PUT', '/meetings/february/time', organiser, {
      starts: '2023-02-27T09:00',
    });
    expect(await told(fixed)).toEqual({ status: 200, body: { revision: 2 } });
    expect((await send('PUT', '/meetings/february/time', token, { month: '2023-02' })).status).toBe(
      403,
    );
    expect((await send('POST', '/meetings/february/check-in', token)).status).toBe(409);
    given.clock.set(Temporal.Instant.from('2023-02-27T17:30:00Z'));
    expect(await told(await send('POST', '/meetings/february/check-in', token))).toEqual({
      status: 200,
      body: { is_new: true },
    });
    const list = await told(await send('GET', '/meetings', token));
    expect(list.body).toMatchObject({
      items: [
        {
          key: 'february',
          begins: '2023-02-27T17:00:00Z',
          you: { was_there: true, source: 'self' },
        },
        { key: 'march', month: '2023-03', you: { was_there: false } },
        { key: 'april' },
      ],
    });
    expect((await send('GET', '/meetings/february/attendance', token)).status).toBe(403);
    const saved = await send('POST', '/meetings/february/attendance', organiser, {
      there: [given.ada],
      not_there: [guest],
    });
    expect(await told(saved)).toEqual({ status: 200, body: { recorded: 1, withdrawn: 1 } });
    const reason = { reason: 'a long flight' };
    expect((await send('POST', '/meetings/march/excuse-request', token, reason)).status).toBe(200);
    const asked = await told(await send('GET', '/meetings/march/attendance', organiser));
    const [request] = asked.body['requests'] as { id: string }[];
    const decision = { request: request?.id, is_granted: true };
    expect((await send('POST', '/meetings/march/decisions', organiser, decision)).status).toBe(200);
    const again = await send('POST', '/meetings/march/excuses', organiser, {
      person: guest,
      ...reason,
    });
    expect(again.status).toBe(409);
    expect((await send('DELETE', `/meetings/march/excuses/${guest}`, organiser)).status).toBe(204);
    expect((await send('GET', '/meetings/never/attendance', organiser)).status).toBe(404);
  });

  test('are added and dropped with their rule', async () => {
    const added = await send('POST', '/meetings', organiser, { title: 'New', month: '2023-05' });
    expect(added.status).toBe(201);
    expect((await send('PUT', '/meeting-rule', organiser, { required: 4 })).status).toBe(200);
    // A page stands at this address, so the meeting has another key.
    expect((await send('DELETE', '/meetings/new_2', organiser)).status).toBe(409);
    expect((await send('DELETE', '/meetings/new_2?required=2', organiser)).status).toBe(200);
  });
});
