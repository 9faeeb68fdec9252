import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_URL, testGit, testServices } from '../../../../../../tests/services.ts';
import { storePerson } from '../../../../../../tests/summit.ts';
import {
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction, jobActor } from '../../../platform/db/command.ts';
import { withdrawEvidence } from '../../people/promises/evidence-commands.ts';
import { selfIn } from '../../people/rights.ts';
import { setDigest } from '../activity/digest-commands.ts';
import { PROPOSED_CHOICE } from '../activity/digest-rules.ts';
import { foundPlan } from '../repository/main-commands.ts';
import { addComment, openThread, type ThreadPlace } from '../threads/thread-commands.ts';
import { inviteToReviews } from './ask-commands.ts';
import { creditAccount, creditThread } from './credit-commands.ts';
import { creditConsumer } from './credit-consumer.ts';
import { ledgerOf } from './ledger-queries.ts';

const PLAN = '/s/sp_summit_2023/plan';
const LONG =
  'This would need a second look at how the arrays are laid out, because the two libraries do not agree about it at all.';
let world: SummitDatabase;
let summitId: string;
let mira: string;
let bo: string;
const services = () => testServices(world.db);
const job = () => jobActor(world.actor.now);
const as = (personId: string) => ({ ...world.actor, personId });

const open = async (personId: string, kind: 'topic' | 'issue', title: string) => {
  const { number } = expectOk(
    await inTransaction(world.db, (tx) =>
      openThread(tx, as(personId), { summitId, kind, title, body: '' }),
    ),
  );
  return { summitId, number };
};
const say = async (personId: string, place: ThreadPlace, body: string) =>
  expectOk(await inTransaction(world.db, (tx) => addComment(tx, as(personId), place, { body }))).id;
const credit = (place: ThreadPlace) =>
  world.db.transaction().execute((tx) => creditThread(tx, job(), place));
const standing = async (personId: string) =>
  (
    await world.db
      .selectFrom('evidence')
      .select(['kind', 'subject', 'source'])
      .where('personId', '=', personId)
      .where('withdrawnAt', 'is', null)
      .orderBy('subject')
      .execute()
  ).map(({ kind, subject, source }) => `${kind} ${subject} ${source}`);

/** A proposal of somebody, as a branch that nobody pushed to. */
async function propose(personId: string, title: string): Promise<ThreadPlace> {
  const place = await open(personId, 'issue', title);
  await world.db
    .updateTable('planThread')
    .set({ kind: 'proposal' })
    .where('number', '=', place.number)
    .execute();
  const { head } = await world.db
    .selectFrom('planRepository')
    .select('head')
    .where('summitId', '=', summitId)
    .executeTakeFirstOrThrow();
  await world.db
    .insertInto('planProposal')
    .values({
      ...place,
      branch: `b${place.number}`,
      head,
      mergedAt: null,
      mergedBy: null,
      mergeCommit: null,
      mergeAskedBy: null,
    })
    .execute();
  await world.db
    .insertInto('planVersion')
    .values({
      ...place,
      version: 1,
      head,
      base: head,
      byPerson: personId,
      byAccount: null,
      door: 'git',
      at: world.actor.now,
    })
    .execute();
  return place;
}

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  summitId = (await world.summit('sp_summit_2023')).id;
  mira = await storePerson(world.db, 'Mira Novak', { summitId, role: 'participant' });
  bo = await storePerson(world.db, 'Bo Berg', { summitId, role: 'participant' });
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, { git: testGit, url: TEST_URL }, world.actor, summitId, [
        { path: 'README.md', content: '# Plan\n' },
      ]),
    ),
  );
});
afterAll(() => world.drop());

