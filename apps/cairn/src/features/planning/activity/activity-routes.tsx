import { Hono } from 'hono';
import { z } from 'zod';
import { participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { planPerson } from '../ledger/ledger-queries.ts';
import { showPlanPage } from '../page.tsx';
import { type ActivityFilter, activityOf } from './activity-queries.ts';
import { OPENED_IN, TOLD_GROUPS, TOLD_KINDS } from './activity-rules.ts';
import { ActivityPage } from './activity-views.tsx';

const PAGE = 50;

const query = z.object({
  what: z.enum(TOLD_GROUPS).optional().catch(undefined),
  who: z
    .string()
    .trim()
    .regex(/^@?[a-z0-9-]{1,39}$/i)
    .transform((handle) => handle.replace('@', '').toLowerCase())
    .optional()
    .catch(undefined),
  number: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional()
    .catch(undefined),
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().catch(undefined),
});

/** `/s/<summit>/plan/activity`: what happened, for those who take part. */
export function activityRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/plan/activity';
  routes.get(address, withSummit, participantsOnly, withPlan, async (c) => {
    const { summit, services } = c.var;
    const { what, who, number, before } = query.parse(c.req.query());
    const person = who === undefined ? undefined : await planPerson(services.db, summit.id, who);
    const filter: ActivityFilter = {
      limit: PAGE + 1,
      ...(what === undefined ? {} : { kinds: TOLD_KINDS[what], opened: OPENED_IN[what] }),
      ...(number === undefined ? {} : { number }),
      ...(person === undefined ? {} : { personId: person.personId }),
      ...(before === undefined ? {} : { before }),
    };
    // A handle of nobody did nothing.
    const found =
      who !== undefined && person === undefined
        ? []
        : await activityOf(services.db, summit.id, filter);
    const items = found.slice(0, PAGE);
    const home = `/s/${summit.slug}`;
    const last = items.at(-1);
    const said = new URLSearchParams();
    for (const [name, value] of Object.entries({ what, who, number, before: last?.id })) {
      if (value !== undefined) said.set(name, String(value));
    }
    return showPlanPage(
      c,
      { title: 'Activity', lede: 'What happened in the plan, the newest first.' },
      <ActivityPage
        {...{ home, items, what, who, number }}
        zone={readerZone(c, summit)}
        older={found.length > PAGE ? `${home}/plan/activity?${said}` : undefined}
      />,
    );
  });
  return routes;
}
