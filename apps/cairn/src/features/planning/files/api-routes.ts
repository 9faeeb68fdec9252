import { type Problem, problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { organiserOf } from '../../people/rights.ts';
import { comersSummit, seenSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { inOrder } from '../documents/check-rules.ts';
import { LONGEST_DOCUMENT, readPlanDocument } from '../documents/document-rules.ts';
import { DOCUMENT_KINDS } from '../documents/kind-rules.ts';
import { isDocumentPath } from '../documents/kind-schema.ts';
import { partNotes, publishNotes } from '../notes/publish-commands.ts';
import { notesPublisherOf } from '../notes/rights.ts';
import { problemsOfChange } from '../proposals/check-queries.ts';
import {
  documentAt,
  documentsOf,
  type MainDocument,
  type Plan,
  planOf,
} from '../repository/main-queries.ts';

const tag = 'Plan';
const kind = z.enum([...DOCUMENT_KINDS, 'page', 'rules']);
const pathText = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^\P{Cc}+$/u, 'write the path of a file');

const problemSchema = z
  .object({
    code: z.string(),
    sentence: z.string(),
    file: z.string().nullable(),
    line: z.number().int().nullable(),
    column: z.number().int().nullable(),
  })
  .openapi('DocumentProblem');

const listedSchema = z
  .object({
    path: z.string(),
    kind,
    title: z.string(),
    blob: z.string().openapi({ description: 'What Git names its content.' }),
    problems: z.number().int().openapi({ description: 'Of the document by itself.' }),
    changed_at: z.string().openapi({ format: 'date-time' }),
  })
  .openapi('ListedDocument');

const asListed = (document: MainDocument): z.output<typeof listedSchema> => ({
  path: document.path,
  kind: document.kind,
  title: document.title,
  blob: document.blob,
  problems: document.problems.length,
  changed_at: document.changedAt.toString(),
});

/** The plan of a summit that the caller may read. */
async function readablePlan(c: ApiContext, slug: string): Promise<Result<Plan, Refusal>> {
  const seen = await seenSummit(c, slug);
  if (!seen.ok) return seen;
  const { summit, organiser, takesPart } = seen.value;
  const plan = await planOf(c.var.services.db, summit.id);
  const isReader = plan?.readers === 'everyone' || takesPart || organiser !== undefined;
  return plan === undefined || !isReader ? refused(404, nothingHere()) : ok(plan);
}

/** The API's part about documents of the plan. */
export function documentApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  listOperation(routes);
  readOperation(routes);
  checkOperation(routes);
  publishOperation(routes);
  return routes;
}

function listOperation(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listPlanDocuments',
      method: 'get',
      path: '/summits/{slug}/plan/documents',
      tag,
      summary: 'Documents of the plan, by path',
      scope: 'read:plan',
      isPublic: true,
      params: slugParam,
      query: z.strictObject({ kind: kind.optional() }),
      answer: {
        status: 200,
        description: 'The documents that main has now.',
        schema: z.object({
          commit: z.string().openapi({ description: 'Where main stands.' }),
          items: z.array(listedSchema),
        }),
      },
    },
    async (c, { params, query }) => {
      const plan = await readablePlan(c, params.slug);
      if (!plan.ok) return plan;
      const { summitId, head } = plan.value;
      const documents = await documentsOf(c.var.services.db, summitId, query.kind);
      return answered({ commit: head, items: documents.map(asListed) });
    },
  );
}

