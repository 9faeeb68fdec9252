import { problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import type { Auth } from '../../../platform/auth/auth.ts';
import { type AppContext, type AppEnv, webActor } from '../../../platform/http/env.ts';
import { parseForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { showPlainPage } from '../../summits/page.tsx';
import { mailTicket } from './sign-in-commands.ts';
import {
  askedBefore,
  concludeSignIn,
  rememberAsked,
  secondsToWait,
  sendCookies,
  traceOf,
} from './sign-in-finish.ts';
import { personByEmail } from './sign-in-queries.ts';
import { localPath, veiledAddress, waitSentence } from './sign-in-rules.ts';
import { type Asked, askSchema, codeSchema } from './sign-in-schema.ts';
import { AskForm, CodeForm, LinkForm, NobodyKnown, SpentLink, TooOften } from './sign-in-views.tsx';

/** Signing in by a mailed link or code, and signing out. */
export function signInRoutes(auth: Auth): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.use('/sign-in/*', async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
  });

  app.get('/sign-in', async (c) => {
    const to = localPath(c.req.query('to'));
    if (c.var.visitor.signedIn !== undefined) return seeOther(c, to);
    const account = await auth.visitor(c.req.raw.headers);
    return showPlainPage(
      c,
      { title: 'Sign in' },
      <>
        {account !== undefined && <NobodyKnown address={veiledAddress(account.email)} />}
        <AskForm auth={auth} typed={{ to }} problems={[]} />
      </>,
    );
  });

  app.post('/sign-in', async (c) => {
    const form = await parseForm(c, askSchema);
    if (!form.ok) {
      const { typed, problems } = form.error;
      const shown = <AskForm auth={auth} typed={typed} problems={problems} />;
      return showPlainPage(c, { title: 'Sign in', status: 422 }, shown);
    }
    const { email, to } = form.value;
    const wait = await secondsToWait(c, auth, { what: 'mail', method: 'mail', email });
    if (wait !== undefined) return tooOften(c, wait);
    const { db, url } = c.var.services;
    const person = await personByEmail(db, email);
    const ticket = await auth.issueTicket(person?.accountEmail ?? email);
    await db
      .transaction()
      .execute((tx) =>
        mailTicket(
          tx,
          webActor(c),
          { person, typed: email, ticket, url, to },
          traceOf(c, auth, email),
        ),
      );
    rememberAsked(c, form.value);
    return c.redirect('/sign-in/code', 303);
  });

  app.get('/sign-in/code', (c) => {
    const asked = askedBefore(c);
    if (asked === undefined) return seeOther(c, '/sign-in');
    return showPlainPage(
      c,
      { title: 'Look at your mail' },
      <CodeForm {...codeForm(c, asked)} typed="" problems={[]} />,
    );
  });

  app.post('/sign-in/code', async (c) => {
    const asked = askedBefore(c);
    if (asked === undefined) {
      return seeOther(c, '/sign-in', 'That took more than 15 minutes; ask for a new mail.');
    }
    const form = await parseForm(c, codeSchema);
    if (!form.ok) {
      const { typed, problems } = form.error;
      const code = typeof typed['code'] === 'string' ? typed['code'] : '';
      const shown = <CodeForm {...codeForm(c, asked)} typed={code} problems={problems} />;
      return showPlainPage(c, { title: 'Look at your mail', status: 422 }, shown);
    }
    const { email } = asked;
    const wait = await secondsToWait(c, auth, { what: 'code', method: 'code', email });
    if (wait !== undefined) return tooOften(c, wait);
    const person = await personByEmail(c.var.services.db, email);
    const { code } = form.value;
    const result = await auth.useCode(
      { email: person?.accountEmail ?? email, code },
      c.req.raw.headers,
    );
    if (await concludeSignIn(c, auth, 'code', result, email)) return seeOther(c, asked.to);
    const problems = [result.ok ? problem('refused', 'That did not work.') : result.error];
    const shown = <CodeForm {...codeForm(c, asked)} typed={code} problems={problems} />;
    return showPlainPage(c, { title: 'Look at your mail', status: 422 }, shown);
  });

  app.get('/sign-in/link/:token', async (c) => {
    const email = await auth.readLink(c.req.param('token'));
    if (email === undefined) return spentLink(c);
    const action = `${c.req.path}?to=${encodeURIComponent(localPath(c.req.query('to')))}`;
    const shown = <LinkForm action={action} address={veiledAddress(email)} />;
    return showPlainPage(c, { title: 'Sign in' }, shown);
  });

  app.post('/sign-in/link/:token', async (c) => {
    const wait = await secondsToWait(c, auth, { what: 'link', method: 'link' });
    if (wait !== undefined) return tooOften(c, wait);
    const token = c.req.param('token');
    const email = await auth.readLink(token);
    const result = await auth.useLink(token, c.req.raw.headers);
    return (await concludeSignIn(c, auth, 'link', result, email))
      ? seeOther(c, localPath(c.req.query('to')))
      : spentLink(c);
  });

  app.post('/sign-out', async (c) => {
    sendCookies(c, await auth.signOut(c.req.raw.headers));
    return seeOther(c, '/', 'You have signed out.');
  });

  return app;
}

const codeForm = (c: AppContext, asked: Asked) => ({
  asked,
  mailGoesOut: c.var.services.mailGoesOut,
});

const spentLink = (c: AppContext): Response =>
  showPlainPage(c, { title: 'This link is spent', status: 410 }, <SpentLink />);

/** The page over a limit. */
const tooOften = (c: AppContext, seconds: number): Response =>
  showPlainPage(
    c,
    { title: 'Too many tries', status: 429 },
    <TooOften sentence={waitSentence(seconds)} />,
  );
