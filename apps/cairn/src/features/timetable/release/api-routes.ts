import { problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { organisedSummit, seenSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { shownNames } from '../public/shown-queries.ts';
import { affectedSessions } from './affected-queries.ts';
import { changesAsJson, timetableAsJson, versionAsJson } from './api-json-rules.ts';
import {
  changedSchema,
  previewSchema,
  releaseBody,
  timetableSchema,
  versionSchema,
} from './api-schema.ts';
import { currentTimetable } from './current-queries.ts';
import { releasePreview } from './preview-queries.ts';
import { releaseTimetable } from './release-commands.ts';
import { releaseOf, releasesOf } from './release-queries.ts';
import { TELL } from './release-schema.ts';

const tag = 'Timetable';

const notYet = (): Result<never, Refusal> =>
  refused(404, problem('no-timetable', 'The timetable of this summit is not released yet.'));

/** The API's part about the timetable that holds, its versions, and releasing one. */
export function releaseApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'getTimetable',
      method: 'get',
      path: '/summits/{slug}/timetable',
      tag,
      summary: 'The timetable that holds: the last version, and what is in open space',
      description:
        'Times are local times of the summit’s zone. Who is expected is for those who take part.',
      scope: 'read:timetable',
      isPublic: true,
      params: slugParam,
      answer: { status: 200, description: 'As it is now.', schema: timetableSchema },
      refuses: [404],
    },
    async (c, { params }) => {
      const seen = await seenSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { summit, takesPart, organiser } = seen.value;
      const { db } = c.var.services;
      const current = await currentTimetable(db, summit.id);
      if (current === undefined) return notYet();
      const isMember = takesPart || organiser !== undefined;
      const leads = current.sessions.flatMap((session) => session.leads);
      return answered(
        timetableAsJson(current, {
          isMember,
          names: await shownNames(db, summit.id, leads, isMember),
          affected: await affectedSessions(db, summit, current),
        }),
      );
    },
  );

  operation(
    routes,
    {
      id: 'listTimetableVersions',
      method: 'get',
      path: '/summits/{slug}/timetable/versions',
      tag,
      summary: 'The versions of the timetable, newest first',
      scope: 'read:timetable',
      isPublic: true,
      params: slugParam,
      answer: {
        status: 200,
        description: 'Empty while none was released.',
        schema: z.object({ items: z.array(versionSchema) }),
      },
    },
    async (c, { params }) => {
      const seen = await seenSummit(c, params.slug);
      if (!seen.ok) return seen;
      const releases = await releasesOf(c.var.services.db, seen.value.summit.id);
      return answered({ items: releases.map(versionAsJson) });
    },
  );

  operation(
    routes,
    {
      id: 'getTimetableVersion',
      method: 'get',
      path: '/summits/{slug}/timetable/versions/{version}',
      tag,
      summary: 'What a version of the timetable changed',
      scope: 'read:timetable',
      isPublic: true,
      params: slugParam.extend({
        version: z
          .string()
          .regex(/^[1-9]\d{0,5}$/)
          .describe('Its number, from 1.'),
      }),
      answer: { status: 200, description: 'From the one before.', schema: changedSchema },
      refuses: [404],
    },
    async (c, { params }) => {
      const seen = await seenSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { summit } = seen.value;
      const release = await releaseOf(c.var.services.db, summit.id, Number(params.version));
      return release === undefined ? notYet() : answered(changesAsJson(release));
    },
  );

  operation(
    routes,
    {
      id: 'previewTimetableVersion',
      method: 'get',
      path: '/summits/{slug}/timetable/preview',
      tag,
      summary: 'What releasing a draft would say, its warnings and every mail; for organisers',
      scope: 'read:timetable',
      params: slugParam,
      query: z.strictObject({ draft: z.uuid(), tell: z.enum(TELL).default('moved') }),
      answer: { status: 200, description: 'Nothing is released.', schema: previewSchema },
      refuses: [403, 404],
    },
    async (c, { params, query }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const asked = { ...query, name: '', note: '' };
      const { preview } = await releasePreview(c.var.services.db, summit, organiser, asked);
      if (preview?.draft.id !== query.draft) {
        return refused(404, problem('no-draft', 'There is no such draft, or it was discarded.'));
      }
      const { draft, version, content, warnings, told } = preview;
      return answered({
        ...{ draft: draft.id, revision: draft.revision, version },
        sessions: content.sessions.length,
        warnings: warnings.map((each) => ({ ...each, sentences: [...each.sentences] })),
        told: told.map(({ reader, subject, body }) => ({
          ...{ person: reader.personId, name: reader.name, by_mail: reader.hasAddress },
          ...{ subject, body },
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'releaseTimetable',
      method: 'post',
      path: '/summits/{slug}/timetable/versions',
      tag,
      summary: 'Release a draft as the next version of the timetable; for organisers',
      scope: 'write:timetable',
      params: slugParam,
      body: { json: releaseBody },
      answer: {
        status: 201,
        description: 'Released; mails go out by themselves.',
        schema: z.object({ version: z.number().int() }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { draft, ...input } = body;
      const released = await command(c, (tx, actor) =>
        releaseTimetable(tx, actor, organised.value.organiser, { draftId: draft, ...input }),
      );
      return released.ok ? ok({ body: { version: released.value.version } }) : released;
    },
  );

  return routes;
}
