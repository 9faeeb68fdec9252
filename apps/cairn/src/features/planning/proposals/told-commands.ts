import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { selfIn } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { ownDigest, watchOf } from '../activity/digest-queries.ts';
import type { Proposal } from './proposal-queries.ts';

/** How a proposal ended. */
export type ProposalEnd = 'merged' | 'closed';

/**
 * Writes to the author of a proposal, and to everybody who took part in its conversation, that it was
 * merged or closed; whoever did it knows.
 */
export async function tellOfEnd(
  tx: Tx,
  actor: Actor,
  { summitId, number, title, authorId, version }: Proposal,
  end: ProposalEnd,
): Promise<void> {
  const { slug, definition } = await summitById(tx, summitId);
  const people = new Set([
    ...(authorId === null ? [] : [authorId]),
    ...(await voicesIn(tx, summitId, number)),
  ]);
  people.delete(actor.personId ?? '');
  const name = actor.personId === undefined ? 'Cairn' : await nameOf(tx, actor.personId);
  const what = `“${title}” (#${number}), a proposal for the plan of ${definition.title}`;
  for (const personId of people) {
    if (await wantsNone(tx, summitId, personId, number)) continue;
    await notify(tx, actor, {
      summitId,
      personId,
      key: `proposal-${end}:${summitId}:${number}:${personId}:${actor.now.epochMilliseconds}`,
      subject: `${end === 'merged' ? 'Merged' : 'Closed'}: ${title} (#${number})`,
      body:
        end === 'merged'
          ? `${name} merged ${what}. What version ${version} says is now what the plan says.`
          : `${name} closed ${what}, without merging it. Whoever made it can open it again; nothing of it is lost.`,
      page: `/s/${slug}/plan/proposals/${number}`,
    });
  }
}

/** Whether somebody wants no mails of what they take part in, or none of this. */
async function wantsNone(
  tx: Tx,
  summitId: string,
  personId: string,
  number: number,
): Promise<boolean> {
  const self = selfIn(summitId, { personId });
  const { choice } = await ownDigest(tx, self);
  return choice.takingPart === 'never' || (await watchOf(tx, self, number)) === false;
}

/** People who said something in the conversation, or reviewed. */
async function voicesIn(tx: Tx, summitId: string, number: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('planComment')
    .select('authorId')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('withdrawnAt', 'is', null)
    .union(
      tx
        .selectFrom('planReview')
        .select('authorId')
        .where('summitId', '=', summitId)
        .where('number', '=', number),
    )
    .execute();
  return rows.flatMap(({ authorId }) => authorId ?? []);
}

async function nameOf(tx: Tx, personId: string): Promise<string> {
  const { name } = await tx
    .selectFrom('person')
    .select('name')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  return name === '' ? 'Somebody' : name;
}
