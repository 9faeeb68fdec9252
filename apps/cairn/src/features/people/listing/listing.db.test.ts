import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { promisedSummit } from '../../../../../../tests/promises.ts';
import { post, testServices, visitorFromHeader } from '../../../../../../tests/services.ts';
import {
  setUp,
  storeInvitation,
  storePerson,
  storeSummit,
} from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import { answerInvitation } from '../invitations/answer-commands.ts';
import { releaseSeat } from '../seats/seat-commands.ts';
import { LISTING_FIELDS } from './listing-rules.ts';

let database: TestDatabase;
let db: Db;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  app = createApp(testServices(db), visitorFromHeader(db));
});
afterAll(() => database.drop());

/** A summit in which each of these has a seat, a GitHub handle, a community and an excuse: all that could leak. */
async function summitOf(slug: string, ...names: string[]) {
  const communities = [{ key: 'numpy', name: 'NumPy', kind: 'project' as const }];
  const summit = await storeSummit(db, promisedSummit({ slug, communities }));
  const ids: string[] = [];
  for (const name of names) {
    const personId = await storePerson(db, name);
    await storeInvitation(db, summit.id, personId);
    await inTransaction(db, (tx) =>
      answerInvitation(tx, setUp(), summit.id, personId, {
        answer: 'accept',
        agreement: { version: 1 },
        noticeDays: undefined,
        note: `note of ${name}`,
        signIn: { method: 'link', sessionId: undefined },
      }),
    );
    await db
      .insertInto('personIdentity')
      .values({ kind: 'github', value: handleOf(name), personId, verifiedAt: null })
      .execute();
    await db
      .insertInto('personCommunity')
      .values({ summitId: summit.id, personId, community: 'numpy' })
      .execute();
    await db
      .insertInto('excuse')
      .values({
        summitId: summit.id,
        personId,
        obligation: 'presence',
        reason: `reason of ${name}`,
        byPerson: personId,
        at: setUp().now,
        withdrawnAt: null,
      })
      .execute();
    ids.push(personId);
  }
  return { summit, ids, form: `/s/${slug}/me/listing`, list: `/s/${slug}/participants` };
}
const handleOf = (name: string) => `${name.toLowerCase().replaceAll(' ', '-')}-hub`;
const get = async (path: string, personId?: string) =>
  (
    await app.request(
      path,
      personId === undefined ? {} : { headers: { 'x-test-person': personId } },
    )
  ).text();
const choose = (
  form: string,
  personId: string | undefined,
  fields: readonly string[],
  what = 'save',
) => app.request(form, post({ 'fields[]': fields, do: what }, personId));
const json = async (list: string) => JSON.parse(await get(`${list}.json`));

