import { Hono } from 'hono';
import { z } from 'zod';
import type { Auth } from '../../../platform/auth/auth.ts';
import type { AppEnv } from '../../../platform/http/env.ts';
import { concludeSignIn, secondsToWait, sendCookies } from './sign-in-finish.ts';
import { localPath, waitSentence } from './sign-in-rules.ts';

const answerSchema = z.object({ answer: z.looseObject({}), to: z.string().optional() });

/** Signing in by passkey: two JSON requests from passkey.client.ts. */
export function passkeyRoutes(auth: Auth): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.post('/sign-in/passkey/options', async (c) => {
    const wait = await secondsToWait(c, auth, { what: 'passkey', method: 'passkey' });
    if (wait !== undefined) return c.json({ problem: waitSentence(wait) }, 429);
    const { options, setCookies } = await auth.askToSignIn(c.req.raw.headers);
    sendCookies(c, setCookies);
    return c.json(options);
  });

  app.post('/sign-in/passkey', async (c) => {
    const body = answerSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) {
      return c.json({ problem: 'Send {"answer": …} with what the browser’s passkey said.' }, 422);
    }
    const { answer, to } = body.data;
    const result = await auth.signInByPasskey(answer, c.req.raw.headers);
    await concludeSignIn(c, auth, 'passkey', result);
    return result.ok
      ? c.json({ to: localPath(to) })
      : c.json({ problem: result.error.sentence }, 403);
  });

  return app;
}
