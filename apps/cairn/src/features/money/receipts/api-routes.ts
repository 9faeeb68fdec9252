import { amountText } from '@cairn/kernel/money';
import { ok } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { comersSummit, treasuredSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import {
  addReceipts,
  removeReceipt,
  sayTotal,
  shareReceipt,
  unshareReceipt,
} from './receipt-commands.ts';
import { takeIn } from './receipt-intake.ts';
import {
  type OwnReceipt,
  ownReceiptContent,
  ownReceipts,
  receiptContent,
} from './receipt-queries.ts';
import { RECEIPT_TYPES } from './receipt-rules.ts';
import { readPart, readTotal } from './receipt-schema.ts';

const tag = 'Receipts';
const ALL = '/summits/{slug}/me/receipts';
const ONE = `${ALL}/{receipt}`;

const receiptParams = z.strictObject({ slug: z.string(), receipt: z.uuid() });
const sharerParams = z.strictObject({ slug: z.string(), receipt: z.uuid(), person: z.uuid() });
const DONE = { status: 204, description: 'Kept.' } as const;

/** Receipts are sent as files, which are larger than other bodies. */
export const sendsReceipt = (path: string): boolean =>
  /^\/api\/v1\/summits\/[^/]+\/me\/receipts$/.test(path);

const receiptSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    media_type: z.enum(RECEIPT_TYPES),
    size: z.number().int().openapi({ description: 'Bytes.' }),
    pages: z.number().int().nullable().openapi({ description: 'Of a PDF.' }),
    is_own: z.boolean().openapi({ description: 'False where somebody shares it with you.' }),
    total: z.string().nullable().openapi({ description: 'What the whole slip says: `18.50`.' }),
    currency: z.string().nullable(),
    shared_with: z.array(
      z.object({ person: z.uuid(), name: z.string(), part: z.string().nullable() }),
    ),
    claims: z
      .array(z.number().int())
      .openapi({ description: 'Numbers of your claims it stands in.' }),
    added_at: z.string(),
  })
  .openapi('Receipt');

const asJson = (receipt: OwnReceipt): z.output<typeof receiptSchema> => {
  const { currency } = receipt;
  const text = (minor: number | null) =>
    minor === null || currency === null ? null : amountText(minor, currency);
  return {
    id: receipt.id,
    name: receipt.name,
    media_type: receipt.mediaType,
    size: receipt.size,
    pages: receipt.pages,
    is_own: receipt.isOwn,
    total: text(receipt.totalMinor),
    currency,
    shared_with: receipt.shares.map(({ personId, name, minor }) => ({
      ...{ person: personId, name, part: text(minor) },
    })),
    claims: [...receipt.claims],
    added_at: receipt.addedAt.toString(),
  };
};

/** `/api/v1/summits/{slug}/me/receipts`: one's receipts; and those of submitted claims for treasurers. */
export function receiptApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  addReading(routes);
  addChanging(routes);
  addSharing(routes);
  return routes;
}

function addReading(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listOwnReceipts',
      method: 'get',
      path: ALL,
      tag,
      summary: 'Your receipts, and those shared with you',
      scope: 'read:money',
      params: slugParam,
      answer: { status: 200, description: 'Newest first.', schema: z.array(receiptSchema) },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const receipts = await ownReceipts(c.var.services.db, own.value.self);
      return answered(receipts.map(asJson));
    },
  );
  operation(
    routes,
    {
      id: 'getOwnReceiptFile',
      method: 'get',
      path: `${ONE}/file`,
      tag,
      summary: 'A receipt as it is',
      scope: 'read:money',
      params: receiptParams,
      answer: { status: 200, description: 'Its bytes.', bytes: RECEIPT_TYPES },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const found = await ownReceiptContent(c.var.services.db, own.value.self, params.receipt);
      if (found === undefined) return refused(404, nothingHere());
      return ok({ body: found.content, contentType: found.mediaType });
    },
  );
  operation(
    routes,
    {
      id: 'getClaimedReceiptFile',
      method: 'get',
      path: '/summits/{slug}/treasury/receipts/{receipt}/file',
      tag,
      summary: 'A receipt of a claim that was submitted, for treasurers',
      scope: 'read:money',
      params: receiptParams,
      answer: { status: 200, description: 'Its bytes.', bytes: RECEIPT_TYPES },
      refuses: [403],
    },
    async (c, { params }) => {
      const seen = await treasuredSummit(c, params.slug);
      if (!seen.ok) return seen;
      const found = await receiptContent(c.var.services.db, seen.value.treasurer, params.receipt);
      if (found === undefined) return refused(404, nothingHere());
      return ok({ body: found.content, contentType: found.mediaType });
    },
  );
}

