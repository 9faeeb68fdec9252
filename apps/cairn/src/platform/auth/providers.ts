import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type AuthConfig, type Library, openLibrary, PROVIDER_PATH } from './library.ts';
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

/** The way out to the providers and back. */
export interface Providers {
  readonly list: readonly Provider[];
  address(
    provider: Provider['id'],
    to: string,
    headers: Headers,
  ): Promise<Result<ProviderAddress, Problem>>;
  comeBack(provider: Provider['id'], request: Request): Promise<Response>;
}

/**
 * Opens the providers that are configured. The library reads an OpenID provider's description while
 * it is set up and never again; so it gets a library of its own, set up at first use and anew until
 * that succeeds: a provider that is down holds up neither the start nor signing in by mail.
 */
export function openProviders(config: AuthConfig, home: Library): Providers {
  const { github, oidc, url } = config;
  let oidcLibrary: Library | undefined;

  async function libraryFor(provider: Provider['id']): Promise<Result<Library, Problem>> {
    if (provider === 'github' || oidc === undefined) return ok(home);
    const library = oidcLibrary ?? openLibrary(config);
    const { socialProviders } = await library.$context;
    const found = socialProviders.find(({ id }) => id === 'oidc');
    if (found === undefined) return fail(unreachable(oidc.name));
    if (found.issuer !== oidc.issuer) return fail(otherIssuer(oidc.name));
    oidcLibrary = library;
    return ok(library);
  }

  return {
    list: [
      ...(github === undefined ? [] : [{ id: 'github', name: 'GitHub' } as const]),
      ...(oidc === undefined ? [] : [{ id: 'oidc', name: oidc.name } as const]),
    ],
    address: async (provider, to, headers) => {
      const library = await libraryFor(provider);
      return library.ok ? addressAt(library.value, url, { provider, to, headers }) : library;
    },
    comeBack: async (provider, request) => {
      const library = await libraryFor(provider);
      return library.ok
        ? library.value.handler(request)
        : Response.redirect(`${url}${PROVIDER_PATH}/refused?error=${library.error.code}`, 303);
    },
  };
}

async function addressAt(
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
    return response.url === undefined
      ? fail(unreachable(provider))
      : ok({ url: response.url, setCookies: answered.getSetCookie() });
  } catch (error) {
    refusalOf(error);
    return fail(unreachable(provider));
  }
}

const unreachable = (name: string): Problem =>
  problem(
    'provider-unreachable',
    `${name} cannot be reached now; sign in by mail, or try again in a while.`,
  );

const otherIssuer = (name: string): Problem =>
  problem(
    'other-issuer',
    `${name} names another issuer than OIDC_ISSUER_URL says; sign in by mail, and tell the administrator.`,
  );
