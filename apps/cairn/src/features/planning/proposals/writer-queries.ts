import type { Reader } from '../../../platform/db/database.ts';
import type { WrittenBy } from '../threads/thread-queries.ts';

/** Nobody: Cairn itself. */
const CAIRN: WrittenBy = {
  personId: null,
  name: null,
  handle: null,
  accountId: null,
  login: null,
};

/** People as pages name them, by id. */
export async function writersById(
  db: Reader,
  ids: Iterable<string | null>,
): Promise<ReadonlyMap<string, WrittenBy>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom('person')
    .leftJoin('planHandle', 'planHandle.personId', 'person.id')
    .select(['person.id', 'person.name', 'planHandle.handle'])
    .where('person.id', 'in', wanted)
    .execute();
  return new Map(
    rows.map(({ id, name, handle }) => [
      id,
      { personId: id, name, handle, accountId: null, login: null },
    ]),
  );
}

/** Accounts on GitHub as pages name them, by number. */
export async function accountsById(
  db: Reader,
  ids: Iterable<number | null>,
): Promise<ReadonlyMap<number, WrittenBy>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom('githubAccount')
    .select(['id', 'login'])
    .where('id', 'in', wanted)
    .execute();
  return new Map(rows.map(({ id, login }) => [id, { ...CAIRN, accountId: id, login }]));
}

/** Whoever a row names: a person, an account, or Cairn. */
export interface Writers {
  readonly people: ReadonlyMap<string, WrittenBy>;
  readonly accounts: ReadonlyMap<number, WrittenBy>;
}

export const writerOf = (
  { people, accounts }: Writers,
  personId: string | null,
  account: number | null,
): WrittenBy =>
  (personId === null ? undefined : people.get(personId)) ??
  (account === null ? undefined : accounts.get(account)) ??
  CAIRN;
