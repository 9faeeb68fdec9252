import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { tokenOf } from '../../../../../tests/api.ts';
import { TEST_URL } from '../../../../../tests/services.ts';
import { storeInvitation, storePerson, storeSummit } from '../../../../../tests/summit.ts';
import {
  openReleasingHouse,
  type ReleasingHouse,
} from '../../../../../tests/timetable-releases.ts';

/** Pages and posts that are for those who come, though no part of the making. */
const FOR_COMERS =
  /^\/s\/:summit\/(worklog|timetable\/(agenda|groups|open-space|presence|now\/people))(\/|$)/;
/** Public beside them. */
const PUBLIC = /\/groups\/[^/]+\/calendar\.ics$/;
const IS_OF_TIMETABLE =
  /^\/s\/:summit\/(organise\/timetable|timetable|worklog|schedule\.|timetable\.|app\.webm)/;

let house: ReleasingHouse;
let doors: readonly { readonly method: string; readonly path: string }[];
let people: Record<'stranger' | 'declined' | 'elsewhere', string>;

beforeAll(async () => {
  house = await openReleasingHouse();
  const { db, app, world } = house;
  await house.released();
  const other = await storeSummit(db, { slug: 'other_2024' });
  const declined = await storePerson(db, 'Dora Declined');
  await storeInvitation(db, world.summit.id, declined);
  await db
    .updateTable('invitation')
    .set({ state: 'declined' })
    .where('personId', '=', declined)
    .execute();
  people = {
    stranger: await storePerson(db, 'Sten Stranger'),
    declined,
    elsewhere: await storePerson(db, 'Olga Elsewhere', { summitId: other.id, role: 'organiser' }),
  };
  const known = new Set<string>();
  doors = app.routes
    .filter(({ method, path }) => method !== 'ALL' && IS_OF_TIMETABLE.test(path))
    .filter(
      ({ method, path }) => !known.has(`${method} ${path}`) && known.add(`${method} ${path}`),
    );
  return () => house.drop();
});

/** An address of a route: what stands for something is filled in. */
const filledIn = (path: string, something: (name: string) => string): string =>
  path
    .replace(':summit', house.world.summit.slug)
    .replace(/:(\w+)(?:\{(?:[^{}]|\{[^{}]*\})*\})?/g, (_, name: string) =>
      encodeURIComponent(something(name)),
    );

const knock = async (method: string, address: string, as: string | undefined) =>
  house.app.request(address, {
    method,
    redirect: 'manual',
    headers: {
      origin: TEST_URL,
      ...(as === undefined ? {} : { 'x-test-person': as }),
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(method === 'POST' ? { body: 'title=x&date=2023-05-22' } : {}),
  });

/** What is there, by the names that addresses have for it. */
const there = (name: string): string => {
  const { world } = house;
  const { draftId, sessions, rooms } = world;
  const known: Record<string, string> = {
    ...{ draft: draftId, id: draftId, session: sessions.arrays1, room: rooms.hall },
    ...{ date: '2023-05-22', key: 'arrays', subject: 'arrays', n: '1', version: '1' },
  };
  return known[name] ?? randomUUID();
};

describe('the doors of a timetable', () => {
  test('are as many as there were when this was written, or more', () => {
    expect(doors.length).toBeGreaterThan(80);
  });

  test.each(['stranger', 'declined', 'elsewhere', 'nobody'] as const)(
    'of its making and of those who come are closed to %s',
    async (who) => {
      const as = who === 'nobody' ? undefined : people[who];
      const open: string[] = [];
      for (const { method, path } of doors) {
        const isInside = path.includes('/organise/') || FOR_COMERS.test(path);
        if (!isInside || PUBLIC.test(path)) continue;
        const answer = await knock(method, filledIn(path, there), as);
        const isAsked =
          answer.status === 303 && answer.headers.get('location')?.startsWith('/sign-in') === true;
        if (answer.status !== 404 && !(as === undefined && isAsked)) {
          open.push(`${method} ${path}: ${answer.status}`);
        }
      }
      expect(open).toEqual([]);
    },
  );

  test('of its making are closed to those who come', async () => {
    const open: string[] = [];
    for (const { method, path } of doors.filter(({ path: each }) => each.includes('/organise/'))) {
      const answer = await knock(method, filledIn(path, there), house.world.people['Mira']);
      if (answer.status !== 404) open.push(`${method} ${path}: ${answer.status}`);
    }
    expect(open).toEqual([]);
  });

  test.each([
    ['nothing that there is', () => randomUUID()],
    ['no id at all', () => `x'"<>\\ %`],
  ])('answer an address that names %s without failing', async (_, something) => {
    const failed: string[] = [];
    for (const { method, path } of doors) {
      if (path.endsWith('/live')) continue;
      const answer = await knock(method, filledIn(path, something), house.world.ada);
      if (answer.status >= 500) failed.push(`${method} ${path}: ${answer.status}`);
    }
    expect(failed).toEqual([]);
  });
});

describe('the doors for programs', () => {
  /** Each operation without a body, as the document says; what others send is read before they are known. */
  const operations = async (): Promise<readonly { method: string; path: string; id: string }[]> => {
    const { paths } = JSON.parse(await (await house.app.request('/api/openapi.json')).text());
    return Object.entries<Record<string, { operationId: string; requestBody?: object }>>(paths)
      .filter(([path]) => /\{slug\}\/(timetable|worklog|presence)/.test(path))
      .flatMap(([path, methods]) =>
        Object.entries(methods)
          .filter(([, { requestBody }]) => requestBody === undefined)
          .map(([method, { operationId: id }]) => ({ method, path, id })),
      );
  };
  const tokens = new Map<string, string>();
  const ask = async (
    { method, path }: { method: string; path: string },
    something: (name: string) => string,
    as: string | undefined,
  ) => {
    const address = path.replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'slug' ? house.world.summit.slug : encodeURIComponent(something(name)),
    );
    if (as !== undefined && !tokens.has(as)) tokens.set(as, await tokenOf(house, as));
    const headers = as === undefined ? {} : { authorization: `Bearer ${tokens.get(as)}` };
    const under = address.startsWith('/api') ? address : `/api/v1${address}`;
    return house.app.request(under, { method: method.toUpperCase(), headers });
  };
  const OPEN_TO_ALL = [
    ...['getNow', 'getTimetable', 'getTimetableVersion', 'listMaps', 'listTimetableVersions'],
  ];

  test.each(['stranger', 'declined', 'elsewhere', 'nobody'] as const)(
    'are closed to %s but for what is public',
    async (who) => {
      const all = await operations();
      expect(all.length).toBeGreaterThan(25);
      const open: string[] = [];
      for (const each of all) {
        const answer = await ask(each, there, who === 'nobody' ? undefined : people[who]);
        if (answer.status < 400) open.push(each.id);
      }
      expect(open.sort()).toEqual(OPEN_TO_ALL);
    },
  );

  test('answer what names nothing, or no id, without failing', async () => {
    const failed: string[] = [];
    for (const each of await operations()) {
      for (const something of [() => randomUUID(), () => `x'"<>`]) {
        const answer = await ask(each, something, house.world.ada);
        if (answer.status >= 500) failed.push(`${each.id}: ${answer.status}`);
      }
    }
    expect(failed).toEqual([]);
  });
});
