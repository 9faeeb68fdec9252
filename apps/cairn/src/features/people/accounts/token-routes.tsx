import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { SCOPES } from '../../../platform/http/api-scope.ts';
import {
  type AppContext,
  type AppEnv,
  type SignedIn,
  webActor,
} from '../../../platform/http/env.ts';
import { parseForm, type RefusedForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { newSecret } from '../../../platform/http/secret.ts';
import { readerZone, showPlainPage } from '../../summits/page.tsx';
import { oneself } from '../own-data/own-data-queries.ts';
import { makeToken, revokeToken } from './token-commands.ts';
import { ownTokens } from './token-queries.ts';
import { TOKEN_PREFIX } from './token-rules.ts';
import { tokenForm } from './token-schema.ts';
import { NewTokenShown, TokensPage } from './token-views.tsx';

const ADDRESS = '/me/tokens';

async function showTokens(
  c: AppContext,
  signedIn: SignedIn,
  refused?: RefusedForm,
): Promise<Response> {
  const { services } = c.var;
  const now = services.clock.now();
  return showPlainPage(
    c,
    {
      title: 'Tokens',
      status: refused === undefined ? 200 : 422,
      lede: 'A token lets a program of yours do what you may do here, or a part of it.',
    },
    <TokensPage
      tokens={await ownTokens(services.db, oneself(signedIn), now)}
      scopes={SCOPES}
      zone={readerZone(c)}
      typed={refused?.typed}
      problems={refused?.problems}
    />,
  );
}

/** `/me/tokens`: one's tokens for the API, a new one, and revoking. */
export function tokenRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const signInFirst = (c: AppContext): Response =>
    c.redirect(`/sign-in?to=${encodeURIComponent(ADDRESS)}`, 303);

  routes.get(ADDRESS, (c) => {
    const { signedIn } = c.var.visitor;
    return signedIn === undefined ? signInFirst(c) : showTokens(c, signedIn);
  });

  routes.post(ADDRESS, async (c) => {
    const { services, visitor } = c.var;
    const { signedIn } = visitor;
    if (signedIn === undefined) return signInFirst(c);
    const form = await parseForm(c, tokenForm);
    if (!form.ok) return showTokens(c, signedIn, form.error);
    const { name, 'scopes[]': scopes, days } = form.value;
    const secret = `${TOKEN_PREFIX}${newSecret()}`;
    const made = await inTransaction(services.db, (tx) =>
      makeToken(tx, webActor(c), oneself(signedIn), { name, scopes, days }, secret),
    );
    if (!made.ok) {
      const typed = { name, 'scopes[]': scopes, days: days === undefined ? 'never' : String(days) };
      return showTokens(c, signedIn, { typed, problems: [made.error] });
    }
    // Shown in the answer itself, once: a redirect would have to keep the secret somewhere.
    c.header('cache-control', 'no-store');
    return showPlainPage(
      c,
      { title: 'Your new token' },
      <NewTokenShown name={name} secret={secret} url={services.url} />,
    );
  });

  routes.post(`${ADDRESS}/:token{${UUID}}/revoke`, async (c) => {
    const { services, visitor } = c.var;
    const { signedIn } = visitor;
    if (signedIn === undefined) return signInFirst(c);
    const revoked = await inTransaction(services.db, (tx) =>
      revokeToken(tx, webActor(c), oneself(signedIn), c.req.param('token')),
    );
    return seeOther(c, ADDRESS, revoked.ok ? 'The token is revoked.' : revoked.error.sentence);
  });

  return routes;
}
