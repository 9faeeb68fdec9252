import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { changesBetween } from '../../../platform/git/changes.ts';
import type { GitStore } from '../../../platform/git/store.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import type { Summit } from '../../summits/queries.ts';
import { type Newcomer, namesIn, type Reviewable } from './ask-rules.ts';
import type { ThreadRecord } from './deed-rules.ts';

/**
 * Those who come, of whom nothing counts yet, who can be written to, want to be asked, and were not
 * asked since that moment.
 */
export async function newcomersOf(
  db: Reader,
  { id: summitId, definition }: Summit,
  active: ReadonlySet<string>,
  since: Instant,
): Promise<Newcomer[]> {
  const { rows } = await sql<{
    personId: string;
    communities: string[];
    topics: number[];
    projects: string[];
    invitedTo: number[];
  }>`
    select p.id as person_id,
      array(select community from person_community
        where summit_id = ${summitId} and person_id = p.id) as communities,
      array(select number from plan_interest i
        where i.summit_id = ${summitId} and i.person_id = p.id and i.level <> 'none') as topics,
      array(select lower(project) from plan_interest i
        join plan_topic t on t.summit_id = i.summit_id and t.number = i.number,
        jsonb_array_elements_text(coalesce(t.facts -> 'projects', '[]')) project
        where i.summit_id = ${summitId} and i.person_id = p.id and i.level <> 'none') as projects,
      array(select number from plan_review_ask a
        where a.summit_id = ${summitId} and a.person_id = p.id) as invited_to
    from person p
    where p.id in ${coming(summitId)} and p.erased_at is null
      and not p.id = any(${[...active]}::uuid[])
      and exists (select from person_identity i where i.person_id = p.id and i.kind = 'email')
      and not exists (select from plan_digest d
        where d.summit_id = ${summitId} and d.person_id = p.id and not d.asks)
      and not exists (select from plan_review_ask a
        where a.summit_id = ${summitId} and a.person_id = p.id and a.asked_at > ${since})
    order by p.id`.execute(db);
  const names = new Map(definition.communities.map(({ key, name }) => [key, name]));
  return rows.map(({ personId, communities, topics, projects, invitedTo }) => ({
    personId,
    near: new Set(
      [...communities.flatMap((key) => [key, names.get(key) ?? key]), ...projects].map((name) =>
        name.toLowerCase(),
      ),
    ),
    topics: new Set(topics),
    invitedTo: new Set(invitedTo),
  }));
}

/** Proposals that are open, with what they are about: topics that they change, their projects, their words. */
export async function reviewableProposals(
  db: Reader,
  git: GitStore,
  summitId: string,
  records: readonly ThreadRecord[],
): Promise<Reviewable[]> {
  const { rows } = await sql<{
    number: number;
    title: string;
    base: string;
    head: string;
    labels: string[];
    asked: number;
  }>`
    select p.number, t.title, v.base, v.head,
      array(select lower(label::text) from plan_label l
        where l.summit_id = p.summit_id and l.number = p.number) as labels,
      (select count(*) from plan_review_request q
        where q.summit_id = p.summit_id and q.number = p.number and q.answered_at is null)
      + (select count(*) from plan_review_ask a
        where a.summit_id = p.summit_id and a.number = p.number) as asked
    from plan_proposal p
    join plan_thread t on t.summit_id = p.summit_id and t.number = p.number
    join plan_version v on v.summit_id = p.summit_id and v.number = p.number and v.version = p.version
    where p.summit_id = ${summitId} and p.state = 'open' order by p.number`.execute(db);
  const topics = await db
    .selectFrom('planTopic')
    .select(['number', 'path', sql<string[]>`coalesce(facts -> 'projects', '[]')`.as('projects')])
    .where('summitId', '=', summitId)
    .execute();
  const byPath = new Map(topics.map((topic) => [topic.path, topic]));
  const repository = git.plan(summitId);
  const found: Reviewable[] = [];
  for (const { number, title, base, head, labels, asked } of rows) {
    const record = records.find((one) => one.number === number);
    if (record === undefined) continue;
    const files = await changesBetween(repository, base, head);
    const changed = files.flatMap(({ path }) => byPath.get(path) ?? []);
    const people = (written: readonly { readonly personId: string }[]) =>
      new Set(written.map(({ personId }) => personId));
    found.push({
      number,
      about: new Set([
        ...namesIn(title),
        ...labels,
        ...changed.flatMap(({ projects }) => projects.map((project) => project.toLowerCase())),
      ]),
      topics: new Set(changed.map((topic) => topic.number)),
      makers: people([...(record.opened === undefined ? [] : [record.opened]), ...record.versions]),
      reviewers: people(record.reviews).size + asked,
    });
  }
  return found;
}
