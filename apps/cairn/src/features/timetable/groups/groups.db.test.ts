import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { type GroupsWorld, openGroupsWorld } from '../../../../../../tests/groups-world.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import { type Actor, inTransaction } from '../../../platform/db/command.ts';
import { type Organiser, selfIn } from '../../people/rights.ts';
import { currentGroups, groupsOfWeek } from './current-queries.ts';
import { changeGroup, splitGroup } from './group-commands.ts';
import { type Grouping, groupingOf } from './grouping-queries.ts';
import { moveMember, releasePins } from './member-commands.ts';
import { joinGroup, setOut } from './own-commands.ts';
import { type Proposal, proposeGrouping } from './propose-commands.ts';
import { dropGrouping, setGrouping } from './set-commands.ts';
import { answerSwap, askSwap, withdrawSwap } from './swap-commands.ts';

const PAGE = '/s/sp_summit_2023/timetable/groups';
const MAKING = '/s/sp_summit_2023/organise/timetable/groups';
const TUESDAY = '2023-05-23';

let world: GroupsWorld;
let organiser: Organiser;
let people: Record<'ann' | 'bob' | 'cleo' | 'dan' | 'eve', string>;

beforeAll(async () => {
  world = await openGroupsWorld();
  organiser = await world.organiser('sp_summit_2023');
  const [arrays, docs] = [await world.topic('Sparse arrays'), await world.topic('Docs')];
  people = {
    ann: await world.comer('Ann', [[arrays, 'lead']]),
    bob: await world.comer('Bob', [[arrays, 'work']]),
    cleo: await world.comer('Cleo', [
      [arrays, 'work'],
      [docs, 'lead'],
    ]),
    dan: await world.comer('Dan', [[docs, 'work']]),
    eve: await world.comer('Eve', [
      [docs, 'work'],
      [arrays, 'learn'],
    ]),
  };
});
afterAll(() => world.drop());
beforeEach(async () => {
  await world.db.updateTable('grouping').set({ state: 'dropped' }).execute();
  await world.db.deleteFrom('mail').execute();
});

const USUAL: Proposal = { date: null, least: 2, most: 3, from: null, seed: 1 };
const by = (personId: string): Actor => ({ ...world.actor, personId });
const self = (personId: string) => selfIn(world.summitId, { personId });

async function propose(proposal: Partial<Proposal> = {}): Promise<string> {
  const made = await inTransaction(world.db, (tx) =>
    proposeGrouping(tx, world.actor, organiser, { ...USUAL, ...proposal }),
  );
  return expectOk(made).id;
}

const set = async (id: string): Promise<number> =>
  expectOk(await inTransaction(world.db, (tx) => setGrouping(tx, world.actor, organiser, { id })))
    .told;

const move = (grouping: string, person: string, group: string) =>
  inTransaction(world.db, (tx) =>
    moveMember(tx, world.actor, organiser, { grouping, person, to: { group } }),
  );

const join = (grouping: string, person: string, group: string) =>
  inTransaction(world.db, (tx) => joinGroup(tx, by(person), self(person), { grouping, group }));

async function placesIn(id: string): Promise<ReadonlyMap<string, Grouping['members'][number]>> {
  const grouping = await groupingOf(world.db, world.summitId, id);
  return new Map(grouping?.members.map((member) => [member.personId, member]));
}

const mailsTo = async (): Promise<string[]> =>
  (await world.db.selectFrom('mail').select('recipient').orderBy('recipient').execute()).map(
    ({ recipient }) => recipient,
  );

