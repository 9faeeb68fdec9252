import { createServer, type Server } from 'node:http';
import Provider from 'oidc-provider';

/** An OpenID provider on loopback, where anybody can sign in as anybody. */
export interface OpenIdServer {
  readonly issuer: string;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  close(): Promise<void>;
}

/**
 * Runs a certified OpenID provider (npm oidc-provider) with its own sign-in pages. Whoever signs in
 * as `ada` has the address `ada@example.org`, verified unless the name begins with `unverified`.
 */
export async function startOpenId(redirect: string): Promise<OpenIdServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${portOf(server)}`;
  const client = { clientId: 'cairn', clientSecret: 'a secret that only this test knows' };
  const provider = new Provider(issuer, {
    clients: [
      { client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirect] },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: `${id}@example.org`,
        email_verified: !id.startsWith('unverified'),
        name: id,
      }),
    }),
  });
  server.on('request', provider.callback());
  return {
    issuer,
    client,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/**
 * Signs in at the provider's pages as a browser would, and returns the address that it is sent back
 * to, with the provider's answer in it.
 */
export async function passThroughOpenId(start: string, login: string): Promise<string> {
  const { origin } = new URL(start);
  const cookies = new Map<string, string>();
  let next = { url: start, init: {} as RequestInit };
  for (let step = 0; step < 12; step += 1) {
    const response = await fetch(next.url, {
      ...next.init,
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';', 1)[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location !== null) {
      const url = new URL(location, next.url);
      if (url.origin !== origin) return url.href;
      next = { url: url.href, init: {} };
      continue;
    }
    const page = await response.text();
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (action === undefined || prompt === undefined) {
      throw new Error(`the provider shows ${response.status}: ${page}`);
    }
    const body = new URLSearchParams({ prompt, login, password: 'any' });
    next = { url: new URL(action, next.url).href, init: { method: 'POST', body } };
  }
  throw new Error('the provider keeps sending us on');
}
