import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import type { APIError } from 'better-auth/api';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { type Library, type LinkSink, storedLink } from './library.ts';
import { refusalOf } from './refusal.ts';

/** A link's token and a six-digit code, each good for one sign-in. Neither is kept in the clear. */
export interface Ticket {
  readonly token: string;
  readonly code: string;
}

/** Who signed in just now, and the cookies that say so from now on. */
export interface SignedInNow {
  readonly authUserId: string;
  readonly setCookies: readonly string[];
}

const linkSchema = z.object({ email: z.string() });

/** Makes a link and a code for the account with this address. Earlier codes end; earlier links live on. */
export async function issueTicket(library: Library, db: Db, email: string): Promise<Ticket> {
  const token = await issueLink(library, email);
  // One code at a time, so that asking for more mails does not buy more guesses at each.
  await endCodes(db, email);
  const code = await library.api.createVerificationOTP({ body: { email, type: 'sign-in' } });
  return { token, code };
}

/** Makes a link alone, for a lifetime of the caller's choice. */
export async function issueLongLink(
  library: Library,
  db: Db,
  email: string,
  lifetime: Temporal.Duration,
): Promise<string> {
  const token = await issueLink(library, email);
  await db
    .updateTable('authVerification')
    .set({ expiresAt: Temporal.Now.instant().add(lifetime) })
    .where('identifier', '=', storedLink(token))
    .execute();
  return token;
}

async function issueLink(library: Library, email: string): Promise<string> {
  const sink: LinkSink = {};
  await library.api.signInMagicLink({
    body: { email, metadata: { sink } },
    headers: new Headers(),
  });
  if (sink.token === undefined) throw new Error('the sign-in library made no link');
  return sink.token;
}

/** Whom a link would sign in. Looking uses nothing up. */
export async function readLink(db: Db, token: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('authVerification')
    .select('value')
    .where('identifier', '=', storedLink(token))
    .where('expiresAt', '>', Temporal.Now.instant())
    .executeTakeFirst();
  return found && linkSchema.parse(JSON.parse(found.value)).email;
}

const spentLink = problem(
  'link-spent',
  'This link has been used or is too old; ask for a new mail and use it within 15 minutes.',
);

/** Signs in by a link, which is then spent, as is the code that came with it. */
export async function useLink(
  library: Library,
  db: Db,
  token: string,
  headers: Headers,
): Promise<Result<SignedInNow, Problem>> {
  const email = await readLink(db, token);
  if (email === undefined) return fail(spentLink);
  try {
    const { headers: answered, response } = await library.api.magicLinkVerify({
      query: { token },
      headers,
      returnHeaders: true,
    });
    await endCodes(db, email);
    return ok({ authUserId: response.user.id, setCookies: answered.getSetCookie() });
  } catch (error) {
    refusalOf(error);
    return fail(spentLink);
  }
}

/** Signs in by a code, which is then spent, as are the links that were mailed to the same account. */
export async function useCode(
  library: Library,
  db: Db,
  { email, code }: { readonly email: string; readonly code: string },
  headers: Headers,
): Promise<Result<SignedInNow, Problem>> {
  try {
    const { headers: answered, response } = await library.api.signInEmailOTP({
      body: { email, otp: code },
      headers,
      returnHeaders: true,
    });
    await db
      .deleteFrom('authVerification')
      .where('identifier', 'like', 'link-%')
      .where('value', '=', JSON.stringify({ email }))
      .execute();
    return ok({ authUserId: response.user.id, setCookies: answered.getSetCookie() });
  } catch (error) {
    return fail(wrongCode(refusalOf(error)));
  }
}

function wrongCode(error: APIError): Problem {
  return error.body?.code === 'INVALID_OTP'
    ? problem('wrong-code', 'This is not the code of your latest mail; look again.', {
        path: 'code',
      })
    : problem('code-spent', 'This code is used up or too old; ask for a new mail.', {
        path: 'code',
      });
}

const endCodes = (db: Db, email: string): Promise<unknown> =>
  db
    .deleteFrom('authVerification')
    .where('identifier', '=', `sign-in-otp-${email.toLowerCase()}`)
    .execute();
