import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { summitById } from '../../summits/queries.ts';
import { type Claim, claimName } from './claim-rules.ts';

type Told = Pick<Claim, 'id' | 'summitId' | 'number' | 'personId' | 'enteredBy' | 'revision'>;

/** What the owner of a claim is told: that there is an answer, and never which, since organisers can read mails. */
const answerWords = (name: string) => ({
  subject: `There is an answer to ${name}`,
  body: `A treasurer has looked at your claim ${name}. Its page says what became of each cost, why, and whether something is asked of you.`,
});

/** Tells the owner of a claim, or whoever entered a supplier’s bill, what became of it. */
export async function tellOwner(
  tx: Tx,
  actor: Actor,
  { id, summitId, number, personId, enteredBy, revision }: Told,
  what: 'approved' | 'returned' | 'declined',
): Promise<void> {
  const whom = personId ?? enteredBy;
  if (whom === null) return;
  const { slug } = await summitById(tx, summitId);
  await notify(tx, actor, {
    summitId,
    personId: whom,
    key: `claim:${id}:${what}:${revision}`,
    ...answerWords(claimName(number)),
    page: `/s/${slug}/money/claims/${number}`,
  });
}

const TREASURER_WORDS = {
  submitted: (name: string) => ({
    subject: `${name} waits for a treasurer`,
    body: `Claim ${name} was submitted and waits for one of you.`,
  }),
  second_look: (name: string) => ({
    subject: `${name} needs a second treasurer`,
    body: `A treasurer decided on claim ${name}. It goes beyond what is foreseen, so a second treasurer has to look at it.`,
  }),
} as const;

/** Those who may decide on a claim: the treasurers, less whose it is, who entered it and who acted. */
export async function decidersOf(
  tx: Tx,
  { summitId, personId, enteredBy }: Pick<Claim, 'summitId' | 'personId' | 'enteredBy'>,
  actorId?: string,
): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('role')
    .select('personId')
    .where('summitId', '=', summitId)
    .where('role', '=', 'treasurer')
    .orderBy('personId')
    .execute();
  return rows
    .map((row) => row.personId)
    .filter((id) => id !== personId && id !== enteredBy && id !== actorId);
}

/** Tells the treasurers who may decide that a claim waits for them. */
export async function tellTreasurers(
  tx: Tx,
  actor: Actor,
  claim: Told,
  what: keyof typeof TREASURER_WORDS,
): Promise<void> {
  const { id, summitId, number, revision } = claim;
  const { slug } = await summitById(tx, summitId);
  for (const personId of await decidersOf(tx, claim, actor.personId)) {
    await notify(tx, actor, {
      summitId,
      personId,
      key: `claim:${id}:${what}:${revision}:${personId}`,
      ...TREASURER_WORDS[what](claimName(number)),
      page: `/s/${slug}/treasury/claims/${number}`,
    });
  }
}
