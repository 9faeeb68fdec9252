import type { Reader } from '../../../platform/db/database.ts';

/** Topics by the paths of their documents, or all that are not merged into another one. */
export async function topicsAt(
  db: Reader,
  summitId: string,
  paths?: readonly string[],
): Promise<{ readonly number: number; readonly title: string }[]> {
  if (paths?.length === 0) return [];
  let query = db
    .selectFrom('planTopic')
    .innerJoin('planThread', (join) =>
      join
        .onRef('planThread.summitId', '=', 'planTopic.summitId')
        .onRef('planThread.number', '=', 'planTopic.number'),
    )
    .select(['planTopic.number', 'planThread.title'])
    .where('planTopic.summitId', '=', summitId)
    .orderBy('planThread.title');
  query =
    paths === undefined
      ? query.where('planTopic.duplicateOf', 'is', null).where('planTopic.state', '!=', 'dropped')
      : query.where('planTopic.path', 'in', [...paths]);
  return query.execute();
}
