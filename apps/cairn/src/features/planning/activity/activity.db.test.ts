import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAtom } from '../../../../../../tests/atom.ts';
import { TEST_URL, testGit, testServices } from '../../../../../../tests/services.ts';
import { storePerson } from '../../../../../../tests/summit.ts';
import {
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { frozenClock } from '../../../platform/clock/clock.ts';
import { inTransaction, recordEvent } from '../../../platform/db/command.ts';
import { foundPlan } from '../repository/main-commands.ts';
import { addComment, openThread, type ThreadPlace } from '../threads/thread-commands.ts';
import { activityOf } from './activity-queries.ts';
import { digestConsumer } from './digest-consumer.ts';
import { digestSweep } from './digest-sweep.ts';

const SUMMIT = '/s/sp_summit_2023';
const NOON = Temporal.Instant.from('2023-02-01T12:00:00Z');
let world: SummitDatabase;
let summitId: string;
let mira: string;
let bo: string;
let ann: string;
let issue: ThreadPlace;

const as = (personId: string, hours = 0) => ({
  ...world.actor,
  personId,
  now: NOON.add({ minutes: Math.round(hours * 60) }),
});
const servicesAt = (hours: number) =>
  testServices(world.db, { clock: frozenClock(NOON.add({ minutes: Math.round(hours * 60) })) });

async function say(personId: string, body: string, hours = 0): Promise<string> {
  const { id } = expectOk(
    await inTransaction(world.db, (tx) => addComment(tx, as(personId, hours), issue, { body })),
  );
  await consume();
  return id;
}
/** Hands the last event to the consumer, as the worker does. */
async function consume(): Promise<void> {
  const event = await world.db
    .selectFrom('event')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const stored = { ...event, id: String(event.id), data: Object(event.data) };
  await world.db.transaction().execute((tx) => digestConsumer.handle(stored, tx, servicesAt(0)));
}
const sweep = (hours: number) => digestSweep.run(servicesAt(hours));
const mails = async (personId: string) =>
  await world.db
    .selectFrom('mail')
    .select(['subject', 'body', 'stopPage'])
    .where('personId', '=', personId)
    .orderBy('createdAt')
    .execute();

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  summitId = (await world.summit('sp_summit_2023')).id;
  await world.db.updateTable('summit').set({ state: 'announced' }).execute();
  const person = (name: string) => storePerson(world.db, name, { summitId, role: 'participant' });
  mira = await person('Mira Novak');
  bo = await person('Bo Berg');
  ann = await person('Ann Arbor');
  await world.db.updateTable('person').set({ zone: 'Asia/Kathmandu' }).execute();
  await world.db
    .insertInto('planHandle')
    .values({ handle: 'ann', personId: ann, createdAt: NOON })
    .execute();
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, { git: testGit, url: TEST_URL }, world.actor, summitId, [
        { path: 'README.md', content: '# Plan\n' },
      ]),
    ),
  );
  const { number } = expectOk(
    await inTransaction(world.db, (tx) =>
      openThread(tx, as(mira), {
        summitId,
        kind: 'issue',
        title: 'Sparse <arrays>',
        body: 'Slow.',
      }),
    ),
  );
  issue = { summitId, number };
});
afterAll(() => world.drop());

