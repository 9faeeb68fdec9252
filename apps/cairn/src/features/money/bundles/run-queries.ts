import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';

/** How far the making of a funder's bundles is. */
export interface BundleRun {
  readonly id: string;
  readonly askedAt: Instant;
  readonly done: number;
  readonly total: number;
  readonly finishedAt: Instant | null;
  /** Why it could not go on; empty while it can. */
  readonly failure: string;
  readonly files: number;
  readonly bytes: number;
}

/** The last making of a funder's bundles; undefined where there is none, or where it is long ago. */
export async function lastRun(
  db: Reader,
  { summitId }: Treasurer,
  funderId: string,
): Promise<BundleRun | undefined> {
  const run = await db
    .selectFrom('bundleRun')
    .select(['id', 'askedAt', 'done', 'total', 'finishedAt', 'failure'])
    .where('summitId', '=', summitId)
    .where('funderId', '=', funderId)
    .orderBy('askedAt', 'desc')
    .executeTakeFirst();
  if (run === undefined) return undefined;
  const { files, bytes } = await db
    .selectFrom('bundlePart')
    .select((eb) => [
      eb.fn.countAll<number>().as('files'),
      eb.fn.coalesce(eb.fn.sum<number>('size'), eb.lit(0)).as('bytes'),
    ])
    .where('runId', '=', run.id)
    .executeTakeFirstOrThrow();
  return { ...run, files: Number(files), bytes: Number(bytes) };
}

/** The files of a run without their content, in their order. */
export const partsOf = (db: Reader, { summitId }: Treasurer, runId: string) =>
  db
    .selectFrom('bundlePart')
    .innerJoin('bundleRun', 'bundleRun.id', 'bundlePart.runId')
    .select(['bundlePart.id', 'bundlePart.name'])
    .where('bundleRun.summitId', '=', summitId)
    .where('bundleRun.id', '=', runId)
    .where('bundleRun.finishedAt', 'is not', null)
    .orderBy('position')
    .orderBy('name')
    .execute();

/** The content of one file; undefined where it went meanwhile. */
export const partContent = (db: Reader, id: string) =>
  db.selectFrom('bundlePart').select('content').where('id', '=', id).executeTakeFirst();
