import type { Instant } from '@cairn/kernel/time';
import type { Tx } from '../../../platform/db/database.ts';
import type { Signature } from '../../../platform/git/repository.ts';
import { handleOf } from '../threads/handle-commands.ts';

/*
 * Commits are public and stay for ever, so no address of anybody stands in those that Cairn makes:
 * people are told apart by handle, at a name below ours that takes no mail.
 */
const noReply = (url: string): string => `users.noreply.${new URL(url).hostname}`;

/** Cairn itself, for commits that it makes for others and by itself. */
export const cairnSignature = (url: string, at: Instant): Signature => ({
  name: 'Cairn',
  email: `cairn@${noReply(url)}`,
  at,
});

/** A person as the author of a commit. */
export async function signatureOf(
  tx: Tx,
  url: string,
  personId: string,
  at: Instant,
): Promise<Signature> {
  const handle = await handleOf(tx, personId);
  const { name } = await tx
    .selectFrom('person')
    .select('name')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  return { name: name === '' ? handle : name, email: `${handle}@${noReply(url)}`, at };
}
