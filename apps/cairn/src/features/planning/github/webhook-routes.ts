import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { isSigned } from '../../../platform/github/signature.ts';
import type { AppEnv, Services } from '../../../platform/http/env.ts';
import { intakeOf } from './intake-commands.ts';

/** GitHub's own payloads are at most 25 MB; those about issues and pull requests are far below this. */
const LARGEST = 5 * 1024 * 1024;

const aboutSchema = z.object({
  action: z.string().max(100).catch(''),
  repository: z.object({ id: z.int() }).optional().catch(undefined),
});

/**
 * What GitHub sends: looked at for its signature, stored, and answered at once. Everything else is done
 * by a job, so that GitHub, which waits ten seconds and sends nothing twice by itself, never waits.
 */
export function webhookRoutes(services: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  // Counted as it comes: anybody may send here, and need not say how much it is.
  const notTooLarge = bodyLimit({
    maxSize: LARGEST,
    onError: (c) => c.text('This is larger than 5 MB.\n', 413),
  });
  app.post('/github/webhook', notTooLarge, async (c) => {
    const secret = services.github?.webhookSecret;
    if (secret === undefined) return c.notFound();
    const intake = intakeOf(services);
    // GitHub sends nothing twice by itself, so this is the last resort; the next look at the repository brings it.
    if (intake.isFull())
      return c.text('Too much at once; try again.\n', 503, { 'retry-after': '10' });
    const body = new TextDecoder().decode(await c.req.arrayBuffer());
    const signature = c.req.header('x-hub-signature-256') ?? '';
    if (signature === '' || !(await isSigned(secret, body, signature))) {
      return c.text('The signature is not that of our secret.\n', 401);
    }
    const id = c.req.header('x-github-delivery') ?? '';
    const event = c.req.header('x-github-event') ?? '';
    const payload = parsed(body);
    if (!/^[\w-]{1,100}$/.test(id) || !/^\w{1,60}$/.test(event) || payload === undefined) {
      return c.text('This is no delivery as GitHub sends it.\n', 400);
    }
    const about = aboutSchema.safeParse(payload);
    if (!about.success) return c.text('This is no delivery as GitHub sends it.\n', 400);
    await intake.store({
      id,
      event,
      action: about.data.action,
      repositoryId: about.data.repository?.id,
      // PostgreSQL's JSON holds no NUL; nothing that people write at GitHub does.
      payload: body.includes('\\u0000') ? JSON.stringify(withoutNul(payload)) : body,
    });
    return c.body(null, 202);
  });
  return app;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const withoutNul = (payload: unknown): unknown =>
  JSON.parse(
    JSON.stringify(payload, (_, value) =>
      typeof value === 'string' ? value.replaceAll('\0', '') : value,
    ),
  );
