import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { summitById } from '../../summits/queries.ts';
import { type Estimate, estimateTitle } from './estimate-rules.ts';

type About = Pick<Estimate, 'id' | 'number' | 'personId'>;

/**
 * Tells somebody that their estimate was looked at. Organisers may read mails, and money is not theirs to see: what was
 * decided, and for how much, stands on the page alone.
 */
export async function tellPerson(
  tx: Tx,
  actor: Actor,
  summitId: string,
  estimate: About,
  revision: number,
): Promise<void> {
  const { slug, definition } = await summitById(tx, summitId);
  const title = estimateTitle(estimate);
  await notify(tx, actor, {
    summitId,
    personId: estimate.personId,
    key: `estimate:${estimate.id}:${revision}`,
    subject: `${definition.title}: there is an answer to ${title}`,
    body: [
      `The treasurers of ${definition.title} have looked at ${title}.`,
      'What they decided, and what you can do next, is on its page, which only you and they can open.',
    ].join('\n\n'),
    page: `/s/${slug}/money/estimates/${estimate.number}`,
  });
}

/** Who looks after the money, but for one person. */
const treasurersBut = (tx: Tx, summitId: string, personIds: readonly string[]) =>
  tx
    .selectFrom('role')
    .innerJoin('person', 'person.id', 'role.personId')
    .select('role.personId')
    .where('role.summitId', '=', summitId)
    .where('role.role', '=', 'treasurer')
    .where('person.erasedAt', 'is', null)
    .where('role.personId', 'not in', personIds.length === 0 ? [summitId] : [...personIds])
    .orderBy('role.personId')
    .execute();

/** Tells treasurers that something waits for them; `key` tells one telling from another. */
export async function tellTreasurers(
  tx: Tx,
  actor: Actor,
  summitId: string,
  estimate: About,
  {
    key,
    but,
    sentence,
  }: { readonly key: string; readonly but: readonly string[]; readonly sentence: string },
): Promise<void> {
  const { slug, definition } = await summitById(tx, summitId);
  for (const { personId } of await treasurersBut(tx, summitId, [estimate.personId, ...but])) {
    await notify(tx, actor, {
      summitId,
      personId,
      key: `${key}:${personId}`,
      subject: `${definition.title}: ${estimateTitle(estimate)} waits for a treasurer`,
      body: `${sentence}\n\nWhose it is, and what it asks for, is on its page.`,
      page: `/s/${slug}/treasury/estimates/${estimate.number}`,
    });
  }
}