describe('groups', () => {
  test('are proposed from what people want, and hold when they are set', async () => {
    const id = await propose();
    const statement = (await groupingOf(world.db, world.summitId, id))?.statement;
    expect(statement?.slice(0, 2)).toEqual([
      '5 people are in 2 groups.',
      '5 people have their 1st wish.',
    ]);
    expect(await currentGroups(world.db, world.summitId, TUESDAY)).toEqual([]);
    expect(await set(id)).toBe(5);
    const week = await groupsOfWeek(world.db, world.summitId);
    expect([...week.keys()]).toEqual(['sparse_arrays', 'docs']);
    expect(new Set(week.get('sparse_arrays')?.people)).toEqual(new Set([people.ann, people.bob]));
    expect(week.get('sparse_arrays')?.leads).toEqual([people.ann]);
    expect(await set(id)).toBe(0);
    expect(await mailsTo()).toHaveLength(5);
  });

  test('come out the same from the same seed', async () => {
    const [one, other] = [await propose({ seed: 7 }), await propose({ seed: 7 })];
    const keys = async (id: string) =>
      [...(await placesIn(id))].map(([who, { key }]) => [who, key]);
    expect(await keys(one)).toEqual(await keys(other));
  });

  test('tell nobody before they are set, and then only those whose group is another', async () => {
    const week = await propose();
    await set(week);
    await world.db.deleteFrom('mail').execute();
    const next = await propose({ from: week, keepsPlaces: true });
    expectOk(await move(next, people.eve, 'sparse_arrays'));
    expect(await mailsTo()).toEqual([]);
    expect(await set(next)).toBe(1);
    expect(await mailsTo()).toEqual(['eve@cairn.test']);
  });

  test('keep who was put by hand at the next proposal, until they are released', async () => {
    const first = await propose();
    expectOk(await move(first, people.eve, 'sparse_arrays'));
    const second = await propose({ from: first });
    const eve = (await placesIn(second)).get(people.eve);
    expect([eve?.key, eve?.isPinned, eve?.cameBy]).toEqual(['sparse_arrays', true, 'hand']);
    expect(eve?.why).toContain('An organiser put you there by hand.');
    const release = { grouping: second, person: null };
    const released = await inTransaction(world.db, (tx) =>
      releasePins(tx, world.actor, organiser, release),
    );
    expect(expectOk(released).released).toBe(1);
    expect((await placesIn(await propose({ from: second }))).get(people.eve)?.key).toBe('docs');
  });

  test('have whom they must not miss, and nobody beyond their places', async () => {
    const first = await propose();
    const change = { grouping: first, group: 'docs', title: 'Docs', least: null, most: 3 };
    expectOk(
      await inTransaction(world.db, (tx) =>
        changeGroup(tx, world.actor, organiser, {
          ...{ ...change, isPinned: false, needed: [people.bob] },
        }),
      ),
    );
    const second = await propose({ from: first });
    expect((await placesIn(second)).get(people.bob)?.key).toBe('docs');
    const full = [...(await placesIn(second)).values()].filter(({ key }) => key === 'docs');
    expect(full).toHaveLength(3);
    const refused = await move(second, people.ann, 'docs');
    expect(refused.ok ? '' : refused.error.code).toBe('group-full');
    await set(second);
    const left = await join(second, people.bob, 'sparse_arrays');
    expect(left.ok ? '' : left.error.code).toBe('needed-there');
  });

  test('of a day go before those of the week, until they are dropped', async () => {
    const week = await propose();
    await set(week);
    const day = await propose({ date: TUESDAY, from: week, keepsPlaces: true });
    expectOk(await move(day, people.eve, 'sparse_arrays'));
    await set(day);
    const inArrays = async () =>
      (await currentGroups(world.db, world.summitId, TUESDAY))
        .find(({ key }) => key === 'sparse_arrays')
        ?.people.includes(people.eve);
    expect(await inArrays()).toBe(true);
    expectOk(
      await inTransaction(world.db, (tx) => dropGrouping(tx, world.actor, organiser, { id: day })),
    );
    expect(await inArrays()).toBe(false);
  });

  test('of a day leave out who is not there on it, and of no day that there is none of', async () => {
    const said = { arrivesOn: '2023-05-24', arrivesAt: null, leavesOn: null, leavesAt: null };
    await world.db
      .insertInto('presence')
      .values({
        ...{ ...said, summitId: world.summitId, personId: people.dan, saidBy: null },
        saidAt: world.actor.now,
      })
      .execute();
    const dan = (await placesIn(await propose({ date: TUESDAY }))).get(people.dan);
    await world.db.deleteFrom('presence').execute();
    expect([dan?.key, dan?.isOut]).toEqual([null, true]);
    expect(dan?.why).toEqual(['You are in no group, because you are not there on these days.']);
    const other = await inTransaction(world.db, (tx) =>
      proposeGrouping(tx, world.actor, organiser, { ...USUAL, date: '2023-08-01' }),
    );
    expect(other.ok ? '' : other.error.code).toBe('no-such-day');
  });

  test('are split by hand: those who go are told, and the next proposal keeps both', async () => {
    const week = await propose({ most: 4 });
    expectOk(await move(week, people.eve, 'sparse_arrays'));
    expectOk(await move(week, people.cleo, 'sparse_arrays'));
    await set(week);
    await world.db.deleteFrom('mail').execute();
    const going = [people.eve, people.cleo];
    const split = { grouping: week, group: 'sparse_arrays', title: 'Arrays, maths', people: going };
    const made = await inTransaction(world.db, (tx) =>
      splitGroup(tx, world.actor, organiser, split),
    );
    expect(expectOk(made).key).toBe('sparse_arrays_2');
    expect(await mailsTo()).toEqual(['cleo@cairn.test', 'eve@cairn.test']);
    const next = await placesIn(await propose({ from: week, most: 4 }));
    expect(going.map((id) => next.get(id)?.key)).toEqual(['sparse_arrays_2', 'sparse_arrays_2']);
    const everybody = { ...split, people: [people.ann, people.bob] };
    const refused = await inTransaction(world.db, (tx) =>
      splitGroup(tx, world.actor, organiser, everybody),
    );
    expect(refused.ok ? '' : refused.error.code).toBe('nobody-goes');
  });
});

