import { parseCsv } from '@cairn/formats/csv';
import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { post, testServices, visitorFromHeader } from '../../../../../../tests/services.ts';
import { NOW, setUp, storePerson, storeSummit } from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { type Actor, inTransaction } from '../../../platform/db/command.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { type Organiser, organiserOf } from '../rights.ts';
import { addPerson, findOrCreatePerson } from './person-commands.ts';

let database: TestDatabase;
let db: Db;
let app: ReturnType<typeof createApp>;
let summit: Summit;
let organiserId: string;
let organiser: Organiser;
let people: string;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  app = createApp(testServices(db), visitorFromHeader(db));
  summit = await storeSummit(db);
  organiserId = await storePerson(db, 'Olga Organiser', { summitId: summit.id, role: 'organiser' });
  const proof = await organiserOf(db, summit.id, { personId: organiserId, isAdministrator: false });
  if (proof === undefined) throw new Error('Olga organises');
  organiser = proof;
  people = `/s/${summit.slug}/organise/people`;
});
afterAll(() => database.drop());

const find = (
  given: { name: string; email?: string; github?: string },
  summitId: string | undefined = summit.id,
) =>
  inTransaction(db, (tx) =>
    findOrCreatePerson(
      tx,
      setUp(),
      { name: given.name, email: given.email, github: given.github },
      summitId,
    ),
  );

const page = async (path: string, personId = organiserId): Promise<string> =>
  (await app.request(path, { headers: { 'x-test-person': personId } })).text();

const countOf = async (name: string): Promise<number> => {
  const rows = await db.selectFrom('person').select('id').where('name', '=', name).execute();
  return rows.length;
};

describe('finding a person', () => {
  test('recognises the same person by address or handle, whatever the case', async () => {
    const made = expectOk(
      await find({ name: 'Ada Lovelace', email: 'Ada@Example.org', github: 'ada' }),
    );
    const byEmail = expectOk(await find({ name: 'A. L.', email: 'ada@example.ORG' }));
    const byHandle = expectOk(await find({ name: 'ada', github: 'ADA' }));
    expect(made.isNew).toBe(true);
    expect([byEmail.personId, byHandle.personId]).toEqual([made.personId, made.personId]);
  });

  test('never makes two of twenty who come at once', async () => {
    const given = { name: 'Twin', email: 'twin@example.org' };
    const found = await Promise.all(Array.from({ length: 20 }, () => find(given)));
    expect(new Set(found.map((each) => expectOk(each).personId)).size).toBe(1);
    expect(await countOf('Twin')).toBe(1);
  });

  test('adds what was not known of somebody who never signed in', async () => {
    const { personId } = expectOk(await find({ name: 'Grace', email: 'grace@example.org' }));
    await find({ name: 'Grace', email: 'grace@example.org', github: 'grace' });
    expect(expectOk(await find({ name: 'G', github: 'grace' })).personId).toBe(personId);
  });

  test('refuses an address and a handle of two people', async () => {
    await find({ name: 'One', email: 'one@example.org' });
    await find({ name: 'Two', github: 'two' });
    const mixed = await find({ name: 'Both', email: 'one@example.org', github: 'two' });
    expect(mixed.ok ? '' : mixed.error.code).toBe('identities-of-two');
  });

  test.each([
    ['has an account', { authUserId: 'account' }],
    ['administers the installation', { isAdministrator: true }],
  ])('adds no way to sign in to somebody who %s', async (what, change) => {
    const email = `${what.replaceAll(' ', '.')}@example.org`;
    const { personId } = expectOk(await find({ name: what, email }));
    await db.updateTable('person').set(change).where('id', '=', personId).execute();
    const again = expectOk(await find({ name: what, email, github: what.replaceAll(' ', '-') }));
    expect(again).toEqual({ personId, isNew: false, notAdded: [what.replaceAll(' ', '-')] });
  });

  test('adds no way to sign in to somebody whom another summit knows', async () => {
    const other = await storeSummit(db, { slug: 'other_2023' });
    const { personId } = expectOk(
      await find({ name: 'Vera', email: 'vera@example.org' }, other.id),
    );
    await db
      .insertInto('personCommunity')
      .values({ summitId: other.id, personId, community: 'numpy' })
      .execute();
    const again = expectOk(await find({ name: 'V', email: 'vera@example.org', github: 'vera' }));
    expect(again.notAdded).toEqual(['vera']);
  });
});

const FILE = `name,email,github,communities,seat_kind,note,T-shirt
Brigitta Sipőcz,brigitta@example.org,bsipocz,Astropy; NumPy,,organises,M
,nameless@example.org,,,,,
"Doe, Jane",jane@example.org,,Numpie,funded,,
Ken Sato,KEN@example.org,,SciPy,self-funded,,
Ken S.,ken@example.org,ksato,,,,L
No Contact,,,,,,
Ada L.,ada@example.org,,,,,
`;

