import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { sql } from 'kysely';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import { coming, takingPart } from '../../people/invitations/participation-queries.ts';
import { handleOf } from '../threads/handle-commands.ts';

/** Somebody who can be named in a topic. */
export interface NameablePerson {
  readonly personId: string;
  readonly name: string;
  readonly handle: string | null;
}

/** Everybody who comes, by name: whom a form offers. */
export async function nameablePeople(db: Reader, summitId: string): Promise<NameablePerson[]> {
  const { rows } = await sql<NameablePerson>`
    select p.id as person_id, p.name, h.handle::text as handle
    from person p left join plan_handle h on h.person_id = p.id
    where p.erased_at is null and p.name <> '' and p.id in ${coming(summitId)}
    order by p.name, p.id`.execute(db);
  return rows;
}

/**
 * The handles of people who were typed by handle or by name, giving one to whoever has none. Those in
 * `known` are taken as they are: a document may name people whom nobody here knows.
 */
export async function peopleNamed(
  tx: Tx,
  summitId: string,
  typed: readonly string[],
  known: ReadonlySet<string>,
): Promise<Result<string[], Problem>> {
  const handles: string[] = [];
  for (const name of typed) {
    if (known.has(name.toLowerCase())) {
      handles.push(name);
      continue;
    }
    const { rows } = await sql<{ id: string; isHandle: boolean }>`
      select p.id, coalesce(h.handle = ${name}::citext, false) as is_handle
      from person p left join plan_handle h on h.person_id = p.id
      where p.erased_at is null and p.id in ${takingPart(summitId)}
        and (h.handle = ${name}::citext or lower(p.name) = lower(${name}))`.execute(tx);
    const exact = rows.filter(({ isHandle }) => isHandle);
    const [found, other] = exact.length > 0 ? exact : rows;
    if (found === undefined) {
      const sentence = `“${name.slice(0, 80)}” is nobody who takes part; write a name as in the list of people, or a handle.`;
      return fail(problem('unknown-person', sentence));
    }
    if (other !== undefined) {
      const sentence = `Several people are called “${name.slice(0, 80)}”; write the handle of the one you mean.`;
      return fail(problem('several-people', sentence));
    }
    handles.push(await handleOf(tx, found.id));
  }
  return ok([...new Set(handles)]);
}

/** Communities and projects that are known: of people in this summit, and of its topics. For a form to offer. */
export async function knownProjects(db: Reader, summitId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct community as name from person_community where summit_id = ${summitId}
    union select distinct jsonb_array_elements_text(facts -> 'projects')
    from plan_topic where summit_id = ${summitId} and jsonb_typeof(facts -> 'projects') = 'array'
    order by name limit 500`.execute(db);
  return rows.map(({ name }) => name);
}
