import type { Problem } from '@cairn/kernel/problem';
import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { FileKind } from '../documents/kind-rules.ts';

/** The plan of a summit. */
export interface Plan {
  readonly summitId: string;
  /** The commit that main stands at. */
  readonly head: string;
  /** Who may read documents and clone: everyone, or those who take part. */
  readonly readers: 'everyone' | 'participants';
  readonly movedAt: Instant;
}

/** The plan of a summit; undefined in the moments before it is made. */
export const planOf = (db: Reader, summitId: string): Promise<Plan | undefined> =>
  db
    .selectFrom('planRepository')
    .select(['summitId', 'head', 'readers', 'movedAt'])
    .where('summitId', '=', summitId)
    .executeTakeFirst();

/** A document as main has it now. */
export interface MainDocument {
  readonly path: string;
  readonly kind: FileKind;
  readonly title: string;
  readonly source: string;
  /** The front matter as its schema read it; null where it could not. */
  readonly front: unknown;
  readonly blob: string;
  readonly problems: readonly Problem[];
  readonly changedAt: Instant;
}

/** Documents of main, by path; of one kind, or all. */
export async function documentsOf(
  db: Reader,
  summitId: string,
  kind?: FileKind,
): Promise<MainDocument[]> {
  let query = db
    .selectFrom('planDocument')
    .select(['path', 'kind', 'title', 'source', 'front', 'blob', 'problems', 'changedAt'])
    .where('summitId', '=', summitId)
    .orderBy('path');
  if (kind !== undefined) query = query.where('kind', '=', kind);
  return (await query.execute()) as MainDocument[]; // written by readMain alone
}

/** One document of main. */
export async function documentAt(
  db: Reader,
  summitId: string,
  path: string,
): Promise<MainDocument | undefined> {
  const row = await db
    .selectFrom('planDocument')
    .select(['path', 'kind', 'title', 'source', 'front', 'blob', 'problems', 'changedAt'])
    .where('summitId', '=', summitId)
    .where('path', '=', path)
    .executeTakeFirst();
  return row as MainDocument | undefined; // written by readMain alone
}
