import { afterAll, beforeAll, expect, test } from 'vitest';
import { testServices } from '../../../../../../tests/services.ts';
import {
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { keepGrant } from './grant-commands.ts';

let world: SummitDatabase;

beforeAll(async () => {
  world = await openSummitDatabase();
});
afterAll(() => world.drop());

test('an account goes from whoever only says that it is theirs to whoever shows it, and not back', async () => {
  const { db, ada, stranger } = world;
  const account = { id: 4711, login: 'octo' };
  const row = { ...account, kind: 'user', personId: stranger, seenAt: world.clock.now() } as const;
  await db.insertInto('githubAccount').values(row).execute();
  const { seal } = testServices(db);
  const give = (personId: string) =>
    inTransaction(db, (tx) =>
      keepGrant(tx, world.actor, seal, personId, account, {
        access: 'x',
        refresh: undefined,
        endsIn: undefined,
      }),
    );
  expect(await give(ada)).toMatchObject({ ok: true });
  const whose = await db.selectFrom('githubAccount').select('personId').execute();
  expect(whose).toEqual([{ personId: ada }]);
  expect(await give(stranger)).toMatchObject({ ok: false, error: { code: 'account-of-another' } });
});
