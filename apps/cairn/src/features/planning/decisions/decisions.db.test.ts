import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testGit, testServices } from '../../../../../../tests/services.ts';
import {
  addPerson,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { type Actor, inTransaction, jobActor } from '../../../platform/db/command.ts';
import { selfIn } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { commitToMain, foundPlan } from '../repository/main-commands.ts';
import type { Member } from '../threads/member-rights.ts';
import { type NewDecision, recordDecision, reviseDecision } from './decision-commands.ts';
import { decisionAt, objectionsIn } from './decision-queries.ts';
import { decisionSweep } from './decision-sweep.ts';
import {
  answerObjection,
  objectTo,
  upholdObjection,
  withdrawObjection,
} from './objection-commands.ts';
import { mendDecisions, reopenDecision, settleDue } from './settle-commands.ts';
import { tellDecisions } from './told-commands.ts';

const RULES = `everywhere:
  reviewers: anyone
  approvals: 1
  window-days: 3
  direct: nobody
folders:
  decisions:
    window-days: 10
`;
let world: SummitDatabase;
let services: ReturnType<typeof testServices>;
let summit: Summit;
let mira: string;
let jonas: string;

/** Noon in Seattle of a day of February. */
const noonOf = (day: number) =>
  Temporal.Instant.from(`2023-02-${String(day).padStart(2, '0')}T20:00:00Z`);
const by = (personId: string, day = 1): Actor => ({ personId, door: 'web', now: noonOf(day) });
const member = (personId: string): Member => ({
  self: selfIn(summit.id, { personId }),
  organiser: undefined,
});

async function join(name: string): Promise<string> {
  const personId = await addPerson(world.db, name);
  const granted = { grantedAt: world.actor.now, grantedBy: null };
  await world.db
    .insertInto('role')
    .values({ summitId: summit.id, personId, role: 'participant', ...granted })
    .execute();
  await world.db
    .insertInto('personIdentity')
    .values({
      kind: 'email',
      value: `${name.toLowerCase()}@example.org`,
      personId,
      isPrimary: true,
      verifiedAt: null,
    })
    .execute();
  return personId;
}

beforeAll(async () => {
  world = await openSummitDatabase();
  services = testServices(world.db);
  await world.found();
  summit = await world.summit('sp_summit_2023');
  [mira, jonas] = [await join('Mira'), await join('Jonas')];
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, services, world.actor, summit.id, [
        { path: 'README.md', content: '# Plan\n' },
        { path: 'plan.yaml', content: RULES },
      ]),
    ),
  );
});
afterAll(() => world.drop());

const wheels: NewDecision = {
  title: 'Publish nightly wheels from one place',
  made: '2023-02-01',
  where: 'In the room',
  people: [],
  topics: [],
  decided: 'We publish them together.',
  why: 'Everybody builds them alone.',
  alternatives: '',
};

const record = async (over: Partial<NewDecision> = {}): Promise<number> =>
  expectOk(
    await inTransaction(world.db, (tx) =>
      recordDecision(tx, services, by(mira), summit, member(mira), {
        ...wheels,
        people: [mira],
        ...over,
      }),
    ),
  ).number;
const find = async (number: number) => {
  const found = await decisionAt(world.db, { summitId: summit.id, number });
  if (found?.document === undefined) throw new Error('the test has no such decision');
  return { ...found, document: found.document };
};
const object = (personId: string, number: number, day = 2, reason = 'It breaks Windows') =>
  inTransaction(world.db, (tx) =>
    objectTo(tx, by(personId, day), member(personId), { number, reason }),
  );
const settle = (number: number, day: number) =>
  inTransaction(world.db, (tx) => settleDue(tx, services, jobActor(noonOf(day)), summit, number));
const kindsOf = async (number: number) =>
  (
    await world.db
      .selectFrom('event')
      .select(['kind', 'data'])
      .where('kind', 'like', 'decision.%')
      .orderBy('id')
      .execute()
  )
    .filter(({ data }) => Object(data).number === number)
    .map(({ kind }) => kind);

describe('a decision that is recorded', () => {
  test('is a document on main that says itself that it is provisional, for as long as plan.yaml says', async () => {
    const number = await record({ title: 'One bot for all', people: [mira, jonas] });
    const decision = await find(number);
    expect(decision).toMatchObject({
      state: 'provisional',
      path: 'decisions/2023-02-01-one-bot-for-all.md',
      document: { state: 'provisional', closes: '2023-02-11', deciders: ['jonas', 'mira'] },
    });
    // The 11th is over in Seattle.
    expect(decision.closesAt.toString()).toBe('2023-02-12T08:00:00Z');
    const text = await testGit.plan(summit.id).textAt((await planHead()) ?? '', decision.path);
    expect(text).toContain('state: provisional');
    expect(text).toContain('> **Provisional** until the end of Sat 11 Feb 2023');
    expect(await kindsOf(number)).toEqual(['decision.made']);
  });

  test('cannot be of a day that is to come', async () => {
    const refused = await inTransaction(world.db, (tx) =>
      recordDecision(tx, services, by(mira), summit, member(mira), {
        ...wheels,
        made: '2023-02-02',
      }),
    );
    expect(refused.ok).toBe(false);
  });
});

