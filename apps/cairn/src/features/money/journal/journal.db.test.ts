import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { balancesOf, lineStandings } from './balance-queries.ts';
import { writeJournal } from './journal-commands.ts';
import { allotted, approved, claimed, committed, drawnOn, misses, paid } from './journal-rules.ts';

let world: FundedSummit;
beforeAll(async () => {
  world = await fundedSummit();
});
afterAll(() => world.close());

test('money walks from what is left to what is paid, and every line adds up', async () => {
  const { db, actor, summitId, lineId, personId, treasurer } = world;
  const purpose = { lineId, category: 'travel', personId } as const;
  const write = (key: string, postings: Parameters<typeof writeJournal>[3][number]['postings']) =>
    inTransaction(db, (tx) =>
      writeJournal(tx, actor, summitId, [{ kind: 'correction', key, postings }]),
    );
  expectOk(await write('a', allotted(lineId, 100_000)));
  expectOk(await write('b', committed(purpose, 60_000)));
  const was = drawnOn(70_000, 60_000);
  expectOk(await write('c', claimed(purpose, was)));
  expectOk(await write('d', approved(purpose, was, 65_000)));
  expectOk(await write('e', paid(purpose, 65_000)));
  expect(expectOk(await write('e', paid(purpose, 65_000)))).toEqual([]);
  const stands = (await lineStandings(db, summitId)).get(lineId);
  expect(stands).toMatchObject({ granted: 100_000, left: 35_000, paid: 65_000, committed: 0 });
  expect(stands && misses(stands)).toBe(0);
  expect(await balancesOf(db, treasurer)).toContainEqual({
    ...purpose,
    stage: 'paid',
    minor: 65_000,
  });
});

test('a line is not overdrawn unless somebody lets it and says why', async () => {
  const { db, actor, summitId, lineId, personId } = world;
  const postings = committed({ lineId, category: 'meals', personId }, 35_001);
  const write = (more: object) =>
    inTransaction(db, (tx) =>
      writeJournal(tx, actor, summitId, [{ kind: 'commitment', key: 'over', postings, ...more }]),
    );
  expect(await write({})).toMatchObject({ ok: false, error: { code: 'overdrawn' } });
  expect(await write({ isOverride: true, note: ' ' })).toMatchObject({ ok: false });
  expectOk(await write({ isOverride: true, note: 'The dean promised the rest.' }));
});

test('the database itself refuses what would break the journal', async () => {
  const { database, summitId, lineId } = world;
  const entry = (key: string, postings: string) =>
    database.pool.query(
      `with one as (insert into journal_entry (summit_id, at, kind, key)
         values ('${summitId}', now(), 'correction', '${key}') returning id)
       insert into journal_posting (entry_id, position, line_id, stage, minor)
       select one.id, p.position, '${lineId}', p.stage, p.minor
       from one, (values ${postings}) as p (position, stage, minor)`,
    );
  await expect(entry('x', `(0, 'left', 5)`)).rejects.toMatchObject({ code: 'MN003' });
  await expect(entry('x', `(0, 'paid', -5), (1, 'left', 5)`)).rejects.toMatchObject({
    code: 'MN001',
  });
  await expect(entry('x', `(0, 'left', -90000000), (1, 'paid', 90000000)`)).rejects.toMatchObject({
    code: 'MN002',
  });
  await expect(database.pool.query(`update journal_posting set minor = minor + 1`)).rejects.toThrow(
    'append-only',
  );
  await expect(database.pool.query(`delete from journal_entry`)).rejects.toThrow('append-only');
});