describe('importing people', () => {
  const importPath = () => `${people}/import`;

  test('shows first what would happen, and stores nothing', async () => {
    const response = await app.request(
      importPath(),
      post({ rows: FILE, action: 'preview' }, organiserId),
    );
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text).toContain('2 new, 1 already known, 1 repeated within the file, 3 that cannot be');
    expect(text).toContain('the same person as line 5');
    expect(text).toContain('did you mean NumPy?');
    expect(text).toContain('Cairn knows no column called “T-shirt”');
    expect(await countOf('Brigitta Sipőcz')).toBe(0);
    expect(await db.selectFrom('importRow').selectAll().execute()).toEqual([]);
  });

  test('takes the good rows, keeps the bad ones, and does so once', async () => {
    for (let click = 0; click < 2; click += 1) {
      const response = await app.request(
        importPath(),
        post({ rows: FILE, action: 'take' }, organiserId),
      );
      expect(response.status).toBe(303);
    }
    expect(await countOf('Brigitta Sipőcz')).toBe(1);
    expect(await countOf('Ken Sato')).toBe(1);
    expect(await countOf('Ken S.')).toBe(0);
    const kept = await db.selectFrom('importRow').select(['line', 'raw']).orderBy('line').execute();
    expect(kept.map(({ line }) => line)).toEqual([3, 4, 7]);
    const drafted = await db
      .selectFrom('invitation')
      .innerJoin('person', 'person.id', 'invitation.personId')
      .select(['person.name', 'seatKind', 'remark', 'state'])
      .where('person.name', 'in', ['Brigitta Sipőcz', 'Ken Sato'])
      .orderBy('person.name')
      .execute();
    expect(drafted).toEqual([
      {
        name: 'Brigitta Sipőcz',
        seatKind: 'funded',
        remark: 'organises\nT-shirt: M',
        state: 'drafted',
      },
      { name: 'Ken Sato', seatKind: 'self_funded', remark: 'T-shirt: L', state: 'drafted' },
    ]);
  });

  test('lists what was kept, and takes it once it is corrected in the browser', async () => {
    const list = await page(importPath());
    expect(list).toContain('Numpie');
    const { id } = await db
      .selectFrom('importRow')
      .select('id')
      .where('line', '=', 4)
      .executeTakeFirstOrThrow();
    const row = `${importPath()}/rows/${id}`;
    expect(await page(row)).toContain('value="Doe, Jane"');
    const cells = { name: 'Doe, Jane', email: 'jane@example.org', seat_kind: 'funded' };
    const wrong = await app.request(
      row,
      post({ ...cells, communities: 'Numpie again', action: 'take' }, organiserId),
    );
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('value="Numpie again"');
    const right = await app.request(
      row,
      post({ ...cells, communities: 'numpy', action: 'take' }, organiserId),
    );
    expect(right.status).toBe(303);
    expect(await countOf('Doe, Jane')).toBe(1);
    expect(await page(importPath())).not.toContain('Numpie');
    const again = await app.request(row, post({ ...cells, action: 'take' }, organiserId));
    expect(again.status).toBe(303);
  });

  test('drops a row when told to', async () => {
    const { id } = await db
      .selectFrom('importRow')
      .select('id')
      .where('line', '=', 7)
      .executeTakeFirstOrThrow();
    await app.request(`${importPath()}/rows/${id}`, post({ action: 'drop' }, organiserId));
    expect(await page(importPath())).not.toContain('No Contact');
  });

  test('says what is wrong with a file that is no table, with everything typed still there', async () => {
    const response = await app.request(
      importPath(),
      post({ rows: 'just words', action: 'preview' }, organiserId),
    );
    expect(response.status).toBe(422);
    const text = await response.text();
    expect(text).toContain('The column “name” is missing');
    expect(text).toContain('just words');
    const empty = await app.request(importPath(), post({ rows: ' ' }, organiserId));
    expect(await empty.text()).toContain('There is nothing here to import');
  });

  test('reads an uploaded file', async () => {
    const body = new FormData();
    body.set('action', 'preview');
    body.set('file', new File(['name;github\r\nUlla;@ulla\r\n'], 'people.csv'));
    const response = await app.request(importPath(), {
      method: 'POST',
      body,
      headers: { origin: 'http://cairn.test', 'x-test-person': organiserId },
    });
    const text = await response.text();
    expect(text).toContain('1 new, 0 already known');
    expect(text).toContain('value="name;github\r\nUlla;@ulla');
  });
});