function readOperation(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'readPlanDocument',
      method: 'get',
      path: '/summits/{slug}/plan/document',
      tag,
      summary: 'A document of the plan: its text, its front matter, and what is to mend in it',
      scope: 'read:plan',
      isPublic: true,
      params: slugParam,
      query: z.strictObject({ path: pathText }),
      answer: {
        status: 200,
        description: 'The document as main has it now.',
        schema: listedSchema
          .omit({ problems: true })
          .extend({
            front: z
              .unknown()
              .openapi({ description: 'As its schema reads it; null if it cannot.' }),
            text: z.string().openapi({ description: 'The whole file.' }),
            problems: z.array(problemSchema),
          })
          .openapi('PlanDocument'),
      },
    },
    async (c, { params, query }) => {
      const plan = await readablePlan(c, params.slug);
      if (!plan.ok) return plan;
      const document = await documentAt(c.var.services.db, plan.value.summitId, query.path);
      if (document === undefined) return refused(404, nothingHere());
      const { source, front, problems } = document;
      return answered({
        ...asListed(document),
        front,
        text: source,
        problems: problems.map(asProblem),
      });
    },
  );
}

const asProblem = ({ code, sentence, place }: Problem): z.output<typeof problemSchema> => ({
  code,
  sentence,
  file: place.file ?? null,
  line: place.line ?? null,
  column: place.column ?? null,
});

function checkOperation(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'checkPlanDocument',
      method: 'post',
      path: '/summits/{slug}/plan/check',
      tag,
      summary: 'What would be wrong with a document, and what it would break in others',
      description:
        'Nothing is stored. Told is what is wrong because of this text, as if it were pushed.',
      scope: 'read:plan',
      params: slugParam,
      body: {
        json: z
          .strictObject({ path: pathText, text: z.string().max(LONGEST_DOCUMENT + 1) })
          .openapi('DocumentToCheck'),
      },
      answer: {
        status: 200,
        description: 'Everything that is wrong, by line; none if it may be pushed.',
        schema: z.object({ problems: z.array(problemSchema) }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { db, git } = c.var.services;
      const plan = await planOf(db, own.value.summit.id);
      if (plan === undefined) return refused(404, nothingHere());
      const { path, text } = body;
      const alone = readPlanDocument(path, text)?.problems ?? [];
      // Git takes no such names, so that nothing can be held against the rest of the plan.
      if (!isDocumentPath(path)) return answered({ problems: alone.map(asProblem) });
      const repository = git.plan(plan.summitId);
      const around = await problemsOfChange(db, repository, plan.head, [{ path, content: text }]);
      return answered({ problems: inOrder([...alone, ...around]).map(asProblem) });
    },
  );
}

function publishOperation(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'publishMeetingNotes',
      method: 'post',
      path: '/summits/{slug}/plan/meeting-notes',
      tag,
      summary:
        'Publish the notes of a meeting, or of a track of it, in the plan, or part them again',
      description:
        'For organisers and leads. Published notes and their document follow each other; parted ones both stay.',
      scope: 'write:plan',
      params: slugParam,
      body: {
        json: z
          .strictObject({
            meeting: z.string().max(100),
            track: z.string().max(100).default(''),
            deed: z.enum(['publish', 'part']).default('publish'),
          })
          .openapi('NotesToPublish'),
      },
      answer: {
        status: 200,
        description: 'Done.',
        schema: z.object({
          path: z.string().nullable().openapi({ description: 'Their document; null once parted.' }),
        }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, signedIn } = own.value;
      const { db, ...services } = c.var.services;
      const organiser = await organiserOf(db, summit.id, signedIn);
      const { deed, ...place } = body;
      const at = { summitId: summit.id, ...place };
      const publisher = await notesPublisherOf(db, at, organiser, signedIn.personId);
      if (publisher === undefined) {
        const sentence = 'Organisers, and the leads of a meeting’s tracks, publish its notes.';
        return refused(403, problem('not-a-publisher', sentence));
      }
      const done = await command(
        c,
        async (tx, actor): Promise<Result<{ readonly path: string | null }, Problem>> => {
          if (deed === 'publish') return publishNotes(tx, services, actor, summit, publisher);
          const parted = await partNotes(tx, actor, publisher);
          return parted.ok ? ok({ path: null }) : parted;
        },
      );
      return done.ok ? answered({ path: done.value.path }) : done;
    },
  );
}
