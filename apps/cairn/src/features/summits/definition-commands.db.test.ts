import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addPerson,
  expectIn,
  expectNotIn,
  FIRST_SUMMIT,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../tests/summit-database.ts';
import { inTransaction } from '../../platform/db/command.ts';
import { createSummit, saveDefinition } from './definition-commands.ts';
import { announce, archive, reopen } from './state-commands.ts';

const SLUG = 'sp_summit_2023';
let house: SummitDatabase;
const save = async (source: string, baseRevision?: number) => {
  const organiser = await house.organiser(SLUG);
  const { revision } = await house.summit(SLUG);
  return inTransaction(house.db, (tx) =>
    saveDefinition(tx, house.actor, organiser, { source, baseRevision: baseRevision ?? revision }),
  );
};
const codeOf = (result: Awaited<ReturnType<typeof save>>) => (result.ok ? 'ok' : result.error.code);
const eventKinds = async () =>
  (await house.db.selectFrom('event').select('kind').orderBy('id').execute()).map(
    ({ kind }) => kind,
  );

beforeAll(async () => {
  house = await openSummitDatabase();
  await house.found();
});
afterAll(() => house.drop());

describe('a summit', () => {
  test('makes its founder an organiser, with one event', async () => {
    const roles = await house.db.selectFrom('role').select(['personId', 'role']).execute();
    expect(roles).toEqual([{ personId: house.ada, role: 'organiser' }]);
    expect(await eventKinds()).toEqual(['summit.created']);
  });

  test('cannot take an address that is taken, nor come from a wrong file', async () => {
    for (const source of [FIRST_SUMMIT, 'title: no']) {
      const again = await inTransaction(house.db, (tx) =>
        createSummit(tx, house.actor, { source }),
      );
      expect(again.ok).toBe(false);
    }
    expect(await eventKinds()).toEqual(['summit.created']);
  });

  test('saved twice from one revision is saved once', async () => {
    const sources = [41, 42].map((seats) =>
      FIRST_SUMMIT.replace('planned: 40', `planned: ${seats}`),
    );
    const saved = await Promise.all(sources.map((source) => save(source, 1)));
    expect(saved.map(codeOf).toSorted()).toEqual(['ok', 'stale-revision']);
    expect((await house.summit(SLUG)).revision).toBe(2);
  });

  test('keeps the seats of the database in step with its definition', async () => {
    expect(codeOf(await save(FIRST_SUMMIT))).toBe('ok');
    const { seats } = await house.db.selectFrom('summit').select('seats').executeTakeFirstOrThrow();
    expect(seats).toBe(40);
  });

  test('never plans fewer seats than are taken, not even by hand in the database', async () => {
    const { id } = await house.summit(SLUG);
    for (const number of [1, 2, 3]) {
      await house.db
        .insertInto('seat')
        .values({
          summitId: id,
          number,
          personId: await addPerson(house.db, `Person ${number}`),
          kind: 'funded',
          takenAt: house.actor.now,
        })
        .execute();
    }
    const refused = await save(FIRST_SUMMIT.replace('planned: 40', 'planned: 2'));
    expect(refused.ok ? '' : refused.error.sentence).toContain('3 people hold a seat');
    expect(codeOf(await save(FIRST_SUMMIT.replace('planned: 40', 'planned: 3')))).toBe('ok');
    await expect(
      house.db.updateTable('summit').set({ seats: 2 }).where('id', '=', id).execute(),
    ).rejects.toThrow('too few');
  });

  test('is announced, archived and put back, each with its event; then its address stays', async () => {
    expectIn(await (await house.get('/')).text(), 'No summit is announced yet');
    const organiser = await house.organiser(SLUG);
    const before = (await eventKinds()).length;
    for (const command of [announce, archive, reopen]) {
      const done = await inTransaction(house.db, (tx) => command(tx, house.actor, organiser));
      expect(done.ok).toBe(true);
    }
    expect((await eventKinds()).slice(before)).toEqual([
      'summit.announced',
      'summit.archived',
      'summit.reopened',
    ]);
    const moved = FIRST_SUMMIT.replace('slug: sp_summit_2023', 'slug: elsewhere');
    expect(codeOf(await save(moved))).toBe('address-fixed');
  });
});

describe('the public page', () => {
  test('says all that the definition says, with its facts filled in', async () => {
    const page = await (await house.app.request(`/s/${SLUG}`)).text();
    for (const text of [
      '22–',
      'America/Los Angeles',
      'eScience Institute',
      'Re-usable libraries with commonly used functionality',
      'take part in two of the three one-hour pre-summit planning meetings',
      'February planning meeting',
      'Three to four months of post-summit implementation.',
      'announcement.md',
      'handout.pdf',
      'calendar.ics',
      `/s/${SLUG}/participants`,
    ]) {
      expectIn(page, text);
    }
    expectNotIn(page, '{seats');
  });

  test('shows hostile text as text', async () => {
    const hostile = FIRST_SUMMIT.replace(
      'summary: >-\n',
      'summary: >-\n  <script>alert(1)</script> [x](javascript:alert(1))\n',
    ).replace('city: Seattle', 'city: "<img src=x onerror=alert(1)>"');
    expect(codeOf(await save(hostile))).toBe('ok');
    const page = await (await house.app.request(`/s/${SLUG}`)).text();
    expectNotIn(page, '<script>alert');
    expectNotIn(page, '<img src=x');
    expectNotIn(page, 'href="javascript:');
  });

  test('is listed on the home page once announced', async () => {
    expectIn(await (await house.app.request('/')).text(), `href="/s/${SLUG}"`);
  });
});
