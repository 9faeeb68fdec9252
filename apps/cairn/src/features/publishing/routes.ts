import { Hono } from 'hono';
import type { AppEnv } from '../../platform/http/env.ts';
import { documentRoutes } from './documents-routes.tsx';
import { feedRoutes } from './feed-routes.tsx';
import { inviteLinkRoutes } from './invites/link-routes.tsx';
import { organiserInviteRoutes } from './invites/organiser-invite-routes.tsx';
import { ownInviteRoutes } from './invites/own-invite-routes.tsx';
import { replyRoutes } from './invites/reply-routes.tsx';
import { timetableFormatRoutes } from './timetable/formats-routes.tsx';
import { timetableImportRoutes } from './timetable/import-routes.tsx';
import { scheduleRoutes } from './timetable/schedule-routes.ts';
import { timetableTableRoutes } from './timetable/table-routes.ts';

/** Everything that this room serves: documents, calendar feeds, calendar invitations, and the pages about them. */
export function publishingRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.route('/', documentRoutes());
  routes.route('/', feedRoutes());
  routes.route('/', inviteLinkRoutes());
  routes.route('/', ownInviteRoutes());
  routes.route('/', replyRoutes());
  routes.route('/', organiserInviteRoutes());
  routes.route('/', scheduleRoutes());
  routes.route('/', timetableFormatRoutes());
  routes.route('/', timetableTableRoutes());
  routes.route('/', timetableImportRoutes());
  return routes;
}
