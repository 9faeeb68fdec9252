import type { Problem } from '@cairn/kernel/problem';
import { expectOk, type Result } from '@cairn/kernel/result';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  MONDAY,
  type OpenSpaceWorld,
  openSpaceWorld,
} from '../../../../../../tests/open-space-world.ts';
import { type Actor, inTransaction } from '../../../platform/db/command.ts';
import { selfIn } from '../../people/rights.ts';
import { openSessions } from '../release/current-queries.ts';
import {
  type Claim,
  changeOpenSession,
  claimOpenSession,
  moveOpenSession,
  removeOpenSession,
  withdrawOpenSession,
} from './space-commands.ts';

let world: OpenSpaceWorld;
beforeAll(async () => {
  world = await openSpaceWorld();
});
afterAll(() => world.drop());
beforeEach(async () => {
  world.at(MONDAY, '09:00');
  await world.db.deleteFrom('openSession').execute();
});

const actorOf = (personId: string): Actor => ({ personId, door: 'web', now: world.clock.now() });

const claimOf = (over: Partial<Claim> = {}): Claim => ({
  ...{ title: 'Wheels for all', text: '', topicNumber: null, size: null, needs: [] },
  ...{ date: MONDAY, starts: '10:00', minutes: 60, roomId: world.rooms.blue },
  ...over,
});

async function claim(personId: string, over: Partial<Claim> = {}) {
  const summit = await world.summit(world.slug);
  return inTransaction(world.db, (tx) =>
    claimOpenSession(tx, actorOf(personId), selfIn(summit.id, { personId }), summit, claimOf(over)),
  );
}

const expectFail = (result: Result<unknown, Problem>): Problem => {
  if (result.ok) throw new Error('it was done, and should have been refused');
  return result.error;
};

const standing = () => openSessions(world.db, world.summitId);
const self = (personId: string) => selfIn(world.summitId, { personId });
const events = async (sessionId: string): Promise<string[]> => {
  const rows = await world.db
    .selectFrom('event')
    .select(['kind', 'data'])
    .where('kind', 'like', 'open_session.%')
    .orderBy('id')
    .execute();
  return rows
    .filter(({ data }) => JSON.stringify(data).includes(sessionId))
    .map(({ kind }) => kind);
};

describe('a claim', () => {
  test('is there at once for everybody, with one event', async () => {
    const { sessionId, isNew } = expectOk(await claim(world.mei));
    expect(isNew).toBe(true);
    expect(await standing()).toMatchObject([
      { id: sessionId, title: 'Wheels for all', starts: '10:00', ends: '11:00', kind: 'open' },
    ]);
    expect(await events(sessionId)).toEqual(['open_session.claimed']);
  });

  test('is refused beside a block, a released session, a closure, in the past and outside of the day', async () => {
    await world.db
      .insertInto('roomClosure')
      .values({ roomId: world.rooms.quiet, date: MONDAY, starts: '15:00', ends: '16:00' })
      .execute();
    const code = async (over: Partial<Claim>) => expectFail(await claim(world.mei, over)).code;
    expect(await code({ starts: '12:00' })).toBe('beside-a-block');
    expect(await code({ roomId: world.rooms.red })).toBe('place-taken');
    expect(await code({ roomId: world.rooms.quiet, starts: '15:30' })).toBe('room-closed');
    expect(await code({ starts: '16:30' })).toBe('outside-the-days');
    expect(await code({ starts: '10:10' })).toBe('outside-the-days');
    expect(await code({ date: '2023-05-29' })).toBe('outside-the-days');
    expect(await code({ roomId: world.summitId })).toBe('no-such-room');
    world.at(MONDAY, '10:31');
    expect(await code({})).toBe('over-already');
    expect(await standing()).toEqual([]);
  });

  test('of the slot that has begun is still good', async () => {
    world.at(MONDAY, '10:20');
    expectOk(await claim(world.mei));
  });

  test('that is sent twice by the same person is one', async () => {
    const [one, other] = await Promise.all([claim(world.mei), claim(world.mei)]);
    const [first, second] = [expectOk(one), expectOk(other)];
    expect(first.sessionId).toBe(second.sessionId);
    expect([first.isNew, second.isNew].sort()).toEqual([false, true]);
    expect(await standing()).toHaveLength(1);
  });

  test('of a second place at the same time is refused, whoever holds one already', async () => {
    expectOk(await claim(world.mei));
    const refused = expectFail(await claim(world.mei, { roomId: world.rooms.quiet, title: 'Two' }));
    expect(refused.code).toBe('yours-already');
  });
});

