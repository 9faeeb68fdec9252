import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Library, PROVIDER_PATH } from './library.ts';
import { refusalOf } from './refusal.ts';

/** A place elsewhere where one can sign in. */
export interface Provider {
  readonly id: 'github' | 'oidc';
  readonly name: string;
}

/** Where to go, and the cookie that recognises who comes back. */
export interface ProviderAddress {
  readonly url: string;
  readonly setCookies: readonly string[];
}

/** Where to send a browser that wants to sign in at a provider. */
export async function providerAddress(
  library: Library,
  url: string,
  {
    provider,
    to,
    headers,
  }: { readonly provider: Provider['id']; readonly to: string; readonly headers: Headers },
): Promise<Result<ProviderAddress, Problem>> {
  try {
    const { headers: answered, response } = await library.api.signInSocial({
      body: {
        provider,
        callbackURL: `${url}${to}`,
        errorCallbackURL: `${url}${PROVIDER_PATH}/refused`,
        disableRedirect: true,
      },
      headers,
      returnHeaders: true,
    });
    if (response.url === undefined) return fail(unreachable);
    return ok({ url: response.url, setCookies: answered.getSetCookie() });
  } catch (error) {
    // The library leaves out a provider whose description it could not read.
    refusalOf(error);
    return fail(unreachable);
  }
}

const unreachable = problem(
  'provider-unreachable',
  'That service could not be reached when Cairn started; sign in by mail, and tell the administrator.',
);
