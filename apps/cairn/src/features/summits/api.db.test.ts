import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../tests/api.ts';
import {
  FIRST_SUMMIT,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../tests/summit-database.ts';

let given: SummitDatabase;
let ada: string;
let stranger: string;

beforeAll(async () => {
  given = await openSummitDatabase();
  await given.found();
  ada = await tokenOf(given, given.ada);
  stranger = await tokenOf(given, given.stranger);
});
afterAll(() => given.drop());

const SLUG = 'sp_summit_2023';
const DEFINITION = `/api/v1/summits/${SLUG}/definition`;
const ask = (path: string, init?: RequestInit) => given.app.request(path, init);
const putYaml = (body: string, headers: Record<string, string>) =>
  ask(
    DEFINITION,
    withToken(ada, {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/yaml', ...headers },
    }),
  );

test('a draft exists only for those who take part in it', async () => {
  const path = `/api/v1/summits/${SLUG}`;
  expect((await ask(path)).status).toBe(404);
  expect((await ask(path, withToken(stranger))).status).toBe(404);
  const seen = await ask(path, withToken(ada));
  expect(seen.status).toBe(200);
  expect(await seen.json()).toMatchObject({
    slug: SLUG,
    state: 'draft',
    your_part: { organises: true, revision: 1 },
  });
});

test('the definition comes back byte for byte, and in JSON when that is asked for', async () => {
  const yaml = await ask(DEFINITION, withToken(ada));
  expect(yaml.headers.get('content-type')).toBe('application/yaml; charset=utf-8');
  expect(await yaml.text()).toBe(FIRST_SUMMIT);
  const json = await ask(DEFINITION, withToken(ada, { headers: { accept: 'application/json' } }));
  expect(await json.json()).toMatchObject({ slug: SLUG, seats: { planned: 40, ceiling: 50 } });
});

test('a definition is put in force only from the revision that it was made from', async () => {
  const changed = FIRST_SUMMIT.replace(/^summary:/m, '# looked over\nsummary:');
  expect(changed).not.toBe(FIRST_SUMMIT);
  expect((await putYaml(changed, {})).status).toBe(428);
  const tag = (await ask(DEFINITION, withToken(ada))).headers.get('etag') ?? '';
  const saved = await putYaml(changed, { 'if-match': tag });
  expect(saved.status).toBe(200);
  expect(await saved.json()).toEqual({ slug: SLUG, revision: 2, changed: [] });
  const late = await putYaml(FIRST_SUMMIT, { 'if-match': tag });
  expect(late.status).toBe(412);
  expect(await late.json()).toMatchObject({ code: 'stale-revision' });
  expect((await putYaml(changed, { 'if-match': saved.headers.get('etag') ?? '' })).status).toBe(
    200,
  );
});

test('every problem of a wrong file is told with its line, and nothing is stored', async () => {
  const wrong = FIRST_SUMMIT.replace('planned: 40', 'planned: many').replace(
    /^zone: .*$/m,
    'zone: Mars/Olympus',
  );
  const tag = (await ask(DEFINITION, withToken(ada))).headers.get('etag') ?? '';
  const refused = await putYaml(wrong, { 'if-match': tag });
  expect(refused.status).toBe(422);
  expect(refused.headers.get('content-type')).toBe('application/problem+json');
  const { problems } = (await refused.json()) as {
    problems: { place: { line: number; path: string } }[];
  };
  expect(problems.map(({ place }) => place.path).sort()).toEqual(['seats.planned', 'zone']);
  for (const { place } of problems) expect(place.line).toBeGreaterThan(1);
  expect((await ask(DEFINITION, withToken(ada))).headers.get('etag')).toBe(tag);
});

test('a summit is founded from a file, by whoever may found one', async () => {
  const source = FIRST_SUMMIT.replaceAll(SLUG, 'sp_summit_api');
  const found = (token: string) =>
    ask(
      '/api/v1/summits',
      withToken(token, {
        method: 'POST',
        body: source,
        headers: { 'content-type': 'application/yaml' },
      }),
    );
  expect((await found(stranger)).status).toBe(403);
  const founded = await found(ada);
  expect(founded.status).toBe(201);
  expect(founded.headers.get('location')).toBe('/api/v1/summits/sp_summit_api');
  const again = await found(ada);
  expect(again.status).toBe(409);
  expect(await again.json()).toMatchObject({ code: 'slug-taken' });
  const { door, actorId } = await given.db
    .selectFrom('event')
    .select(['door', 'actorId'])
    .where('kind', '=', 'summit.created')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  expect({ door, actorId }).toEqual({ door: 'api', actorId: given.ada });
});

test('the public sees a summit from its announcement on', async () => {
  const announced = await ask(
    `/api/v1/summits/${SLUG}/state`,
    withToken(ada, { method: 'PUT', json: { state: 'announced' } }),
  );
  expect(announced.status).toBe(200);
  const { items } = (await (await ask('/api/v1/summits')).json()) as {
    items: { slug: string; your_part: unknown }[];
  };
  expect(items.map(({ slug, your_part }) => ({ slug, your_part }))).toEqual([
    { slug: SLUG, your_part: null },
  ]);
  expect((await ask(DEFINITION, withToken(stranger))).status).toBe(403);
});
