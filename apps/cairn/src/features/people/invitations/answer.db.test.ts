import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { testServices } from '../../../../../../tests/services.ts';
import {
  NOW,
  setUp,
  storeInvitation,
  storePerson,
  storeSummit,
} from '../../../../../../tests/summit.ts';
import { type Actor, inTransaction } from '../../../platform/db/command.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { acceptChangedAgreement, publishAgreement } from '../agreement/agreement-commands.ts';
import { lastAcceptance } from '../agreement/agreement-queries.ts';
import { seatConsumer } from '../seats/seat-consumer.ts';
import { seatCount, waitingList } from '../seats/seat-queries.ts';
import { answerOffer, expireOffers } from '../seats/waiting-commands.ts';
import { answerInvitation } from './answer-commands.ts';

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(() => database.drop());

const signIn = { method: 'link', sessionId: undefined };
const accept = (summit: Summit, personId: string, version = 1, actor: Actor = setUp()) =>
  inTransaction(db, (tx) =>
    answerInvitation(tx, actor, summit.id, personId, {
      answer: 'accept',
      agreement: { version },
      noticeDays: undefined,
      note: '',
      signIn,
    }),
  );
const decline = (summit: Summit, personId: string, actor: Actor = setUp()) =>
  inTransaction(db, (tx) =>
    answerInvitation(tx, actor, summit.id, personId, { answer: 'decline', note: '' }),
  );

async function invited(summit: Summit, count: number): Promise<string[]> {
  const people: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = await storePerson(db, `${summit.slug} ${index}`);
    await storeInvitation(db, summit.id, id);
    people.push(id);
  }
  return people;
}

const withSeats = (slug: string, planned: number) =>
  storeSummit(db, { slug, seats: { planned, ceiling: 50 } });

