import { problem } from '@cairn/kernel/problem';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { proposalFor } from './api-access.ts';
import { mendConflicts } from './conflict-commands.ts';
import { type OpenConflict, openMerge, type SideState } from './conflict-queries.ts';
import { markIn, withMarks } from './conflict-rules.ts';
import {
  conflictsSchema,
  mendingSchema,
  proposalParams,
  versionNumber,
} from './proposal-api-schema.ts';
import type { Outcome } from './settle-rules.ts';

const tag = 'Plan';
const path = '/summits/{slug}/plan/proposals/{number}/conflicts';

/** The API's part about conflicts of proposals with main. */
export function conflictApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listPlanConflicts',
      method: 'get',
      path,
      tag,
      summary: 'What a proposal and main changed both, file by file',
      scope: 'read:plan',
      params: proposalParams,
      answer: { status: 200, description: 'What is to be settled.', schema: conflictsSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const found = await proposalFor(c, params);
      if (!found.ok) return found;
      const { summit, proposal, plan } = found.value;
      const repository = c.var.services.git.plan(summit.id);
      const { head, main, conflicts } = await openMerge(repository, proposal.head, plan.head);
      return answered({
        head,
        main,
        files: conflicts.map((each) => ({
          path: each.path,
          base: textOf(each.base),
          mine: textOf(each.mine),
          main: textOf(each.main),
          marked: each.stretches === undefined ? null : withMarks(each.stretches),
          may_take: mayTake(each),
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'settlePlanConflicts',
      method: 'post',
      path,
      tag,
      summary: 'Say what becomes of each file in conflict: a new version',
      scope: 'write:plan',
      params: proposalParams,
      body: { json: mendingSchema },
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
      const marked = body.files.find(
        ({ take, text }) => take === 'text' && markIn(text) !== undefined,
      );
      if (marked !== undefined) {
        const sentence = `${marked.path} still has marks of the conflict; take them out.`;
        return refused(422, problem('mark-left', sentence, { file: marked.path }));
      }
      const { self, organiser } = found.value;
      const { services } = c.var;
      const { head, main } = body;
      const outcomes = new Map(
        body.files.map(({ path: file, take, text }): [string, Outcome] => [
          file,
          take === 'text' ? { take, text } : { take },
        ]),
      );
      const done = await command(c, (tx, actor) =>
        mendConflicts(tx, services, actor, organiser ?? self, {
          number: params.number,
          head,
          main,
          outcomes,
        }),
      );
      return done.ok ? answered(done.value) : done;
    },
  );

  return routes;
}

const textOf = (side: SideState): string | null => (side.kind === 'text' ? side.text : null);

const mayTake = ({ mine, main, stretches }: OpenConflict) => [
  ...(stretches === undefined ? [] : (['text'] as const)),
  ...(mine.kind === 'none' ? [] : (['mine'] as const)),
  ...(main.kind === 'none' ? [] : (['main'] as const)),
  ...(mine.kind === 'none' || main.kind === 'none' ? (['nothing'] as const) : []),
];
