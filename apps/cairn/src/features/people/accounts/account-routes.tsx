import { zoneNames } from '@cairn/kernel/zone-names';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Auth } from '../../../platform/auth/auth.ts';
import type { AuthVisitor } from '../../../platform/auth/sessions.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import {
  type AppContext,
  type AppEnv,
  type SignedIn,
  webActor,
} from '../../../platform/http/env.ts';
import { parseForm, type RefusedForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { readerZone, showPlainPage } from '../../summits/page.tsx';
import {
  changeDetails,
  endOwnSessions,
  type OwnAccount,
  recordPasskey,
  removeOwnPasskey,
} from './account-commands.ts';
import { detailsSchema, passkeySchema } from './account-schema.ts';
import {
  AdministratorSection,
  DetailsSection,
  GithubSection,
  OwnDataSection,
  PasskeySection,
  SessionSection,
} from './account-views.tsx';
import { sendCookies } from './sign-in-finish.ts';
import { personByAccount } from './sign-in-queries.ts';
import { TokenSection } from './token-views.tsx';

/** What a handler under `/me` finds besides the visitor. */
interface OwnEnv extends AppEnv {
  Variables: AppEnv['Variables'] & { account: AuthVisitor; signedIn: SignedIn };
}
type OwnContext = AppContext & {
  readonly var: { readonly account: AuthVisitor; readonly signedIn: SignedIn };
};

/** The signed-in person's own page. */
export function accountRoutes(auth: Auth): Hono<AppEnv> {
  const own = new Hono<OwnEnv>();

  own.use(
    createMiddleware<OwnEnv>(async (c, next) => {
      const { signedIn } = c.var.visitor;
      const account = signedIn && (await auth.visitor(c.req.raw.headers));
      if (signedIn === undefined || account === undefined) {
        return c.redirect('/sign-in?to=%2Fme', 303);
      }
      c.set('signedIn', signedIn);
      c.set('account', account);
      await next();
      return undefined;
    }),
  );

  own.get('/', (c) => showAccount(c, auth));

  own.post('/', async (c) => {
    const form = await parseForm(c, detailsSchema);
    if (!form.ok) return showAccount(c, auth, form.error);
    await inTransaction(c.var.services.db, (tx) =>
      changeDetails(tx, webActor(c), c.var.signedIn, form.value),
    );
    return seeOther(c, '/me', 'Saved.');
  });

  own.post('/sessions/end-others', async (c) => {
    const ended = await inTransaction(c.var.services.db, (tx) =>
      endOwnSessions(tx, webActor(c), auth, ownAccount(c)),
    );
    return seeOther(c, '/me', ended.ok ? 'You are signed in here only.' : ended.error.sentence);
  });

  own.post('/sessions/:id/end', async (c) => {
    const ended = await inTransaction(c.var.services.db, (tx) =>
      endOwnSessions(tx, webActor(c), auth, ownAccount(c), c.req.param('id')),
    );
    return seeOther(c, '/me', ended.ok ? 'The session has ended.' : ended.error.sentence);
  });

  own.post('/passkeys/options', async (c) => {
    const question = await auth.askToAdd(c.req.raw.headers);
    if (!question.ok) return c.json({ problem: question.error.sentence }, 403);
    sendCookies(c, question.value.setCookies);
    return c.json(question.value.options);
  });

  own.post('/passkeys', async (c) => {
    const body = passkeySchema.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) {
      return c.json({ problem: 'Send {"name": …, "answer": …} with what the browser made.' }, 422);
    }
    const added = await auth.addPasskey(body.data, c.req.raw.headers);
    if (!added.ok) return c.json({ problem: added.error.sentence }, 403);
    await inTransaction(c.var.services.db, (tx) => recordPasskey(tx, webActor(c), ownAccount(c)));
    return c.json({ to: '/me' });
  });

  own.post('/passkeys/:id/remove', async (c) => {
    const removed = await inTransaction(c.var.services.db, (tx) =>
      removeOwnPasskey(tx, webActor(c), auth, ownAccount(c), c.req.param('id')),
    );
    return seeOther(c, '/me', removed.ok ? 'The passkey is removed.' : removed.error.sentence);
  });

  const app = new Hono<AppEnv>();
  app.route('/me', own);
  return app;
}

const ownAccount = (c: OwnContext): OwnAccount => ({
  personId: c.var.signedIn.personId,
  authUserId: c.var.account.authUserId,
  sessionId: c.var.account.sessionId,
});

async function showAccount(c: OwnContext, auth: Auth, refused?: RefusedForm): Promise<Response> {
  const { account, services, signedIn } = c.var;
  const zone = readerZone(c);
  const person = await personByAccount(services.db, account.authUserId);
  const typed = refused?.typed ?? { name: signedIn.name, zone: person?.zone ?? '' };
  return showPlainPage(
    c,
    { title: 'Your account', status: refused === undefined ? 200 : 422 },
    <>
      <DetailsSection typed={typed} zones={zoneNames()} problems={refused?.problems ?? []} />
      {auth.passkeysWork && (
        <PasskeySection
          passkeys={await auth.passkeysOf(account.authUserId)}
          canAdd={auth.isFresh(account)}
          zone={zone}
        />
      )}
      <SessionSection
        sessions={await auth.sessionsOf(account.authUserId)}
        current={account.sessionId}
        zone={zone}
      />
      <OwnDataSection />
      <TokenSection />
      {services.userTokens !== undefined && <GithubSection />}
      {signedIn.isAdministrator && (
        <AdministratorSection mailGoesOut={c.var.services.mailGoesOut} />
      )}
    </>,
  );
}
