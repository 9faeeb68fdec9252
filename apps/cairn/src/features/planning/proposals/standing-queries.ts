import type { Problem } from '@cairn/kernel/problem';
import type { Instant, ZoneName } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import { type ChangedFile, changesBetween } from '../../../platform/git/changes.ts';
import { mergeTrees, type TreeMerge } from '../../../platform/git/merge.ts';
import type { Oid, Repository } from '../../../platform/git/repository.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import { organisersOf } from '../../people/roles/role-queries.ts';
import { kindOfPath, RULES_FILE } from '../documents/kind-rules.ts';
import { type PlanRules, planRulesOf } from '../documents/plan-rules.ts';
import type { PlanServices } from '../repository/main-commands.ts';
import { documentAt, documentsOf } from '../repository/main-queries.ts';
import { type Review, reviewsOf } from '../reviews/review-queries.ts';
import { peopleByHandle } from '../threads/handle-queries.ts';
import { newProblems } from './check-queries.ts';
import { type Proposal, type ProposalVersion, versionsOf } from './proposal-queries.ts';
import { type MergeStanding, mergeStanding, type StandingPeople } from './standing-rules.ts';

/** A proposal beside main as it is now: what merging would do, and what is lacking. */
export interface ProposalStanding {
  /** Where main stands. */
  readonly main: Oid;
  readonly merge: TreeMerge;
  /** What merging would change on main. */
  readonly changes: readonly ChangedFile[];
  readonly touched: readonly string[];
  readonly rules: PlanRules;
  readonly versions: readonly ProposalVersion[];
  readonly reviews: readonly Review[];
  readonly problems: readonly Problem[];
  readonly people: StandingPeople;
  readonly standing: MergeStanding;
}

/** When and in whose zone it is asked. */
export interface AskedWhen {
  readonly now: Instant;
  readonly zone: ZoneName;
}

/** How an open proposal stands to main at one commit. */
export async function proposalStanding(
  db: Reader,
  services: PlanServices,
  proposal: Pick<Proposal, 'summitId' | 'number' | 'head' | 'authorId'>,
  main: Oid,
  { now, zone }: AskedWhen,
): Promise<ProposalStanding> {
  const { summitId, head, authorId } = proposal;
  const repository = services.git.plan(summitId);
  const merge = await mergeTrees(repository, main, head);
  const [changes, versions, reviews, rules] = await Promise.all([
    changesBetween(repository, main, merge.tree),
    versionsOf(db, proposal),
    reviewsOf(db, proposal),
    rulesAt(repository, main),
  ]);
  const touched = [...new Set(changes.flatMap(({ path, oldPath }) => [oldPath, path]))];
  const conflicts = merge.conflicts.map(({ path }) => path);
  const problems = conflicts.length > 0 ? [] : await newProblems(db, repository, main, merge.tree);
  const reviewers = reviews.flatMap(({ author }) => author.personId ?? []);
  const people = await peopleFor(db, summitId, touched, rules, reviewers);
  const standing = mergeStanding({
    rules,
    touched,
    authorId,
    versions,
    reviews: reviews.map((review) => ({ ...review, personId: review.author.personId })),
    people,
    conflicts,
    problems,
    now,
    zone,
  });
  return { main, merge, changes, touched, rules, versions, reviews, problems, people, standing };
}

/** The rules that a commit of main has. */
const rulesAt = async (repository: Repository, main: Oid): Promise<PlanRules> =>
  planRulesOf(await repository.textAt(main, RULES_FILE));

/** People that rules name by what they are, for some paths. */
async function peopleFor(
  db: Reader,
  summitId: string,
  touched: readonly string[],
  { everywhere, folders }: PlanRules,
  reviewers: readonly string[],
): Promise<StandingPeople> {
  const named = [everywhere, ...Object.values(folders)].flatMap(({ reviewers }) =>
    typeof reviewers === 'string' ? [] : reviewers,
  );
  const [organisers, leads, byHandle, comers] = await Promise.all([
    organisersOf(db, summitId),
    leadsOf(db, summitId, touched),
    peopleByHandle(db, named),
    comersAmong(db, summitId, reviewers),
  ]);
  return {
    comers: new Set(comers),
    organisers: new Set(organisers.map(({ personId }) => personId)),
    leads,
    byHandle: new Map([...byHandle].map(([handle, { personId }]) => [handle, personId])),
  };
}

/** Who of some people comes to a summit, or may do everything in it. */
async function comersAmong(
  db: Reader,
  summitId: string,
  people: readonly string[],
): Promise<string[]> {
  if (people.length === 0) return [];
  const rows = await db
    .selectFrom('person')
    .select('id')
    .where('id', 'in', [...new Set(people)])
    .where(({ eb, or }) => or([eb('id', 'in', coming(summitId)), eb('isAdministrator', '=', true)]))
    .execute();
  const organisers = await organisersOf(db, summitId);
  return [...rows.map(({ id }) => id), ...organisers.map(({ personId }) => personId)];
}

/**
 * Who leads what paths are about: of a topic its own lead, of everything else those of all topics,
 * as their documents on main say.
 */
async function leadsOf(
  db: Reader,
  summitId: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const handles = new Map<string, readonly string[]>();
  let all: readonly string[] | undefined;
  for (const path of paths) {
    if (kindOfPath(path) === 'topic') {
      const document = await documentAt(db, summitId, path);
      handles.set(path, leadIn(document?.front));
    } else {
      all ??= (await documentsOf(db, summitId, 'topic')).flatMap(({ front }) => leadIn(front));
      handles.set(path, all);
    }
  }
  const people = await peopleByHandle(db, [...new Set([...handles.values()].flat())]);
  return new Map(
    [...handles].map(([path, each]) => [
      path,
      new Set(each.flatMap((handle) => people.get(handle.toLowerCase())?.personId ?? [])),
    ]),
  );
}

const leadIn = (front: unknown): readonly string[] => {
  const lead: unknown = Object(front)['lead'];
  return typeof lead === 'string' && lead !== '' ? [lead] : [];
};
