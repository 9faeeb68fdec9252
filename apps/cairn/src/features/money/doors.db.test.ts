import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../tests/api.ts';
import { approvedClaim } from '../../../../../tests/approved-claim.ts';
import { type FundedSummit, fundedSummit } from '../../../../../tests/funded-summit.ts';
import { TEST_URL } from '../../../../../tests/services.ts';
import { storeInvitation, storePerson, storeSummit } from '../../../../../tests/summit.ts';

const TREASURY = /^\/s\/:summit\/treasury(\/|$)/;
const HOSTING =
  /^\/s\/:summit\/organise\/(stays|lodging|journeys|visa-letters|needs|meals|money)(\/|$)/;
const OWN = /^\/s\/:summit\/(money|needs|meals)(\/|$)/;
const API = /^\/api\/v1\/summits\/:slug\/(?!me\/)/;
const OF_TREASURERS = /\/(treasury|claims|estimates|funders|lines)(\/|$)/;
const OF_ORGANISERS = /\/(lodging|stays|needs|journeys|meals)(\/|$)/;

let world: FundedSummit;
let doors: readonly { readonly method: string; readonly path: string }[];
let people: Record<'stranger' | 'declined' | 'elsewhere' | 'organiser', string>;
let number: number;

beforeAll(async () => {
  world = await fundedSummit({ granted: 100_000 });
  const { db, app, summitId } = world;
  ({ number } = await approvedClaim(world, [{ category: 'travel', minor: 5_000 }]));
  await db.updateTable('summit').set({ state: 'announced' }).execute();
  const other = await storeSummit(db, { slug: 'other_2024' });
  const declined = await storePerson(db, 'Dora Declined');
  await storeInvitation(db, summitId, declined);
  await db.updateTable('invitation').set({ state: 'declined' }).execute();
  const role = 'treasurer';
  people = {
    stranger: await storePerson(db, 'Sten Stranger'),
    declined,
    elsewhere: await storePerson(db, 'Olga Elsewhere', { summitId: other.id, role }),
    organiser: await storePerson(db, 'Orla Organiser', { summitId, role: 'organiser' }),
  };
  const known = new Set<string>();
  doors = app.routes
    .filter(({ method }) => method !== 'ALL')
    .filter(
      ({ method, path }) => !known.has(`${method} ${path}`) && known.add(`${method} ${path}`),
    );
});
afterAll(() => world.close());

/** An address of a route: what stands for something is filled in. */
const filledIn = (path: string): string =>
  path
    .replace(/:(?:summit|slug)\b/, world.slug)
    .replace(/:(\w+)(?:\{(?:[^{}]|\{[^{}]*\})*\})?/g, (whole, name: string) => {
      const known: Record<string, string> = {
        ...{ number: String(number), funder: 'foundation', date: '2023-05-22', meal: 'dinner' },
        ...{ line: world.lineId, person: world.people.mira, payment: randomUUID() },
        ...{ claim: `${number}.pdf`, entry: '1' },
        ...(whole.includes('0-9a-f') ? { funder: world.funderId } : {}),
      };
      const value = known[name] ?? randomUUID();
      const ending = /(?:\\{1,2}|\[)[.]\]?(pdf|zip)\}$/.exec(whole)?.[1];
      return ending === undefined || value.endsWith(ending) ? value : `${value}.${ending}`;
    });

const knock = async (method: string, path: string, headers: Record<string, string>) => {
  const isForm = method === 'POST' && !path.startsWith('/api');
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  return world.app.request(filledIn(path), {
    method,
    redirect: 'manual',
    headers: {
      origin: TEST_URL,
      ...headers,
      ...(method === 'GET' ? {} : { 'content-type': type }),
    },
    ...(method === 'GET' ? {} : { body: isForm ? 'title=x' : '{}' }),
  });
};

/** Which of these doors open to somebody; who has not signed in is asked to. */
async function openTo(as: string | undefined, isInside: RegExp): Promise<string[]> {
  const open: string[] = [];
  for (const { method, path } of doors.filter((door) => isInside.test(door.path))) {
    if (/\/money\.(csv|html)$/.test(path)) continue;
    const headers: Record<string, string> = as === undefined ? {} : { 'x-test-person': as };
    const answer = await knock(method, path, headers);
    const isAsked =
      answer.status === 303 && answer.headers.get('location')?.startsWith('/sign-in') === true;
    if (as === undefined ? !isAsked : answer.status !== 404) {
      open.push(`${method} ${path}: ${answer.status}`);
    }
  }
  return open;
}

describe('the doors of money, stays and meals', () => {
  test('are as many as there were when this was written, or more', () => {
    expect(doors.filter(({ path }) => TREASURY.test(path)).length).toBeGreaterThan(55);
    expect(doors.filter(({ path }) => HOSTING.test(path)).length).toBeGreaterThan(30);
  });

  test('ask whoever has not signed in to do so, each of them', async () => {
    for (const inside of [TREASURY, HOSTING, OWN])
      expect(await openTo(undefined, inside)).toEqual([]);
  });

  test.each(['stranger', 'declined', 'elsewhere'] as const)('are closed to %s', async (who) => {
    for (const inside of [TREASURY, HOSTING, OWN]) {
      expect(await openTo(people[who], inside)).toEqual([]);
    }
  });

  test('of the treasury are closed to organisers, and to those who come', async () => {
    expect(await openTo(people.organiser, TREASURY)).toEqual([]);
    expect(await openTo(world.people.noor, TREASURY)).toEqual([]);
  });

  test('of hosting are closed to treasurers who do not organise, and to those who come', async () => {
    expect(await openTo(world.theo, HOSTING)).toEqual([]);
    expect(await openTo(world.people.noor, HOSTING)).toEqual([]);
  });

  test('of the API are closed in the same way', async () => {
    const [organiser, theo, noor] = await Promise.all(
      [people.organiser, world.theo, world.people.noor].map((id) => tokenOf(world, id)),
    );
    const open: string[] = [];
    const treasury = doors.filter(({ path }) => API.test(path) && OF_TREASURERS.test(path));
    const hosting = doors.filter(({ path }) => API.test(path) && OF_ORGANISERS.test(path));
    expect(treasury.length).toBeGreaterThan(15);
    expect(hosting.length).toBeGreaterThan(15);
    for (const [tokens, all] of [
      [[organiser, noor, undefined], treasury],
      [[theo, noor, undefined], hosting],
    ] as const) {
      for (const token of tokens) {
        for (const { method, path } of all) {
          const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
          const { status } = await knock(method, path, headers ?? {});
          if (![401, 403, 404, 422].includes(status)) open.push(`${method} ${path}: ${status}`);
        }
      }
    }
    expect(open).toEqual([]);
  });

  test('of the audit log show organisers nothing of the money of others', async () => {
    const { mira } = world.people;
    const begun = await world.post(`/s/${world.slug}/money/claims`, {}, mira);
    expect(begun.status).toBe(303);
    const kindsFor = async (who: string): Promise<string> => {
      const token = await tokenOf(world, who);
      const path = `/api/v1/summits/${world.slug}/events?limit=200`;
      const answer = await world.app.request(path, withToken(token));
      const { items } = (await answer.json()) as { items: readonly { kind: string }[] };
      return items.map(({ kind }) => kind).join(' ');
    };
    expect(await kindsFor(world.tove)).toMatch(/journal.written.*claim.started/);
    expect(await kindsFor(people.organiser)).not.toMatch(/journal|claim/);
  });
});
