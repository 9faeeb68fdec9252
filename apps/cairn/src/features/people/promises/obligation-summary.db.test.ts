import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
import { answerInvitation } from '../invitations/answer-commands.ts';
import { organiserOf } from '../rights.ts';
import { promiseSummary } from './obligation-summary-queries.ts';

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(() => database.drop());

describe('the summary of a summit’s promises', () => {
  test('is judged anew after every event, and after every minute', async () => {
    const summit = await storeSummit(db);
    const personId = await storePerson(db, 'Ada King', { summitId: summit.id, role: 'organiser' });
    const organiser = await organiserOf(db, summit.id, { personId, isAdministrator: false });
    if (organiser === undefined) throw new Error('an organiser organises');
    const summary = (now = NOW) => promiseSummary(db, organiser, summit, now);
    expect(await summary()).toEqual({ people: 0, inNeed: 0, atRiskOfMeetings: 0, first: [] });
    await storeInvitation(db, summit.id, personId);
    await inTransaction(db, (tx) =>
      answerInvitation(tx, setUp(), summit.id, personId, {
        answer: 'accept',
        agreement: { version: 1 },
        noticeDays: undefined,
        note: '',
        signIn: { method: 'test', sessionId: undefined },
      }),
    );
    expect(await summary()).toEqual({ people: 1, inNeed: 0, atRiskOfMeetings: 0, first: [] });
    // The work plan is closed when the summit begins, and nothing was contributed.
    const late = NOW.add({ hours: 24 * 150 });
    expect(await summary(late)).toEqual({
      people: 1,
      inNeed: 1,
      atRiskOfMeetings: 0,
      first: [{ personId, name: 'Ada King', worst: 'broken' }],
    });
  });
});
