import { OpenAPIHono, z } from '@hono/zod-openapi';
import { shippedPolicies } from '../../../platform/files/shipped-policies.ts';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { comersSummit, treasuredSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { ownRules } from './own-rules-queries.ts';
import { adoptPolicy, changePolicy, confirmRules, removePolicy } from './policy-commands.ts';
import { policiesOf, type StoredPolicy } from './policy-queries.ts';
import type { Policy } from './policy-rules.ts';
import { policyFile, readPolicy } from './policy-schema.ts';
import { ruleWords } from './rule-words-rules.ts';

const tag = 'Rules of what is paid';

const ruleSchema = z
  .object({
    key: z.string(),
    kind: z.string(),
    words: z.string(),
    source: z.string(),
    source_date: z.string(),
    link: z.string().nullable(),
    is_confirmed: z.boolean(),
  })
  .openapi('PaymentRule', { description: 'What a rule says, with its figures in its words.' });
const policySchema = z
  .object({
    key: z.string(),
    title: z.string(),
    currency: z.string(),
    revision: z.number().int(),
    text: z.string().openapi({ description: 'YAML, as it was written.' }),
    lines: z.array(z.uuid()),
    rules: z.array(ruleSchema),
  })
  .openapi('Policy');
const revision = z.int().min(1).openapi({ description: 'The one that you read.' });
const policyText = z.string().max(200_000, 'shorten it to 200,000 characters');
const adoptBody = z
  .strictObject({
    shipped: z.string().optional().openapi({ description: 'A set that comes with Cairn.' }),
    text: policyText.optional().openapi({ description: 'Or one of your own, as YAML.' }),
  })
  .refine((body) => (body.shipped === undefined) !== (body.text === undefined), {
    message: 'send either shipped or text',
  })
  .openapi('PolicyInput');
const policyParams = slugParam.extend({
  policy: z.string().openapi({ param: { name: 'policy', in: 'path' } }),
});

const rulesAsJson = (policy: Policy) =>
  policy.rules.map((rule) => ({
    key: rule.key,
    kind: rule.kind,
    words: ruleWords(rule, policy.currency),
    source: rule.source,
    source_date: rule.source_date,
    link: rule.link ?? null,
    is_confirmed: !policy.unconfirmed.includes(rule.key),
  }));

const asJson = (policy: StoredPolicy): z.output<typeof policySchema> => ({
  key: policy.key,
  title: policy.title,
  currency: policy.currency,
  revision: policy.revision,
  text: policy.text,
  lines: [...policy.lineIds],
  rules: rulesAsJson(policy),
});

/** A set of a summit whose money the caller looks after. */
async function treasuredPolicy(
  c: ApiContext,
  { slug, policy: key }: { slug: string; policy: string },
) {
  const treasured = await treasuredSummit(c, slug);
  if (!treasured.ok) return treasured;
  const { summit, treasurer } = treasured.value;
  const policies = await policiesOf(c.var.services.db, summit.id);
  const policy = policies.find((each) => each.key === key);
  return policy === undefined ? refused(404, nothingHere()) : answeredWith({ policy, treasurer });
}

const answeredWith = <T>(value: T) => ({ ok: true as const, value });

/** The API's part about rules of what is paid. */
export function policyApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  addOwn(routes);
  addReading(routes);
  addChanges(routes);
  return routes;
}

function addOwn(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'getOwnRules',
      method: 'get',
      path: '/summits/{slug}/me/rules',
      tag,
      summary: 'What is paid for you',
      scope: 'read:money',
      params: slugParam,
      answer: {
        status: 200,
        description: 'For each funder that pays for you; empty where none does.',
        schema: z.object({
          items: z.array(
            z.object({
              funder: z.string(),
              categories: z.array(z.string()),
              needs_estimate: z.array(z.string()),
              claim_by: z.string().nullable(),
              rules: z.array(ruleSchema),
            }),
          ),
        }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { self, summit } = own.value;
      const { rules } = await ownRules(c.var.services.db, self, summit.definition);
      return answered({
        items: rules.map(({ lines, policy, deadline }) => ({
          funder: lines[0]?.funder.name ?? '',
          categories: [...new Set(lines.flatMap(({ categories }) => categories))],
          needs_estimate: [
            ...new Set(lines.flatMap((line) => (line.needsEstimate ? line.categories : []))),
          ],
          claim_by: deadline ?? null,
          rules: policy === undefined ? [] : rulesAsJson(policy),
        })),
      });
    },
  );
}

