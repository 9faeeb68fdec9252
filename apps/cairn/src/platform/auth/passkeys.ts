import { isIP } from 'node:net';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import type { Db, Tx } from '../db/database.ts';
import type { Library } from './library.ts';
import { refusalOf } from './refusal.ts';
import type { SignedInNow } from './tickets.ts';

/** A passkey as its owner sees it. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly addedAt: Instant | undefined;
}

/** What a browser is to be asked, with the cookie that ties its answer to the question. */
export interface Question {
  readonly options: object;
  readonly setCookies: readonly string[];
}

/**
 * Whether browsers offer passkeys at this address: they bind each to a name, never to an IP address,
 * and only on a safe connection (WebAuthn Level 3, §5.1.3 and §13.4.9); this machine itself is safe.
 */
export function passkeysWorkAt(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return false;
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost');
}

/** The question that a browser signs to sign in. */
export async function askToSignIn(library: Library, headers: Headers): Promise<Question> {
  const { headers: answered, response } = await library.api.generatePasskeyAuthenticationOptions({
    headers,
    returnHeaders: true,
  });
  return { options: response, setCookies: answered.getSetCookie() };
}

/** Signs in by a passkey's answer. */
export async function signInByPasskey(
  library: Library,
  answer: unknown,
  headers: Headers,
): Promise<Result<SignedInNow, Problem>> {
  try {
    const { headers: answered, response } = await library.api.verifyPasskeyAuthentication({
      body: { response: answer as never }, // checked by the library, whose type says `any` record
      headers,
      returnHeaders: true,
    });
    return ok({ authUserId: response.user.id, setCookies: answered.getSetCookie() });
  } catch (error) {
    refusalOf(error);
    return fail(
      problem(
        'passkey-refused',
        'Cairn does not know this passkey; sign in by mail, and add it on your own page.',
      ),
    );
  }
}

/** The question that a browser answers with a new passkey. Asks for a fresh sign-in. */
export async function askToAdd(
  library: Library,
  headers: Headers,
): Promise<Result<Question, Problem>> {
  try {
    const { headers: answered, response } = await library.api.generatePasskeyRegistrationOptions({
      headers,
      query: {},
      returnHeaders: true,
    });
    return ok({ options: response, setCookies: answered.getSetCookie() });
  } catch (error) {
    refusalOf(error);
    return fail(notFresh);
  }
}

const notFresh = problem(
  'sign-in-too-old',
  'Adding a passkey needs a sign-in within the last hour; sign out, sign in again, and add it then.',
);

/** Keeps the passkey that a browser made. */
export async function addPasskey(
  library: Library,
  { name, answer }: { readonly name: string; readonly answer: unknown },
  headers: Headers,
): Promise<Result<void, Problem>> {
  try {
    await library.api.verifyPasskeyRegistration({ body: { response: answer, name }, headers });
    return ok(undefined);
  } catch (error) {
    if (refusalOf(error).body?.code === 'SESSION_NOT_FRESH') return fail(notFresh);
    return fail(
      problem(
        'passkey-refused',
        'The passkey could not be added; start again with “Add a passkey”.',
      ),
    );
  }
}

/** Somebody's passkeys, oldest first. */
export async function passkeysOf(db: Db, authUserId: string): Promise<Passkey[]> {
  const rows = await db
    .selectFrom('authPasskey')
    .select(['id', 'name', 'createdAt'])
    .where('userId', '=', authUserId)
    .orderBy('createdAt')
    .execute();
  return rows.map(({ id, name, createdAt }) => ({
    id,
    name: name ?? 'Passkey',
    addedAt: createdAt ?? undefined,
  }));
}

/** Removes one of somebody's passkeys, and says whether there was such a one. */
export async function removePasskey(tx: Tx, authUserId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('authPasskey')
    .where('userId', '=', authUserId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
