import { ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import type { Self } from '../../people/rights.ts';
import { comersSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import type { Summit } from '../../summits/queries.ts';
import { meetingsOf } from '../series/series-rules.ts';
import { syncNotes } from './settle-commands.ts';
import { saveText } from './text-commands.ts';
import { missingNotes, textOrTemplate } from './text-queries.ts';
import {
  LONGEST_TEXT,
  subjectAt,
  TEXT_KINDS,
  type TextPlace,
  type TextSubject,
} from './text-rules.ts';

const tag = 'Meetings';
const moment = z.string().openapi({ format: 'date-time' });
const revision = z.number().int().min(0);
const saveKey = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, 'write 8 to 64 letters and digits');

const textParams = slugParam.extend({
  meeting: z
    .string()
    .regex(/^[a-z0-9_-]{1,60}$/)
    .openapi({ param: { name: 'meeting', in: 'path' }, description: 'The meeting’s key.' }),
  kind: z.enum(TEXT_KINDS).openapi({ param: { name: 'kind', in: 'path' } }),
});

const textQuery = z.strictObject({
  track: z
    .string()
    .max(60)
    .default('')
    .openapi({ description: 'The track’s key; left out for the whole meeting.' }),
});

const textSchema = z
  .object({
    revision: revision.openapi({ description: '0 while nobody has written it.' }),
    text: z.string().openapi({ description: 'Markdown; what it would begin with at revision 0.' }),
    updated_at: moment.nullable(),
  })
  .openapi('MeetingText');

const writtenSchema = z
  .strictObject({
    text: z.string().max(LONGEST_TEXT),
    base_revision: revision.openapi({
      description: 'The revision that you changed; others’ changes since are merged into yours.',
    }),
    base_text: z.string().max(LONGEST_TEXT).default('').openapi({
      description: 'At revision 0: what the text began with, as you read it.',
    }),
    save_key: saveKey.optional().openapi({
      description: 'Made up by you: the same save sent twice is one.',
    }),
  })
  .openapi('WrittenText');

const savedSchema = z
  .object({
    revision,
    text: z.string().openapi({ description: 'With everybody’s changes.' }),
    others: z.array(z.string()).openapi({ description: 'Whose changes came in.' }),
    joins: z.number().int().openapi({ description: 'Places that both changed.' }),
  })
  .openapi('SavedText');

/** The text that a request is about, in a summit in which the caller takes part. */
async function subjectFor(
  c: ApiContext,
  slug: string,
  place: TextPlace,
): Promise<
  Result<{ readonly summit: Summit; readonly self: Self; readonly subject: TextSubject }, Refusal>
> {
  const own = await comersSummit(c, slug);
  if (!own.ok) return own;
  const { summit, self } = own.value;
  const subject = subjectAt(meetingsOf(summit), place);
  return subject === undefined ? refused(404, nothingHere()) : ok({ summit, self, subject });
}

/** The API's part about agendas and notes. */
export function textApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  const path = '/summits/{slug}/meetings/{meeting}/{kind}';

  operation(
    routes,
    {
      id: 'readMeetingText',
      method: 'get',
      path,
      tag,
      summary: 'The agenda or the notes of a meeting, or of one of its tracks',
      scope: 'read:notes',
      params: textParams,
      query: textQuery,
      answer: { status: 200, description: 'The text.', schema: textSchema },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const found = await subjectFor(c, params.slug, { ...params, ...query });
      if (!found.ok) return found;
      const { summit, subject } = found.value;
      const { stored, template } = await textOrTemplate(c.var.services.db, summit.id, subject);
      return answered({
        revision: stored?.revision ?? 0,
        text: stored?.body ?? template,
        updated_at: stored?.updatedAt.toString() ?? null,
      });
    },
  );

  operation(
    routes,
    {
      id: 'writeMeetingText',
      method: 'put',
      path,
      tag,
      summary: 'Write the agenda or the notes of a meeting, merged with what others wrote',
      scope: 'write:notes',
      params: textParams,
      query: textQuery,
      body: { json: writtenSchema },
      answer: { status: 200, description: 'Saved.', schema: savedSchema },
      refuses: [403, 409],
    },
    async (c, { params, query, body }) => {
      const found = await subjectFor(c, params.slug, { ...params, ...query });
      if (!found.ok) return found;
      const { self, subject } = found.value;
      const saved = await command(c, async (tx, actor) => {
        const written = await saveText(tx, actor, self, subject, {
          text: body.text,
          base: { revision: body.base_revision, template: body.base_text },
          saveKey: body.save_key,
        });
        if (!written.ok) return written;
        const synced = await syncNotes(tx, actor, written.value.id);
        return synced.ok ? written : synced;
      });
      if (!saved.ok) return saved;
      const { revision: now, body: text, others, joins } = saved.value;
      return answered({ revision: now, text, others: [...others], joins });
    },
  );

  operation(
    routes,
    {
      id: 'listMissingNotes',
      method: 'get',
      path: '/summits/{slug}/missing-notes',
      tag,
      summary: 'Meetings that are over and have no notes, by track, the longest ago first',
      scope: 'read:notes',
      params: slugParam,
      answer: {
        status: 200,
        description: 'What is missing.',
        schema: z.object({
          items: z.array(
            z.object({ meeting: z.string(), track: z.string().nullable(), ended_at: moment }),
          ),
        }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { db, clock } = c.var.services;
      const missing = await missingNotes(db, own.value.summit, clock.now());
      return answered({
        items: missing.map(({ call, track, ended }) => ({
          meeting: call.key,
          track: track?.key ?? null,
          ended_at: ended.toString(),
        })),
      });
    },
  );

  return routes;
}
