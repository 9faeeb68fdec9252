import { expectCurrency } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { expectOk, type Result } from '@cairn/kernel/result';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import { allot, transfer } from './allotment-commands.ts';
import { removeFunder, saveFunder } from './funder-commands.ts';
import { fundersOf, fundLinesOf } from './funder-queries.ts';
import { closeLine, reopenLine, saveLine } from './line-commands.ts';

let world: FundedSummit;
beforeAll(async () => {
  world = await fundedSummit();
});
afterAll(() => world.close());

const run = <T>(command: (tx: Tx) => Promise<Result<T, Problem>>) =>
  inTransaction(world.db, command);
const codeOf = async (result: Promise<Result<unknown, Problem>>) => {
  const done = await result;
  return done.ok ? undefined : done.error.code;
};
const stands = async (lineId: string) =>
  (await lineStandings(world.db, world.summitId)).get(lineId);

const funder = (name: string) => ({
  id: undefined,
  name,
  currency: expectCurrency('USD'),
  award: 'GBMF-1',
  link: null,
  fromOn: '2023-01-01',
  untilOn: '2023-12-31',
  documents: ['receipts'],
  indirectRate: '12.5',
  note: '',
});
const line = (funderId: string, title: string) => ({
  id: undefined,
  funderId,
  title,
  categories: ['meals' as const],
  paysFor: 'people' as const,
  paysForKeys: [],
  people: [world.personId, world.personId],
  personCeiling: 10_000,
  categoryCeilings: { meals: 30_000 },
  needsEstimate: false,
  isParticipantSupport: true,
  inIndirectBase: false,
  policyId: null,
});

test('a funder with lines is kept as it is said, and a form sent twice counts once', async () => {
  const { db, actor, treasurer, summitId } = world;
  const { id } = expectOk(await run((tx) => saveFunder(tx, actor, treasurer, funder('Moore'))));
  expectOk(await run((tx) => saveFunder(tx, actor, treasurer, funder('Moore'))));
  expect((await fundersOf(db, summitId)).map(({ key }) => key)).toContain('moore_2');
  const saved = expectOk(await run((tx) => saveLine(tx, actor, treasurer, line(id, 'Dinners'))));
  const [found] = (await fundLinesOf(db, summitId)).filter((each) => each.id === saved.id);
  expect(found).toMatchObject({ key: 'dinners', people: [world.personId], personCeiling: 10_000 });

  const given = { lineId: saved.id, minor: 5_000, onDate: '2023-01-10', note: '', key: 'one' };
  expectOk(await run((tx) => allot(tx, actor, treasurer, given)));
  expect(expectOk(await run((tx) => allot(tx, actor, treasurer, given)))).toBeUndefined();
  expect(await stands(saved.id)).toMatchObject({ granted: 5_000, left: 5_000 });
  const back = { ...given, minor: -5_001, key: 'two' };
  expect(await codeOf(run((tx) => allot(tx, actor, treasurer, back)))).toBe('takes-too-much');
  expect(
    await codeOf(
      run((tx) =>
        saveFunder(tx, actor, treasurer, {
          ...funder('Moore'),
          id,
          currency: expectCurrency('EUR'),
        }),
      ),
    ),
  ).toBe('currency-fixed');
  expect(await codeOf(run((tx) => removeFunder(tx, actor, treasurer, { id })))).toBe(
    'funder-has-lines',
  );
});

test('what is left goes from line to line of one funder only, and never more than is left', async () => {
  const { actor, treasurer, summitId, db, funderId, lineId } = world;
  const other = expectOk(
    await run((tx) => saveLine(tx, actor, treasurer, line(funderId, 'Lunches'))),
  ).id;
  const told = { note: 'agreed by mail', key: 'first' };
  expectOk(await run((tx) => allot(tx, actor, treasurer, { lineId, minor: 10_000, ...told })));
  const move = (to: string, minor: number, key: string) =>
    run((tx) => transfer(tx, actor, treasurer, { from: lineId, to, minor, note: '', key }));
  expect(await codeOf(move(other, 10_001, 'a'))).toBe('overdrawn');
  expectOk(await move(other, 4_000, 'b'));
  expectOk(await move(other, 4_000, 'b'));
  expect(await stands(lineId)).toMatchObject({ granted: 6_000, left: 6_000 });
  expect(await stands(other)).toMatchObject({ granted: 4_000, left: 4_000 });
  const foreign = (await fundLinesOf(db, summitId)).find(({ key }) => key === 'dinners')?.id ?? '';
  expect(await codeOf(move(foreign, 1, 'c'))).toBe('other-funder');
  expect(await codeOf(move(lineId, 1, 'd'))).toBe('same-line');

  expectOk(await run((tx) => closeLine(tx, actor, treasurer, { id: other })));
  expect(await codeOf(move(other, 1, 'e'))).toBe('no-line');
  expectOk(await run((tx) => reopenLine(tx, actor, treasurer, { id: other })));
  expectOk(await move(other, 1, 'f'));
});
