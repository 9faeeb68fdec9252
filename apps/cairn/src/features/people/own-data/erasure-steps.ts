import { sql } from 'kysely';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Traces } from './erasure-rules.ts';

/** Mails to the person: that there was one stays, whom it went to and what it said goes. */
export async function forgetMails(tx: Tx, personId: string, { emails }: Traces): Promise<void> {
  await sql`
    update mail set recipient = '', subject = '', body = '', attachments = '[]', last_error = null,
      state = case when state in ('queued', 'held', 'failed') then 'cancelled' else state end
    where person_id = ${personId} or lower(recipient) = any(${lowerCased(emails)})`.execute(tx);
}

/**
 * Every way by which the person was known or came in: identities, feeds, tokens, and the account with
 * its sessions, passkeys and pending mails. The tries to sign in stay in the log without their trace.
 */
export async function forgetWays(
  tx: Tx,
  actor: Actor,
  personId: string,
  { emails }: Traces,
  addressHash: (email: string) => string,
): Promise<void> {
  const hashes = emails.map(addressHash);
  await tx
    .updateTable('feed')
    .set((eb) => ({ name: '', revokedAt: eb.fn.coalesce('revokedAt', sql.val(actor.now)) }))
    .where('personId', '=', personId)
    .execute();
  await tx
    .updateTable('apiToken')
    .set((eb) => ({ name: '', revokedAt: eb.fn.coalesce('revokedAt', sql.val(actor.now)) }))
    .where('personId', '=', personId)
    .execute();
  await sql`
    update sign_in_attempt set address_hash = null, network = null
    where person_id = ${personId} or address_hash = any(${hashes})`.execute(tx);
  await tx
    .updateTable('agreementAcceptance')
    .set({ sessionId: null })
    .where('personId', '=', personId)
    .execute();
  await sql`
    delete from auth_verification using unnest(${lowerCased(emails)}::text[]) as address
    where strpos(lower(identifier), address) > 0 or strpos(lower(value), address) > 0`.execute(tx);
  // What signs in with the account is deleted with it.
  await sql`
    delete from auth_user
    where id = (select auth_user_id from person where id = ${personId})
      or lower(email) = any(${lowerCased(emails)})`.execute(tx);
  await tx.deleteFrom('personIdentity').where('personId', '=', personId).execute();
}

const lowerCased = (texts: readonly string[]): string[] => texts.map((text) => text.toLowerCase());