function addChanging(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'addReceipt',
      method: 'post',
      path: ALL,
      tag,
      summary: 'Keep a receipt',
      description:
        'The body is the file. What it tells of place, time and camera is left out; the same one twice is kept once.',
      scope: 'write:money',
      params: slugParam,
      query: z.strictObject({
        name: z.string().max(200).openapi({ description: 'What the file is called.' }),
      }),
      body: { bytes: RECEIPT_TYPES, take: (bytes) => bytes },
      answer: {
        status: 201,
        description: 'Kept, or known already.',
        schema: z.object({ id: z.uuid(), name: z.string() }),
      },
      refuses: [403, 409],
    },
    async (c, { params, query, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { largestReceipt } = c.var.services;
      const taken = await takeIn([{ name: query.name, bytes: body }], largestReceipt, 'body');
      if (taken.refused.length > 0) return refused(422, taken.refused);
      const added = await command(c, (tx, actor) =>
        addReceipts(tx, actor, own.value.self, taken.good),
      );
      if (!added.ok) return added;
      const [{ id, name } = { id: '', name: '' }] = added.value;
      return answered({ id, name });
    },
  );
  operation(
    routes,
    {
      id: 'removeReceipt',
      method: 'delete',
      path: ONE,
      tag,
      summary: 'Remove a receipt for good',
      scope: 'write:money',
      params: receiptParams,
      answer: { status: 204, description: 'Removed.' },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const removed = await command(c, (tx, actor) =>
        removeReceipt(tx, actor, own.value.self, params.receipt),
      );
      return removed.ok ? answered(undefined) : removed;
    },
  );
  operation(
    routes,
    {
      id: 'sayReceiptTotal',
      method: 'put',
      path: `${ONE}/total`,
      tag,
      summary: 'Say what the whole slip comes to',
      scope: 'write:money',
      params: receiptParams,
      body: {
        json: z.strictObject({
          total: z.string().max(40).openapi({ description: '`18.50`; empty takes it back.' }),
          currency: z.string().max(10).openapi({ description: '`USD`.' }),
        }),
      },
      answer: DONE,
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const total = readTotal(body.total, body.currency);
      if (!total.ok) return refused(422, total.error);
      const said = await command(c, (tx, actor) =>
        sayTotal(tx, actor, own.value.self, params.receipt, total.value),
      );
      return said.ok ? answered(undefined) : said;
    },
  );
}

function addSharing(routes: OpenAPIHono<ApiEnv>): void {
  const path = `${ONE}/shared-with/{person}`;
  operation(
    routes,
    {
      id: 'shareReceipt',
      method: 'put',
      path,
      tag,
      summary: 'Let somebody claim a part of a receipt',
      scope: 'write:money',
      params: sharerParams,
      body: {
        json: z.strictObject({
          part: z.string().max(40).openapi({
            description: 'Their part, in the currency of the receipt; empty leaves it open.',
          }),
        }),
      },
      answer: DONE,
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { self } = own.value;
      const receipts = await ownReceipts(c.var.services.db, self);
      const receipt = receipts.find(({ id, isOwn }) => isOwn && id === params.receipt);
      const part = readPart(body.part, receipt?.currency ?? null);
      if (!part.ok) return refused(422, part.error);
      const said = { personId: params.person, minor: part.value };
      const shared = await command(c, (tx, actor) =>
        shareReceipt(tx, actor, self, params.receipt, said),
      );
      return shared.ok ? answered(undefined) : shared;
    },
  );
  operation(
    routes,
    {
      id: 'unshareReceipt',
      method: 'delete',
      path,
      tag,
      summary: 'Stop sharing a receipt with somebody',
      scope: 'write:money',
      params: sharerParams,
      answer: DONE,
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const taken = await command(c, (tx, actor) =>
        unshareReceipt(tx, actor, own.value.self, params.receipt, params.person),
      );
      return taken.ok ? answered(undefined) : taken;
    },
  );
}
