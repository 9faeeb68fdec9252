import { randomUUID } from 'node:crypto';
import { ok, type Result } from '@cairn/kernel/result';
import { sql } from 'kysely';
import type { Ticket } from '../../../platform/auth/tickets.ts';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { queueMail } from '../../../platform/mail/queue.ts';
import type { Mailable } from './sign-in-queries.ts';
import { type Outcome, type SignInMethod, signInMail } from './sign-in-rules.ts';

/** One try to sign in, as the log keeps it. */
export interface LoggedTry {
  readonly method: SignInMethod;
  readonly outcome: Outcome;
  readonly personId?: string | undefined;
  readonly addressHash?: string | undefined;
  readonly network?: string | undefined;
}

/** Writes a try into the log. The log is its own record: it needs no event beside it. */
export async function logTry(tx: Tx, actor: Actor, tried: LoggedTry): Promise<void> {
  await tx
    .insertInto('signInAttempt')
    .values({
      at: actor.now,
      method: tried.method,
      outcome: tried.outcome,
      personId: tried.personId ?? null,
      addressHash: tried.addressHash ?? null,
      network: tried.network ?? null,
    })
    .execute();
}

/**
 * Mails a link and a code to the person who asked, and logs that they did. For an address that
 * nobody is known by (`person` undefined) the same statements run and all but the log is undone, so
 * that the time an answer takes does not tell who is invited.
 */
export async function mailTicket(
  tx: Tx,
  actor: Actor,
  asked: {
    readonly person: Mailable | undefined;
    readonly typed: string;
    readonly ticket: Ticket;
    readonly url: string;
    readonly to: string;
  },
  tried: Pick<LoggedTry, 'addressHash' | 'network'>,
): Promise<Result<void, never>> {
  const { person, ticket, url, to } = asked;
  const mail = signInMail({
    name: person?.name ?? asked.typed,
    code: ticket.code,
    link: `${url}/sign-in/link/${ticket.token}${to === '/' ? '' : `?to=${encodeURIComponent(to)}`}`,
    url,
  });
  await sql`savepoint mailed`.execute(tx);
  await queueMail(tx, {
    key: `sign-in:${randomUUID()}`,
    recipient: person?.recipient ?? asked.typed,
    ...(person === undefined ? {} : { personId: person.personId }),
    ...mail,
    now: actor.now,
  });
  await recordEvent(tx, actor, { kind: 'sign_in.mailed', personId: person?.personId });
  if (person === undefined) await sql`rollback to savepoint mailed`.execute(tx);
  await logTry(tx, actor, {
    method: 'mail',
    outcome: person === undefined ? 'unknown' : 'mailed',
    personId: person?.personId,
    ...tried,
  });
  return ok(undefined);
}
