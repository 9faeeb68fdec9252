import { Hono } from 'hono';
import type { AppEnv } from '../../platform/http/env.ts';
import { agendaRoutes } from './agenda/agenda-routes.tsx';
import { editorRoutes } from './editor/editor-routes.tsx';
import { liveEditorRoutes } from './editor/live-routes.ts';
import { blockRoutes } from './frame/block-routes.tsx';
import { frameRoutes } from './frame/frame-routes.tsx';
import { roomRoutes } from './frame/room-routes.tsx';
import { groupEditRoutes } from './groups/group-edit-routes.tsx';
import { groupingRoutes } from './groups/grouping-routes.tsx';
import { ownGroupsRoutes } from './groups/own-routes.tsx';
import { timetableHomeRoutes } from './home/home-routes.tsx';
import { nowRoutes, whereRoutes } from './now/now-routes.tsx';
import { openSpaceRoutes } from './open-space/space-routes.tsx';
import { ownPresenceRoutes } from './presence/own-routes.tsx';
import { presenceRoutes } from './presence/presence-routes.tsx';
import { timetablePrintRoutes } from './public/print-routes.tsx';
import { publicTimetableRoutes } from './public/public-routes.tsx';
import { releaseRoutes } from './release/release-routes.tsx';
import { sessionRuleRoutes } from './sessions/rule-routes.tsx';
import { sessionRoutes } from './sessions/session-routes.tsx';

/** Everything under `/s/:summit/timetable` and `/s/:summit/organise/timetable`. A part is a line. */
export function timetableRoutes(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.route('/', frameRoutes());
  app.route('/', blockRoutes());
  app.route('/', roomRoutes());
  app.route('/', presenceRoutes());
  app.route('/', ownPresenceRoutes());
  app.route('/', groupingRoutes());
  app.route('/', groupEditRoutes());
  app.route('/', ownGroupsRoutes());
  app.route('/', sessionRuleRoutes());
  app.route('/', sessionRoutes());
  app.route('/', timetableHomeRoutes());
  app.route('/', nowRoutes());
  app.route('/', agendaRoutes());
  app.route('/', whereRoutes());
  app.route('/', editorRoutes());
  app.route('/', liveEditorRoutes());
  app.route('/', openSpaceRoutes());
  app.route('/', publicTimetableRoutes());
  app.route('/', timetablePrintRoutes());
  app.route('/', releaseRoutes());
  return app;
}
