import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { organiserOf } from '../../people/rights.ts';
import { comersSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { day } from '../../timetable/frame/api-schema.ts';
import { writeAnyWorklogEntry, writeWorklogEntry } from './worklog-commands.ts';
import { worklogOf } from './worklog-queries.ts';
import { keyOf, LONGEST_PART, NO_WORDS, placeOf, wordsIn } from './worklog-rules.ts';

const tag = 'Timetable';
const dayParams = slugParam.extend({
  date: day.openapi({ param: { name: 'date', in: 'path' } }),
});
const entryParams = dayParams.extend({
  subject: z
    .string()
    .max(120)
    .openapi({
      param: { name: 'subject', in: 'path' },
      description: 'The key of a group, or `session-` and the id of a session.',
    }),
});

const part = z.string().max(LONGEST_PART).default('');
const words = { did: part, links: part, blocked: part, next: part };
const said = { did: z.string(), links: z.string(), blocked: z.string(), next: z.string() };
const revision = z.int().min(0).max(1_000_000_000);

const entrySchema = z
  .object({
    subject: z.string(),
    title: z.string(),
    kind: z.enum(['group', 'open', 'session']),
    topic: z.int().nullable(),
    revision: revision.openapi({ description: '0 while nobody has written it.' }),
    ...said,
    planned: z
      .object({ date: z.string().openapi({ format: 'date' }), next: z.string() })
      .nullable()
      .openapi({ description: 'What the group said comes next when it wrote last.' }),
  })
  .openapi('WorklogEntry');

/** The API's part about worklogs. */
export function worklogApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'readWorklog',
      method: 'get',
      path: '/summits/{slug}/worklog/{date}',
      tag,
      summary: 'What groups and sessions did on a day',
      scope: 'read:timetable',
      params: dayParams,
      answer: {
        status: 200,
        description: 'Groups first, then sessions of their own by time.',
        schema: z.object({ items: z.array(entrySchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const parts = await worklogOf(c.var.services.db, own.value.self, params.date);
      return answered({
        items: parts.map(({ subject, entry, earlier }) => ({
          ...{ subject: keyOf(subject.place), title: subject.title, kind: subject.kind },
          ...{ topic: subject.topicNumber, revision: entry?.revision ?? 0 },
          ...wordsIn(entry ?? NO_WORDS),
          planned: earlier === undefined ? null : { date: earlier.date, next: earlier.next },
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'writeWorklogEntry',
      method: 'put',
      path: '/summits/{slug}/worklog/{date}/{subject}',
      tag,
      summary: 'Write what a group or a session did',
      description:
        'Merged with what others wrote since the revision that you changed: no save is refused for that, and no word is lost.',
      scope: 'write:timetable',
      params: entryParams,
      body: {
        json: z
          .strictObject({
            ...words,
            base_revision: revision.openapi({ description: 'The revision that you changed.' }),
            key: z.uuid().optional().openapi({
              description: 'Made up by you; the same save sent again counts once.',
            }),
          })
          .openapi('WorklogWords'),
      },
      answer: {
        status: 200,
        description: 'The entry with everybody’s words.',
        schema: z.object({ revision, ...said, merged: z.boolean() }).openapi('WrittenWorklogEntry'),
      },
      refuses: [403, 404, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const place = placeOf(params.subject);
      if (place === undefined) return refused(404, nothingHere());
      const { summit, self, signedIn } = own.value;
      const organiser = await organiserOf(c.var.services.db, summit.id, signedIn);
      const where = { date: params.date, place };
      const save = { words: wordsIn(body), base: body.base_revision, clientKey: body.key };
      const done = await command(c, (tx, actor) =>
        organiser === undefined
          ? writeWorklogEntry(tx, actor, self, summit, where, save)
          : writeAnyWorklogEntry(tx, actor, organiser, summit, where, save),
      );
      if (!done.ok) return done;
      const { revision: stored, isMerged } = done.value;
      return answered({ revision: stored, ...wordsIn(done.value.words), merged: isMerged });
    },
  );

  return routes;
}
