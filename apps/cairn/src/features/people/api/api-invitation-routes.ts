import { problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import {
  draftInvitations,
  extendInvitation,
  withdrawInvitation,
} from '../invitations/invitation-commands.ts';
import { INVITATION_STATES } from '../invitations/invitation-rules.ts';
import {
  discardBatch,
  pauseBatch,
  prepareBatch,
  resumeBatch,
  startBatch,
} from '../invitations/sending-commands.ts';
import {
  type Batch,
  batchById,
  batchesOf,
  invitationCounts,
} from '../invitations/sending-queries.ts';
import { defaultText, textProblems } from '../invitations/sending-rules.ts';
import type { Organiser } from '../rights.ts';
import { knownPerson } from './api-person-routes.ts';
import {
  batchSchema,
  batchStepSchema,
  extensionSchema,
  iso,
  isoOrNull,
  itemParams,
  newBatchSchema,
  personParams,
} from './api-schema.ts';

const tag = 'Invitations';
const STEPS = { send: startBatch, pause: pauseBatch, resume: resumeBatch, discard: discardBatch };

const countsSchema = z
  .record(z.enum(INVITATION_STATES), z.number().int().min(0))
  .openapi('InvitationCounts');

/** The API's part about inviting. Who is invited is told by the list of people. */
export function invitationApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'countInvitations',
      method: 'get',
      path: '/summits/{slug}/invitations',
      tag,
      summary: 'How many invitations are in each state',
      description: 'Whose they are is told by the list of people, which can be asked by state.',
      scope: 'read:people',
      params: slugParam,
      answer: { status: 200, description: 'A count for each state.', schema: countsSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const counts = await invitationCounts(c.var.services.db, organised.value.organiser);
      return answered(
        countsSchema.parse(
          Object.fromEntries(
            INVITATION_STATES.map((state) => [state, Number(counts.get(state) ?? 0)]),
          ),
        ),
      );
    },
  );

  operation(
    routes,
    {
      id: 'draftInvitation',
      method: 'post',
      path: '/summits/{slug}/invitations/{person}/draft',
      tag,
      summary: 'Draft an invitation for somebody of the summit who has none',
      scope: 'write:people',
      params: personParams,
      answer: { status: 204, description: 'Drafted; or there was one, and it stays as it is.' },
      refuses: [403],
    },
    async (c, { params }) => {
      const found = await knownPerson(c, params);
      if (!found.ok) return found;
      const draft = { personId: params.person, seatKind: undefined, remark: '' };
      const drafted = await command(c, async (tx, actor) =>
        ok(await draftInvitations(tx, actor, found.value.summit.id, [draft])),
      );
      return drafted.ok ? answered(undefined) : drafted;
    },
  );

  operation(
    routes,
    {
      id: 'withdrawInvitation',
      method: 'post',
      path: '/summits/{slug}/invitations/{person}/withdraw',
      tag,
      summary: 'Take an invitation back',
      description: 'Its link closes, mails not yet sent are stopped, and a seat goes to the next.',
      scope: 'write:people',
      params: personParams,
      answer: { status: 204, description: 'Withdrawn.' },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const found = await knownPerson(c, params);
      if (!found.ok) return found;
      const withdrawn = await command(c, (tx, actor) =>
        withdrawInvitation(tx, actor, found.value.organiser, params.person),
      );
      return withdrawn.ok ? answered(undefined) : withdrawn;
    },
  );

  operation(
    routes,
    {
      id: 'extendInvitation',
      method: 'post',
      path: '/summits/{slug}/invitations/{person}/extend',
      tag,
      summary: 'Give somebody more time to answer',
      scope: 'write:people',
      params: personParams,
      body: { json: extensionSchema },
      answer: {
        status: 200,
        description: 'Until when they may answer now.',
        schema: z.object({ expires_at: z.string().openapi({ format: 'date-time' }) }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await knownPerson(c, params);
      if (!found.ok) return found;
      const until = parseDate(body.until);
      if (!until.ok) return refused(422, { ...until.error, place: { path: 'until' } });
      const { organiser, summit } = found.value;
      const extended = await command(c, (tx, actor) =>
        extendInvitation(tx, actor, organiser, summit, params.person, until.value),
      );
      return extended.ok ? answered({ expires_at: iso(extended.value) }) : extended;
    },
  );

  operation(
    routes,
    {
      id: 'listBatches',
      method: 'get',
      path: '/summits/{slug}/batches',
      tag,
      summary: 'The newest batches of invitations and reminders',
      scope: 'read:people',
      params: slugParam,
      answer: {
        status: 200,
        description: 'Up to a hundred, newest first.',
        schema: z.object({ items: z.array(batchSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const batches = await batchesOf(c.var.services.db, organised.value.organiser);
      return answered({ items: batches.map(asBatch) });
    },
  );

  operation(
    routes,
    {
      id: 'prepareBatch',
      method: 'post',
      path: '/summits/{slug}/batches',
      tag,
      summary: 'Put a batch of invitations or reminders together',
      description: 'Nothing is sent before it is told to.',
      scope: 'write:people',
      params: slugParam,
      body: { json: newBatchSchema },
      answer: { status: 201, description: 'Prepared.', schema: batchSchema },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const { purpose, people } = body;
      const usual = defaultText(summit.definition, purpose);
      const text = { subject: body.subject ?? usual.subject, body: body.body ?? usual.body };
      const problems = textProblems(text);
      if (problems.length > 0) return refused(422, problems);
      const prepared = await command(c, (tx, actor) =>
        prepareBatch(tx, actor, organiser, { purpose, to: people ?? 'everybody', ...text }),
      );
      return prepared.ok ? showBatch(c, organiser, prepared.value) : prepared;
    },
  );

  operation(
    routes,
    {
      id: 'moveBatch',
      method: 'post',
      path: '/summits/{slug}/batches/{id}',
      tag,
      summary: 'Send a prepared batch, pause it, resume it, or discard it unsent',
      description: 'Told twice it is done once: nobody gets a mail a second time.',
      scope: 'write:people',
      params: itemParams,
      body: { json: batchStepSchema },
      answer: { status: 200, description: 'The batch as it is now.', schema: batchSchema },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const batch = await batchById(c.var.services.db, organiser, params.id);
      if (batch === undefined) return refused(404, nothingHere());
      const moved = await command(c, (tx, actor) =>
        STEPS[body.action](tx, actor, organiser, params.id),
      );
      return moved.ok ? showBatch(c, organiser, params.id) : moved;
    },
  );

  return routes;
}

async function showBatch(
  c: ApiContext,
  organiser: Organiser,
  id: string,
): Promise<Result<{ readonly body: z.output<typeof batchSchema> }, Refusal>> {
  const batch = await batchById(c.var.services.db, organiser, id);
  return batch === undefined
    ? refused(404, problem('no-such-batch', 'This batch is gone by now.'))
    : answered(asBatch(batch));
}

const asBatch = (batch: Batch): z.output<typeof batchSchema> => ({
  id: batch.id,
  purpose: batch.purpose,
  state: batch.state,
  subject: batch.subject,
  body: batch.body,
  created_at: iso(batch.createdAt),
  finished_at: isoOrNull(batch.finishedAt),
  total: Number(batch.total),
  sent: Number(batch.sent),
  skipped: Number(batch.skipped),
});
