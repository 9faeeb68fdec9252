import { type Problem, problem } from '@cairn/kernel/problem';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { comersSummit, ownSummit } from '../../summits/api-access.ts';
import { proposalParams, versionNumber } from '../proposals/proposal-api-schema.ts';
import { proposalFor } from './api-access.ts';
import {
  authorOf,
  changedFileSchema,
  done,
  made,
  pathSchema,
  remarkParams,
  remarkSchema,
  tag,
  words,
  writtenLine,
} from './api-schema.ts';
import { diffTexts, folded, unified } from './diff-rules.ts';
import { differenceOf, placesOf } from './difference-queries.ts';
import { answerLine, commentOnLine, settleLine } from './line-commands.ts';
import { lineThreadsOf } from './line-queries.ts';
import { applySuggestion } from './suggestion-commands.ts';

/** The API's part about the changes of proposals, and what is said about their lines. */
export function changesApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  const path = '/summits/{slug}/plan/proposals/{number}';

  operation(
    routes,
    {
      id: 'readChanges',
      method: 'get',
      path: `${path}/changes`,
      tag,
      summary: 'What a proposal changes, or what changed between two of its versions',
      scope: 'read:plan',
      params: proposalParams,
      query: z.strictObject({
        from: z.coerce.number().int().min(1).max(1_000_000).optional().openapi({
          description: 'A version; left out for main, where the branch left it.',
        }),
        to: z.coerce.number().int().min(1).max(1_000_000).optional().openapi({
          description: 'A version; left out for the last.',
        }),
        path: pathSchema.optional().openapi({ description: 'This file alone.' }),
      }),
      answer: {
        status: 200,
        description: 'By file.',
        schema: z.object({
          from: versionNumber.nullable(),
          to: versionNumber,
          files: z.array(changedFileSchema),
        }),
      },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const found = await proposalFor(c, params, ownSummit);
      if (!found.ok) return found;
      const { versions, latest, summitId } = found.value.proposal;
      const one = (version: number) => versions.find((known) => known.version === version);
      const to = query.to === undefined ? latest : one(query.to);
      const from = query.from === undefined ? undefined : one(query.from);
      if (to === undefined || (query.from !== undefined && from === undefined)) {
        return refused(404, noVersion(latest.version));
      }
      const commits = { from: from?.head ?? to.base, to: to.head };
      const repository = c.var.services.git.plan(summitId);
      const { files } = await differenceOf(repository, commits, query.path);
      return answered({
        from: from?.version ?? null,
        to: to.version,
        files: files.map((file) => ({
          status: file.status,
          path: file.path,
          old_path: file.oldPath,
          added: file.added ?? null,
          removed: file.removed ?? null,
          not_shown: file.unseen ?? null,
          lines: shownLines(file.before, file.after),
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'listLineRemarks',
      method: 'get',
      path: `${path}/remarks`,
      tag,
      summary: 'What was said about lines of a proposal, and where the lines are now',
      scope: 'read:plan',
      params: proposalParams,
      answer: {
        status: 200,
        description: 'The oldest first.',
        schema: z.object({ items: z.array(remarkSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const found = await proposalFor(c, params, ownSummit);
      if (!found.ok) return found;
      const { proposal } = found.value;
      const threads = await lineThreadsOf(c.var.services.db, proposal);
      const { base, head } = proposal.latest;
      const repository = c.var.services.git.plan(proposal.summitId);
      const places = await placesOf(repository, proposal, { from: base, to: head }, threads);
      return answered({
        items: threads.map((thread) => {
          const { version, path: file, side, firstLine, line } = thread.anchor;
          const now = places.get(thread);
          return {
            id: thread.id,
            version,
            path: file,
            side,
            first_line: firstLine,
            line,
            now:
              now === undefined
                ? null
                : { side: now.side, path: now.path, first_line: now.firstLine, line: now.line },
            review: thread.reviewId,
            settled: thread.resolved !== undefined,
            applied_in: thread.appliedIn,
            said: thread.said.map((said) => ({
              id: said.id,
              author: authorOf(said.author),
              text: said.withdrawnAt === null ? said.body : null,
              at: said.at.toString(),
            })),
          };
        }),
      });
    },
  );

  operation(
    routes,
    {
      id: 'remarkOnLine',
      method: 'post',
      path: `${path}/remarks`,
      tag,
      summary: 'Say something about lines of a proposal',
      description: 'A fenced block named suggestion can be applied by the author.',
      scope: 'write:plan',
      params: proposalParams,
      body: { json: writtenLine.extend({ version: versionNumber }) },
      answer: made,
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await proposalFor(c, params, comersSummit);
      if (!found.ok) return found;
      const { proposal, self } = found.value;
      const { text, first_line: firstLine, ...place } = body;
      const said = await command(c, (tx, actor) =>
        commentOnLine(tx, c.var.services, actor, self, {
          ...place,
          firstLine,
          body: text,
          number: proposal.number,
        }),
      );
      return said.ok ? answered(said.value) : said;
    },
  );

  operation(
    routes,
    {
      id: 'answerLineRemark',
      method: 'post',
      path: `${path}/remarks/{remark}/answers`,
      tag,
      summary: 'Answer what was said about lines',
      scope: 'write:plan',
      params: remarkParams,
      body: { json: z.strictObject({ text: words.min(1) }) },
      answer: made,
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await proposalFor(c, params, comersSummit);
      if (!found.ok) return found;
      const { proposal, self } = found.value;
      const answer = { number: proposal.number, comment: params.remark, body: body.text };
      const said = await command(c, (tx, actor) => answerLine(tx, actor, self, answer));
      return said.ok ? answered(said.value) : said;
    },
  );

  operation(
    routes,
    {
      id: 'settleLineRemark',
      method: 'put',
      path: `${path}/remarks/{remark}/settled`,
      tag,
      summary: 'Say that a remark on lines is settled, or that it is not after all',
      scope: 'write:plan',
      params: remarkParams,
      body: { json: z.strictObject({ settled: z.boolean() }) },
      answer: done,
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await proposalFor(c, params, comersSummit);
      if (!found.ok) return found;
      const { proposal, self } = found.value;
      const settled = { number: proposal.number, comment: params.remark, isSettled: body.settled };
      const changed = await command(c, (tx, actor) => settleLine(tx, actor, self, settled));
      return changed.ok ? answered({ done: true }) : changed;
    },
  );

  operation(
    routes,
    {
      id: 'applySuggestion',
      method: 'post',
      path: `${path}/remarks/{remark}/apply`,
      tag,
      summary: 'Make a new version in which lines are what a remark on them suggests',
      scope: 'write:plan',
      params: remarkParams,
      answer: {
        status: 200,
        description: 'Applied.',
        schema: z.object({ version: versionNumber }),
      },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const found = await proposalFor(c, params, comersSummit);
      if (!found.ok) return found;
      const { proposal, self } = found.value;
      const place = { number: proposal.number, comment: params.remark };
      const applied = await command(c, (tx, actor) =>
        applySuggestion(tx, c.var.services, actor, self, place),
      );
      return applied.ok ? answered(applied.value) : applied;
    },
  );

  return routes;
}

/** Lines of a difference that are told: what changed, and what is around it. */
const shownLines = (before: string, after: string) =>
  folded(diffTexts(before, after))
    .filter(({ isFolded }) => !isFolded)
    .flatMap((stretch) => unified(stretch))
    .map(({ kind, left, right }) => ({
      kind,
      old_line: left?.number ?? null,
      new_line: right?.number ?? null,
      text: (right ?? left)?.text ?? '',
    }));

const noVersion = (latest: number): Problem =>
  problem('no-such-version', `There is no such version; the last one is ${latest}.`);
