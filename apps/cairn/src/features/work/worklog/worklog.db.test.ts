import type { Problem } from '@cairn/kernel/problem';
import { expectOk, type Result } from '@cairn/kernel/result';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  MONDAY,
  type OpenSpaceWorld,
  openSpaceWorld,
  TUESDAY,
} from '../../../../../../tests/open-space-world.ts';
import { type Actor, inTransaction } from '../../../platform/db/command.ts';
import { selfIn } from '../../people/rights.ts';
import {
  type WorklogSave,
  type WrittenEntry,
  writeAnyWorklogEntry,
  writeWorklogEntry,
} from './worklog-commands.ts';
import { earlierEntries, entriesOf } from './worklog-queries.ts';
import { NO_WORDS, placeOf, type WorklogWords } from './worklog-rules.ts';

let world: OpenSpaceWorld;
beforeAll(async () => {
  world = await openSpaceWorld();
});
afterAll(() => world.drop());
beforeEach(async () => {
  world.at(MONDAY, '16:00');
  await world.db.deleteFrom('worklogRevision').execute();
  await world.db.deleteFrom('worklogEntry').execute();
});

const actorOf = (personId: string): Actor => ({ personId, door: 'web', now: world.clock.now() });
const expectFail = (result: Result<unknown, Problem>): Problem => {
  if (result.ok) throw new Error('it was done, and should have been refused');
  return result.error;
};

async function write(
  personId: string,
  words: Partial<WorklogWords>,
  {
    base = 0,
    clientKey,
    date = MONDAY,
    key = 'packaging',
  }: Partial<Omit<WorklogSave, 'words'>> & { date?: string; key?: string } = {},
): Promise<Result<WrittenEntry, Problem>> {
  const summit = await world.summit(world.slug);
  const place = placeOf(key);
  if (place === undefined) throw new Error(`${key} is no place`);
  return inTransaction(world.db, (tx) =>
    writeWorklogEntry(
      tx,
      actorOf(personId),
      selfIn(summit.id, { personId }),
      summit,
      { date, place },
      { words: { ...NO_WORDS, ...words }, base, clientKey },
    ),
  );
}

const stored = async (date = MONDAY) =>
  entriesOf(world.db, selfIn(world.summitId, { personId: world.mei }), date);
const eventCount = async (): Promise<number> => {
  const rows = await world.db
    .selectFrom('event')
    .select('id')
    .where('kind', '=', 'worklog.written')
    .execute();
  return rows.length;
};

describe('an entry', () => {
  test('is written by those in the group, and by organisers, with one event for each change', async () => {
    const before = await eventCount();
    const { revision } = expectOk(await write(world.mei, { did: 'Built wheels.' }));
    expect(revision).toBe(1);
    const refused = expectFail(await write(world.grigor, { did: 'So did I.' }));
    expect(refused).toMatchObject({ code: 'not-in-the-group' });
    expect(refused.sentence).toContain('“Packaging”');
    const [summit, organiser] = await Promise.all([
      world.summit(world.slug),
      world.organiser(world.slug),
    ]);
    expectOk(
      await inTransaction(world.db, (tx) =>
        writeAnyWorklogEntry(
          tx,
          actorOf(world.ada),
          organiser,
          summit,
          { date: MONDAY, place: { groupKey: 'packaging', sessionId: null } },
          {
            words: { ...NO_WORDS, did: 'Built wheels.', next: 'Upload them.' },
            base: 1,
            clientKey: undefined,
          },
        ),
      ),
    );
    expect(await stored()).toMatchObject([
      { did: 'Built wheels.', next: 'Upload them.', revision: 2, writers: ['Mei Lin', 'Ada'] },
    ]);
    expect(await eventCount()).toBe(before + 2);
  });

  test('is of a day of the summit that has come, of a group or session there is, and says something', async () => {
    const code = async (...args: Parameters<typeof write>) => expectFail(await write(...args)).code;
    expect(await code(world.mei, { did: 'x' }, { date: '2023-05-29' })).toBe('no-such-day');
    expect(await code(world.mei, { did: 'x' }, { date: TUESDAY })).toBe('not-yet');
    expect(await code(world.mei, { did: 'x' }, { key: 'nobody' })).toBe('no-such-subject');
    const nowhere = `session-${world.summitId}`;
    expect(await code(world.mei, { did: 'x' }, { key: nowhere })).toBe('no-such-subject');
    expect(await code(world.mei, { did: ' \n' })).toBe('nothing-said');
    expect(await code(world.mei, { did: 'x'.repeat(20_001) })).toBe('too-long');
    expect(await code(world.mei, { did: 'x' }, { base: 3 })).toBe('unknown-revision');
    expect(await stored()).toEqual([]);
  });

  test('may be emptied by those who wrote it', async () => {
    expectOk(await write(world.mei, { did: 'Wrong day.' }));
    expectOk(await write(world.mei, {}, { base: 1 }));
    expect(await stored()).toMatchObject([{ did: '', revision: 2 }]);
  });
});

