import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { GitStore } from '../../../platform/git/store.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import { type PlanDocument, readPlanDocument } from '../documents/document-rules.ts';
import { kindOfPath } from '../documents/kind-rules.ts';
import { readTopic } from '../documents/topic-rules.ts';
import { documentsOf } from '../repository/main-queries.ts';
import type { LoadLimit, PlanPerson, PlanTopic } from './workplan-rules.ts';

/** A frozen version of the work plan. */
export interface FrozenPlan {
  readonly version: number;
  /** `workplan-1`. */
  readonly tag: string;
  readonly name: string;
  readonly commit: string;
  readonly tagObject: string;
  readonly frozenAt: Instant;
  readonly frozenBy: string | null;
}

export const tagOf = (version: number): string => `workplan-${version}`;

/** The frozen versions of a summit's work plan, newest first. */
export async function frozenPlans(db: Reader, summitId: string): Promise<FrozenPlan[]> {
  const rows = await db
    .selectFrom('planFreeze')
    .leftJoin('person', 'person.id', 'planFreeze.frozenBy')
    .select(['version', 'planFreeze.name', 'commit', 'tagObject', 'frozenAt'])
    .select('person.name as frozenBy')
    .where('summitId', '=', summitId)
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, tag: tagOf(row.version) }));
}

const numbersOfTopics = async (
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, number>> => {
  const rows = await db
    .selectFrom('planTopic')
    .select(['path', 'number'])
    .where('summitId', '=', summitId)
    .execute();
  return new Map(rows.map(({ path, number }) => [path, number]));
};

/** The topics of a plan as main says them now. */
export async function topicsNow(db: Reader, summitId: string): Promise<PlanTopic[]> {
  const numbers = await numbersOfTopics(db, summitId);
  return (await documentsOf(db, summitId, 'topic')).flatMap(({ path, source }) =>
    topicFrom(numbers, path, readPlanDocument(path, source)),
  );
}

/** The topics of a plan as a commit says them. */
export async function topicsAtCommit(
  db: Reader,
  git: GitStore,
  summitId: string,
  commit: string,
): Promise<PlanTopic[]> {
  const numbers = await numbersOfTopics(db, summitId);
  const repository = git.plan(summitId);
  const files = (await repository.files(commit)).filter(
    ({ path, mode }) => kindOfPath(path) === 'topic' && mode.startsWith('100'),
  );
  const contents = await repository.blobs(files.map(({ oid }) => oid));
  return files.flatMap(({ path, oid }) =>
    topicFrom(numbers, path, readPlanDocument(path, contents.get(oid)?.toString('utf8') ?? '')),
  );
}

const topicFrom = (
  numbers: ReadonlyMap<string, number>,
  path: string,
  document: PlanDocument | undefined,
): PlanTopic[] =>
  document === undefined ? [] : [{ path, number: numbers.get(path), topic: readTopic(document) }];

/** Those who come, with what documents call them. For those who take part. */
export async function planPeople(db: Reader, summitId: string): Promise<PlanPerson[]> {
  const { rows } = await sql<{ id: string; name: string; handle: string | null }>`
    select person.id, person.name, plan_handle.handle
    from person left join plan_handle on plan_handle.person_id = person.id
    where person.erased_at is null and person.id in ${coming(summitId)}
    order by person.name, person.id`.execute(db);
  return rows.map(({ handle, ...person }) => ({ ...person, handle: handle ?? undefined }));
}

/** What organisers said is too much; undefined while they have not. */
export const loadLimit = (db: Reader, summitId: string): Promise<LoadLimit | undefined> =>
  db
    .selectFrom('planLoad')
    .select(['mostTopics', 'mostLed'])
    .where('summitId', '=', summitId)
    .executeTakeFirst();

/**
 * Names by handle. For the public only of those who let themselves be named on the summit's public
 * list; of the others the handle, which the documents show, is all that is told.
 */
export async function namesByHandle(
  db: Reader,
  summitId: string,
  forPublic: boolean,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ handle: string; name: string }>`
    select plan_handle.handle, person.name
    from plan_handle join person on person.id = plan_handle.person_id
    where person.erased_at is null and person.name <> '' and (not ${forPublic} or exists (
      select from listing
      where summit_id = ${summitId} and person_id = person.id and 'name' = any(listing.fields)
    ))`.execute(db);
  return new Map(rows.map(({ handle, name }) => [handle.toLowerCase(), name]));
}
