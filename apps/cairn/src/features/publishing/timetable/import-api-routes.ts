import { ok } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { countsOf, noFrame, settleImport, takeTimetableImport } from './import-commands.ts';
import { importFacts, timetableImports } from './import-queries.ts';
import { emptyImport, readTimetableFile } from './import-reading.ts';
import { importPlan } from './import-rules.ts';
import type { ImportCounts, Rest } from './import-schema.ts';

const tag = 'Timetable';
const PATH = '/summits/{slug}/timetable/imports';

const countsJson = z
  .object({
    new_rooms: z.number().int(),
    known_rooms: z.number().int(),
    new_sessions: z.number().int(),
    known_sessions: z.number().int(),
    new_blocks: z.number().int(),
    known_blocks: z.number().int(),
    placed: z.number().int(),
  })
  .openapi('TimetableImportCounts');

const restJson = z
  .object({
    where: z.string(),
    raw: z.string(),
    sentence: z.string(),
    taken: z.boolean(),
  })
  .openapi('TimetableImportRest');

const planJson = z
  .object({ counts: countsJson, rest: z.array(restJson) })
  .openapi('TimetableImportPlan');

const importJson = z
  .object({
    id: z.uuid(),
    kind: z.enum(['schedule', 'sessions', 'rooms']),
    file_name: z.string(),
    draft: z.uuid().nullable(),
    counts: countsJson,
    rest: z.array(restJson),
    imported_at: z.string().openapi({ format: 'date-time' }),
  })
  .openapi('TimetableImport');

const asCounts = (counts: ImportCounts) => ({
  new_rooms: counts.newRooms,
  known_rooms: counts.knownRooms,
  new_sessions: counts.newSessions,
  known_sessions: counts.knownSessions,
  new_blocks: counts.newBlocks,
  known_blocks: counts.knownBlocks,
  placed: counts.placed,
});

const asRest = (rest: readonly Rest[]) =>
  rest.map(({ where, raw, sentence, isTaken }) => ({ where, raw, sentence, taken: isTaken }));

const body = {
  text: [
    'text/csv',
    'application/json',
    'application/xml',
    'text/xml',
    'application/vnd.c3voc.schedule+xml',
  ],
  read: ({ text }: { readonly text: string }) => text,
  describedAs: z.object({}).loose().openapi({ description: 'A schedule.json, version 1.' }),
};

const readGiven = (text: string, file: string | undefined) => {
  const read =
    text.trim() === ''
      ? { ok: false as const, error: [emptyImport()] }
      : readTimetableFile(text, file);
  return read.ok ? ok(read.value) : refused(422, read.error);
};

/** The API's part about bringing a timetable in from another tool. */
export function timetableImportApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'previewTimetableImport',
      method: 'post',
      path: `${PATH}/preview`,
      tag,
      summary: 'What an import would do; nothing is stored',
      scope: 'write:timetable',
      params: slugParam,
      body,
      answer: { status: 200, description: 'What it would make.', schema: planJson },
      refuses: [403, 409, 422],
    },
    async (c, { params, body: text }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const read = readGiven(text, undefined);
      if (!read.ok) return read;
      const { organiser, summit } = organised.value;
      const facts = await importFacts(c.var.services.db, organiser, summit);
      if (facts === undefined) return refused(409, noFrame());
      const plan = importPlan(read.value, facts);
      return answered({ counts: asCounts(countsOf(plan)), rest: asRest(plan.rest) });
    },
  );

  operation(
    routes,
    {
      id: 'importTimetable',
      method: 'post',
      path: PATH,
      tag,
      summary: 'Take in a schedule of another tool, or a table of sessions or rooms',
      description:
        'What is there already stays as it is; what has a place makes a draft; what is not understood is kept and listed.',
      scope: 'write:timetable',
      params: slugParam,
      query: z.strictObject({
        file_name: z
          .string()
          .max(200)
          .optional()
          .openapi({ param: { name: 'file_name', in: 'query' } }),
      }),
      body,
      answer: { status: 201, description: 'Taken in.', schema: importJson },
      refuses: [403, 409, 422],
    },
    async (c, { params, query, body: text }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const read = readGiven(text, query.file_name);
      if (!read.ok) return read;
      const { organiser, summit } = organised.value;
      const fileName = query.file_name ?? '';
      const taken = await command(c, (tx, actor) =>
        takeTimetableImport(tx, actor, organiser, summit, read.value, { fileName }),
      );
      if (!taken.ok) return taken;
      const imports = await timetableImports(c.var.services.db, organiser);
      const made = imports.find(({ id }) => id === taken.value.id);
      if (made === undefined) throw new Error('the import just made is gone');
      return answered(asImport(made));
    },
  );

  operation(
    routes,
    {
      id: 'listTimetableImports',
      method: 'get',
      path: PATH,
      tag,
      summary: 'What was imported, and what of it was not understood',
      scope: 'read:timetable',
      params: slugParam,
      answer: {
        status: 200,
        description: 'Newest first.',
        schema: z.object({ items: z.array(importJson) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const imports = await timetableImports(c.var.services.db, organised.value.organiser);
      return answered({ items: imports.map(asImport) });
    },
  );

  operation(
    routes,
    {
      id: 'settleTimetableImport',
      method: 'delete',
      path: `${PATH}/{id}/rest`,
      tag,
      summary: 'Be done with what was not understood of an import; it is then no longer kept',
      scope: 'write:timetable',
      params: slugParam.extend({
        id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }),
      }),
      answer: { status: 204, description: 'Done with.' },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const settled = await command(c, (tx, actor) =>
        settleImport(tx, actor, organised.value.organiser, { id: params.id }),
      );
      return settled.ok ? answered(undefined) : settled;
    },
  );

  return routes;
}

const asImport = ({
  id,
  kind,
  fileName,
  draft,
  counts,
  rest,
  importedAt,
}: Awaited<ReturnType<typeof timetableImports>>[number]) => ({
  ...{ id, kind, file_name: fileName, draft: draft?.id ?? null },
  ...{ counts: asCounts(counts), rest: asRest(rest), imported_at: importedAt.toString() },
});
