import { ok, type Result } from '@cairn/kernel/result';
import { expectZone } from '@cairn/kernel/time';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { changesBetween } from '../../../platform/git/changes.ts';
import type { Oid } from '../../../platform/git/repository.ts';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { type Organiser, organiserOf, type Self } from '../../people/rights.ts';
import { comersSummit, ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import type { Summit } from '../../summits/queries.ts';
import { type Plan, planOf } from '../repository/main-queries.ts';
import { editThread } from '../threads/edit-commands.ts';
import { noPlan } from '../threads/thread-commands.ts';
import { changeProposal, proposeChange, strangeBase } from './change-commands.ts';
import { changesFrom } from './change-rules.ts';
import { problemsOfChange } from './check-queries.ts';
import { groundOf, textsAt } from './editor-queries.ts';
import { askMerge, mergeProposal } from './merge-commands.ts';
import {
  changedProposalSchema,
  listQuery,
  mergeSchema,
  newProposalSchema,
  newVersionSchema,
  proposalParams,
  proposalSchema,
  versionNumber,
  wholeProposalSchema,
} from './proposal-api-schema.ts';
import { type Proposal, proposalOf, proposalsOf, versionsOf } from './proposal-queries.ts';
import { proposalStanding } from './standing-queries.ts';
import { closeProposal, reopenProposal } from './state-commands.ts';
import { updateFromMain } from './update-commands.ts';
import { accountsById, type Writers, writerOf, writersById } from './writer-queries.ts';

const tag = 'Plan';
const path = '/summits/{slug}/plan/proposals';

/** Whoever works on proposals by the API, and the plan. */
export interface ApiMember {
  readonly summit: Summit;
  readonly plan: Plan;
  readonly self: Self;
  readonly organiser: Organiser | undefined;
}

/** A plan that the caller reads, or also writes in. */
async function planFor(
  c: ApiContext,
  slug: string,
  forWriters = false,
): Promise<Result<ApiMember, Refusal>> {
  const own = await (forWriters ? comersSummit : ownSummit)(c, slug);
  if (!own.ok) return own;
  const { summit, self, signedIn } = own.value;
  const { db } = c.var.services;
  const plan = await planOf(db, summit.id);
  if (plan === undefined) return refused(404, noPlan());
  return ok({ summit, plan, self, organiser: await organiserOf(db, summit.id, signedIn) });
}

/** The same with one proposal of it. */
export async function proposalFor(
  c: ApiContext,
  { slug, number }: { readonly slug: string; readonly number: number },
  forWriters = false,
): Promise<Result<ApiMember & { readonly proposal: Proposal }, Refusal>> {
  const found = await planFor(c, slug, forWriters);
  if (!found.ok) return found;
  const place = { summitId: found.value.summit.id, number };
  const proposal = await proposalOf(c.var.services.db, place);
  return proposal === undefined ? refused(404, nothingHere()) : ok({ ...found.value, proposal });
}

/** The API's part about proposals: the list, one of them, and what can be done with it. */
export function proposalApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  listOperation(routes);
  readOperation(routes);
  openOperation(routes);
  changeOperations(routes);
  mergeOperations(routes);
  return routes;
}

function listOperation(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listPlanProposals',
      method: 'get',
      path,
      tag,
      summary: 'Proposals of a plan, those of which something was last heard first',
      scope: 'read:plan',
      params: slugParam,
      query: listQuery,
      answer: {
        status: 200,
        description: 'The proposals.',
        schema: z.object({ items: z.array(proposalSchema) }),
      },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const found = await planFor(c, params.slug);
      if (!found.ok) return found;
      const { summit, self } = found.value;
      const proposals = await proposalsOf(c.var.services.db, summit.id, {
        ...(query.state === undefined ? {} : { state: query.state }),
        ...(query.of === undefined ? {} : { authorId: self.personId }),
        ...(query.awaits === undefined ? {} : { askedId: self.personId }),
      });
      const writers = await writersFor(c, proposals);
      return answered({ items: proposals.map((each) => asJson(each, writers)) });
    },
  );
}

function readOperation(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'readPlanProposal',
      method: 'get',
      path: `${path}/{number}`,
      tag,
      summary: 'A proposal: its versions, what it changes, and what it still needs',
      scope: 'read:plan',
      params: proposalParams,
      answer: { status: 200, description: 'The proposal.', schema: wholeProposalSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const found = await proposalFor(c, params);
      return found.ok ? answered(await whole(c, found.value)) : found;
    },
  );
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

async function writersFor(c: ApiContext, proposals: readonly Proposal[]): Promise<Writers> {
  const { db } = c.var.services;
  return {
    people: await writersById(
      db,
      proposals.map(({ authorId }) => authorId),
    ),
    accounts: await accountsById(
      db,
      proposals.map(({ authorAccount }) => authorAccount),
    ),
  };
}

function asJson(proposal: Proposal, writers: Writers): z.output<typeof proposalSchema> {
  const author = writerOf(writers, proposal.authorId, proposal.authorAccount);
  return {
    number: proposal.number,
    title: proposal.title,
    text: proposal.body,
    branch: proposal.branch,
    state: proposal.state,
    version: proposal.version,
    head: proposal.head,
    author: { person: author.personId, name: author.name, github: author.login },
    opened_at: proposal.createdAt.toString(),
    updated_at: proposal.updatedAt.toString(),
    merged_at: proposal.mergedAt?.toString() ?? null,
    merge_commit: proposal.mergeCommit,
    merged_despite: proposal.mergedDespite === '' ? null : proposal.mergedDespite,
    merges_by_itself: proposal.mergeAskedBy !== null,
  };
}

async function whole(
  c: ApiContext,
  { summit, plan, proposal }: ApiMember & { readonly proposal: Proposal },
): Promise<z.output<typeof wholeProposalSchema>> {
  const { services } = c.var;
  const { db, clock } = services;
  const versions = await versionsOf(db, proposal);
  const last = versions.at(-1);
  const standing =
    proposal.state === 'open'
      ? await proposalStanding(db, services, proposal, plan.head, {
          now: clock.now(),
          zone: expectZone('UTC'),
        })
      : undefined;
  const changes =
    standing?.changes ??
    (last === undefined
      ? []
      : await changesBetween(services.git.plan(summit.id), last.base, last.head));
  return {
    ...asJson(proposal, await writersFor(c, [proposal])),
    versions: versions.map(({ version, head, base, at }) => ({
      version,
      head,
      base,
      at: at.toString(),
    })),
    changes: changes.map(({ status, path: file, oldPath }) => ({
      status,
      path: file,
      old_path: oldPath,
    })),
    may_be_merged: standing?.standing.may ?? false,
    needs: (standing?.standing.lacks ?? []).map(({ code, sentence }) => ({ code, sentence })),
    conflicts: (standing?.merge.conflicts ?? []).map((each) => each.path),
    check: (standing?.problems ?? []).map(({ code, sentence, place }) => ({
      code,
      sentence,
      file: place.file ?? null,
    })),
  };
}
