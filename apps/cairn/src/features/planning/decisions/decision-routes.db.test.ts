import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testServices } from '../../../../../../tests/services.ts';
import {
  addPerson,
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { foundPlan } from '../repository/main-commands.ts';

const DECISIONS = '/s/sp_summit_2023/plan/decisions';
let world: SummitDatabase;
let mira: string;
let jonas: string;

const wheels = {
  title: 'Publish wheels <b>together</b>',
  decided: 'We publish them from one place.',
  why: 'Everybody builds them alone.',
  made: '2023-01-30',
  where: 'In the call',
};

async function join(name: string): Promise<string> {
  const personId = await addPerson(world.db, name);
  const { id: summitId } = await world.summit('sp_summit_2023');
  const granted = { grantedAt: world.actor.now, grantedBy: null };
  await world.db
    .insertInto('role')
    .values({ summitId, personId, role: 'participant', ...granted })
    .execute();
  return personId;
}

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  [mira, jonas] = [await join('Mira'), await join('Jonas')];
  const { id } = await world.summit('sp_summit_2023');
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, testServices(world.db), world.actor, id, [
        { path: 'README.md', content: '# Plan\n' },
      ]),
    ),
  );
});
afterAll(() => world.drop());

/** Records a decision in the browser and gives its address. */
async function record(over: Record<string, string> = {}): Promise<string> {
  const answer = await world.post(DECISIONS, { ...wheels, people: mira, ...over }, mira);
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

describe('the pages of decisions', () => {
  test('record one, and show that it is provisional with day, hour and zone, wherever it is named', async () => {
    const address = await record();
    for (const path of [address, DECISIONS]) {
      const page = await (await world.get(path, jonas)).text();
      expectIn(page, 'provisional until');
      expectIn(page, '>Thu 16 Feb 2023, 00:00 PST</time>');
      expectIn(page, 'Publish wheels &lt;b');
      expectNotIn(page, '<b>together');
    }
  });

  test('keep everything that was typed when something is wrong with it', async () => {
    const refused = await world.post(
      DECISIONS,
      { ...wheels, where: '', made: 'yesterday', people: [mira, jonas] },
      mira,
    );
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expectIn(page, 'We publish them from one place.');
    expectIn(page, 'value="yesterday"');
    expectIn(page, 'Say where it was made');
    expect(page.match(/name="people" value="[^"]*" checked/g)).toHaveLength(2);
  });

  test('take an objection, its answer, and that it stands all the same', async () => {
    const address = await record({ title: 'One bot' });
    const empty = await world.post(address, { do: 'object', reason: ' ' }, jonas);
    expect(empty.status).toBe(422);
    expectIn(await empty.text(), 'Say what speaks against it');
    expect(
      (await world.post(address, { do: 'object', reason: 'It breaks our CI' }, jonas)).status,
    ).toBe(303);
    const { id } = await world.db
      .selectFrom('planObjection')
      .select('id')
      .where('reason', '=', 'It breaks our CI')
      .executeTakeFirstOrThrow();
    const foreign = await world.post(address, { do: 'withdraw', objection: id }, mira);
    expect(foreign.status).toBe(422);
    expectIn(await foreign.text(), 'Only whoever objected can take it back');
    const answer = { do: 'answer', objection: id, answer: 'We mend your CI' };
    expect((await world.post(address, answer, jonas)).status).toBe(422);
    expect((await world.post(address, answer, mira)).status).toBe(303);
    expectIn(await (await world.get(address, jonas)).text(), 'It stands all the same');
    expect((await world.post(address, { do: 'uphold', objection: id }, jonas)).status).toBe(303);
    expectIn(await (await world.get(DECISIONS, mira)).text(), '1 stands');
  });

  test('let whoever was there write it anew, and nobody save over what they have not seen', async () => {
    const address = await record({ title: 'Old words' });
    expect((await world.get(`${address}/edit`, jonas)).status).toBe(404);
    const form = await (await world.get(`${address}/edit`, mira)).text();
    const blob = /name="blob" value="([0-9a-f]{40})"/.exec(form)?.[1] ?? '';
    const fields = { title: 'New words', text: 'We do it in March.', blob };
    expect((await world.post(`${address}/edit`, fields, mira)).status).toBe(303);
    const late = await world.post(`${address}/edit`, { ...fields, text: 'In May.' }, mira);
    expect(late.status).toBe(422);
    const page = await late.text();
    expectIn(page, 'The plan was changed meanwhile');
    expectIn(page, 'In May.');
  });

  test('are nothing for those who do not take part, and bear whatever is posted', async () => {
    const address = await record({ title: 'Hidden' });
    for (const path of [DECISIONS, address, `${DECISIONS}/new`]) {
      expect((await world.get(path, world.stranger)).status).toBe(404);
    }
    expect((await world.post(address, { do: 'object', reason: 'x' }, world.stranger)).status).toBe(
      404,
    );
    for (const path of [`${DECISIONS}/0`, `${DECISIONS}/99999999999`, `${DECISIONS}/x`]) {
      expect((await world.get(path, mira)).status).toBe(404);
    }
    const hostile = ['\0', '\ud800', "'; drop table plan_decision; --", 'x'.repeat(70_000)];
    for (const text of hostile) {
      const odd = {
        ...wheels,
        title: text,
        decided: text,
        where: text,
        people: text,
        topics: text,
      };
      expect((await world.post(DECISIONS, odd, mira)).status).toBe(422);
      const deed = { do: text, objection: text, reason: text };
      expect((await world.post(address, deed, mira)).status).toBe(422);
    }
  });
});
