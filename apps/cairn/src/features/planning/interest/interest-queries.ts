import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming, takingPart } from '../../people/invitations/participation-queries.ts';
import type { Self } from '../../people/rights.ts';
import type { Said, SaidInterest } from './interest-rules.ts';
import type { InterestFacts, InterestPerson, InterestTopic } from './matrix-rules.ts';

/**
 * What everybody wants of the topics of a plan, by topic and person. For those who take part, and
 * for what groups and timetable are made of.
 */
export const interestOf = (db: Reader, summitId: string): Promise<SaidInterest[]> =>
  db
    .selectFrom('planInterest')
    .select(['number', 'personId', 'level', 'why'])
    .where('summitId', '=', summitId)
    .orderBy('number')
    .orderBy('personId')
    .execute();

/** What one person said, by the topic's number. */
export async function ownInterest(
  db: Reader,
  { summitId, personId }: Self,
): Promise<ReadonlyMap<number, Said>> {
  const rows = await db
    .selectFrom('planInterest')
    .select(['number', 'level', 'why'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();
  return new Map(rows.map(({ number, ...said }) => [number, said]));
}

/** Topics that are open: neither done nor dropped nor merged into another one. */
export const openTopics = (db: Reader, summitId: string): Promise<InterestTopic[]> =>
  db
    .selectFrom('planTopic')
    .innerJoin('planThread', (join) =>
      join
        .onRef('planThread.summitId', '=', 'planTopic.summitId')
        .onRef('planThread.number', '=', 'planTopic.number'),
    )
    .select(['planTopic.number', 'planThread.title', 'planTopic.state'])
    .where('planTopic.summitId', '=', summitId)
    .where('planTopic.duplicateOf', 'is', null)
    .where('planTopic.state', 'not in', ['done', 'dropped'])
    .orderBy('planTopic.number')
    .execute();

/** Those who come, and whoever takes part and has said something. */
async function interestedPeople(db: Reader, summitId: string): Promise<InterestPerson[]> {
  const { rows } = await sql<InterestPerson>`
    select person.id, person.name,
      array(
        select community from person_community
        where summit_id = ${summitId} and person_id = person.id order by community
      ) as communities
    from person
    where person.erased_at is null and (
      person.id in ${coming(summitId)}
      or (person.id in ${takingPart(summitId)} and exists (
        select from plan_interest where summit_id = ${summitId} and person_id = person.id
      ))
    )
    order by person.name, person.id`.execute(db);
  return rows;
}

/** Everything that the matrix is drawn from. For those who take part. */
export async function interestFacts(db: Reader, summitId: string): Promise<InterestFacts> {
  const [topics, people, said] = await Promise.all([
    openTopics(db, summitId),
    interestedPeople(db, summitId),
    interestOf(db, summitId),
  ]);
  return { topics, people, said };
}

/** What people said of one topic, with their names. */
export const interestIn = (
  db: Reader,
  { summitId, number }: { readonly summitId: string; readonly number: number },
): Promise<(SaidInterest & { readonly name: string })[]> =>
  db
    .selectFrom('planInterest')
    .innerJoin('person', 'person.id', 'planInterest.personId')
    .select(['planInterest.number', 'planInterest.personId', 'planInterest.level'])
    .select(['planInterest.why', 'person.name'])
    .where('planInterest.summitId', '=', summitId)
    .where('planInterest.number', '=', number)
    .where('person.erasedAt', 'is', null)
    .orderBy('person.name')
    .orderBy('person.id')
    .execute();
