import type { Actor } from '../../../platform/db/command.ts';
import type { Reader } from '../../../platform/db/database.ts';
import type { TopicDocument } from '../documents/topic-rules.ts';
import type { PlanServices } from '../repository/main-commands.ts';
import { peopleByHandle } from '../threads/handle-queries.ts';
import type { Writer } from '../threads/thread-commands.ts';

/** By what a document came to main. */
interface Brought {
  readonly services: PlanServices;
  readonly actor: Actor;
  readonly summitId: string;
}

/**
 * Whose topic a new document is: of whoever proposed it where main came by it through a proposal,
 * else of whoever acts; where nobody does, of the person whom it names. Undefined for the actor.
 */
export async function broughtBy(
  db: Reader,
  { services, actor, summitId }: Brought,
  { by }: TopicDocument,
): Promise<Writer | undefined> {
  const { head } = await db
    .selectFrom('planRepository')
    .select('head')
    .where('summitId', '=', summitId)
    .executeTakeFirstOrThrow();
  const merged = await services.git.plan(summitId).resolve(`${head}^2`);
  if (merged !== undefined) {
    const version = await db
      .selectFrom('planVersion')
      .select(['byPerson', 'byAccount'])
      .where('summitId', '=', summitId)
      .where('head', '=', merged)
      .orderBy('number')
      .executeTakeFirst();
    if (version !== undefined && (version.byPerson ?? version.byAccount) !== null) {
      return {
        personId: version.byPerson ?? undefined,
        accountId: version.byAccount ?? undefined,
      };
    }
  }
  if (actor.personId !== undefined || by === undefined) return undefined;
  const person = (await peopleByHandle(db, [by])).get(by.toLowerCase());
  return person && { personId: person.personId, accountId: undefined };
}