function addReading(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listPolicies',
      method: 'get',
      path: '/summits/{slug}/policies',
      tag,
      summary: 'The sets of rules of a summit',
      description: 'For treasurers.',
      scope: 'read:money',
      params: slugParam,
      answer: {
        status: 200,
        description: 'By key.',
        schema: z.object({
          items: z.array(policySchema),
          shipped: z.array(z.string()).openapi({ description: 'Those that come with Cairn.' }),
        }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const policies = await policiesOf(c.var.services.db, treasured.value.summit.id);
      return answered({ items: policies.map(asJson), shipped: [...shippedPolicies().keys()] });
    },
  );
}

function addChanges(routes: OpenAPIHono<ApiEnv>): void {
  const path = '/summits/{slug}/policies';
  const one = `${path}/{policy}`;
  operation(
    routes,
    {
      id: 'adoptPolicy',
      method: 'post',
      path,
      tag,
      summary: 'Adopt a set of rules',
      scope: 'write:money',
      params: slugParam,
      body: { json: adoptBody },
      answer: {
        status: 201,
        description: 'Adopted under this key.',
        schema: z.object({ key: z.string() }),
      },
      refuses: [403, 404, 409, 422],
    },
    async (c, { params, body }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const shipped = body.shipped ?? null;
      const text = shipped === null ? body.text : shippedPolicies().get(shipped);
      if (text === undefined) return refused(404, nothingHere());
      const read = readPolicy(text);
      if (!read.ok) return refused(422, read.error);
      const adopted = await command(c, (tx, actor) =>
        adoptPolicy(tx, actor, treasured.value.treasurer, { text, shipped }),
      );
      return adopted.ok ? answered({ key: adopted.value.key }) : adopted;
    },
  );
  operation(
    routes,
    {
      id: 'changePolicy',
      method: 'put',
      path: one,
      tag,
      summary: 'Put another text in the place of a set of rules',
      scope: 'write:money',
      params: policyParams,
      body: { json: z.strictObject({ text: policyText, revision }).openapi('PolicyText') },
      answer: {
        status: 200,
        description: 'The revision that it is now.',
        schema: z.object({ revision: z.number().int() }),
      },
      refuses: [403, 404, 409, 412, 422],
    },
    async (c, { params, body }) => {
      const found = await treasuredPolicy(c, params);
      if (!found.ok) return found;
      const { policy, treasurer } = found.value;
      const read = readPolicy(body.text, policyFile(policy.key));
      if (!read.ok) return refused(422, read.error);
      const changed = await command(c, (tx, actor) =>
        changePolicy(tx, actor, treasurer, { id: policy.id, ...body }),
      );
      return changed.ok ? answered({ revision: changed.value.revision }) : changed;
    },
  );
  operation(
    routes,
    {
      id: 'confirmRules',
      method: 'post',
      path: `${one}/confirmations`,
      tag,
      summary: 'Confirm rules that are marked for it',
      scope: 'write:money',
      params: policyParams,
      body: {
        json: z
          .strictObject({ rules: z.array(z.string()).min(1).max(200), revision })
          .openapi('RuleConfirmation'),
      },
      answer: { status: 204, description: 'Confirmed.' },
      refuses: [403, 404, 409, 412],
    },
    async (c, { params, body }) => {
      const found = await treasuredPolicy(c, params);
      if (!found.ok) return found;
      const { policy, treasurer } = found.value;
      const confirmed = await command(c, (tx, actor) =>
        confirmRules(tx, actor, treasurer, { id: policy.id, ...body }),
      );
      return confirmed.ok ? answered(undefined) : confirmed;
    },
  );
  operation(
    routes,
    {
      id: 'removePolicy',
      method: 'delete',
      path: one,
      tag,
      summary: 'Remove a set of rules that no line uses',
      scope: 'write:money',
      params: policyParams,
      answer: { status: 204, description: 'Removed.' },
      refuses: [403, 404, 409],
    },
    async (c, { params }) => {
      const found = await treasuredPolicy(c, params);
      if (!found.ok) return found;
      const { policy, treasurer } = found.value;
      const removed = await command(c, (tx, actor) =>
        removePolicy(tx, actor, treasurer, { id: policy.id }),
      );
      return removed.ok ? answered(undefined) : removed;
    },
  );
}
