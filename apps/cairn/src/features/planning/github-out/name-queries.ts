import type { Services } from '../../../platform/http/env.ts';
import type { Names } from './text-rules.ts';

/** By what GitHub calls threads and people of a plan. */
export async function namesOf(
  { db }: Pick<Services, 'db'>,
  { summitId, home }: { readonly summitId: string; readonly home: string },
): Promise<Names> {
  const [threads, people] = await Promise.all([
    db
      .selectFrom('githubLink')
      .select(['number', 'remoteId'])
      .where('summitId', '=', summitId)
      .where('kind', '=', 'thread')
      .where('number', 'is not', null)
      .execute(),
    db
      .selectFrom('planHandle')
      .innerJoin('githubAccount', 'githubAccount.personId', 'planHandle.personId')
      .select(['planHandle.handle', 'githubAccount.login'])
      .where('githubAccount.kind', '=', 'user')
      .execute(),
  ]);
  return {
    numbers: new Map(threads.map(({ number, remoteId }) => [number ?? remoteId, remoteId])),
    people: new Map(people.map(({ handle, login }) => [handle.toLowerCase(), login])),
    addressOf: (number) => `${home}/plan/${number}`,
  };
}