describe('several writers', () => {
  test('at the same moment keep all of their words', async () => {
    const others = await Promise.all(['Ann', 'Ben', 'Cyd'].map((name) => world.comer(name)));
    const group = await world.db
      .selectFrom('workGroup')
      .select(['id', 'groupingId'])
      .where('key', '=', 'packaging')
      .executeTakeFirstOrThrow();
    await world.db
      .insertInto('groupMember')
      .values(
        others.map((personId) => ({
          ...{ groupingId: group.groupingId, groupId: group.id, personId },
        })),
      )
      .execute();
    const written = await Promise.all(
      [world.mei, ...others].map((personId, index) =>
        write(personId, { did: `- point ${index}`, next: `- next ${index}` }),
      ),
    );
    expect(written.every(({ ok }) => ok)).toBe(true);
    const [entry] = await stored();
    for (const index of [0, 1, 2, 3]) {
      expect(entry?.did).toContain(`point ${index}`);
      expect(entry?.next).toContain(`next ${index}`);
    }
    expect(entry?.revision).toBe(4);
    expect(entry?.writers).toHaveLength(4);
  });

  test('of different parts change nothing of each other', async () => {
    expectOk(await write(world.mei, { did: 'One.\nTwo.', blocked: 'CI.' }));
    expectOk(await write(world.mei, { did: 'One.\nTwo.\nThree.', blocked: 'CI.' }, { base: 1 }));
    const late = expectOk(await write(world.mei, { did: 'One.\nTwo.', blocked: '' }, { base: 1 }));
    expect(late.isMerged).toBe(true);
    expect(await stored()).toMatchObject([{ did: 'One.\nTwo.\nThree.', blocked: '' }]);
  });
});

describe('a save with a key of its own', () => {
  const clientKey = '6d7c2c4e-8f6a-4f0e-9d8b-0d8f5f1f7a11';

  test('counts once, however often it is sent', async () => {
    const first = expectOk(await write(world.mei, { did: 'Offline work.' }, { clientKey }));
    const again = expectOk(await write(world.mei, { did: 'Offline work.' }, { clientKey }));
    expect(again).toMatchObject({ revision: first.revision, hasChanged: false });
    expect(await stored()).toMatchObject([{ did: 'Offline work.', revision: 1 }]);
  });

  test('counts once though others wrote between', async () => {
    expectOk(await write(world.mei, { did: 'Offline work.' }, { clientKey }));
    expectOk(await write(world.mei, { did: 'Offline work.\nOnline work.' }, { base: 1 }));
    const again = expectOk(await write(world.mei, { did: 'Offline work.' }, { clientKey }));
    expect(again).toMatchObject({ hasChanged: false, isMerged: true });
    expect(await stored()).toMatchObject([{ did: 'Offline work.\nOnline work.' }]);
  });

  test('sent at once from two tabs is one', async () => {
    await Promise.all([
      write(world.mei, { did: 'Offline work.' }, { clientKey }),
      write(world.mei, { did: 'Offline work.' }, { clientKey }),
    ]);
    expect(await stored()).toMatchObject([{ did: 'Offline work.', revision: 1 }]);
  });
});

test('the day before is the last one on which a group wrote', async () => {
  expectOk(await write(world.mei, { did: 'Monday.', next: 'Upload.' }));
  world.at(TUESDAY, '16:00');
  const self = selfIn(world.summitId, { personId: world.mei });
  const earlier = await earlierEntries(world.db, self, TUESDAY);
  expect(earlier.get('packaging')).toMatchObject({ date: MONDAY, next: 'Upload.' });
  expect(await earlierEntries(world.db, self, MONDAY)).toEqual(new Map());
});
