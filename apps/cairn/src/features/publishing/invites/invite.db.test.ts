import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import {
  calendarMails,
  fixedFebruary,
  saveDefinition,
  tellEverybody,
} from '../../../../../../tests/invites.ts';
import { testServices } from '../../../../../../tests/services.ts';
import {
  addressOf,
  NOW,
  seedDefinition,
  setUp,
  storeInvitation,
  storePerson,
  storeSummit,
} from '../../../../../../tests/summit.ts';
import { recordEvent } from '../../../platform/db/command.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import { eventTask } from '../../../platform/jobs/events.ts';
import type { Summit } from '../../summits/queries.ts';
import { inviteConsumer } from './invite-consumer.ts';
import { inviteSweep } from './invite-sweep.ts';

let database: TestDatabase;
let db: Db;
let summit: Summit;
let services: ReturnType<typeof testServices>;
let number = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(() => database.drop());
beforeEach(async () => {
  number += 1;
  services = testServices(db);
  summit = await storeSummit(db, { slug: `summit_${number}`, ...fixedFebruary() });
});

const person = (name: string) => `${name} Nr ${number}`;
const address = (name: string) => addressOf(person(name));

async function seat(name: string): Promise<string> {
  const id = await storePerson(db, person(name));
  const { count } = await db
    .selectFrom('seat')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('summitId', '=', summit.id)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('seat')
    .values({
      summitId: summit.id,
      number: Number(count) + 1,
      personId: id,
      kind: 'funded',
      takenAt: NOW,
    })
    .execute();
  return id;
}
const tell = () => tellEverybody(services, summit.id);
const mails = () => calendarMails(db, summit.id);
const told = async () =>
  (await mails()).map(({ recipient, event }) => [
    recipient,
    event.uid.split('@')[0],
    event.method,
    event.sequence,
  ]);
const save = (change: Parameters<typeof saveDefinition>[2]) => saveDefinition(db, summit, change);

