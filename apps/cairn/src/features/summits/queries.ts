import type { Reader } from '../../platform/db/database.ts';
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
