import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import type { ReviewedProposal } from './reviewed-queries.ts';
import {
  type PossibleReviewer,
  type SuggestedReviewer,
  suggestedReviewers,
} from './suggested-rules.ts';

/** Everybody who could be asked for a review, those who know about the touched files first. */
export async function possibleReviewers(
  db: Reader,
  { summitId, authorId }: ReviewedProposal,
  paths: readonly string[],
): Promise<SuggestedReviewer[]> {
  const people = await db
    .selectFrom('person')
    .leftJoin('planHandle', 'planHandle.personId', 'person.id')
    .select(['person.id as personId', 'person.name', 'planHandle.handle'])
    .where(sql<boolean>`person.id in ${coming(summitId)}`)
    .where('person.erasedAt', 'is', null)
    .execute();
  if (people.length === 0) return [];
  const [topics, documents, communities, owed] = await Promise.all([
    db
      .selectFrom('planInterest')
      .innerJoin('planTopic', (join) =>
        join
          .onRef('planTopic.summitId', '=', 'planInterest.summitId')
          .onRef('planTopic.number', '=', 'planInterest.number'),
      )
      .innerJoin('planThread', (join) =>
        join
          .onRef('planThread.summitId', '=', 'planInterest.summitId')
          .onRef('planThread.number', '=', 'planInterest.number'),
      )
      .select(['planInterest.personId', 'planInterest.level', 'planThread.title'])
      .where('planInterest.summitId', '=', summitId)
      .where(sql<boolean>`plan_topic.path = any(${paths}::text[])`)
      .execute(),
    db
      .selectFrom('planDocument')
      .select(['title', 'source', 'front'])
      .where('summitId', '=', summitId)
      .where(sql<boolean>`path = any(${paths}::text[])`)
      .execute(),
    db
      .selectFrom('personCommunity')
      .select(['personId', 'community'])
      .where('summitId', '=', summitId)
      .execute(),
    db
      .selectFrom('planReviewRequest')
      .select((eb) => ['personId', eb.fn.countAll<number>().as('owed')])
      .where('summitId', '=', summitId)
      .where('answeredAt', 'is', null)
      .groupBy('personId')
      .execute(),
  ]);
  const named = documents.map(({ source }) => source.toLowerCase());
  const interest = (personId: string, level: string): string[] =>
    topics
      .filter((one) => one.personId === personId && one.level === level)
      .map(({ title }) => title);
  const all = people
    .filter(({ personId }) => personId !== authorId)
    .map((person): PossibleReviewer => {
      const { personId, handle } = person;
      const lead = documents.filter(
        ({ front }) => handle !== null && Object(front)['lead'] === handle,
      );
      return {
        ...person,
        leads: [...new Set([...lead.map(({ title }) => title), ...interest(personId, 'lead')])],
        works: interest(personId, 'work'),
        learns: interest(personId, 'learn'),
        communities: communities
          .filter((one) => one.personId === personId)
          .map(({ community }) => community)
          .filter((community) => named.some((source) => source.includes(community.toLowerCase()))),
        owed: Number(owed.find((one) => one.personId === personId)?.owed ?? 0),
      };
    });
  return suggestedReviewers(all);
}