describe('calendar invitations', () => {
  test('go to whoever has a seat, for the week and for each call with a time, once', async () => {
    await seat('Ada');
    await tell();
    expect(await told()).toEqual([
      [address('Ada'), 'meeting.february', 'REQUEST', 0],
      [address('Ada'), 'summit', 'REQUEST', 0],
    ]);
    await tell();
    expect(await mails()).toHaveLength(2);
  });

  test('go to whoever is invited for the week alone, and to organisers for all', async () => {
    const invited = await storePerson(db, person('Bea'));
    await storeInvitation(db, summit.id, invited, `secret ${number}`);
    await storePerson(db, person('Cyd'), { summitId: summit.id, role: 'organiser' });
    await tell();
    expect(await told()).toEqual([
      [address('Bea'), 'summit', 'REQUEST', 0],
      [address('Cyd'), 'meeting.february', 'REQUEST', 0],
      [address('Cyd'), 'summit', 'REQUEST', 0],
    ]);
  });

  test('name their reader alone, come from the installation, and say time, place and zone', async () => {
    await seat('Ada');
    await seat('Bea');
    await tell();
    for (const mail of await mails()) {
      const addresses = mail.ics.replaceAll('\r\n ', '').match(/mailto:\S+/g);
      expect(new Set(addresses)).toEqual(
        new Set(['mailto:cairn@cairn.test', `mailto:${mail.recipient}`]),
      );
    }
    const [call] = await mails();
    expect(call?.subject).toBe('Invitation: February planning meeting, Mon 27 Feb 2023, 09:00 PST');
    expect(call?.event).toMatchObject({
      location: 'https://video.example.org/room',
      organizer: { params: { CN: '2023 Scientific Python Developer Summit' } },
    });
    expect(call?.event.start.toISOString()).toBe('2023-02-27T17:00:00.000Z');
    expect(call?.ics).toContain('BEGIN:VTIMEZONE\r\nTZID:America/Los_Angeles');
    expect(call?.ics).toContain('DTSTAMP:20230201T120600Z');
  });

  test('of a moved call go out again to each, once, under the same UID and a higher sequence', async () => {
    await seat('Ada');
    await seat('Bea');
    await tell();
    await save(fixedFebruary('2023-02-28T10:30'));
    await tell();
    const again = (await mails()).slice(4);
    expect(again.map(({ recipient }) => recipient)).toEqual([address('Ada'), address('Bea')]);
    const [before] = await mails();
    const [after] = again;
    expect(after?.event.uid).toBe(before?.event.uid);
    expect(after?.event.sequence).toBe(1);
    expect(after?.event.start.toISOString()).toBe('2023-02-28T18:30:00.000Z');
    expect(after?.subject).toMatch(/^Changed: /);
    expect(after?.body).toContain('Tue 28 Feb 2023, 10:30 PST');
    expect(after?.body).toContain('before: Mon 27 Feb 2023, 09:00 PST');
    expect(before?.state).toBe('cancelled');
  });

  test('wait until several changes in a row have settled, and are then one', async () => {
    await seat('Ada');
    await tell();
    const deliver = eventTask(services, [inviteConsumer]);
    for (const starts of ['2023-02-28T10:30', '2023-02-28T11:00', '2023-02-28T11:30']) {
      await save(fixedFebruary(starts));
      const event = await db
        .transaction()
        .execute((tx) =>
          recordEvent(tx, setUp(), { kind: 'summit.definition_saved', summitId: summit.id }),
        );
      const payload = { event, kind: 'summit.definition_saved' };
      await deliver(payload, { number: 1, isLast: false });
      await deliver(payload, { number: 2, isLast: false });
      services.clock.set(services.clock.now().add({ minutes: 3 }));
      await inviteSweep.run(services);
    }
    expect(await mails()).toHaveLength(2);
    services.clock.set(services.clock.now().add({ minutes: 3 }));
    await inviteSweep.run(services);
    const [, , last, ...more] = await mails();
    expect(more).toEqual([]);
    expect(last?.event.start.toISOString()).toBe('2023-02-28T19:30:00.000Z');
  });

  test('of what is called off are withdrawn once, and the call invited to again when it comes back', async () => {
    await seat('Ada');
    await tell();
    const { planning_meetings } = fixedFebruary();
    const [, ...others] = planning_meetings.list;
    await save({ planning_meetings: { ...planning_meetings, list: others } });
    await tell();
    await tell();
    await save(fixedFebruary('2023-03-01T09:00'));
    await tell();
    expect((await told()).filter(([, key]) => key === 'meeting.february')).toEqual([
      [address('Ada'), 'meeting.february', 'REQUEST', 0],
      [address('Ada'), 'meeting.february', 'CANCEL', 1],
      [address('Ada'), 'meeting.february', 'REQUEST', 2],
    ]);
    const [, , cancelled] = await mails();
    expect(cancelled?.ics).toContain('STATUS:CANCELLED');
    expect(cancelled?.event.start.toISOString()).toBe('2023-02-27T17:00:00.000Z');
  });

  test('are withdrawn from whoever gives the seat back, and are theirs again with a seat', async () => {
    const ada = await seat('Ada');
    await tell();
    await db.deleteFrom('seat').where('personId', '=', ada).execute();
    await tell();
    await db
      .insertInto('seat')
      .values({ summitId: summit.id, number: 9, personId: ada, kind: 'funded', takenAt: NOW })
      .execute();
    await tell();
    expect((await told()).filter(([, key]) => key === 'summit')).toEqual([
      [address('Ada'), 'summit', 'REQUEST', 0],
      [address('Ada'), 'summit', 'CANCEL', 1],
      [address('Ada'), 'summit', 'REQUEST', 2],
    ]);
  });

  test('go to nobody for a draft, for a week still looked for, and for what is over', async () => {
    await seat('Ada');
    await db.updateTable('summit').set({ state: 'draft' }).where('id', '=', summit.id).execute();
    await tell();
    expect(await mails()).toEqual([]);
    await db
      .updateTable('summit')
      .set({ state: 'announced' })
      .where('id', '=', summit.id)
      .execute();
    const { dates } = seedDefinition();
    await save({ ...fixedFebruary('2023-01-05T09:00'), dates: { ...dates, status: 'tentative' } });
    await tell();
    expect(await mails()).toEqual([]);
    await save({ ...fixedFebruary('2023-01-05T09:00') });
    await tell();
    expect((await told()).map(([, key]) => key)).toEqual(['summit']);
  });

  test('go to whom the chosen week does not suit only when they say that they come', async () => {
    const ada = await seat('Ada');
    const start = seedDefinition().dates.start;
    await db
      .insertInto('weekPoll')
      .values({
        summitId: summit.id,
        state: 'chosen',
        rangeFrom: start,
        rangeUntil: start,
        days: 5,
        weekday: 1,
        arrivalDays: 1,
        departureDays: 1,
        leadMonths: 0,
        closesOn: null,
        currency: null,
        chosenStart: start,
        createdAt: NOW,
        openedAt: NOW,
        closedAt: NOW,
        chosenAt: NOW,
      })
      .execute();
    await db
      .insertInto('weekConcern')
      .values({
        summitId: summit.id,
        start,
        personId: ada,
        why: 'no',
        askedAt: NOW,
        reply: null,
        repliedAt: null,
      })
      .execute();
    await tell();
    expect((await told()).map(([, key]) => key)).toEqual(['meeting.february']);
    await db
      .updateTable('weekConcern')
      .set({ reply: 'come', repliedAt: NOW })
      .where('personId', '=', ada)
      .execute();
    await tell();
    expect((await told()).map(([, key]) => key)).toEqual(['meeting.february', 'summit']);
  });

  test('reach somebody known by a handle once they have an address', async () => {
    const ada = await seat('Ada');
    await db.deleteFrom('personIdentity').where('personId', '=', ada).execute();
    await tell();
    expect(await mails()).toEqual([]);
    await db
      .insertInto('personIdentity')
      .values({ kind: 'email', value: address('Ada'), personId: ada, verifiedAt: null })
      .execute();
    await tell();
    expect(await mails()).toHaveLength(2);
  });

  test('are one event for each mail, of ids, keys and numbers', async () => {
    const ada = await seat('Ada');
    await tell();
    const events = await db
      .selectFrom('event')
      .select(['personId', 'data'])
      .where('kind', '=', 'calendar.told')
      .where('summitId', '=', summit.id)
      .orderBy('id')
      .execute();
    expect(events).toEqual([
      { personId: ada, data: { entry: 'meeting.february', method: 'REQUEST', sequence: 0 } },
      { personId: ada, data: { entry: 'summit', method: 'REQUEST', sequence: 0 } },
    ]);
  });

  test('are sent once though two workers sweep at the same moment', async () => {
    await seat('Ada');
    await seat('Bea');
    await tell();
    await save(fixedFebruary('2023-02-28T10:30'));
    const again = { ...services, db };
    await Promise.all([tellEverybody(services, summit.id), tellEverybody(again, summit.id)]);
    await inviteSweep.run(services);
    expect(await mails()).toHaveLength(6);
  });
});
