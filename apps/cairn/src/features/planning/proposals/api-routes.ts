import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { planFor, proposalFor } from './api-access.ts';
import { asJson, whole, writersFor } from './api-queries.ts';
import { addChangeOperations } from './change-api-routes.ts';
import {
  listQuery,
  proposalParams,
  proposalSchema,
  wholeProposalSchema,
} from './proposal-api-schema.ts';
import { proposalsOf } from './proposal-queries.ts';

const tag = 'Plan';
const path = '/summits/{slug}/plan/proposals';

/** The API's part about proposals: the list, one of them, and what can be done with it. */
export function proposalApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  listOperation(routes);
  readOperation(routes);
  addChangeOperations(routes);
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
