import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppEnv, type Services, type SignedIn, webActor } from '../../../platform/http/env.ts';
import { parseForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { hashSecret, isSameSecret, newSecret } from '../../../platform/http/secret.ts';
import { readerZone, showPlainPage } from '../../summits/page.tsx';
import { type GrantedAccount, keepGrant, withdrawGrant } from './grant-commands.ts';
import { ownGrant } from './grant-queries.ts';
import { ComeBackPage, OwnGrantPage } from './grant-views.tsx';

interface OwnEnv extends AppEnv {
  Variables: AppEnv['Variables'] & { signedIn: SignedIn };
}

/** What was set out with: the same browser has to come back with it. */
const COOKIE = 'cairn_github';
const SECONDS_AWAY = 600;

const backSchema = z.object({
  code: z.string().min(1).max(500),
  state: z.string().min(1).max(100),
});
const accountSchema = z.object({ id: z.number(), login: z.string().min(1) });

/** One's leave to write on GitHub as oneself. Nothing at all where this installation is not registered there. */
export function grantRoutes(): Hono<AppEnv> {
  const own = new Hono<OwnEnv>();
  own.use(
    createMiddleware<OwnEnv>(async (c, next) => {
      const { signedIn } = c.var.visitor;
      if (c.var.services.userTokens === undefined) return c.notFound();
      if (signedIn === undefined) return c.redirect('/sign-in?to=%2Fme%2Fgithub', 303);
      c.set('signedIn', signedIn);
      await next();
      return undefined;
    }),
  );

  own.get('/', async (c) => {
    const grant = await ownGrant(c.var.services.db, c.var.signedIn.personId);
    return showPlainPage(
      c,
      { title: 'Writing on GitHub as yourself' },
      <OwnGrantPage grant={grant} zone={readerZone(c)} />,
    );
  });

  own.post('/ask', (c) => {
    const { url, userTokens } = c.var.services;
    const [state, verifier] = [newSecret(), newSecret()];
    setCookie(c, COOKIE, `${state}.${verifier}`, {
      httpOnly: true,
      sameSite: 'Lax',
      secure: url.startsWith('https:'),
      path: '/me/github',
      maxAge: SECONDS_AWAY,
    });
    const challenge = Buffer.from(hashSecret(verifier)).toString('base64url');
    const address = userTokens?.address(`${url}/me/github/back`, state, challenge) ?? '';
    // A page in between, as for signing in: our forms end on our own pages.
    c.header('refresh', `0; url=${address}`);
    return showPlainPage(
      c,
      { title: 'On to GitHub' },
      <p>
        <a href={address}>Go on to GitHub</a>
      </p>,
    );
  });

  own.get('/back', (c) => {
    const came = backSchema.safeParse(c.req.query());
    if (!came.success)
      return seeOther(c, '/me/github', 'You did not allow it, so nothing changed.');
    return showPlainPage(
      c,
      { title: 'Write on GitHub as yourself?' },
      <ComeBackPage {...came.data} />,
    );
  });

  own.post('/give', async (c) => {
    const { db, seal } = c.var.services;
    const form = await parseForm(c, backSchema);
    const [state = '', verifier = ''] = (getCookie(c, COOKIE) ?? '').split('.');
    deleteCookie(c, COOKIE, { path: '/me/github' });
    if (!form.ok || state === '' || !isSameSecret(form.value.state, state)) {
      return seeOther(c, '/me/github', 'That was begun elsewhere or too long ago; begin again.');
    }
    const given = await askGithub(c.var.services, form.value.code, verifier);
    const kept = given.ok
      ? await inTransaction(db, (tx) =>
          keepGrant(
            tx,
            webActor(c),
            seal,
            c.var.signedIn.personId,
            given.value.account,
            given.value.token,
          ),
        )
      : given;
    return seeOther(
      c,
      '/me/github',
      kept.ok ? 'What you write in plans appears on GitHub as yours.' : kept.error.sentence,
    );
  });

  own.post('/withdraw', async (c) => {
    const { db } = c.var.services;
    await inTransaction(db, (tx) => withdrawGrant(tx, webActor(c), c.var.signedIn.personId));
    return seeOther(c, '/me/github', 'Cairn can no longer write on GitHub as you.');
  });

  return new Hono<AppEnv>().route('/me/github', own);
}

async function askGithub(
  { github, userTokens, url }: Services,
  code: string,
  verifier: string,
): Promise<
  Result<
    {
      readonly account: GrantedAccount;
      readonly token: Parameters<typeof keepGrant>[5];
    },
    Problem
  >
> {
  const token = await userTokens?.exchange(code, `${url}/me/github/back`, verifier);
  if (token === undefined || !token.ok) return fail(notTaken());
  const asked = await github?.ask({ path: '/user', token: token.value.access });
  const account = accountSchema.safeParse(asked?.ok === true ? asked.value.data : undefined);
  if (!account.success) return fail(notTaken());
  return ok({ account: account.data, token: token.value });
}

const notTaken = (): Problem =>
  problem('github-did-not-answer', 'GitHub did not confirm it, so nothing changed; try again.');