describe('mails about the plan', () => {
  test('tell at once whoever is mentioned, by the day whoever takes part, and nobody of their own deeds', async () => {
    await say(bo, 'I ask @ann and @nobody.', 0);
    await sweep(0.1);
    const [mention] = await mails(ann);
    expect(mention?.subject).toBe(`Bo Berg commented on #${issue.number} Sparse <arrays>`);
    expect(mention?.stopPage).toMatch(/\/plan\/stop\//);
    expect([await mails(mira), await mails(bo)]).toEqual([[], []]);
    await say(ann, 'Answered.', 1);
    // 8:00 in Kathmandu is 2:15 UTC: fourteen and a quarter hours after noon.
    await sweep(14.2);
    expect(await mails(mira)).toEqual([]);
    await sweep(14.3);
    const [daily, ...more] = await mails(mira);
    expect(more).toEqual([]);
    expect(daily?.subject).toBe(`Sparse <arrays> (#${issue.number}): 2 pieces of news`);
    expectIn(daily?.body ?? '', '> I ask @ann and @nobody.');
    expect((await mails(bo)).map(({ subject }) => subject)).toEqual([
      `Ann Arbor commented on #${issue.number} Sparse <arrays>`,
    ]);
  });

  test('are never sent twice, never empty, and say nothing that was withdrawn', async () => {
    const before = (await mails(mira)).length;
    await sweep(40);
    const id = await say(bo, 'A slip', 41);
    await world.db
      .updateTable('planComment')
      .set({ withdrawnAt: NOON })
      .where('id', '=', id)
      .execute();
    await sweep(90);
    expect(await mails(mira)).toHaveLength(before);
  });

  test('follow what each wants: never, the watched, and all', async () => {
    const address = `${SUMMIT}/me/digest`;
    const wants = {
      mentions: 'never',
      taking_part: 'never',
      everything: 'never',
      hour: '8',
      weekday: '1',
    };
    expect((await world.post(address, { ...wants, hour: '25' }, mira)).status).toBe(422);
    expect((await world.post(address, wants, mira)).status).toBe(303);
    const kim = await storePerson(world.db, 'Kim Kit', { summitId, role: 'participant' });
    await world.post(address, { ...wants, everything: 'at_once' }, kim);
    const lou = await storePerson(world.db, 'Lou Lind', { summitId, role: 'participant' });
    const watch = `${SUMMIT}/plan/threads/${issue.number}/watch`;
    expect((await world.post(watch, { watches: 'yes' }, lou)).status).toBe(303);
    expect((await world.post(watch, { watches: 'no' }, ann)).status).toBe(303);
    expect((await world.post(watch, { watches: 'yes' }, world.stranger)).status).toBe(404);
    const [before, annHad] = [(await mails(mira)).length, (await mails(ann)).length];
    await say(bo, 'For all.', 100);
    await sweep(101);
    expect((await mails(kim)).map(({ subject }) => subject)).toEqual([
      `Bo Berg commented on #${issue.number} Sparse <arrays>`,
    ]);
    await sweep(200);
    expect(await mails(lou)).toHaveLength(1);
    expect([(await mails(mira)).length, (await mails(ann)).length]).toEqual([before, annHad]);
  });

  test('stop by the link in each, with a button, for whoever has not signed in and for mail programs', async () => {
    const path = (await mails(bo))[0]?.stopPage ?? '';
    const page = await world.app.request(path);
    expectIn(await page.text(), 'Stop these mails');
    const choice = () =>
      world.db
        .selectFrom('planDigest')
        .select(['takingPart', 'asks'])
        .where('personId', '=', bo)
        .executeTakeFirst();
    expect(await choice()).toEqual({ takingPart: 'daily', asks: true });
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await world.app.request(path, { method: 'POST', body })).status).toBe(200);
    expect(await choice()).toEqual({ takingPart: 'never', asks: false });
    expect((await world.app.request(`${SUMMIT}/plan/stop/x`)).status).toBe(404);
    expect(
      (await world.app.request(`${SUMMIT}/plan/stop/x`, { method: 'POST', body })).status,
    ).toBe(404);
  });
});