const planHead = async () =>
  (
    await world.db
      .selectFrom('planRepository')
      .select('head')
      .where('summitId', '=', summit.id)
      .executeTakeFirst()
  )?.head;

describe('a window', () => {
  test('that closes without an objection ratifies, in a commit of Cairn’s, once', async () => {
    const number = await record({ title: 'Tabs' });
    expect(await settle(number, 11)).toEqual({ ok: true, value: undefined });
    expect(await settle(number, 12)).toEqual({ ok: true, value: 'ratified' });
    expect(await settle(number, 13)).toEqual({ ok: true, value: undefined });
    const decision = await find(number);
    expect(decision).toMatchObject({ state: 'ratified', document: { state: 'ratified' } });
    expect(decision.document.text).toContain('> **Ratified** on Sun 12 Feb 2023');
    expect(await kindsOf(number)).toEqual(['decision.made', 'decision.ratified']);
  });

  test('reopens while an objection stands, and not when it was taken back or answered', async () => {
    const [stands, back, answered, upheld] = [
      await record({ title: 'A stands' }),
      await record({ title: 'B is taken back' }),
      await record({ title: 'C is answered' }),
      await record({ title: 'D is upheld' }),
    ];
    expectOk(await object(jonas, stands));
    const two = expectOk(await object(jonas, back)).id;
    const three = expectOk(await object(jonas, answered)).id;
    const four = expectOk(await object(jonas, upheld)).id;
    expectOk(
      await inTransaction(world.db, (tx) =>
        withdrawObjection(tx, by(jonas, 3), member(jonas), { number: back, id: two }),
      ),
    );
    for (const [number, id] of [
      [answered, three],
      [upheld, four],
    ] as const) {
      expectOk(
        await inTransaction(world.db, (tx) =>
          answerObjection(tx, by(mira, 3), member(mira), { number, id, answer: 'It does not' }),
        ),
      );
    }
    expectOk(
      await inTransaction(world.db, (tx) =>
        upholdObjection(tx, by(jonas, 4), member(jonas), { number: upheld, id: four }),
      ),
    );
    const becomes = [];
    for (const number of [stands, back, answered, upheld]) {
      becomes.push(expectOk(await settle(number, 12)));
    }
    expect(becomes).toEqual(['reopened', 'ratified', 'ratified', 'reopened']);
    expect((await find(stands)).document.text).toContain('> **Reopened**');
  });

  test('takes objections with a reason, one of a person at a time, and none once it is closed', async () => {
    const number = await record({ title: 'Spaces' });
    expect((await object(jonas, number, 2, '  ')).ok).toBe(false);
    expectOk(await object(jonas, number));
    expect((await object(jonas, number)).ok).toBe(false);
    expect((await object(world.ada, number, 12)).ok).toBe(false);
  });

  test('begins anew when the text changes, answers what was said against the old one, and never gets shorter', async () => {
    const number = await record({ title: 'Names' });
    expectOk(await object(jonas, number));
    const revise = async (text: string, day: number, personId = mira) => {
      const { document, title } = await find(number);
      return inTransaction(world.db, (tx) =>
        reviseDecision(tx, services, by(personId, day), summit, member(personId), {
          number,
          title,
          text,
          blob: document.blob,
        }),
      );
    };
    expect((await revise('Anything', 3, jonas)).ok).toBe(false);
    // Blanks are no substance.
    expectOk(
      await revise('We publish them  together.\n\n## Why\n\nEverybody builds them alone.', 4),
    );
    expect((await find(number)).closesAt.toString()).toBe('2023-02-12T08:00:00Z');
    expectOk(await revise('We publish them together, from March on.', 5));
    const anew = await find(number);
    expect(anew).toMatchObject({ state: 'provisional', standing: 0 });
    expect(anew.closesAt.toString()).toBe('2023-02-16T08:00:00Z');
    expect(anew.document.closes).toBe('2023-02-15');
    expect(expectOk(await settle(number, 12))).toBeUndefined();
    const [objection] = await objectionsIn(world.db, { summitId: summit.id, number });
    expectOk(
      await inTransaction(world.db, (tx) =>
        upholdObjection(tx, by(jonas, 6), member(jonas), { number, id: objection?.id ?? '' }),
      ),
    );
    expect(expectOk(await settle(number, 16))).toBe('reopened');
    expectOk(await revise('We publish them together, on all systems.', 17));
    expect((await find(number)).state).toBe('provisional');
  });
});

