import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { promisedSummit } from '../../../../../../tests/promises.ts';
import { testServices } from '../../../../../../tests/services.ts';
import {
  addressOf,
  setUp,
  storeInvitation,
  storePerson,
  storeSummit,
} from '../../../../../../tests/summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import { answerInvitation } from '../../people/invitations/answer-commands.ts';
import { recordEvidence } from '../../people/promises/evidence-commands.ts';
import { warningSweep } from './warning-sweep.ts';

let database: TestDatabase;
let db: Db;
let services: ReturnType<typeof testServices>;
const at = (text: string) => Temporal.Instant.from(text);

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  services = testServices(db);
});
afterAll(() => database.drop());

describe('the forecast warns by mail', () => {
  test('who cannot miss the next meeting is warned once, and reminded the day before', async () => {
    const summit = await storeSummit(db, promisedSummit({ slug: 'warn_2023' }));
    const ids: string[] = [];
    for (const name of ['Came', 'Missed']) {
      const id = await storePerson(db, `warn ${name}`);
      await storeInvitation(db, summit.id, id);
      await inTransaction(db, (tx) =>
        answerInvitation(tx, setUp(), summit.id, id, {
          answer: 'accept',
          agreement: { version: 1 },
          noticeDays: undefined,
          note: '',
          signIn: { method: 'link', sessionId: undefined },
        }),
      );
      ids.push(id);
    }
    const tell = (personId: string, subject: string) =>
      inTransaction(db, (tx) =>
        recordEvidence(tx, setUp(), {
          summitId: summit.id,
          personId,
          kind: 'attendance',
          subject,
          at: at('2023-02-27T17:00:00Z'),
          source: 'organiser',
        }),
      );
    await tell(ids[0] ?? '', 'meeting:february');
    const sweepAt = async (moment: string) => {
      services.clock.set(at(moment));
      for (let twice = 0; twice < 2; twice += 1) await warningSweep.run(services);
      const mails = await db
        .selectFrom('mail')
        .select(['recipient', 'subject'])
        .where('key', 'like', 'meeting-warning:%')
        .orderBy('createdAt')
        .orderBy('recipient')
        .execute();
      return mails.map(({ recipient, subject }) => `${recipient}: ${subject}`);
    };
    // The call is on 27 March at 16:00 UTC; warnings begin 14 days before it.
    expect(await sweepAt('2023-03-13T15:00:00Z')).toEqual([]);
    const warned = `${addressOf('warn Missed')}: Please do not miss: March meeting`;
    expect(await sweepAt('2023-03-13T16:00:00Z')).toEqual([warned]);
    expect(await sweepAt('2023-03-26T15:59:00Z')).toEqual([warned]);
    const reminder = 'Reminder: March meeting, Mon 27 Mar 2023, 09:00 PDT';
    const reminded = [
      warned,
      `${addressOf('warn Came')}: ${reminder}`,
      `${addressOf('warn Missed')}: ${reminder}`,
    ];
    expect(await sweepAt('2023-03-26T16:00:00Z')).toEqual(reminded);
    expect(await sweepAt('2023-03-27T16:30:00Z')).toEqual(reminded);
    await tell(ids[0] ?? '', 'meeting:march');
    // Came has kept it; Missed has missed two and can do nothing any more.
    expect(await sweepAt('2023-04-20T12:00:00Z')).toEqual(reminded);
  });
});
