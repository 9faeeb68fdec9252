import { ok, type Result } from '@cairn/kernel/result';
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Oid } from '../../../platform/git/repository.ts';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { editThread } from '../threads/edit-commands.ts';
import { type ApiMember, planFor, proposalFor } from './api-access.ts';
import { whole } from './api-queries.ts';
import { changeProposal, proposeChange, strangeBase } from './change-commands.ts';
import { changesFrom } from './change-rules.ts';
import { problemsOfChange } from './check-queries.ts';
import { groundOf, textsAt } from './editor-queries.ts';
import { askMerge, mergeProposal } from './merge-commands.ts';
import {
  changedProposalSchema,
  mergeSchema,
  newProposalSchema,
  newVersionSchema,
  proposalParams,
  versionNumber,
  wholeProposalSchema,
} from './proposal-api-schema.ts';
import type { Proposal } from './proposal-queries.ts';
import { closeProposal, reopenProposal } from './state-commands.ts';
import { updateFromMain } from './update-commands.ts';

const tag = 'Plan';
const path = '/summits/{slug}/plan/proposals';

/** Adds what is done with proposals by the API: propose, change, describe, close, merge. */
export function addChangeOperations(routes: OpenAPIHono<ApiEnv>): void {
  openOperation(routes);
  changeOperations(routes);
  mergeOperations(routes);
}

function openOperation(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'openPlanProposal',
      method: 'post',
      path,
      tag,
      summary: 'Propose a change of documents',
      scope: 'write:plan',
      params: slugParam,
      body: { json: newProposalSchema },
      answer: {
        status: 201,
        description: 'It is proposed.',
        schema: z.object({ number: z.number().int() }),
      },
      refuses: [403, 409, 422],
    },
    async (c, { params, body }) => {
      const found = await planFor(c, params.slug, true);
      if (!found.ok) return found;
      const changed = await changesOf(c, found.value, undefined, body);
      if (!changed.ok) return changed;
      const { title, text: why } = body;
      const { services } = c.var;
      const done = await command(c, (tx, actor) =>
        proposeChange(tx, services, actor, found.value.self, { ...changed.value, title, why }),
      );
      return done.ok ? answered(done.value) : done;
    },
  );
}

function changeOperations(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'addPlanVersion',
      method: 'post',
      path: `${path}/{number}/versions`,
      tag,
      summary: 'Change an open proposal further: a new version',
      scope: 'write:plan',
      params: proposalParams,
      body: { json: newVersionSchema },
      answer: {
        status: 201,
        description: 'The new version.',
        schema: z.object({ version: versionNumber }),
      },
      refuses: [403, 409, 422],
    },
    async (c, { params, body }) => {
      const found = await proposalFor(c, params, true);
      if (!found.ok) return found;
      const { self, proposal } = found.value;
      const changed = await changesOf(c, found.value, proposal, body);
      if (!changed.ok) return changed;
      const { number } = proposal;
      const { services } = c.var;
      const done = await command(c, (tx, actor) =>
        changeProposal(tx, services, actor, self, {
          ...changed.value,
          number,
          title: body.message,
        }),
      );
      return done.ok ? answered(done.value) : done;
    },
  );

  operation(
    routes,
    {
      id: 'updatePlanProposal',
      method: 'patch',
      path: `${path}/{number}`,
      tag,
      summary: 'Say otherwise what a proposal is, close it or open it again',
      scope: 'write:plan',
      params: proposalParams,
      body: { json: changedProposalSchema },
      answer: { status: 200, description: 'The proposal.', schema: wholeProposalSchema },
      refuses: [403, 409, 422],
    },
    async (c, { params, body }) => {
      const found = await proposalFor(c, params, true);
      if (!found.ok) return found;
      const { self, organiser, proposal, summit } = found.value;
      const right = organiser ?? self;
      const { number } = proposal;
      const { title = proposal.title, text = proposal.body, state, merge_by_itself: asked } = body;
      const done = await command(c, async (tx, actor) => {
        if (body.title !== undefined || body.text !== undefined) {
          const place = { summitId: summit.id, number };
          const edited = await editThread(tx, actor, { self, organiser }, place, {
            title,
            body: text,
          });
          if (!edited.ok) return edited;
        }
        if (state === 'closed' && proposal.state === 'open') {
          const closed = await closeProposal(tx, actor, right, number);
          if (!closed.ok) return closed;
        }
        if (state === 'open') {
          const reopened = await reopenProposal(tx, actor, right, number);
          if (!reopened.ok) return reopened;
        }
        return asked === undefined
          ? ok(undefined)
          : askMerge(tx, c.var.services, actor, right, { number, isAsked: asked });
      });
      if (!done.ok) return done;
      const now = await proposalFor(c, params);
      return now.ok ? answered(await whole(c, now.value)) : now;
    },
  );

  operation(
    routes,
    {
      id: 'bringMainIntoPlanProposal',
      method: 'post',
      path: `${path}/{number}/update`,
      tag,
      summary: 'Bring what main became since into the branch of a proposal',
      scope: 'write:plan',
      params: proposalParams,
      answer: {
        status: 201,
        description: 'The new version.',
        schema: z.object({ version: versionNumber }),
      },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const found = await proposalFor(c, params, true);
      if (!found.ok) return found;
      const { self, organiser } = found.value;
      const { services } = c.var;
      const done = await command(c, (tx, actor) =>
        updateFromMain(tx, services, actor, organiser ?? self, params.number),
      );
      return done.ok ? answered(done.value) : done;
    },
  );
}

function mergeOperations(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'mergePlanProposal',
      method: 'post',
      path: `${path}/{number}/merge`,
      tag,
      summary: 'Merge a proposal into main',
      scope: 'write:plan',
      params: proposalParams,
      body: { json: mergeSchema },
      answer: {
        status: 200,
        description: 'It is merged.',
        schema: z.object({ commit: z.string() }),
      },
      refuses: [403, 409, 422],
    },
    async (c, { params, body }) => {
      const found = await proposalFor(c, params, true);
      if (!found.ok) return found;
      const { self, organiser } = found.value;
      const { services } = c.var;
      const done = await command(c, (tx, actor) =>
        mergeProposal(tx, services, actor, organiser ?? self, { number: params.number, ...body }),
      );
      return done.ok ? answered(done.value) : done;
    },
  );
}

/** What files of a body change, or everything that is wrong with it. */
async function changesOf(
  c: ApiContext,
  { summit, plan }: ApiMember,
  proposal: Proposal | undefined,
  body: Pick<z.output<typeof newVersionSchema>, 'changes' | 'base'>,
): Promise<
  Result<
    { readonly changes: readonly { path: string; content: string | null }[]; readonly base: Oid },
    Refusal
  >
> {
  const { db, git } = c.var.services;
  const repository = git.plan(summit.id);
  const { base, there } = await groundOf(db, repository, plan.head, proposal, body.base ?? '');
  if (body.base !== undefined && body.base !== base) return refused(422, strangeBase());
  const edits = body.changes.map((each) => ({
    was: there.has(each.path) ? each.path : '',
    path: each.path,
    text: each.text ?? '',
    isGone: each.text === null,
  }));
  const before = await textsAt(
    repository,
    base,
    edits.map(({ was }) => was),
  );
  const changes = changesFrom(edits, before, there);
  if (!changes.ok) return refused(422, changes.error);
  const problems = await problemsOfChange(db, repository, base, changes.value);
  return problems.length > 0 ? refused(422, problems) : ok({ changes: changes.value, base });
}