describe('activity', () => {
  test('tells what happened in words, by person and by thread, and no drafts', async () => {
    await inTransaction(world.db, async (tx) => {
      await recordEvent(tx, as(bo), {
        kind: 'review.drafted',
        summitId,
        data: { number: issue.number },
      });
      return { ok: true, value: undefined };
    });
    const all = await activityOf(world.db, summitId, { limit: 50 });
    expect(all.map(({ kind }) => kind)).not.toContain('review.drafted');
    expect(all.filter(({ isWithdrawn }) => isWithdrawn).map(({ said }) => said)).toEqual([null]);
    const page = await (await world.get(`${SUMMIT}/plan/activity?who=ann`, bo)).text();
    expectIn(page, 'commented on');
    expectIn(page, 'Sparse &lt;arrays>');
    expectNotIn(page, 'Mira Novak</bdi>');
    expect((await world.get(`${SUMMIT}/plan/activity?number=x&before=y&what=z`, bo)).status).toBe(
      200,
    );
    expectIn(
      await (await world.get(`${SUMMIT}/plan/activity?who=nobody`, bo)).text(),
      'Nothing of this kind',
    );
    expect((await world.app.request(`${SUMMIT}/plan/activity`)).status).toBe(303);
  });
});

describe('feeds', () => {
  const make = async (about: string, number = '') => {
    const page = await (
      await world.post(
        `${SUMMIT}/me/plan-feeds`,
        { action: 'make', name: 'reader', about, number },
        mira,
      )
    ).text();
    return /<code>http:\/\/cairn\.test([^<]+\.atom)<\/code>/.exec(page)?.[1] ?? '';
  };

  test('of the documents are for everybody where the plan is, and are told only once', async () => {
    const address = `${SUMMIT}/plan/feed.atom`;
    const first = await world.app.request(address);
    expect(first.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const feed = parseAtom(await first.text());
    expect(feed).toMatchObject({
      self: `${TEST_URL}${address}`,
      entries: [{ title: 'Begin the plan', author: 'Cairn' }],
    });
    const etag = first.headers.get('etag') ?? '';
    expect((await world.app.request(address, { headers: { 'if-none-match': etag } })).status).toBe(
      304,
    );
    await world.db.updateTable('planRepository').set({ readers: 'participants' }).execute();
    expect((await world.app.request(address)).status).toBe(404);
    expect((await world.get(address, mira)).status).toBe(200);
  });

  test('of discussions are read by whoever has the address, until it is revoked or they take part no more', async () => {
    const [all, mine, one] = [
      await make('everything'),
      await make('mine'),
      await make('thread', `#${issue.number}`),
    ];
    for (const address of [all, mine, one]) {
      const { entries, self } = parseAtom(await (await world.app.request(address)).text());
      expect(self).toBe(`${TEST_URL}${address}`);
      expect(entries.map(({ title }) => title)).toContain(
        `Mira Novak opened #${issue.number} Sparse <arrays>`,
      );
      expect(entries.map(({ content }) => content)).not.toContain('<p>A slip</p>');
    }
    const ids = async () =>
      parseAtom(await (await world.app.request(all)).text()).entries.map(({ id }) => id);
    const before = await ids();
    await say(ann, 'One more', 300);
    expect((await ids()).slice(1)).toEqual(before);
    await world.db.deleteFrom('role').where('personId', '=', mira).execute();
    expect((await world.app.request(all)).status).toBe(404);
    await world.db
      .insertInto('role')
      .values({ summitId, personId: mira, role: 'participant', grantedAt: NOON, grantedBy: null })
      .execute();
    const { id } = await world.db
      .selectFrom('planFeed')
      .select('id')
      .where('about', '=', 'everything')
      .executeTakeFirstOrThrow();
    await world.post(`${SUMMIT}/me/plan-feeds`, { action: 'revoke', feed: id }, mira);
    expect((await world.app.request(all)).status).toBe(404);
    expect((await world.app.request(mine)).status).toBe(200);
  });

  test('ask for the number of a thread that there is, and keep what was typed', async () => {
    for (const number of ['x', '4711']) {
      const refused = await world.post(
        `${SUMMIT}/me/plan-feeds`,
        { action: 'make', name: 'phone', about: 'thread', number },
        mira,
      );
      expect(refused.status).toBe(422);
      expectIn(await refused.text(), `value="${number}"`);
    }
  });
});
