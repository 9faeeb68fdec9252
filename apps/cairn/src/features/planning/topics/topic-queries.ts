import type { Problem } from '@cairn/kernel/problem';
import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import { readPlanDocument } from '../documents/document-rules.ts';
import { RULES_FILE } from '../documents/kind-rules.ts';
import type { TopicState } from '../documents/kind-schema.ts';
import { type PlanRules, planRulesOf } from '../documents/plan-rules.ts';
import { readTopic, type TopicDocument } from '../documents/topic-rules.ts';
import { documentAt, type MainDocument } from '../repository/main-queries.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';
import { readFacts, type TopicFacts } from './topic-facts-rules.ts';

/** A topic's row: where its document is, and how it stands. */
export interface TopicRow {
  readonly number: number;
  readonly path: string;
  readonly state: TopicState;
  /** The topic that it was merged into. */
  readonly duplicateOf: number | null;
  readonly facts: TopicFacts;
}

/** What was told of a topic that is not as it should be. */
export interface ToldNote {
  readonly problems: readonly Problem[];
  readonly toldAt: Instant;
}

/** A topic with its document, as its page shows it. */
export interface Topic extends TopicRow {
  /** Undefined where the document was taken away. */
  readonly document: MainDocument | undefined;
  readonly says: TopicDocument | undefined;
  readonly told: ToldNote | undefined;
}

/** The row of a topic. */
async function topicRow(
  db: Reader,
  { summitId, number }: ThreadPlace,
): Promise<TopicRow | undefined> {
  const row = await db
    .selectFrom('planTopic')
    .select(['number', 'path', 'state', 'duplicateOf', 'facts'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .executeTakeFirst();
  return row && { ...row, facts: readFacts(row.facts) };
}

/** The row of the topic whose document is at a path. */
export async function topicRowAt(
  db: Reader,
  summitId: string,
  path: string,
): Promise<TopicRow | undefined> {
  const row = await db
    .selectFrom('planTopic')
    .select(['number', 'path', 'state', 'duplicateOf', 'facts'])
    .where('summitId', '=', summitId)
    .where('path', '=', path)
    .executeTakeFirst();
  return row && { ...row, facts: readFacts(row.facts) };
}

/** A topic with what its document says on main. */
export async function topicOf(db: Reader, place: ThreadPlace): Promise<Topic | undefined> {
  const row = await topicRow(db, place);
  if (row === undefined) return undefined;
  const [document, told] = await Promise.all([
    documentAt(db, place.summitId, row.path),
    db
      .selectFrom('planTopicTold')
      .select(['problems', 'toldAt'])
      .where('summitId', '=', place.summitId)
      .where('number', '=', place.number)
      .executeTakeFirst(),
  ]);
  return {
    ...row,
    document,
    says: document && topicIn(document.path, document.source),
    told: told && { toldAt: told.toldAt, problems: told.problems as readonly Problem[] }, // written by the projection alone
  };
}

/** An open topic in a few words: neither done nor dropped nor merged into another one. */
export interface OpenTopic {
  readonly number: number;
  readonly path: string;
  readonly title: string;
  readonly state: TopicState;
  readonly facts: TopicFacts;
}

/** The open topics with what their documents say in short, by number. For those who take part. */
export async function openTopicFacts(db: Reader, summitId: string): Promise<OpenTopic[]> {
  const rows = await db
    .selectFrom('planTopic')
    .innerJoin('planThread', (join) =>
      join
        .onRef('planThread.summitId', '=', 'planTopic.summitId')
        .onRef('planThread.number', '=', 'planTopic.number'),
    )
    .select(['planTopic.number', 'path', 'planThread.title', 'planTopic.state', 'facts'])
    .where('planTopic.summitId', '=', summitId)
    .where('planTopic.duplicateOf', 'is', null)
    .where('planTopic.state', 'not in', ['done', 'dropped'])
    .orderBy('planTopic.number')
    .execute();
  return rows.map((row) => ({ ...row, facts: readFacts(row.facts) }));
}

/** What a topic's document says; undefined where the path is none of a topic. */
export function topicIn(path: string, source: string): TopicDocument | undefined {
  const document = readPlanDocument(path, source);
  return document?.kind === 'topic' ? readTopic(document) : undefined;
}

/** The rules of the plan as main has them. */
export const rulesOf = async (db: Reader, summitId: string): Promise<PlanRules> =>
  planRulesOf((await documentAt(db, summitId, RULES_FILE))?.source);

/** The topics that were merged into one. */
export const mergedInto = (
  db: Reader,
  { summitId, number }: ThreadPlace,
): Promise<{ readonly number: number; readonly title: string }[]> =>
  db
    .selectFrom('planTopic')
    .innerJoin('planThread', (join) =>
      join
        .onRef('planThread.summitId', '=', 'planTopic.summitId')
        .onRef('planThread.number', '=', 'planTopic.number'),
    )
    .select(['planThread.number', 'planThread.title'])
    .where('planTopic.summitId', '=', summitId)
    .where('planTopic.duplicateOf', '=', number)
    .orderBy('planThread.number')
    .execute();
