import { expectOk, ok } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { post, testServices, visitorFromHeader } from '../../../../../../tests/services.ts';
import { setUp, storePerson, storeSummit } from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import { queueMail } from '../../../platform/mail/queue.ts';
import type { Summit } from '../../summits/queries.ts';
import { type Organiser, organiserOf } from '../rights.ts';
import { addPerson } from './person-commands.ts';
import { personOf } from './person-queries.ts';

let database: TestDatabase;
let db: Db;
let app: ReturnType<typeof createApp>;

interface Side {
  readonly summit: Summit;
  readonly organiserId: string;
  readonly organiser: Organiser;
}

const sides: Side[] = [];
const [A, B] = [0, 1];
const sideOf = (which: number): Side => {
  const side = sides[which];
  if (side === undefined) throw new Error('two summits are stored before the tests');
  return side;
};

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  app = createApp(testServices(db), visitorFromHeader(db));
  for (const slug of ['side_a', 'side_b']) {
    const summit = await storeSummit(db, { slug });
    const organiserId = await storePerson(db, `${slug} Organiser`, {
      summitId: summit.id,
      role: 'organiser',
    });
    const viewer = { personId: organiserId, isAdministrator: false };
    const organiser = await organiserOf(db, summit.id, viewer);
    if (organiser === undefined) throw new Error('an organiser organises');
    sides.push({ summit, organiserId, organiser });
  }
});
afterAll(() => database.drop());

const enter = async (which: number, given: { email?: string; github?: string }) => {
  const entry = { name: 'Tuomas', communities: [], seatKind: undefined, remark: '' };
  const { email, github } = given;
  const added = await inTransaction(db, (tx) =>
    addPerson(tx, setUp(), sideOf(which).organiser, { ...entry, email, github }),
  );
  return expectOk(added).personId;
};

const shownTo = async (which: number, personId: string): Promise<string[]> => {
  const person = await personOf(db, sideOf(which).organiser, personId);
  return (person?.identities ?? []).map(({ value }) => value);
};

const pagesOf = async (which: number, ...paths: string[]): Promise<string> => {
  const { summit, organiserId } = sideOf(which);
  const texts = paths.map(async (path) => {
    const address = `/s/${summit.slug}/organise/${path}`;
    const response = await app.request(address, { headers: { 'x-test-person': organiserId } });
    expect(response.status).toBe(200);
    return (await response.text()).replaceAll('<wbr/>', '');
  });
  return (await Promise.all(texts)).join('\n');
};

const acceptIn = (which: number, personId: string) =>
  db
    .updateTable('invitation')
    .set({ state: 'accepted' })
    .where('summitId', '=', sideOf(which).summit.id)
    .where('personId', '=', personId)
    .execute();

describe('an identity that somebody gave to another summit', () => {
  test('is shown on no page, in no file and to no search before they accept', async () => {
    const personId = await enter(A, { email: 'tl@secret.example', github: 'tlindqvist' });
    expect(await enter(B, { github: 'TLindqvist' })).toBe(personId);
    const pages = ['people', `people/${personId}`, 'people/people.csv', 'people?q=nothing'];
    expect(await pagesOf(A, ...pages)).toContain('tl@secret.example');
    const seen = await pagesOf(B, ...pages);
    expect(seen).toContain('tlindqvist');
    expect(seen).not.toContain('secret.example');
    expect(await pagesOf(B, 'people/people.csv?q=secret')).not.toContain('Tuomas');

    await acceptIn(B, personId);
    expect(await shownTo(B, personId)).toEqual(['tl@secret.example', 'tlindqvist']);
    expect(await pagesOf(B, ...pages)).toContain('tl@secret.example');
  });

  test('is where their mails go, and is not shown on the pages of the mails', async () => {
    const personId = await enter(A, { email: 'mailed@secret.example', github: 'mailed' });
    await enter(B, { github: 'mailed' });
    const { summit } = sideOf(B);
    await inTransaction(db, async (tx) => {
      await queueMail(tx, {
        key: 'to-mailed',
        summitId: summit.id,
        personId,
        recipient: 'mailed@secret.example',
        subject: 'You are invited',
        body: 'Please come.',
        now: setUp().now,
      });
      return ok(undefined);
    });
    const { id, recipient } = await db
      .updateTable('mail')
      .set({ state: 'failed', lastError: '550 <mailed@secret.example> is unknown' })
      .where('key', '=', 'to-mailed')
      .returning(['id', 'recipient'])
      .executeTakeFirstOrThrow();
    expect(recipient).toBe('mailed@secret.example');
    const seen = await pagesOf(B, 'mail', `mail/${id}`);
    expect(seen).toContain('an address they gave elsewhere');
    expect(seen).not.toContain('secret.example');
    await acceptIn(B, personId);
    expect(await pagesOf(B, 'mail', `mail/${id}`)).toContain('mailed@secret.example');
  });

  test('is shown once its organisers enter it themselves, and to the first as before', async () => {
    const personId = await enter(A, { email: 'both@example.org', github: 'both' });
    await enter(B, { github: 'both' });
    expect(await shownTo(B, personId)).toEqual(['both']);
    await enter(B, { email: 'both@example.org' });
    expect(await shownTo(B, personId)).toEqual(['both@example.org', 'both']);
    expect(await shownTo(A, personId)).toEqual(['both@example.org', 'both']);
  });

  test('is not bought with a role that the organisers give', async () => {
    const personId = await enter(A, { email: 'guest@example.org', github: 'guest-of-b' });
    await enter(B, { github: 'guest-of-b' });
    const { summit, organiserId } = sideOf(B);
    await db
      .insertInto('role')
      .values({
        summitId: summit.id,
        personId,
        role: 'guest',
        grantedAt: setUp().now,
        grantedBy: organiserId,
      })
      .execute();
    expect(await shownTo(B, personId)).toEqual(['guest-of-b']);
  });

  test('is not shown because it was proven since', async () => {
    const personId = await enter(B, { github: 'private' });
    await db
      .insertInto('personIdentity')
      .values({ kind: 'email', value: 'private@example.org', personId, verifiedAt: setUp().now })
      .execute();
    expect(await shownTo(B, personId)).toEqual(['private']);
  });

  test('stays shown when the organisers correct somebody whom they alone know', async () => {
    const personId = await enter(B, { email: 'wrong@example.org' });
    const { summit, organiserId } = sideOf(B);
    const corrected = await app.request(
      `/s/${summit.slug}/organise/people/${personId}`,
      post({ name: 'Tuomas', email: 'right@example.org', github: '', note: '' }, organiserId),
    );
    expect(corrected.status).toBe(303);
    await enter(A, { email: 'right@example.org' });
    expect(await shownTo(B, personId)).toEqual(['right@example.org']);
  });
});
