import { createAuthEndpoint } from '@better-auth/core/api';
import type { BetterAuthPlugin } from 'better-auth';
import { APIError } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

const bodySchema = z.object({
  email: z.string(),
  name: z.string(),
  method: z.string(),
});

/**
 * Lets Cairn itself start a session for somebody whose mailbox is proven by other means (the first
 * opening of a mailed invitation). Callable in this process only: it has no address.
 */
export const startSessionPlugin = () =>
  ({
    id: 'cairn-start-session',
    endpoints: {
      startSession: createAuthEndpoint.serverOnly(
        { method: 'POST', body: bodySchema },
        async (ctx) => {
          const { internalAdapter } = ctx.context;
          const email = ctx.body.email.toLowerCase();
          const known = await internalAdapter.findUserByEmail(email);
          const user =
            known?.user ??
            (await internalAdapter.createUser(
              { email, name: ctx.body.name, emailVerified: true },
              { method: ctx.body.method },
            ));
          const session = await internalAdapter.createSession(user.id, false, {
            method: ctx.body.method,
          });
          if (!session) throw new APIError('INTERNAL_SERVER_ERROR', { message: 'no session' });
          await setSessionCookie(ctx, { session, user });
          return ctx.json({ authUserId: user.id, sessionId: session.id });
        },
      ),
    },
  }) satisfies BetterAuthPlugin;