describe('answering an invitation', () => {
  test('sixty who accept three seats at once get three seats, and the rest a place on the list each', async () => {
    const summit = await withSeats('race_2023', 3);
    const people = await invited(summit, 60);
    const answers = await Promise.all(people.map((person) => accept(summit, person)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    const count = await seatCount(db, summit.id);
    expect(count.taken).toEqual([1, 2, 3]);
    const waiting = await waitingList(db, summit.id);
    expect(waiting.map(({ position }) => position)).toEqual(
      Array.from({ length: 57 }, (_, index) => index + 1),
    );
  });

  test('a seat that is given back is offered to the first who waits, and rolls on when the offer lapses', async () => {
    const summit = await withSeats('roll_2023', 1);
    const [first = '', second = '', third = ''] = await invited(summit, 3);
    for (const person of [first, second, third]) await accept(summit, person);
    await decline(summit, first);
    const holder = async () =>
      (await waitingList(db, summit.id)).find(({ holdsOpenOffer }) => holdsOpenOffer)?.personId;
    expect(await holder()).toBe(second);
    const late = setUp(NOW.add({ hours: 24 * 6 }));
    await inTransaction(db, async (tx) => ({
      ok: true,
      value: await expireOffers(tx, late, summit.id),
    }));
    expect(await holder()).toBe(third);
    const lateAnswer = await inTransaction(db, (tx) =>
      answerOffer(tx, late, summit.id, second, 'accept'),
    );
    expect(lateAnswer).toMatchObject({ ok: false, error: { code: 'offer-closed' } });
    const taken = await inTransaction(db, (tx) =>
      answerOffer(tx, late, summit.id, third, 'accept'),
    );
    expect(taken).toEqual({ ok: true, value: { kind: 'seated', number: 1 } });
  });

  test('an offer holds its seat against somebody who accepts an invitation meanwhile', async () => {
    const summit = await withSeats('held_2023', 1);
    const [first = '', second = '', third = ''] = await invited(summit, 3);
    await accept(summit, first);
    await accept(summit, second);
    await decline(summit, first);
    expect(await accept(summit, third)).toEqual({
      ok: true,
      value: { kind: 'waiting', reason: 'full' },
    });
  });

  test('seats that a changed definition adds are offered to those who wait', async () => {
    const summit = await withSeats('more_2023', 1);
    const [first = '', second = ''] = await invited(summit, 2);
    for (const person of [first, second]) await accept(summit, person);
    await db.updateTable('summit').set({ seats: 2 }).where('id', '=', summit.id).execute();
    const services = testServices(db);
    await db.transaction().execute((tx) =>
      seatConsumer.handle(
        {
          id: '1',
          at: NOW,
          kind: 'summit.definition_saved',
          summitId: summit.id,
          personId: null,
          actorId: null,
          door: 'web',
          data: {},
        },
        tx,
        services,
      ),
    );
    expect(await waitingList(db, summit.id)).toMatchObject([
      { personId: second, holdsOpenOffer: true },
    ]);
  });

  test('the database itself refuses a seat above the cap', async () => {
    const summit = await withSeats('guard_2023', 1);
    const person = await storePerson(db, 'Guard One');
    const insert = db
      .insertInto('seat')
      .values({ summitId: summit.id, number: 2, personId: person, kind: 'funded', takenAt: NOW })
      .execute();
    await expect(insert).rejects.toThrow('above the cap of 1');
  });

  test('a yes to a text that was changed meanwhile is refused, and nothing of it is stored', async () => {
    const summit = await withSeats('changed_2023', 2);
    const [first = '', second = ''] = await invited(summit, 2);
    await accept(summit, first);
    const definition = {
      ...summit.definition,
      agreement: { ...summit.definition.agreement, text: 'Be kind.' },
    };
    await db
      .updateTable('summit')
      .set({ definition: JSON.stringify(definition) })
      .where('id', '=', summit.id)
      .execute();
    await inTransaction(db, (tx) => publishAgreement(tx, setUp(), summit.id));
    expect(await accept(summit, second)).toMatchObject({
      ok: false,
      error: { code: 'agreement-changed' },
    });
    expect((await seatCount(db, summit.id)).taken).toEqual([1]);
    expect(await accept(summit, second, 2)).toMatchObject({ ok: true });
    expect((await lastAcceptance(db, summit.id, first))?.version).toBe(1);
    const mails = await db
      .selectFrom('mail')
      .select(['personId', 'page'])
      .where('summitId', '=', summit.id)
      .where('key', 'like', 'agreement:%')
      .execute();
    expect(mails).toEqual([{ personId: first, page: `/s/${summit.slug}/me/agreement` }]);
  });

  test('a changed text is accepted once, however often the button is pressed', async () => {
    const summit = await withSeats('again_2023', 2);
    const [person = ''] = await invited(summit, 1);
    await accept(summit, person);
    const definition = {
      ...summit.definition,
      agreement: { ...summit.definition.agreement, text: 'Be kind.' },
    };
    await db
      .updateTable('summit')
      .set({ definition: JSON.stringify(definition) })
      .where('id', '=', summit.id)
      .execute();
    await inTransaction(db, (tx) => publishAgreement(tx, setUp(), summit.id));
    const changed = { ...summit, definition };
    const press = () =>
      inTransaction(db, (tx) =>
        acceptChangedAgreement(tx, setUp(), changed, person, { version: 2 }, signIn),
      );
    const pressed = await Promise.all([press(), press()]);
    expect(pressed).toMatchObject([{ ok: true }, { ok: true }]);
    const events = await db
      .selectFrom('event')
      .select('data')
      .where('summitId', '=', summit.id)
      .where('kind', '=', 'agreement.accepted')
      .execute();
    expect(events).toEqual([{ data: { version: 2 } }]);
  });

  test('somebody who erased themselves meanwhile takes no seat', async () => {
    const summit = await withSeats('erased_2023', 1);
    const [person = ''] = await invited(summit, 1);
    await decline(summit, person);
    await db.updateTable('person').set({ erasedAt: NOW }).where('id', '=', person).execute();
    expect(await accept(summit, person)).toMatchObject({
      ok: false,
      error: { code: 'not-invited' },
    });
    expect((await seatCount(db, summit.id)).taken).toEqual([]);
  });

  test('each answer writes exactly one event about the invitation, with ids and numbers only', async () => {
    const summit = await withSeats('events_2023', 5);
    const [person = ''] = await invited(summit, 1);
    await accept(summit, person);
    const events = await db
      .selectFrom('event')
      .select(['kind', 'personId', 'data'])
      .where('summitId', '=', summit.id)
      .where('kind', 'like', 'invitation.%')
      .execute();
    expect(events).toEqual([
      { kind: 'invitation.accepted', personId: person, data: { version: 1, seat: 1 } },
    ]);
  });
});