describe('two claims of one place in the same second', () => {
  test('end with one winner each time, and the other is told what is there', async () => {
    const starts = ['09:30', '10:30', '11:30', '13:30', '14:30', '15:30'];
    const people = await Promise.all(
      Array.from({ length: 8 }, (_, index) => world.comer(`Person ${index}`)),
    );
    for (const start of starts) {
      const claims = await Promise.all(
        people.map((personId, index) =>
          claim(personId, { starts: start, title: `Number ${index}` }),
        ),
      );
      const won = claims.filter(({ ok }) => ok);
      expect(won).toHaveLength(1);
      const lost = claims.flatMap((each) => (each.ok ? [] : [each.error]));
      expect(new Set(lost.map(({ code }) => code))).toEqual(new Set(['place-taken']));
      expect(lost[0]?.sentence).toMatch(/^“Number \d” is in Blue Room from/);
    }
    const all = await standing();
    expect(all.map(({ starts: at }) => at).sort()).toEqual(starts);
  });

  test('of lengths that overlap end with one winner too', async () => {
    const [one, other] = await Promise.all([
      claim(world.mei, { starts: '13:30', minutes: 120 }),
      claim(world.grigor, { starts: '14:30', minutes: 90, title: 'Later' }),
    ]);
    expect([one.ok, other.ok].sort()).toEqual([false, true]);
  });

  test('and a block that an organiser adds meanwhile wait for each other', async () => {
    const summit = await world.summit(world.slug);
    let goOn = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let begun = (): void => undefined;
    const locked = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const change = world.db.transaction().execute(async (tx) => {
      await tx
        .updateTable('timetableFrame')
        .set((eb) => ({ revision: eb('revision', '+', 1) }))
        .where('summitId', '=', summit.id)
        .execute();
      await tx
        .insertInto('timetableBlock')
        .values({
          ...{ summitId: summit.id, date: MONDAY, starts: '16:00', ends: '17:00' },
          ...{ kind: 'closing', title: 'Closing', meal: null, roomId: null },
        })
        .execute();
      begun();
      await waiting;
    });
    await locked;
    const claimed = claim(world.mei, { starts: '16:00' });
    goOn();
    await change;
    expect(expectFail(await claimed).code).toBe('beside-a-block');
    await world.db.deleteFrom('timetableBlock').where('title', '=', 'Closing').execute();
  });
});

describe('what stands in open space', () => {
  test('is changed and moved by whoever put it there, and by nobody else', async () => {
    const summit = await world.summit(world.slug);
    const { sessionId } = expectOk(await claim(world.mei));
    const other = expectOk(
      await claim(world.grigor, { starts: '11:00', title: 'Docs of all', minutes: 30 }),
    );
    const words = { title: 'Wheels', text: 'Bring yours.', topicNumber: null };
    const change = (personId: string) =>
      inTransaction(world.db, (tx) =>
        changeOpenSession(tx, actorOf(personId), self(personId), sessionId, words),
      );
    expect(expectFail(await change(world.grigor)).code).toBe('not-yours');
    expect(expectOk(await change(world.mei)).hasChanged).toBe(true);
    expect(expectOk(await change(world.mei)).hasChanged).toBe(false);
    const move = (to: { starts: string; roomId: string }) =>
      inTransaction(world.db, (tx) =>
        moveOpenSession(tx, actorOf(world.mei), self(world.mei), summit, {
          ...{ sessionId, date: MONDAY },
          ...to,
        }),
      );
    expect(
      expectFail(await move({ starts: '10:30', roomId: world.rooms.blue })).sentence,
    ).toContain('Docs of all');
    expect(expectOk(await move({ starts: '10:00', roomId: world.rooms.quiet })).hasChanged).toBe(
      true,
    );
    expect(expectOk(await move({ starts: '10:30', roomId: world.rooms.quiet })).hasChanged).toBe(
      true,
    );
    expect((await standing()).map(({ id, roomId, starts }) => [id, roomId, starts])).toContainEqual(
      [...[sessionId, world.rooms.quiet, '10:30']],
    );
    expect(other.isNew).toBe(true);
    expect(await events(sessionId)).toEqual([
      ...['open_session.claimed', 'open_session.changed'],
      ...['open_session.moved', 'open_session.moved'],
    ]);
  });

  test('is moved ten times at most, since all who come have a mail of each time', async () => {
    const summit = await world.summit(world.slug);
    const { sessionId } = expectOk(await claim(world.mei));
    const codes: string[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      const roomId = turn % 2 === 0 ? world.rooms.quiet : world.rooms.blue;
      const moved = await inTransaction(world.db, (tx) =>
        moveOpenSession(tx, actorOf(world.mei), self(world.mei), summit, {
          ...{ sessionId, date: MONDAY, starts: '10:00', roomId },
        }),
      );
      codes.push(moved.ok ? `moved ${moved.value.hasChanged}` : moved.error.code);
    }
    // The last one is where it is already.
    expect(codes).toEqual([...Array(10).fill('moved true'), 'moved-often', 'moved false']);
    expect((await events(sessionId)).filter((kind) => kind.endsWith('moved'))).toHaveLength(10);
  });

  test('is free for others once it is withdrawn, or an organiser removed it', async () => {
    const { sessionId } = expectOk(await claim(world.mei));
    const withdraw = (personId: string) =>
      inTransaction(world.db, (tx) =>
        withdrawOpenSession(tx, actorOf(personId), self(personId), sessionId),
      );
    expect(expectFail(await withdraw(world.grigor)).code).toBe('not-yours');
    expectOk(await withdraw(world.mei));
    expect(expectFail(await withdraw(world.mei)).code).toBe('no-such-session');
    const next = expectOk(await claim(world.grigor, { title: 'Mine now' }));
    const organiser = await world.organiser(world.slug);
    const remove = () =>
      inTransaction(world.db, (tx) =>
        removeOpenSession(tx, actorOf(world.ada), organiser, next.sessionId),
      );
    expectOk(await remove());
    expect(expectFail(await remove()).code).toBe('no-such-session');
    expect(await standing()).toEqual([]);
    expect(await events(next.sessionId)).toEqual(['open_session.claimed', 'open_session.removed']);
  });
});
