import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { queueMail } from '../../../platform/mail/queue.ts';

/** A mail to one person about one summit. */
export interface Message {
  readonly summitId: string;
  readonly personId: string;
  /** Says what this mail is about, so that a repeat is the same mail: `offer:<id>`. */
  readonly key: string;
  readonly subject: string;
  readonly body: string;
  /** The page where the person acts, as a path; the mail ends with its address. */
  readonly page: string;
  /** The page on which they stop mails of this kind, as a path. */
  readonly stopPage?: string;
}

/**
 * Queues a mail to a person's own address. Somebody known by a handle only gets none: what it says
 * also stands on their page.
 */
export async function notify(tx: Tx, actor: Actor, message: Message): Promise<void> {
  const address = await tx
    .selectFrom('personIdentity')
    .select('value')
    .where('personId', '=', message.personId)
    .where('kind', '=', 'email')
    .orderBy('isPrimary', 'desc')
    .orderBy('value')
    .executeTakeFirst();
  if (address === undefined) return;
  await queueMail(tx, { ...message, recipient: address.value, now: actor.now });
}
