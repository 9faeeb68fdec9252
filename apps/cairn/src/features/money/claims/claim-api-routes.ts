import { amountText } from '@cairn/kernel/money';
import { ok } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { comersSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { linesById } from '../funders/funder-queries.ts';
import { assessClaim } from './assess-queries.ts';
import {
  assessedSchema,
  claimAsJson,
  claimSchema,
  DONE,
  listSchema,
  numbered,
  tag,
} from './claim-api-schema.ts';
import { saveClaim, startClaim, withdrawClaim } from './claim-commands.ts';
import { ownClaim, ownClaims } from './claim-queries.ts';
import { claimBody, draftFrom } from './draft-api-schema.ts';
import { addReview } from './review-api-routes.ts';
import { submitClaim } from './submit-commands.ts';

const seenBody = z.strictObject({ revision: z.int() });

/** The API’s part about claims: one’s own, and those that treasurers decide on. */
export function claimApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  addOwn(routes);
  addChanges(routes);
  addReview(routes);
  return routes;
}

const OWN = '/summits/{slug}/me/claims';
const ONE = { status: 200, description: 'The claim.', schema: claimSchema } as const;

async function ownAt(c: ApiContext, slug: string, number: number) {
  const own = await comersSummit(c, slug);
  if (!own.ok) return own;
  const { db } = c.var.services;
  const claim = await ownClaim(db, own.value.self, number);
  return claim === undefined
    ? refused(404, nothingHere())
    : ok({ ...own.value, claim, lines: await linesById(db, own.value.summit.id) });
}

function addOwn(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listOwnClaims',
      method: 'get',
      path: OWN,
      tag,
      summary: 'Your claims',
      description: 'Newest first; bills of suppliers that you entered are among them.',
      scope: 'read:money',
      params: slugParam,
      answer: { status: 200, description: 'Your claims.', schema: listSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { db } = c.var.services;
      const lines = await linesById(db, own.value.summit.id);
      const claims = await ownClaims(db, own.value.self);
      return answered({ items: claims.map((claim) => claimAsJson(claim, lines)) });
    },
  );
  operation(
    routes,
    {
      id: 'getOwnClaim',
      method: 'get',
      path: `${OWN}/{number}`,
      tag,
      summary: 'One of your claims, and what the rules make of it',
      description:
        'Amounts of `items` are what it comes to now; what was frozen stands in `claim`.',
      scope: 'read:money',
      params: numbered,
      answer: { status: 200, description: 'The claim.', schema: assessedSchema },
      refuses: [403, 404],
    },
    async (c, { params }) => {
      const own = await ownAt(c, params.slug, params.number);
      if (!own.ok) return own;
      const { claim, lines } = own.value;
      const { db, clock } = c.var.services;
      const { items, problems } = await assessClaim(db, claim, clock.now());
      return answered({
        claim: claimAsJson(claim, lines),
        items: items.map(({ item, line, minor, allowed, deductions, findings }) => {
          const words = (value: number | null) =>
            value === null || line === undefined ? null : amountText(value, line.funder.currency);
          return {
            id: item.id,
            line: line?.key ?? null,
            currency: line?.funder.currency ?? null,
            amount: words(minor),
            allowed: words(allowed),
            deductions: deductions.map(({ rule, minor: off, sentence }) => ({
              rule,
              amount: words(off) ?? '0',
              sentence,
            })),
            findings: findings.map(({ rule, kind, sentence }) => ({ rule, kind, sentence })),
          };
        }),
        problems: problems.map(({ code, sentence, place }) => ({
          code,
          sentence,
          field: place.path ?? null,
        })),
      });
    },
  );
  operation(
    routes,
    {
      id: 'startClaim',
      method: 'post',
      path: OWN,
      tag,
      summary: 'Begin a claim',
      scope: 'write:money',
      params: slugParam,
      answer: { status: 201, description: 'The claim, empty.', schema: claimSchema },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const begun = await command(c, (tx, actor) => startClaim(tx, actor, own.value.self));
      if (!begun.ok) return begun;
      const at = await ownAt(c, params.slug, begun.value.number);
      return at.ok ? answered(claimAsJson(at.value.claim, at.value.lines)) : at;
    },
  );
}

function addChanges(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'saveClaim',
      method: 'put',
      path: `${OWN}/{number}`,
      tag,
      summary: 'Keep a claim as it is meant',
      description:
        'Costs that are left out are gone. Receipts are uploaded on the page; their ids are those of the claim.',
      scope: 'write:money',
      params: numbered,
      body: { json: claimBody },
      answer: ONE,
      refuses: [403, 404, 409, 422],
    },
    async (c, { params, body }) => {
      const own = await ownAt(c, params.slug, params.number);
      if (!own.ok) return own;
      const draft = draftFrom(body, own.value.lines);
      if (!draft.ok) return draft;
      const seen = { number: params.number, revision: body.revision };
      const saved = await command(c, (tx, actor) =>
        saveClaim(tx, actor, own.value.self, { ...seen, draft: draft.value }),
      );
      if (!saved.ok) return saved;
      const at = await ownAt(c, params.slug, params.number);
      return at.ok ? answered(claimAsJson(at.value.claim, at.value.lines)) : at;
    },
  );
  for (const [id, word, summary, run] of [
    ['submitClaim', 'submit', 'Submit a claim', submitClaim],
    ['withdrawClaim', 'withdraw', 'Take a claim back', withdrawClaim],
  ] as const) {
    operation(
      routes,
      {
        id,
        method: 'post',
        path: `${OWN}/{number}/${word}`,
        tag,
        summary,
        scope: 'write:money',
        params: numbered,
        body: { json: seenBody },
        answer: DONE,
        refuses: [403, 404, 409],
      },
      async (c, { params, body }) => {
        const own = await comersSummit(c, params.slug);
        if (!own.ok) return own;
        const seen = { number: params.number, revision: body.revision };
        const done = await command(c, (tx, actor) => run(tx, actor, own.value.self, seen));
        return done.ok ? answered(undefined) : done;
      },
    );
  }
}