describe('the public list of participants', () => {
  test('by default shows nobody and counts everybody', async () => {
    const { list } = await summitOf('silent_2023', 'Silent Ada', 'Silent Bob');
    const [page, data] = [await get(list), await get(`${list}.json`)];
    expect(page).toContain('2 people take part; nobody has chosen to be listed.');
    expect(JSON.parse(data)).toEqual({
      schema: 'cairn/participants/1',
      summit: 'silent_2023',
      participants: [],
      unlisted: 2,
      total: 2,
    });
    for (const leak of ['Silent', 'silent.ada', 'silent-ada', 'NumPy', 'reason of', 'note of']) {
      expect(page.replace('silent_2023', '')).not.toContain(leak);
      expect(data.replace('silent_2023', '')).not.toContain(leak);
    }
  });

  test('shows exactly the fields that each person chose, one by one', async () => {
    const { ids, form, list } = await summitOf('fields_2023', 'Fay One', 'Gil Two', 'Hal Three');
    await choose(form, ids[0], ['name']);
    await choose(form, ids[1], ['name', 'github']);
    const data = await json(list);
    expect(data.participants).toEqual([
      { name: 'Fay One' },
      { name: 'Gil Two', github: 'gil-two-hub' },
    ]);
    expect([data.unlisted, data.total]).toEqual([1, 3]);
    const page = await get(list);
    expect(page).toContain('And 1 more.');
    for (const leak of ['Hal Three', 'fay-one-hub', 'NumPy', 'excused', '@example.org']) {
      expect(page).not.toContain(leak);
    }
  });

  test('shows how promises stand, never why', async () => {
    const { ids, form, list } = await summitOf('why_2023', 'Ivy Four', 'Jan Five');
    await choose(form, ids[0], LISTING_FIELDS);
    await choose(form, ids[1], ['name']);
    const [ivy, jan] = (await json(list)).participants;
    expect(ivy).toEqual({
      name: 'Ivy Four',
      communities: ['NumPy'],
      github: 'ivy-four-hub',
      promises: expect.arrayContaining([
        { wording: 'attend the summit in person', standing: 'excused' },
      ]),
    });
    expect(jan).toEqual({ name: 'Jan Five' });
    const page = await get(list);
    expect(page).toContain('Attend the summit in person: excused');
    expect(page).not.toContain('reason of');
  });

  test('follows a withdrawn consent and a lost seat at once', async () => {
    const { summit, ids, form, list } = await summitOf('follow_2023', 'Kit Six', 'Lea Seven');
    for (const id of ids) await choose(form, id, ['name']);
    expect((await json(list)).participants).toHaveLength(2);
    await choose(form, ids[0], []);
    expect(await json(list)).toMatchObject({ participants: [{ name: 'Lea Seven' }], unlisted: 1 });
    await db.transaction().execute((tx) => releaseSeat(tx, setUp(), summit, ids[1] ?? ''));
    expect(await json(list)).toMatchObject({ participants: [], unlisted: 1, total: 1 });
  });

  test('is asked for anew each time', async () => {
    const { list } = await summitOf('anew_2023');
    for (const path of [list, `${list}.json`]) {
      expect((await app.request(path)).headers.get('cache-control')).toBe('no-cache');
    }
  });
});

describe('a person’s consent', () => {
  test('is previewed to the letter before it is saved', async () => {
    const { ids, form, list } = await summitOf('preview_2023', 'Mia Eight');
    const trial = await choose(form, ids[0], ['name', 'github'], 'preview');
    expect(trial.status).toBe(200);
    const shown = entryIn(await trial.text());
    expect(await json(list)).toMatchObject({ participants: [] });
    await choose(form, ids[0], ['name', 'github']);
    expect(entryIn(await get(list))).toBe(shown);
    expect(shown).toContain('Mia Eight');
  });

  test('for anything but the name needs the name too', async () => {
    const { ids, form, list } = await summitOf('nameless_2023', 'Ned Nine');
    const refused = await choose(form, ids[0], ['github']);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('Tick your name as well');
    expect(await json(list)).toMatchObject({ participants: [], unlisted: 1 });
  });

  test('makes one event of field names, and none when nothing changed', async () => {
    const { summit, ids, form } = await summitOf('event_2023', 'Oda Ten');
    await choose(form, ids[0], ['github', 'name']);
    await choose(form, ids[0], ['name', 'github']);
    const events = await db
      .selectFrom('event')
      .select(['personId', 'data'])
      .where('summitId', '=', summit.id)
      .where('kind', '=', 'listing.chosen')
      .execute();
    expect(events).toEqual([{ personId: ids[0], data: { fields: ['name', 'github'] } }]);
  });

  test('is their own business: nobody else gets to the form', async () => {
    const { form } = await summitOf('private_2023', 'Pia Eleven');
    const stranger = await storePerson(db, 'Stranger');
    expect((await choose(form, stranger, ['name'])).status).toBe(404);
    expect((await choose(form, undefined, ['name'])).status).toBe(303);
  });
});

/** The entry as it is shown, without what stands around it. */
const entryIn = (html: string): string | undefined =>
  /<li><span class="strong">[\s\S]*?<\/li>/.exec(html)?.[0];
