import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db/database.ts';
import type { SummitDefinition } from './schema.ts';

/** A stored summit: its definition, and what the installation knows of it. */
export interface Summit {
  readonly id: string;
  readonly slug: string;
  readonly state: 'draft' | 'announced' | 'archived';
  readonly revision: number;
  readonly definition: SummitDefinition;
}

const columns = ['id', 'slug', 'state', 'revision', 'definition'] as const;

/** A definition was validated before it was stored, so reading it back is a cast, not a second check. */
const asSummit = (row: {
  id: string;
  slug: string;
  state: Summit['state'];
  revision: number;
  definition: unknown;
}): Summit => ({ ...row, definition: row.definition as SummitDefinition });

/** The summit at an address, if there is one. */
export async function summitBySlug(db: Reader, slug: string): Promise<Summit | undefined> {
  // An address may hold anything, even what the database cannot compare with (a NUL).
  if (!/^[a-z0-9_]+$/.test(slug)) return undefined;
  const row = await db
    .selectFrom('summit')
    .select(columns)
    .where('slug', '=', slug)
    .executeTakeFirst();
  return row && asSummit(row);
}

/** The summit with an id that another row holds, so it exists. */
export async function summitById(db: Reader, id: string): Promise<Summit> {
  const row = await db
    .selectFrom('summit')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return asSummit(row);
}

/** Every summit, newest start first. */
export async function allSummits(db: Reader): Promise<Summit[]> {
  const rows = await db.selectFrom('summit').select(columns).orderBy('createdAt', 'desc').execute();
  return rows.map(asSummit);
}

/** The text of a summit's file, byte for byte as it was saved. */
export async function summitSource(db: Reader, id: string): Promise<string> {
  const { source } = await db
    .selectFrom('summit')
    .select('source')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return source;
}

/** A summit for the length of a transaction: nobody else saves it or takes a seat meanwhile. */
export async function lockSummit(
  tx: Tx,
  id: string,
): Promise<Summit & { readonly source: string }> {
  const { source, ...row } = await tx
    .selectFrom('summit')
    .select([...columns, 'source'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return { ...asSummit(row), source };
}

/** The summits in which somebody has a role, drafts among them, newest first. */
export async function summitsOfPerson(db: Reader, personId: string): Promise<Summit[]> {
  const rows = await db
    .selectFrom('summit')
    .select(columns)
    .where('id', 'in', (role) =>
      role.selectFrom('role').select('summitId').where('personId', '=', personId),
    )
    .orderBy('createdAt', 'desc')
    .execute();
  return rows.map(asSummit);
}

/** The summits that everybody may see, those to come or last held first. */
export async function publicSummits(db: Reader): Promise<Summit[]> {
  const rows = await db
    .selectFrom('summit')
    .select(columns)
    .where('state', '<>', 'draft')
    .orderBy(sql`definition->'dates'->>'start'`, 'desc')
    .limit(100)
    .execute();
  return rows.map(asSummit);
}

/** When a summit was announced; undefined while it is a draft. */
export async function announcedAt(db: Reader, id: string): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('summit')
    .select('announcedAt')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.announcedAt ?? undefined;
}