describe('the ledger', () => {
  test('is evidence for the promise: what is opened, and what of others is looked at in earnest', async () => {
    const issue = await open(mira, 'issue', 'Sparse arrays are slow');
    await say(bo, issue, '+1');
    await credit(issue);
    expect([await standing(mira), await standing(bo)]).toEqual([
      [`contribution thread:${issue.number} system`],
      [],
    ]);
    const comment = await say(bo, issue, LONG);
    await credit(issue);
    await credit(issue);
    expect(await standing(bo)).toEqual([`review comment:${comment} system`]);
    const events = await world.db
      .selectFrom('event')
      .select('kind')
      .where('kind', '=', 'evidence.recorded')
      .where('personId', '=', bo)
      .execute();
    expect(events).toHaveLength(1);
    await world.db
      .updateTable('planComment')
      .set({ withdrawnAt: world.actor.now })
      .where('id', '=', comment)
      .execute();
    await credit(issue);
    expect(await standing(bo)).toEqual([]);
  });

  test('follows from the event of each deed', async () => {
    const issue = await open(mira, 'issue', 'Another one');
    const event = await world.db
      .selectFrom('event')
      .selectAll()
      .where('kind', '=', 'thread.opened')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(creditConsumer.kinds).toContain(event.kind);
    const stored = { ...event, id: String(event.id), data: Object(event.data) };
    await world.db.transaction().execute((tx) => creditConsumer.handle(stored, tx, services()));
    expect(await standing(mira)).toContain(`contribution thread:${issue.number} system`);
  });

  test('credits the past of an account on GitHub once it is known whose it is, and bots never', async () => {
    const kim = await storePerson(world.db, 'Kim Kit', { summitId, role: 'participant' });
    await world.db
      .insertInto('githubAccount')
      .values({ id: 77, login: 'kimkit', personId: null, seenAt: world.actor.now })
      .execute();
    const { number } = expectOk(
      await inTransaction(world.db, (tx) =>
        openThread(
          tx,
          { personId: undefined, door: 'github', now: world.actor.now },
          {
            summitId,
            kind: 'issue',
            title: 'From there',
            body: '',
            writer: { personId: undefined, accountId: 77 },
          },
        ),
      ),
    );
    await credit({ summitId, number });
    expect(
      (await ledgerOf(world.db, summitId)).find(({ personId }) => personId === kim)?.counts.opened,
    ).toBe(0);
    await world.db
      .updateTable('githubAccount')
      .set({ personId: kim })
      .where('id', '=', 77)
      .execute();
    await world.db.transaction().execute((tx) => creditAccount(tx, job(), 77));
    expect(await standing(kim)).toEqual([`contribution thread:${number} github`]);
    await world.db
      .updateTable('githubAccount')
      .set({ personId: null })
      .where('id', '=', 77)
      .execute();
    await world.db.transaction().execute((tx) => creditAccount(tx, job(), 77));
    expect(await standing(kim)).toEqual([]);
  });

  test('leaves alone what an organiser took back', async () => {
    const issue = await open(bo, 'issue', 'Not a real one');
    await credit(issue);
    const { id } = await world.db
      .selectFrom('evidence')
      .select('id')
      .where('subject', '=', `thread:${issue.number}`)
      .executeTakeFirstOrThrow();
    const organiser = await world.organiser('sp_summit_2023');
    expectOk(
      await inTransaction(world.db, (tx) => withdrawEvidence(tx, world.actor, organiser, id)),
    );
    await credit(issue);
    expect(await standing(bo)).not.toContain(`contribution thread:${issue.number} system`);
  });

  test('shows the reader first, leads from each number to its list, and is not for the public', async () => {
    const page = await (await world.get(`${PLAN}/people`, bo)).text();
    expect(page.indexOf('Bo Berg')).toBeLessThan(page.indexOf('Mira Novak'));
    expectIn(page, `/plan/people/${mira}?kind=opened`);
    expectNotIn(page, 'Invited to a review');
    const list = await (await world.get(`${PLAN}/people/${mira}?kind=opened`, bo)).text();
    expectIn(list, 'Sparse arrays are slow');
    expect((await world.app.request(`${PLAN}/people`)).status).not.toBe(200);
    expect((await world.get(`${PLAN}/people`, world.stranger)).status).toBe(404);
    expect((await world.get(`${PLAN}/people/nobody`, bo)).status).toBe(404);
  });

  test('is on the page of promises, where the rule says what is needed', async () => {
    await world.db
      .insertInto('agreementVersion')
      .values({
        summitId,
        version: 1,
        text: 'We promise.',
        obligations: JSON.stringify(
          (await world.summit('sp_summit_2023')).definition.agreement.obligations,
        ),
        createdAt: world.actor.now,
        createdBy: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await world.db
      .insertInto('agreementAcceptance')
      .values({
        summitId,
        personId: mira,
        version: 1,
        acceptedAt: world.actor.now,
        signInMethod: 'test',
        sessionId: null,
      })
      .execute();
    const page = await (await world.get('/s/sp_summit_2023/me/promises', mira)).text();
    expect(page).toMatch(/1 review still to make|2 contributions of \d/);
  });

  test('counts anew when the organisers say what counts', async () => {
    const issue = await open(mira, 'issue', 'Short');
    const comment = await say(bo, issue, 'Four words are enough');
    await credit(issue);
    expect(await standing(bo)).not.toContain(`review comment:${comment} system`);
    const address = '/s/sp_summit_2023/organise/ledger';
    const refused = await world.post(address, { comment_words: '0', ask_every_days: 'x' });
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'value="x"');
    expect(
      (await world.post(address, { comment_words: '3', ask_every_days: '7', asks: 'yes' })).status,
    ).toBe(303);
    const event = {
      id: '1',
      at: world.actor.now,
      kind: 'ledger.set',
      summitId,
      personId: null,
      actorId: null,
      door: 'job' as const,
      data: {},
    };
    await world.db.transaction().execute((tx) => creditConsumer.handle(event, tx, services()));
    expect(await standing(bo)).toContain(`review comment:${comment} system`);
    expect((await world.get(address, bo)).status).toBe(404);
  });
});

describe('whoever has done nothing', () => {
  const invite = async (hours = 0) => {
    const now = world.actor.now.add({ hours });
    const summit = await world.summit('sp_summit_2023');
    return expectOk(
      await inTransaction(world.db, (tx) => inviteToReviews(tx, services(), jobActor(now), summit)),
    );
  };
  const mails = (personId: string) =>
    world.db
      .selectFrom('mail')
      .select(['subject', 'page', 'stopPage'])
      .where('personId', '=', personId)
      .orderBy('createdAt')
      .execute();

  test('is invited to one open review at a time, until something counts or they want no more', async () => {
    const lou = await storePerson(world.db, 'Lou Lind', { summitId, role: 'participant' });
    const max = await storePerson(world.db, 'Max Mohr', { summitId, role: 'participant' });
    await storePerson(world.db, 'Gone Away');
    const first = await propose(mira, 'Take numpy along');
    const second = await propose(mira, 'Let scipy follow');
    await credit(first);
    await inTransaction(world.db, (tx) =>
      setDigest(tx, as(max), selfIn(summitId, { personId: max }), {
        ...PROPOSED_CHOICE,
        asks: false,
      }),
    );
    await invite();
    await invite(1);
    const [mail, ...others] = await mails(lou);
    expect(others).toEqual([]);
    expect(mail?.page).toMatch(new RegExp(`/plan/proposals/(${first.number}|${second.number})$`));
    expect(mail?.stopPage).toMatch(/\/plan\/stop\/[0-9a-f-]{36}$/);
    expect(await mails(max)).toEqual([]);
    await invite(24 * 8);
    expect(await mails(lou)).toHaveLength(2);
    await invite(24 * 16);
    expect(await mails(lou)).toHaveLength(2);
    const page = await (await world.get(`${PLAN}/people?show=none`)).text();
    expectIn(page, 'Lou Lind');
    expectIn(page, 'Invited to a review');
    expect((await world.app.request(`${mail?.stopPage}`)).status).toBe(200);
  });
});
