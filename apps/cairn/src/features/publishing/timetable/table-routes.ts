import { Hono } from 'hono';
import { answerDocument, OWN_CACHE } from '../../../platform/http/conditional.ts';
import type { AppContext } from '../../../platform/http/env.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { draftOf } from '../../timetable/drafts/draft-queries.ts';
import type { Placement } from '../../timetable/drafts/placement-rules.ts';
import { frameOf } from '../../timetable/frame/frame-queries.ts';
import { groupsOfWeek } from '../../timetable/groups/current-queries.ts';
import { currentTimetable } from '../../timetable/release/current-queries.ts';
import { sessionPeople } from '../../timetable/sessions/people-queries.ts';
import { sessionsOf } from '../../timetable/sessions/session-queries.ts';
import { groupsCsv, roomsCsv, sessionsCsv } from './csv-rules.ts';

type Context = AppContext<OrganiserEnv['Variables']>;

/** Tables for organisers, which the import reads back: sessions with their places, rooms, groups. */
export function timetableTableRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const home = '/s/:summit/organise/timetable';

  routes.get(`${home}/sessions.csv`, withSummit, organisersOnly, async (c) => {
    const { summit, services } = c.var;
    const { db } = services;
    const draftId = c.req.query('draft');
    const placements = await placesFor(c, draftId);
    if (placements === undefined) return c.notFound();
    const body = sessionsCsv(
      await sessionsOf(db, summit.id),
      placements,
      (await frameOf(db, summit))?.rooms ?? [],
      await namesOf(c),
    );
    return answerTable(c, body, 'sessions');
  });

  routes.get(`${home}/rooms.csv`, withSummit, organisersOnly, async (c) => {
    const { summit, services } = c.var;
    const frame = await frameOf(services.db, summit);
    return answerTable(c, roomsCsv(frame?.rooms ?? []), 'rooms');
  });

  routes.get(`${home}/groups.csv`, withSummit, organisersOnly, async (c) => {
    const { summit, services } = c.var;
    const groups = await groupsOfWeek(services.db, summit.id);
    return answerTable(c, groupsCsv(groups.values(), await namesOf(c)), 'groups');
  });

  return routes;
}

/** The places of a draft, or of the timetable that holds where none is named. */
async function placesFor(
  c: Context,
  draftId: string | undefined,
): Promise<readonly Omit<Placement, 'isPinned'>[] | undefined> {
  const { summit, services } = c.var;
  if (draftId !== undefined) return (await draftOf(services.db, summit.id, draftId))?.placements;
  const current = await currentTimetable(services.db, summit.id);
  return (current?.sessions ?? []).map(({ id: sessionId, date, starts, roomId }) => ({
    ...{ sessionId, date, starts, roomId },
  }));
}

async function namesOf(c: Context): Promise<ReadonlyMap<string, string>> {
  const people = await sessionPeople(c.var.services.db, c.var.summit.id);
  return new Map(people.map(({ id, name }) => [id, name]));
}

const answerTable = (c: Context, body: string, what: string): Response =>
  answerDocument(c, {
    body,
    type: 'text/csv; charset=utf-8; header=present',
    cacheControl: OWN_CACHE,
    fileName: `${c.var.summit.slug}_${what}.csv`,
  });