describe('people by themselves', () => {
  test('two who reach for the last place: one has it, the other is told that it is gone', async () => {
    const week = await propose({ least: 1 });
    await set(week);
    // Docs has Cleo, Dan and Eve; the last place of arrays is wanted by two of them.
    const both = await Promise.all([
      join(week, people.dan, 'sparse_arrays'),
      join(week, people.eve, 'sparse_arrays'),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.flatMap((each) => (each.ok ? [] : [each.error.code]))).toEqual(['group-full']);
    const inArrays = [...(await placesIn(week)).values()].filter(
      ({ key }) => key === 'sparse_arrays',
    );
    expect(inArrays).toHaveLength(3);
  });

  test('change places when both want it, once, and each hears of it by one mail', async () => {
    const week = await propose();
    await set(week);
    await world.db.deleteFrom('mail').execute();
    const ask = () =>
      inTransaction(world.db, (tx) =>
        askSwap(tx, by(people.bob), self(people.bob), { grouping: week, person: people.dan }),
      );
    const { id: swap } = expectOk(await ask());
    const again = await ask();
    expect(again.ok ? '' : again.error.code).toBe('asked-already');
    expect(await mailsTo()).toEqual(['dan@cairn.test']);
    const answer = (who: string) =>
      inTransaction(world.db, (tx) => answerSwap(tx, by(who), self(who), { swap, agrees: true }));
    const stranger = await answer(people.eve);
    expect(stranger.ok ? '' : stranger.error.code).toBe('swap-over');
    const answers = await Promise.all([answer(people.dan), answer(people.dan)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const places = await placesIn(week);
    expect(places.get(people.bob)?.key).toBe('docs');
    expect(places.get(people.dan)?.key).toBe('sparse_arrays');
    expect(await mailsTo()).toEqual(['bob@cairn.test', 'dan@cairn.test']);
  });

  test('nobody is asked the same by the same person more than three times', async () => {
    const week = await propose();
    await set(week);
    await world.db.deleteFrom('mail').execute();
    const codes: string[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const asked = await inTransaction(world.db, (tx) =>
        askSwap(tx, by(people.bob), self(people.bob), { grouping: week, person: people.dan }),
      );
      codes.push(asked.ok ? 'asked' : asked.error.code);
      if (!asked.ok) continue;
      const { id: swap } = asked.value;
      expectOk(
        await inTransaction(world.db, (tx) =>
          withdrawSwap(tx, by(people.bob), self(people.bob), { swap }),
        ),
      );
    }
    expect(codes).toEqual(['asked', 'asked', 'asked', 'asked-often']);
    expect(await mailsTo()).toHaveLength(3);
  });

  test('a swap ends when one of them is moved meanwhile', async () => {
    const week = await propose({ most: 5 });
    await set(week);
    const asked = await inTransaction(world.db, (tx) =>
      askSwap(tx, by(people.bob), self(people.bob), { grouping: week, person: people.dan }),
    );
    expectOk(await move(week, people.dan, 'sparse_arrays'));
    const late = await inTransaction(world.db, (tx) =>
      answerSwap(tx, by(people.dan), self(people.dan), {
        swap: expectOk(asked).id,
        agrees: true,
      }),
    );
    expect(late.ok ? '' : late.error.code).toBe('swap-over');
  });

  test('who stays out is in no group of later proposals, until they take part again', async () => {
    const week = await propose();
    await set(week);
    const out = (isOut: boolean) =>
      inTransaction(world.db, (tx) =>
        setOut(tx, by(people.eve), self(people.eve), { grouping: week, isOut }),
      );
    expectOk(await out(true));
    const later = (await placesIn(await propose({ from: week }))).get(people.eve);
    expect([later?.key, later?.isOut, later?.why]).toEqual([
      null,
      true,
      ['You are in no group, because you opted out.'],
    ]);
    expectOk(await out(false));
    expect((await placesIn(await propose({ from: week }))).get(people.eve)?.key).toBe('docs');
  });

  test('nobody reaches into a proposal that is not set', async () => {
    const draft = await propose();
    const refused = await join(draft, people.dan, 'sparse_arrays');
    expect(refused.ok ? '' : refused.error.code).toBe('no-grouping');
  });
});

test('the groups of a day that no calendar has are refused by the API', async () => {
  const token = await tokenOf(world, people.ann);
  const at = (date: string) =>
    world.app.request(
      `/api/v1/summits/sp_summit_2023/timetable/groups?date=${date}`,
      withToken(token),
    );
  expect((await at(TUESDAY)).status).toBe(200);
  for (const never of ['2023-02-30', '2023-99-99']) expect((await at(never)).status).toBe(422);
});

describe('the pages of groups', () => {
  test('propose, set and change by form, and keep what was typed when it is refused', async () => {
    const home = await (await world.get(MAKING)).text();
    expectIn(home, 'Sparse arrays');
    const fields = { date: '', least: '4', most: '2', different: '1', from: '', seed: '5' };
    const refused = await world.post(MAKING, { ...fields, topics: ['1', '2'] });
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'Write 4 or more');
    const made = await world.post(MAKING, { ...fields, least: '2', most: '3', topics: ['1', '2'] });
    expect(made.status).toBe(303);
    const page = made.headers.get('location') ?? '';
    const shown = await (await world.get(page)).text();
    expectIn(shown, 'Everybody who said what they want has a first wish');
    expectIn(shown, 'Tell 5 people by mail');
    const moved = await world.post(page, { do: 'move', person: people.ann, to: 'in:nothing' });
    expect(moved.status).toBe(422);
    expectIn(await moved.text(), 'There is no such group here');
    expect((await world.post(page, { do: 'set', tells: 'yes' })).status).toBe(303);
    expect((await world.get(`${page}/docs`)).status).toBe(200);
    expect((await world.post(`${page}/drop-them`, {})).status).toBe(303);
  });

  test('show everybody who comes their own group and why, and nothing of proposals', async () => {
    const draft = await propose({ date: TUESDAY });
    await world.db
      .updateTable('grouping')
      .set({ title: 'A secret proposal' })
      .where('id', '=', draft)
      .execute();
    expectIn(await (await world.get(MAKING)).text(), 'A secret proposal');
    expectIn(await (await world.get(PAGE, people.ann)).text(), 'No groups are set yet');
    const week = await propose();
    await set(week);
    const own = await (await world.get(PAGE, people.ann)).text();
    expectIn(own, 'which you want to lead: your 1st wish');
    expectIn(own, 'Bob');
    expectNotIn(own, 'A secret proposal');
    expectNotIn(own, draft);
    const group = await (await world.get(`${PAGE}/docs`, people.ann)).text();
    expectIn(group, 'Cleo');
    for (const path of [PAGE, `${PAGE}/docs`]) {
      expect((await world.get(path, world.stranger)).status).toBe(404);
    }
    expect((await world.get(MAKING, people.ann)).status).toBe(404);
    expect((await world.get(`${MAKING}/${week}`, people.ann)).status).toBe(404);
  });

  test('let somebody join, ask, agree and stay out', async () => {
    const week = await propose({ least: 1 });
    await set(week);
    const by = (who: string, fields: Record<string, string>) =>
      world.post(`${PAGE}?for=week`, { grouping: week, ...fields }, who);
    expect((await by(people.dan, { do: 'join', group: 'sparse_arrays' })).status).toBe(303);
    const full = await by(people.eve, { do: 'join', group: 'sparse_arrays' });
    expect(full.status).toBe(422);
    expectIn(await full.text(), 'is full with 3');
    expect((await by(people.eve, { do: 'ask', person: people.dan })).status).toBe(303);
    const asked = await (await world.get(PAGE, people.dan)).text();
    expectIn(asked, 'Eve asks to change places with you');
    const swap = /name="swap" value="([^"]+)"/.exec(asked)?.[1] ?? '';
    expect((await by(people.dan, { do: 'answer', swap, agrees: 'yes' })).status).toBe(303);
    expect((await by(people.dan, { do: 'out', out: 'yes' })).status).toBe(303);
    const places = await placesIn(week);
    expect(places.get(people.eve)?.key).toBe('sparse_arrays');
    expect(places.get(people.dan)?.isOut).toBe(true);
  });

  test('say today’s groups first, where the day has its own', async () => {
    const week = await propose();
    await set(week);
    await set(await propose({ date: TUESDAY, from: week }));
    const before = world.clock.now();
    world.clock.set(Temporal.Instant.from('2023-05-23T17:00:00Z'));
    const page = await (await world.get(PAGE, people.ann)).text();
    world.clock.set(before);
    expectIn(page, 'Groups for Tue 23 May 2023');
    expectIn(page, '?for=week');
  });
});
