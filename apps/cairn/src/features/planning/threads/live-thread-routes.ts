import { Hono } from 'hono';
import { streamLive } from '../../../platform/live/stream.ts';
import { takesPartIn } from '../../people/invitations/participation-queries.ts';
import { organiserOf } from '../../people/rights.ts';
import { participantsOnly, withSummit } from '../../summits/access.ts';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { threadChannel } from './thread-commands.ts';
import { threadOf } from './thread-queries.ts';
import { threadAt } from './thread-routes.tsx';

/**
 * `/s/<summit>/plan/threads/<number>/live`, for the script of a conversation: a stream that says when
 * something was said or done in it since the page was made. No words go this way.
 */
export function liveThreadRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/plan/threads/:number/live';
  routes.use(address, withSummit, participantsOnly, withPlan);
  routes.get(address, async (c) => {
    const thread = await threadAt(c);
    if (thread === undefined) return c.notFound();
    const { signedIn, services, summit } = c.var;
    const { db } = services;
    return streamLive(c, services.live, {
      channel: threadChannel(thread),
      key: signedIn.personId,
      since: Number(c.req.query('since')) || 0,
      load: async (since) => {
        // Whoever was taken out of the summit meanwhile hears no more.
        const mayRead =
          (await takesPartIn(db, summit.id, signedIn.personId)) ||
          (await organiserOf(db, summit.id, signedIn)) !== undefined;
        if (!mayRead) return 'over';
        const id = (await threadOf(db, thread))?.updatedAt.epochMilliseconds ?? 0;
        return id > since ? { id, data: {} } : undefined;
      },
      tellPresent: async () => [],
    });
  });
  return routes;
}
