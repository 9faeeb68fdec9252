import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import {
  NOW,
  setUp,
  storeInvitation,
  storePerson,
  storeSummit,
} from '../../../../../../tests/summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { type Organiser, organiserOf } from '../rights.ts';
import { freeSeatByHand, seatByHand } from './seat-commands.ts';
import { seatCount, waitingList } from './seat-queries.ts';
import { answerOffer, arrangeWaiting, offerByHand, sayNotice } from './waiting-commands.ts';

let database: TestDatabase;
let db: Db;
let summit: Summit;
let organiser: Organiser;
let summits = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(() => database.drop());

beforeEach(async () => {
  summits += 1;
  summit = await storeSummit(db, {
    slug: `by_hand_${summits}`,
    seats: { planned: 2, ceiling: 50 },
  });
  const personId = await storePerson(db, `Olga ${summits}`);
  const proof = await organiserOf(db, summit.id, { personId, isAdministrator: true });
  if (proof === undefined) throw new Error('an administrator organises');
  organiser = proof;
});

const seat = (personId: string) =>
  inTransaction(db, (tx) => seatByHand(tx, setUp(), organiser, personId, 'host'));
const free = (personId: string) =>
  inTransaction(db, (tx) => freeSeatByHand(tx, setUp(), organiser, personId));

async function invited(name: string): Promise<string> {
  const personId = await storePerson(db, `${name} ${summits}`);
  await storeInvitation(db, summit.id, personId);
  return personId;
}

const eventsAbout = async (personId: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('event')
    .select('kind')
    .where('summitId', '=', summit.id)
    .where('personId', '=', personId)
    .orderBy('id')
    .execute();
  return rows.map(({ kind }) => kind);
};

describe('a seat given by hand', () => {
  test('is refused to somebody of another summit, whose contact it would show', async () => {
    const stranger = await storePerson(db, `Strange ${summits}`);
    const refused = { ok: false, error: { code: 'no-such-person' } };
    expect(await seat(stranger)).toMatchObject(refused);
    expect(await seat('11111111-1111-4111-8111-111111111111')).toMatchObject(refused);
    const gone = await invited('Gone');
    await db.updateTable('person').set({ erasedAt: NOW }).where('id', '=', gone).execute();
    expect(await seat(gone)).toMatchObject(refused);
    expect((await seatCount(db, summit.id)).taken).toEqual([]);
  });

  test('and given a second time is one seat and one event', async () => {
    const person = await invited('Twice');
    expect(await Promise.all([seat(person), seat(person)])).toEqual([
      { ok: true, value: { kind: 'seated', number: 1 } },
      { ok: true, value: { kind: 'seated', number: 1 } },
    ]);
    expect(await eventsAbout(person)).toEqual(['seat.taken']);
  });

  test('is freed once, with one event, and nothing is freed that nobody holds', async () => {
    const person = await invited('Freed');
    await seat(person);
    const freed = await Promise.all([free(person), free(person)]);
    expect(freed.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await free('11111111-1111-4111-8111-111111111111')).toMatchObject({
      ok: false,
      error: { code: 'holds-nothing' },
    });
    expect(await eventsAbout(person)).toEqual(['seat.taken', 'seat.released']);
  });
});

describe('somebody who waits', () => {
  test('is told when the seats of their offer were taken away, and no event says otherwise', async () => {
    const [first, second, third] = [
      await invited('First'),
      await invited('Second'),
      await invited('Third'),
    ];
    for (const person of [first, second, third]) await seat(person);
    await db.deleteFrom('seat').where('personId', '=', second).execute();
    await inTransaction(db, (tx) => offerByHand(tx, setUp(), organiser, third));
    const definition = { ...summit.definition, seats: { planned: 1, ceiling: 50 } };
    await db
      .updateTable('summit')
      .set({ seats: 1, definition: JSON.stringify(definition) })
      .where('id', '=', summit.id)
      .execute();
    const answered = await inTransaction(db, (tx) =>
      answerOffer(tx, setUp(), summit.id, third, 'accept'),
    );
    expect(answered).toMatchObject({ ok: false, error: { code: 'no-free-seat' } });
    expect(await eventsAbout(third)).toEqual(['seat.taken', 'seat.offered']);
  });

  test('and stands first cannot move up, which is no event', async () => {
    const people = [await invited('A'), await invited('B'), await invited('C'), await invited('D')];
    for (const person of people) await seat(person);
    const [, , first = '', last = ''] = people;
    const move = (person: string, to: 'up' | 'down') =>
      inTransaction(db, (tx) => arrangeWaiting(tx, setUp(), organiser, person, { move: to }));
    const order = async () => (await waitingList(db, summit.id)).map(({ personId }) => personId);
    expect((await move(first, 'up')).ok).toBe(true);
    expect((await move(last, 'down')).ok).toBe(true);
    expect(await order()).toEqual([first, last]);
    expect(await eventsAbout(first)).not.toContain('waiting.arranged');
    expect(await eventsAbout(last)).not.toContain('waiting.arranged');
    await move(last, 'up');
    expect(await order()).toEqual([last, first]);
    expect(await eventsAbout(last)).toContain('waiting.arranged');
  });

  test('says how much notice they need only while they wait', async () => {
    const person = await invited('Notice');
    const said = await inTransaction(db, (tx) => sayNotice(tx, setUp(), summit.id, person, 14));
    expect(said).toMatchObject({ ok: false, error: { code: 'not-waiting' } });
    expect(await eventsAbout(person)).toEqual([]);
  });
});
