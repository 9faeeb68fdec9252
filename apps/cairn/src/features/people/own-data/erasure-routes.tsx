import { type Problem, problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import type { Auth } from '../../../platform/auth/auth.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, type AppEnv, webActor } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { showPlainPage } from '../../summits/page.tsx';
import { erasePerson } from './erasure-commands.ts';
import { publishedMentions, tracesOf } from './erasure-queries.ts';
import { ERASE_WORD } from './erasure-rules.ts';
import { ErasePage, SignInAgain } from './erasure-views.tsx';
import { oneself } from './own-data-queries.ts';

/** What an erasure asks of signing in: whether it was recent, and how its log hashes addresses. */
export type RecentSignIn = Pick<Auth, 'visitor' | 'isFresh' | 'addressHash'>;

interface Refused {
  readonly typed: string;
  readonly problem: Problem;
}

/** `/me/erase`: a person erases themselves. */
export function erasureRoutes(auth: RecentSignIn): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const isRecent = async (headers: Headers): Promise<boolean> => {
    const visitor = await auth.visitor(headers);
    return visitor !== undefined && auth.isFresh(visitor);
  };

  routes.get('/me/erase', async (c) => {
    if (c.var.visitor.signedIn === undefined) return c.redirect('/sign-in?to=%2Fme%2Ferase', 303);
    if (!(await isRecent(c.req.raw.headers))) return askToSignInAgain(c);
    return showErase(c);
  });

  routes.post('/me/erase', async (c) => {
    const { services, visitor } = c.var;
    const { signedIn } = visitor;
    if (signedIn === undefined) return c.redirect('/sign-in?to=%2Fme%2Ferase', 303);
    if (!(await isRecent(c.req.raw.headers))) return askToSignInAgain(c);
    const { typed } = await readTyped(c);
    const word = String(typed['word'] ?? '');
    if (word.trim().toLowerCase() !== ERASE_WORD) {
      const sentence = `Type “${ERASE_WORD}” if you mean it; nothing has been erased.`;
      return showErase(c, { typed: word, problem: problem('no-word', sentence, { path: 'word' }) });
    }
    const erased = await inTransaction(services.db, (tx) =>
      erasePerson(tx, services, webActor(c), oneself(signedIn), auth.addressHash),
    );
    if (!erased.ok) return showErase(c, { typed: word, problem: erased.error });
    return seeOther(c, '/', 'You are erased. Goodbye, and thank you.');
  });

  return routes;
}

const askToSignInAgain = (c: AppContext): Response =>
  showPlainPage(c, { title: 'Erase me', status: 403 }, <SignInAgain />);

async function showErase(c: AppContext, refused?: Refused): Promise<Response> {
  const { services, visitor } = c.var;
  if (visitor.signedIn === undefined) throw new Error('the handler lets only people in');
  const traces = await tracesOf(services.db, visitor.signedIn.personId);
  return showPlainPage(
    c,
    { title: 'Erase me', status: refused === undefined ? 200 : 422 },
    <ErasePage
      name={traces.name}
      mentions={await publishedMentions(services.db, traces)}
      typed={refused?.typed}
      problems={refused && [refused.problem]}
    />,
  );
}
