import { Hono } from 'hono';
import { When } from '../../../design/prose.tsx';
import type { AppEnv } from '../../../platform/http/env.ts';
import { readerZone, showPlainPage } from '../../summits/page.tsx';
import { administratorOf } from '../rights.ts';
import { keptSignInMails } from './sign-in-queries.ts';

/**
 * `/admin/sign-in-mails`: what would have been mailed to people who want to sign in, where no mail
 * server is set, for the administrator to pass on. With a mail server the page does not exist: a
 * code that was sent is its reader's alone.
 */
export function signInMailRoutes(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/admin/sign-in-mails', async (c) => {
    const { services, visitor } = c.var;
    const right = administratorOf(visitor.signedIn);
    if (right === undefined || services.mailGoesOut) return c.notFound();
    const mails = await keptSignInMails(services.db, right);
    const zone = readerZone(c);
    return showPlainPage(
      c,
      {
        title: 'Sign-in mails that were kept',
        lede: 'This Cairn has no mail server. Whoever asks to sign in gets nothing, unless you pass on the link or the code.',
      },
      mails.length === 0 ? (
        <p>Nobody has asked to sign in lately.</p>
      ) : (
        mails.map(({ id, recipient, subject, body, createdAt }) => (
          <article key={id}>
            <h2>{recipient}</h2>
            <p>
              {subject}, <When instant={createdAt} zone={zone} />
            </p>
            <pre>{body}</pre>
          </article>
        ))
      ),
    );
  });
  return app;
}
