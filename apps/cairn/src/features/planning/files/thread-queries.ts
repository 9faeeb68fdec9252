import type { Reader } from '../../../platform/db/database.ts';

/** Where a document is discussed. */
export interface DocumentThread {
  readonly kind: 'topic' | 'decision';
  readonly number: number;
}

/** The topic or the decision that a document is of. */
export async function threadOfDocument(
  db: Reader,
  summitId: string,
  path: string,
): Promise<DocumentThread | undefined> {
  const [topic, decision] = await Promise.all([
    db
      .selectFrom('planTopic')
      .select('number')
      .where('summitId', '=', summitId)
      .where('path', '=', path)
      .executeTakeFirst(),
    db
      .selectFrom('planDecision')
      .select('number')
      .where('summitId', '=', summitId)
      .where('path', '=', path)
      .executeTakeFirst(),
  ]);
  if (topic !== undefined) return { kind: 'topic', number: topic.number };
  return decision === undefined ? undefined : { kind: 'decision', number: decision.number };
}
