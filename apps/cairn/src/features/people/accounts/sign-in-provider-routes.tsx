import { Hono } from 'hono';
import type { Auth } from '../../../platform/auth/auth.ts';
import { PROVIDER_PATH } from '../../../platform/auth/library.ts';
import type { AppEnv } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { showPlainPage } from '../../summits/page.tsx';
import { log, sendCookies, traceOf } from './sign-in-finish.ts';
import { personByAccount } from './sign-in-queries.ts';
import { localPath } from './sign-in-rules.ts';

/** Signing in at GitHub or an OpenID provider. */
export function providerRoutes(auth: Auth): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.post(`${PROVIDER_PATH}/:provider`, async (c) => {
    const provider = auth.providers.find(({ id }) => id === c.req.param('provider'));
    if (provider === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const to = localPath(typeof typed['to'] === 'string' ? typed['to'] : undefined);
    const address = await auth.providerAddress(provider.id, to, c.req.raw.headers);
    if (!address.ok) {
      return showPlainPage(
        c,
        { title: 'Sign in', status: 500 },
        <p>
          {address.error.sentence} <a href="/sign-in">Back to signing in</a>
        </p>,
      );
    }
    const { url, setCookies } = address.value;
    sendCookies(c, setCookies);
    // A page in between instead of a redirect: our `form-action 'self'` forbids a form to end on
    // another site, and keeps it forbidden for every other form.
    c.header('refresh', `0; url=${url}`);
    return showPlainPage(
      c,
      { title: `On to ${provider.name}` },
      <p>
        <a href={url}>Go on to {provider.name}</a>
      </p>,
    );
  });

  // The one address where a GET signs in: OAuth 2.0 has the provider send the browser back so
  // (RFC 6749, §4.1.2). It is good once, and only for the browser that set out from here.
  app.get(`${PROVIDER_PATH}/callback/:provider`, async (c) => {
    const provider = auth.providers.find(({ id }) => id === c.req.param('provider'));
    if (provider === undefined) return c.notFound();
    const answer = await auth.comeBack(provider.id, c.req.raw);
    const account = await auth.visitor(cookiesOf(answer));
    const person = account && (await personByAccount(c.var.services.db, account.authUserId));
    await log(c, {
      method: provider.id,
      outcome: person === undefined ? 'refused' : 'signed-in',
      personId: person?.id,
      ...traceOf(c, auth, account?.email),
    });
    return answer;
  });

  app.get(`${PROVIDER_PATH}/refused`, (c) =>
    showPlainPage(
      c,
      { title: 'Not signed in', status: 403 },
      <p>
        {REFUSALS.get(c.req.query('error') ?? '') ?? 'The sign-in did not come to an end.'}{' '}
        <a href="/sign-in">Back to signing in</a>
      </p>,
    ),
  );

  return app;
}

/** The session that an answer starts, as its browser will send it back. */
function cookiesOf(answer: Response): Headers {
  const pairs = answer.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
  return new Headers(pairs.length === 0 ? {} : { cookie: pairs.join('; ') });
}

const REFUSALS: ReadonlyMap<string, string> = new Map([
  [
    'not_invited',
    'You proved who you are, and nobody is known here by that address or handle. Summits are by invitation: sign in by mail with the address that you were invited by, or write to the organiser.',
  ],
  [
    'email_not_verified',
    'That service has not verified your e-mail address, so it proves nothing here. Verify it there, or sign in by mail.',
  ],
  [
    'email_not_found',
    'That service did not tell your e-mail address. Allow it there, or sign in by mail.',
  ],
  [
    'provider-unreachable',
    'That service cannot be reached now; sign in by mail, or try again in a while.',
  ],
  ['access_denied', 'You did not allow it there, so nothing happened here.'],
]);
