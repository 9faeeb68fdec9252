import { problem } from '@cairn/kernel/problem';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { itemParams } from '../../people/api/api-schema.ts';
import { organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { timetableFacts } from '../solving/facts-queries.ts';
import { baseOf } from '../solving/search-queries.ts';
import { fingerprintOf } from '../solving/search-task.ts';
import {
  asPlacement,
  changesSchema,
  draftSchema,
  newDraftSchema,
  placeShape,
  revisionSchema,
  stepSchema,
  tag,
} from './api-schema.ts';
import { proofWords, standingOf } from './cost-rules.ts';
import { createDraft, discardDraft, renameDraft } from './draft-commands.ts';
import { draftOf, draftsOf } from './draft-queries.ts';
import { placesFor } from './places-rules.ts';
import { pinSessions, placeSessions, redoStep, undoStep } from './step-commands.ts';

/** The API's part about drafts of timetables, for organisers. */
export function draftApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  listOperations(routes);
  oneOperations(routes);
  changeOperations(routes);
  return routes;
}

const newId = z.object({ id: z.uuid() }).openapi('NewTimetableDraftId');

function listOperations(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listTimetableDrafts',
      method: 'get',
      path: '/summits/{slug}/timetable/drafts',
      tag,
      summary: 'Drafts of the timetable, changed last first',
      scope: 'read:timetable',
      params: slugParam,
      answer: {
        status: 200,
        description: 'The drafts, without their placements.',
        schema: z.object({
          items: z.array(
            z
              .object({ id: z.uuid(), name: z.string(), revision: z.int(), placed: z.int() })
              .openapi('TimetableDraftRow'),
          ),
        }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const drafts = await draftsOf(c.var.services.db, organised.value.organiser);
      return answered({
        items: drafts.map(({ id, name, revision, placed }) => ({ id, name, revision, placed })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'beginTimetableDraft',
      method: 'post',
      path: '/summits/{slug}/timetable/drafts',
      tag,
      summary: 'Begin a draft: empty, or from the release or another draft',
      scope: 'write:timetable',
      params: slugParam,
      body: { json: newDraftSchema },
      answer: { status: 201, description: 'The draft.', schema: newId },
      refuses: [403, 409],
    },
    async (c, { params, body: { name, from } }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const base = await baseOf(c.var.services.db, summit.id, from);
      if (from !== 'none' && base === undefined) {
        return refused(409, problem('no-base', 'There is nothing of this id to begin from.'));
      }
      const made = await command(c, (tx, actor) =>
        createDraft(tx, actor, organiser, {
          name,
          placements: base?.placements ?? [],
          made: from === 'none' ? {} : { from },
        }),
      );
      return made.ok ? answered(made.value) : made;
    },
  );
}

function oneOperations(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'getTimetableDraft',
      method: 'get',
      path: '/summits/{slug}/timetable/drafts/{id}',
      tag,
      summary: 'A draft: what it places, breaks and costs whom, and what is proven of it',
      scope: 'read:timetable',
      params: itemParams,
      answer: { status: 200, description: 'The draft.', schema: draftSchema },
      refuses: [403, 404],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const { db } = c.var.services;
      const draft = await draftOf(db, summit.id, params.id);
      const facts = await timetableFacts(db, summit, organiser);
      if (draft === undefined || facts === undefined) return refused(404, nothingHere());
      const { broken, wishes, costs } = standingOf(facts, draft.placements);
      const changed = { isChanged: draft.revision > 0, now: fingerprintOf(facts) };
      return answered({
        id: draft.id,
        name: draft.name,
        revision: draft.revision,
        origin: draft.origin,
        seed: draft.made.seed ?? null,
        created_at: draft.createdAt.toString(),
        placements: draft.placements.map(asPlacement),
        breaks: [...broken, ...wishes].map(({ rule, isHard, sentence, sessions, people }) => ({
          ...{ rule, must: isHard, sentence },
          sessions: [...sessions],
          people: [...people],
        })),
        costs: {
          headline: costs.headline,
          people: costs.people.map(({ id, percent, missed }) => ({
            ...{ person: id, percent },
            missed: [...missed],
          })),
        },
        proof: proofWords(draft.made, changed),
      });
    },
  );

  operation(
    routes,
    {
      id: 'listTimetablePlaces',
      method: 'get',
      path: '/summits/{slug}/timetable/drafts/{id}/places',
      tag,
      summary: 'Every place that a session could have in a draft, and what speaks against it',
      scope: 'read:timetable',
      params: itemParams,
      query: z.object({ session: z.uuid() }),
      answer: {
        status: 200,
        description: 'The places: free, at a cost, or in conflict.',
        schema: z.object({
          items: z.array(
            z
              .object({
                ...placeShape,
                state: z.enum(['free', 'costs', 'conflict']),
                reasons: z.array(z.string()),
              })
              .openapi('TimetablePlace'),
          ),
        }),
      },
      refuses: [403, 404],
    },
    async (c, { params, query }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const { db } = c.var.services;
      const draft = await draftOf(db, summit.id, params.id);
      const facts = await timetableFacts(db, summit, organiser);
      if (draft === undefined || facts === undefined) return refused(404, nothingHere());
      return answered({
        items: placesFor(facts, draft.placements, query.session).map(
          ({ date, starts, roomId, state, reasons }) => ({
            ...{ date, starts, room: roomId, state },
            reasons: [...reasons],
          }),
        ),
      });
    },
  );
}

function changeOperations(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'moveSessions',
      method: 'post',
      path: '/summits/{slug}/timetable/drafts/{id}/moves',
      tag,
      summary: 'Move sessions of a draft, all or none',
      description:
        'Refused (409) where somebody else moved one of them since the revision that you have seen; the problem says who, and where to.',
      scope: 'write:timetable',
      params: itemParams,
      body: { json: changesSchema },
      answer: { status: 200, description: 'The new revision.', schema: revisionSchema },
      refuses: [403, 409],
    },
    async (c, { params, body: { seen, moves } }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const moved = await command(c, (tx, actor) =>
        placeSessions(tx, actor, organised.value.organiser, {
          draftId: params.id,
          seen,
          moves: moves.map(({ session, to }) => ({
            sessionId: session,
            to: to && { date: to.date, starts: to.starts, roomId: to.room },
          })),
        }),
      );
      return moved.ok ? answered(moved.value) : moved;
    },
  );

  operation(
    routes,
    {
      id: 'changeTimetableDraft',
      method: 'post',
      path: '/summits/{slug}/timetable/drafts/{id}',
      tag,
      summary: 'Rename a draft, pin sessions, undo or redo your own last change',
      scope: 'write:timetable',
      params: itemParams,
      body: { json: stepSchema },
      answer: { status: 204, description: 'Done.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const draftId = params.id;
      const done = await command<unknown>(c, (tx, actor) => {
        if (body.action === 'undo') return undoStep(tx, actor, organiser, { draftId });
        if (body.action === 'redo') return redoStep(tx, actor, organiser, { draftId });
        if (body.action === 'rename') {
          return renameDraft(tx, actor, organiser, { draftId, name: body.name });
        }
        const { sessions, pinned } = body;
        return pinSessions(tx, actor, organiser, { draftId, sessions, isPinned: pinned });
      });
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'discardTimetableDraft',
      method: 'delete',
      path: '/summits/{slug}/timetable/drafts/{id}',
      tag,
      summary: 'Take a draft off the list; what was released of it stays released',
      scope: 'write:timetable',
      params: itemParams,
      answer: { status: 204, description: 'Discarded.' },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const done = await command(c, (tx, actor) =>
        discardDraft(tx, actor, organised.value.organiser, { draftId: params.id }),
      );
      return done.ok ? answered(undefined) : done;
    },
  );
}
