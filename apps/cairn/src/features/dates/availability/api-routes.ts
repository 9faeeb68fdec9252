import { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { oneself } from '../../people/own-data/own-data-queries.ts';
import { somebody } from '../../summits/api-access.ts';
import { tag, weekBodySchema, weekSchema } from './api-schema.ts';
import { forgetAvailability, sayAvailability } from './availability-commands.ts';
import { weeklyAvailabilityOf } from './availability-queries.ts';
import { readSaidWeek } from './availability-schema.ts';
import { busyOperations } from './busy-api-routes.ts';
import { DAYS, fieldOf, formatHours } from './hours-rules.ts';

/** The API's part about when somebody can: their week, and their calendars' busy times. */
export function availabilityApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'getAvailability',
      method: 'get',
      path: '/me/availability',
      tag,
      summary: 'In which hours of an ordinary week you can join calls',
      scope: 'read:me',
      answer: { status: 200, description: 'Your week.', schema: weekSchema },
      refuses: [403, 404],
    },
    async (c) => {
      const own = somebody(c);
      if (!own.ok) return own;
      const week = await weeklyAvailabilityOf(c.var.services.db, oneself(own.value));
      if (week === undefined) return refused(404, nothingHere());
      const { zone, cells, updatedAt } = week;
      const days = Object.fromEntries(
        DAYS.map((key, day) => [
          key,
          { yes: formatHours(cells, day, 2), if_need_be: formatHours(cells, day, 1) },
        ]),
      );
      return answered({ time_zone: zone, days, hours: cells, updated_at: updatedAt.toString() });
    },
  );

  operation(
    routes,
    {
      id: 'sayAvailability',
      method: 'put',
      path: '/me/availability',
      tag,
      summary: 'Say in which hours of an ordinary week you can join calls',
      description: 'Once for all polls and summits. Hours are written as on the page.',
      scope: 'write:me',
      body: { json: weekBodySchema },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403],
    },
    async (c, { body }) => {
      const own = somebody(c);
      if (!own.ok) return own;
      const typed: Record<string, string> = { zone: body.time_zone };
      for (const day of DAYS) {
        typed[fieldOf('yes', day)] = body.days[day]?.yes ?? '';
        typed[fieldOf('maybe', day)] = body.days[day]?.if_need_be ?? '';
      }
      const said = readSaidWeek(typed);
      if (!said.ok) {
        return refused(
          422,
          said.error.map((each) => ({ ...each, place: { path: bodyPath(each.place.path ?? '') } })),
        );
      }
      const kept = await command(c, (tx, actor) =>
        sayAvailability(tx, actor, oneself(own.value), said.value),
      );
      return kept.ok ? answered(undefined) : kept;
    },
  );

  operation(
    routes,
    {
      id: 'forgetAvailability',
      method: 'delete',
      path: '/me/availability',
      tag,
      summary: 'Let your week be forgotten; you count as unknown then',
      scope: 'write:me',
      answer: { status: 204, description: 'Forgotten.' },
      refuses: [403],
    },
    async (c) => {
      const own = somebody(c);
      if (!own.ok) return own;
      const gone = await command(c, (tx, actor) =>
        forgetAvailability(tx, actor, oneself(own.value)),
      );
      return gone.ok ? answered(undefined) : gone;
    },
  );

  busyOperations(routes);
  return routes;
}

const bodyPath = (field: string): string => {
  const [level = '', day = ''] = field.split('_');
  if (field === 'zone') return 'time_zone';
  return `days.${day}.${level === 'yes' ? 'yes' : 'if_need_be'}`;
};