describe('the list of people', () => {
  const NAMES = z.object({ name: z.string(), email: z.string().optional() });
  const namesIn = async (query: string): Promise<string[]> => {
    const file = await page(`${people}/people.csv?${query}`);
    return expectOk(parseCsv(file, NAMES)).rows.map(({ value }) => value.name);
  };

  test('is searched by name, address and handle, and % means itself', async () => {
    expect(await namesIn('q=sip%C5%91')).toEqual(['Brigitta Sipőcz']);
    expect(await namesIn('q=KSATO')).toEqual(['Ken Sato']);
    expect(await namesIn('q=jane%40example')).toEqual(['Doe, Jane']);
    expect(await namesIn('q=%25')).toEqual([]);
  });

  test('is filtered by community and state, and sorted both ways', async () => {
    expect(await namesIn('community=numpy')).toEqual(['Brigitta Sipőcz', 'Doe, Jane']);
    expect(await namesIn('state=none')).toEqual(['Olga Organiser']);
    expect(await namesIn('state=drafted&community=numpy&order=descending')).toEqual([
      'Doe, Jane',
      'Brigitta Sipőcz',
    ]);
    expect(await namesIn('state=nonsense&sort=nonsense&page=-1&community=numpy')).toHaveLength(2);
  });

  test('is for organisers only', async () => {
    const stranger = await storePerson(db, 'Stranger');
    for (const path of ['', '/people.csv', '/import', '/new', `/${organiserId}`]) {
      const response = await app.request(`${people}${path}`, {
        headers: { 'x-test-person': stranger },
      });
      expect(response.status).toBe(404);
    }
    expect((await app.request(people)).status).toBe(303);
  });
});

describe('one person', () => {
  test('is added by hand, by handle alone, with a clear sentence for what is wrong', async () => {
    const wrong = await app.request(
      `${people}/new`,
      post({ name: 'Zed', email: 'zed at example', github: '', seat_kind: 'funded' }, organiserId),
    );
    expect(wrong.status).toBe(422);
    const text = await wrong.text();
    expect(text).toContain('Write an e-mail address such as ada@example.org.');
    expect(text).toContain('value="zed at example"');
    const right = await app.request(
      `${people}/new`,
      post(
        {
          name: 'Zed',
          email: '',
          github: 'https://github.com/Zed-9',
          seat_kind: 'host',
          'communities[]': ['numpy', 'scipy'],
        },
        organiserId,
      ),
    );
    expect(right.status).toBe(303);
    const shown = await page(right.headers.get('location') ?? '');
    expect(shown).toContain('Zed-9');
    expect(shown).toContain('Invitation drafted');
  });

  test('is changed, and keeps a name and contact that are their own by now', async () => {
    const actor: Actor = setUp();
    const entry = {
      name: 'Mia',
      email: 'mia@example.org',
      github: undefined,
      communities: ['numpy'],
      seatKind: 'funded',
      remark: '',
    } as const;
    const { personId } = expectOk(
      await inTransaction(db, (tx) => addPerson(tx, actor, organiser, entry)),
    );
    const change = (fields: Record<string, string>) =>
      app.request(
        `${people}/${personId}`,
        post({ action: 'change', seat_kind: 'sponsored', note: 'met', ...fields }, organiserId),
      );
    await change({ name: 'Mia M.', email: 'mia2@example.org', github: '' });
    const shown = await page(`${people}/${personId}`);
    expect(shown).toContain('Mia M.');
    expect(shown).toContain('mia2@example.org');
    expect(shown).not.toContain('mia@example.org');
    const taken = await change({ name: 'Mia', email: 'ada@example.org', github: '' });
    expect(taken.status).toBe(422);
    expect(await taken.text()).toContain('This address belongs to somebody else');
    await db.updateTable('person').set({ authUserId: 'mia' }).where('id', '=', personId).execute();
    await change({ name: 'Hijacked', email: 'eve@example.org', github: '' });
    expect(await countOf('Hijacked')).toBe(0);
    expect(await page(`${people}/${personId}`)).not.toContain('eve@example.org');
  });

  test('gets more time until the end of a day by the summit’s clock', async () => {
    const personId = await storePerson(db, 'Slow');
    await db
      .insertInto('invitation')
      .values({
        summitId: summit.id,
        personId,
        state: 'sent',
        tokenHash: null,
        tokenSpentAt: null,
        expiresAt: NOW.add({ hours: 24 }),
        draftedAt: NOW,
        sentAt: NOW,
        openedAt: null,
        answeredAt: null,
        closedAt: null,
        remindedAt: null,
      })
      .execute();
    const extend = (until: string) =>
      app.request(`${people}/${personId}`, post({ action: 'extend', until }, organiserId));
    expect((await extend('2023-02-30')).status).toBe(422);
    const early = await extend('2023-02-01');
    expect(await early.text()).toContain('Choose 2023-02-03 or a later day');
    expect((await extend('2023-03-01')).status).toBe(303);
    const { expiresAt } = await db
      .selectFrom('invitation')
      .select('expiresAt')
      .where('personId', '=', personId)
      .executeTakeFirstOrThrow();
    expect(expiresAt).toEqual(Temporal.Instant.from('2023-03-01T23:59:00-08:00'));
  });
});
