import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { type DigestChoice, PROPOSED_CHOICE } from './digest-rules.ts';

const COLUMNS = ['takingPart', 'mentions', 'everything', 'hour', 'weekday', 'asks'] as const;

/** How somebody wants to hear of a plan, and whether they have said so. */
export async function ownDigest(
  db: Reader,
  { summitId, personId }: Pick<Self, 'summitId' | 'personId'>,
): Promise<{ readonly choice: DigestChoice; readonly isChosen: boolean }> {
  const row = await db
    .selectFrom('planDigest')
    .select(COLUMNS)
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .executeTakeFirst();
  return { choice: row ?? PROPOSED_CHOICE, isChosen: row !== undefined };
}

/** Whose mails a link stops, and of which summit; undefined for a link that leads nowhere. */
export async function digestBehind(
  db: Reader,
  key: string,
): Promise<
  | {
      readonly summitId: string;
      readonly personId: string;
      readonly slug: string;
      readonly title: string;
    }
  | undefined
> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)) return undefined;
  const row = await db
    .selectFrom('planDigest')
    .innerJoin('summit', 'summit.id', 'planDigest.summitId')
    .select(['summitId', 'personId', 'slug', 'definition'])
    .where('stopKey', '=', key)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { definition, ...rest } = row;
  return { ...rest, title: String(Object(definition)['title'] ?? '') };
}

/** Whether somebody said that they watch a thread, or that they do not; undefined for neither. */
export async function watchOf(
  db: Reader,
  { summitId, personId }: Self,
  number: number,
): Promise<boolean | undefined> {
  const row = await db
    .selectFrom('planWatch')
    .select('watches')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.watches;
}

/** Threads that somebody watches, or does not want to hear of. */
export const ownWatches = (
  db: Reader,
  { summitId, personId }: Self,
): Promise<
  {
    number: number;
    kind: 'topic' | 'issue' | 'proposal' | 'decision';
    title: string;
    watches: boolean;
  }[]
> =>
  db
    .selectFrom('planWatch')
    .innerJoin('planThread', (join) =>
      join
        .onRef('planThread.summitId', '=', 'planWatch.summitId')
        .onRef('planThread.number', '=', 'planWatch.number'),
    )
    .select(['planWatch.number', 'planThread.kind', 'planThread.title', 'planWatch.watches'])
    .where('planWatch.summitId', '=', summitId)
    .where('planWatch.personId', '=', personId)
    .orderBy('planWatch.number')
    .execute();