describe('a ratified decision', () => {
  test('is taken up again by anybody with a reason, and stands in the conversation', async () => {
    const number = await record({ title: 'Releases' });
    expectOk(await settle(number, 12));
    const reopen = (reason: string) =>
      inTransaction(world.db, (tx) =>
        reopenDecision(tx, services, by(jonas, 14), summit, member(jonas), { number, reason }),
      );
    expect((await reopen(' ')).ok).toBe(false);
    expectOk(await reopen('Python 3.12 is out'));
    expect(await find(number)).toMatchObject({
      state: 'reopened',
      document: { state: 'reopened' },
    });
    const said = await world.db
      .selectFrom('planComment')
      .select('body')
      .where('number', '=', number)
      .execute();
    expect(said.map(({ body }) => body)).toEqual(['**Reopened:** Python 3.12 is out']);
    expect((await reopen('again')).ok).toBe(false);
  });
});

describe('a document that a merge brings', () => {
  const commit = (changes: readonly { path: string; content: string | null }[], day = 1) =>
    inTransaction(world.db, (tx) =>
      commitToMain(tx, services, by(jonas, day), summit.id, { changes, message: 'A merge' }),
    );
  const source = (state: string, text: string) =>
    `---\ntitle: Smuggled\nstate: ${state}\nmade: 2023-01-01\ncloses: 2023-01-02\n---\n\n${text}\n`;

  test('opens a whole window whatever it says of itself, and is made to say so', async () => {
    const path = 'decisions/2023-01-01-smuggled.md';
    expectOk(await commit([{ path, content: source('ratified', 'All is mine.') }]));
    const { number } = await world.db
      .selectFrom('planDecision')
      .select('number')
      .where('path', '=', path)
      .executeTakeFirstOrThrow();
    expect(await find(number)).toMatchObject({ state: 'provisional' });
    expectOk(
      await inTransaction(world.db, (tx) =>
        mendDecisions(tx, services, jobActor(noonOf(1)), summit),
      ),
    );
    const mended = await find(number);
    expect(mended.document).toMatchObject({ state: 'provisional', closes: '2023-02-11' });
    expect(mended.document.text).toContain('> **Provisional**');
    const head = await planHead();
    expectOk(
      await inTransaction(world.db, (tx) =>
        mendDecisions(tx, services, jobActor(noonOf(1)), summit),
      ),
    );
    expect(await planHead()).toBe(head);

    // Another name of the file is the same decision; without a file it is closed.
    const moved = 'decisions/2023-01-01-other-name.md';
    expectOk(
      await commit([
        { path, content: null },
        { path: moved, content: mended.document.source },
      ]),
    );
    expect((await find(number)).path).toBe(moved);
    expectOk(await commit([{ path: moved, content: null }]));
    const thread = await world.db
      .selectFrom('planThread')
      .select('state')
      .where('number', '=', number)
      .executeTakeFirst();
    expect(thread?.state).toBe('closed');
    expect(await kindsOf(number)).toEqual(['decision.made']);
  });

  test('and changes a ratified text makes it provisional again for a whole window', async () => {
    const number = await record({ title: 'Docs' });
    expectOk(await settle(number, 12));
    const { path, document } = await find(number);
    const content = document.source.replace('together.', 'alone.');
    expectOk(await commit([{ path, content }], 20));
    const after = await find(number);
    expect(after.state).toBe('provisional');
    expect(after.closesAt.toString()).toBe('2023-03-03T08:00:00Z');
  });
});

describe('those who were not in the room', () => {
  const mails = (number: number) =>
    world.db
      .selectFrom('mail')
      .select(['recipient', 'key', 'subject'])
      .where('key', 'like', `decision-%:${summit.id}:${number}:%`)
      .orderBy('key')
      .execute();
  const tell = (day: number) =>
    world.db.transaction().execute((tx) => tellDecisions(tx, jobActor(noonOf(day)), summit));

  test('are told at once and once more before the window closes, each once', async () => {
    const number = await record({ title: 'Told' });
    for (const day of [1, 2, 8, 9, 10, 11]) await tell(day);
    const told = await mails(number);
    expect(told.map(({ recipient }) => recipient)).toEqual([
      'jonas@example.org',
      'jonas@example.org',
    ]);
    expect(told.map(({ key }) => key.split(':')[0])).toEqual([
      'decision-reminded',
      'decision-told',
    ]);
    expect(told[0]?.subject).toBe('Still open until Sun 12 Feb 2023, 00:00 PST: Told');
  });

  test('are not reminded of what they objected to', async () => {
    const number = await record({ title: 'Known' });
    await tell(1);
    expectOk(await object(jonas, number));
    await tell(11);
    expect((await mails(number)).map(({ key }) => key.split(':')[0])).toEqual(['decision-told']);
  });

  test('find everything settled by the sweep when its time has come', async () => {
    const number = await record({ title: 'Swept' });
    const late = testServices(world.db);
    late.clock.set(noonOf(12));
    await decisionSweep.run(late);
    expect((await find(number)).state).toBe('ratified');
  });
});
