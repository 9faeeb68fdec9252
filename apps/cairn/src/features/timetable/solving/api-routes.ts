import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { itemParams } from '../../people/api/api-schema.ts';
import { organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { asPlacement, placementSchema, tag } from '../drafts/api-schema.ts';
import { beginSearch, cancelSearch, makeOfferDraft } from './search-commands.ts';
import { searchesOf, searchOf, type TimetableSearch } from './search-queries.ts';
import { stageWords } from './stage-rules.ts';

const searchSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(['find', 'repair']),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    seed: z.int(),
    asked_at: z.string().openapi({ format: 'date-time' }),
    says: z.string().openapi({ description: 'How far it is, in words.' }),
    drafts: z.array(z.string()).openapi({ description: 'What it found, best first.' }),
    conflict: z.array(z.string()).openapi({ description: 'What cannot hold together.' }),
    sentences: z.array(z.string()),
    offers: z
      .array(z.object({ more: z.int(), cost: z.int(), placements: z.array(placementSchema) }))
      .openapi({ description: 'Of a repair: ways to mend it, none of which is made yet.' }),
  })
  .openapi('TimetableSearch');

const newSearchSchema = z
  .strictObject({
    kind: z.enum(['find', 'repair']).default('find'),
    from: z
      .union([z.literal('none'), z.literal('release'), z.uuid()])
      .optional()
      .openapi({
        description:
          'Nothing, the last release, or a draft. When left out: nothing for `find`, the release for `repair`.',
      }),
    seed: z.int().min(0).max(2_147_483_647).default(1),
    seconds: z.int().min(1).max(600).default(20),
    iterations: z
      .int()
      .min(1)
      .max(1_000_000_000)
      .optional()
      .openapi({ description: 'Moves instead of seconds, which gives the same on every machine.' }),
    measure: z
      .enum(['people', 'sessions'])
      .default('people')
      .openapi({ description: 'Of a repair: what is to be moved as little as can be.' }),
  })
  .openapi('NewTimetableSearch');

const stepSchema = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('cancel') }),
    z.strictObject({
      action: z.literal('make'),
      offer: z.int().min(0).openapi({ description: 'Which way to mend it, from 0.' }),
      name: z.string().trim().min(1).max(120),
    }),
  ])
  .openapi('TimetableSearchStep');

const asAnswer = (search: TimetableSearch): z.output<typeof searchSchema> => {
  const { id, kind, state, seed, askedAt, progress, result } = search;
  return {
    ...{ id, kind, state, seed },
    asked_at: askedAt.toString(),
    says: state === 'running' || state === 'queued' ? stageWords(progress) : `It is ${state}.`,
    drafts: result?.drafts ?? [],
    conflict: result?.conflict ?? [],
    sentences: result?.sentences ?? [],
    offers: (result?.offers ?? []).map(({ more, cost, placements }) => ({
      ...{ more, cost },
      placements: placements.map(asPlacement),
    })),
  };
};

/** The API's part about searches for timetables and repairs, for organisers. */
export function timetableSearchApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listTimetableSearches',
      method: 'get',
      path: '/summits/{slug}/timetable/searches',
      tag,
      summary: 'The last searches for timetables and repairs, newest first',
      scope: 'read:timetable',
      params: slugParam,
      answer: {
        status: 200,
        description: 'The searches.',
        schema: z.object({ items: z.array(searchSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const searches = await searchesOf(c.var.services.db, organised.value.organiser);
      return answered({ items: searches.map(asAnswer) });
    },
  );

  operation(
    routes,
    {
      id: 'searchTimetables',
      method: 'post',
      path: '/summits/{slug}/timetable/searches',
      tag,
      summary: 'Begin to search for timetables, or for a repair',
      description:
        'A job searches; ask for its state until it is done. Timetables become drafts; a repair offers ways, of which you make one a draft.',
      scope: 'write:timetable',
      params: slugParam,
      body: { json: newSearchSchema },
      answer: {
        status: 201,
        description: 'The search.',
        schema: z.object({ id: z.uuid() }).openapi('NewTimetableSearchId'),
      },
      refuses: [403, 409],
    },
    async (c, { params, body: { kind, from, seed, seconds, measure, iterations } }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const begun = await command(c, (tx, actor) =>
        beginSearch(tx, actor, organised.value.organiser, {
          ...{ kind, seed, seconds, measure },
          from: from ?? (kind === 'repair' ? 'release' : 'none'),
          ...(iterations === undefined ? {} : { iterations }),
        }),
      );
      return begun.ok ? answered(begun.value) : begun;
    },
  );

  operation(
    routes,
    {
      id: 'getTimetableSearch',
      method: 'get',
      path: '/summits/{slug}/timetable/searches/{id}',
      tag,
      summary: 'A search: how far it is, and what it found',
      scope: 'read:timetable',
      params: itemParams,
      answer: { status: 200, description: 'The search.', schema: searchSchema },
      refuses: [403, 404],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const search = await searchOf(c.var.services.db, organised.value.organiser, params.id);
      return search === undefined ? refused(404, nothingHere()) : answered(asAnswer(search));
    },
  );

  operation(
    routes,
    {
      id: 'changeTimetableSearch',
      method: 'post',
      path: '/summits/{slug}/timetable/searches/{id}',
      tag,
      summary: 'Cancel a search, or make a draft of a way to mend the timetable',
      scope: 'write:timetable',
      params: itemParams,
      body: { json: stepSchema },
      answer: {
        status: 200,
        description: 'The draft, where one was made.',
        schema: z.object({ draft: z.uuid().nullable() }).openapi('TimetableSearchStepped'),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const { id } = params;
      if (body.action === 'cancel') {
        const done = await command(c, (tx, actor) => cancelSearch(tx, actor, organiser, { id }));
        return done.ok ? answered({ draft: null }) : done;
      }
      const { offer, name } = body;
      const made = await command(c, (tx, actor) =>
        makeOfferDraft(tx, actor, organiser, { id, offer, name }),
      );
      return made.ok ? answered({ draft: made.value.id }) : made;
    },
  );

  return routes;
}
