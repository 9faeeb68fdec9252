import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { answerApiRoutes } from './api-answer-routes.ts';
import { eventApiRoutes } from './api-event-routes.ts';
import { invitationApiRoutes } from './api-invitation-routes.ts';
import { ownApiRoutes } from './api-own-routes.ts';
import { personApiRoutes } from './api-person-routes.ts';
import { promiseApiRoutes } from './api-promise-routes.ts';
import { publicApiRoutes } from './api-public-routes.ts';
import { seatApiRoutes } from './api-seat-routes.ts';

/**
 * This room's part of the API. What stands under a word (`invitations/me`) comes before what stands
 * under an id (`invitations/{person}`), because the first that fits answers.
 */
export const peopleApiRoutes = (): readonly OpenAPIHono<ApiEnv>[] => [
  answerApiRoutes(),
  publicApiRoutes(),
  personApiRoutes(),
  invitationApiRoutes(),
  seatApiRoutes(),
  promiseApiRoutes(),
  eventApiRoutes(),
  ownApiRoutes(),
];
