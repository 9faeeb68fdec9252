import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../platform/db/database.ts';
import type { Organiser } from '../people/rights.ts';
import type { SummitDefinition } from './schema.ts';

/** One saved state of a definition: who saved it and when. */
export interface Revision {
  readonly revision: number;
  readonly at: Instant;
  /** Undefined for what Cairn or the command line did. */
  readonly by: string | undefined;
  readonly definition: SummitDefinition;
  readonly source: string;
}

const select = (db: Reader, { summitId }: Organiser) =>
  db
    .selectFrom('summitRevision')
    .leftJoin('person', 'person.id', 'summitRevision.byPerson')
    .select([
      'summitRevision.revision',
      'summitRevision.at',
      'person.name as by',
      'summitRevision.definition',
      'summitRevision.source',
    ])
    .where('summitRevision.summitId', '=', summitId);

/** A stored definition was validated before it was stored. */
const asRevision = ({
  by,
  definition,
  ...row
}: Omit<Revision, 'by' | 'definition'> & {
  by: string | null;
  definition: unknown;
}): Revision => ({ ...row, by: by ?? undefined, definition: definition as SummitDefinition });

/** Saved states from `before` downwards (from the newest when undefined), newest first. */
export async function revisions(
  db: Reader,
  organiser: Organiser,
  { before, most }: { readonly before?: number | undefined; readonly most: number },
): Promise<Revision[]> {
  const rows = await select(db, organiser)
    .$if(before !== undefined, (query) => query.where('summitRevision.revision', '<', before ?? 0))
    .orderBy('summitRevision.revision', 'desc')
    .limit(most)
    .execute();
  return rows.map(asRevision);
}

/** One saved state, if there is one of that number. */
export async function revisionOf(
  db: Reader,
  organiser: Organiser,
  revision: number,
): Promise<Revision | undefined> {
  const row = await select(db, organiser)
    .where('summitRevision.revision', '=', revision)
    .executeTakeFirst();
  return row && asRevision(row);
}
