import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { testServices } from '../../../../../../tests/services.ts';
import {
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { foundPlan } from '../repository/main-commands.ts';

const API = '/api/v1/summits/sp_summit_2023/plan';
const TOPIC = `---
title: Sparse arrays
state: planned
lead: ada
---

## Problem

Too many.
`;
let world: SummitDatabase;
let token: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  const { id } = await world.summit('sp_summit_2023');
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, testServices(world.db), world.actor, id, [
        { path: 'topics/sparse.md', content: TOPIC },
      ]),
    ),
  );
  token = await tokenOf(world, world.ada, ['read:plan', 'write:plan']);
});
afterAll(() => world.drop());

const call = async (method: string, path: string, body?: unknown) => {
  const answer = await world.app.request(`${API}${path}`, withToken(token, { method, json: body }));
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) };
};

describe('programs', () => {
  test('record a decision, object to it and take that back', async () => {
    const recorded = await call('POST', '/decisions', {
      title: 'By program',
      decided: 'We do it.',
      made: '2023-01-30',
      where: 'In a call',
      topics: [1],
    });
    expect(recorded).toMatchObject({ status: 201, json: { number: 2 } });
    const objected = await call('POST', '/decisions/2/objections', { reason: 'No' });
    expect(objected.status).toBe(201);
    expect(await call('POST', '/decisions/2/objections', { reason: 'No' })).toMatchObject({
      status: 409,
    });
    const shown = await call('GET', '/decisions/2');
    expect(shown.json).toMatchObject({
      decision: { state: 'provisional', standing_objections: 1, topics: ['topics/sparse.md'] },
      objections: [{ standing: 'stands', reason: 'No' }],
    });
    expect(
      await call('POST', `/decisions/2/objections/${objected.json.id}/withdraw`),
    ).toMatchObject({ status: 204 });
    expect((await call('GET', '/decisions')).json.items[0].standing_objections).toBe(0);
    expect((await call('POST', '/decisions/2/reopen', { reason: 'x' })).status).toBe(409);
    expect((await call('GET', '/decisions/9')).status).toBe(404);
  });

  test('say what their owner wants of a topic, and take it back', async () => {
    const said = { level: 'lead', why: 'Mine' };
    expect((await call('PUT', '/topics/1/interest', said)).status).toBe(204);
    expect((await call('GET', '/interest')).json.items).toMatchObject([{ topic: 1, ...said }]);
    expect((await call('PUT', '/topics/1/interest', { level: 'all' })).status).toBe(422);
    expect((await call('PUT', '/topics/7/interest', said)).status).toBe(409);
    expect((await call('DELETE', '/topics/1/interest')).status).toBe(204);
    expect((await call('GET', '/interest')).json.items).toEqual([]);
  });

  test('read the work plan and freeze it', async () => {
    expect((await call('POST', '/work-plan/versions', { name: 'First' })).json).toEqual({
      tag: 'workplan-1',
    });
    const { json } = await call('GET', '/work-plan');
    expect(json.topics[0].lacks.length).toBeGreaterThan(0);
    expect(json.versions).toMatchObject([{ tag: 'workplan-1', name: 'First' }]);
    expect(json.changes).toEqual([]);
    expect((await call('POST', '/work-plan/versions', { name: 'Again' })).status).toBe(409);
  });
});
