import { amountText, type Currency, parseAmount } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { orRefuse } from '../../../platform/http/api-problem.ts';
import { treasuredSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { day, text } from '../../timetable/frame/api-schema.ts';
import { allot, transfer } from '../funders/allotment-commands.ts';
import { fundLinesOf } from '../funders/funder-queries.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import { correctEntry } from '../journal/correction-commands.ts';
import { entriesOf } from '../journal/entry-queries.ts';
import { STAGES } from '../journal/journal-rules.ts';
import { KIND_KEYS } from '../journal/journal-words-rules.ts';
import { reconcile } from '../journal/reconcile-queries.ts';
import { CHECK_KEYS } from '../journal/reconcile-rules.ts';

const tag = 'Money';
const amount = z.string().openapi({ example: '12.50', description: 'Decimal text.' });

const lineSchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    funder: z.string(),
    currency: z.string(),
    is_closed: z.boolean(),
    categories: z.array(z.string()),
    granted: amount,
    left: amount.openapi({ description: 'Below zero where somebody let the line be overdrawn.' }),
    committed: amount,
    claimed: amount,
    approved: amount,
    paid: amount,
  })
  .openapi('FundLine');

const entrySchema = z
  .object({
    id: z.number().int(),
    at: z.iso.datetime(),
    on_date: z.string().nullable(),
    kind: z.enum(KIND_KEYS),
    claim: z.string().nullable().openapi({ example: 'C-12' }),
    estimate: z.string().nullable().openapi({ example: 'E-12' }),
    corrects: z.number().int().nullable(),
    corrected_by: z.number().int().nullable(),
    is_override: z.boolean(),
    note: z.string(),
    postings: z.array(
      z.object({
        line: z.uuid(),
        category: z.string(),
        person: z.uuid().nullable(),
        stage: z.enum(STAGES),
        amount,
        currency: z.string(),
      }),
    ),
  })
  .openapi('JournalEntry');

const told = {
  amount,
  on_date: day.optional(),
  note: text(1000).default(''),
  key: z.uuid().openapi({ description: 'Sent twice with the same key, it counts once.' }),
  may_overdraw: z.boolean().default(false).openapi({ description: 'Asks for a note.' }),
};
const allotBody = z.strictObject({ line: z.uuid(), ...told }).openapi('Allotment');
const transferBody = z
  .strictObject({ from: z.uuid(), to: z.uuid(), ...told })
  .openapi('MoneyTransfer');
const writtenSchema = z
  .object({ entry: z.number().int().nullable() })
  .openapi('WrittenEntry', { description: 'Null where the same key was sent before.' });
const WRITTEN = { status: 200, description: 'The entry.', schema: writtenSchema } as const;

/** The API's part about lines, their money and the journal; for treasurers. */
export function budgetApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  addBudget(routes);
  addJournal(routes);
  addChanges(routes);
  return routes;
}

function addBudget(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listFundLines',
      method: 'get',
      path: '/summits/{slug}/treasury/lines',
      tag,
      summary: 'Where the money of each line stands',
      scope: 'read:money',
      params: slugParam,
      answer: {
        status: 200,
        description: 'In the treasurers’ order.',
        schema: z.object({ items: z.array(lineSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const { db } = c.var.services;
      const { id } = treasured.value.summit;
      const [lines, standings] = await Promise.all([fundLinesOf(db, id), lineStandings(db, id)]);
      return answered({
        items: lines.map((line) => {
          const { currency, name } = line.funder;
          const of = standings.get(line.id);
          const money = (minor: number | undefined) => amountText(minor ?? 0, currency);
          return {
            id: line.id,
            title: line.title,
            funder: name,
            currency,
            is_closed: line.isClosed,
            categories: [...line.categories],
            granted: money(of?.granted),
            left: money(of?.left),
            committed: money(of?.committed),
            claimed: money(of?.claimed),
            approved: money(of?.approved),
            paid: money(of?.paid),
          };
        }),
      });
    },
  );
}

const pageQuery = z.strictObject({
  line: z.uuid().optional(),
  stage: z.enum(STAGES).optional(),
  kind: z.enum(KIND_KEYS).optional(),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
});
const PAGE_SIZE = 100;

function addJournal(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listJournal',
      method: 'get',
      path: '/summits/{slug}/treasury/journal',
      tag,
      summary: 'Entries of the journal',
      scope: 'read:money',
      params: slugParam,
      query: pageQuery,
      answer: {
        status: 200,
        description: `The newest first, ${PAGE_SIZE} a page.`,
        schema: z.object({ count: z.number().int(), items: z.array(entrySchema) }),
      },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const { line, stage, kind, page } = query;
      const filter = { lineId: line, stages: stage === undefined ? undefined : [stage], kind };
      const paging = { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
      const { treasurer } = treasured.value;
      const { rows, count } = await entriesOf(c.var.services.db, treasurer, filter, paging);
      return answered({
        count,
        items: rows.map((entry) => ({
          id: entry.id,
          at: entry.at.toString(),
          on_date: entry.onDate,
          kind: entry.kind,
          claim: entry.claim === null ? null : `C-${entry.claim}`,
          estimate: entry.estimate === null ? null : `E-${entry.estimate}`,
          corrects: entry.corrects,
          corrected_by: entry.correctedBy,
          is_override: entry.isOverride,
          note: entry.note,
          postings: entry.postings.map((posting) => ({
            line: posting.lineId,
            category: posting.category,
            person: posting.personId,
            stage: posting.stage,
            amount: amountText(posting.minor, posting.currency),
            currency: posting.currency,
          })),
        })),
      });
    },
  );
  operation(
    routes,
    {
      id: 'reconcileMoney',
      method: 'get',
      path: '/summits/{slug}/treasury/reconciliation',
      tag,
      summary: 'Check all sums again',
      description: 'Every balance from its postings, and caps, claims and payments against them.',
      scope: 'read:money',
      params: slugParam,
      answer: {
        status: 200,
        description: 'What was reckoned, and how many differences each check found.',
        schema: z.object({
          agrees: z.boolean(),
          entries: z.number().int(),
          postings: z.number().int(),
          differences: z.record(z.enum(CHECK_KEYS), z.number().int()),
        }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const found = await reconcile(c.var.services.db, treasured.value.treasurer);
      const count = (key: string) => found.differences.filter(({ check }) => check === key).length;
      return answered({
        agrees: found.differences.length === 0,
        entries: found.entries,
        postings: found.postings,
        differences: Object.fromEntries(CHECK_KEYS.map((key) => [key, count(key)])) as Record<
          (typeof CHECK_KEYS)[number],
          number
        >, // every check
      });
    },
  );
}

function addChanges(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'allotMoney',
      method: 'post',
      path: '/summits/{slug}/treasury/allotments',
      tag,
      summary: 'A funder gives a line so much',
      description: 'Below zero, it takes so much back.',
      scope: 'write:money',
      params: slugParam,
      body: { json: allotBody },
      answer: WRITTEN,
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const { summit, treasurer } = treasured.value;
      const read = orRefuse(await amountFor(c, summit.id, body.line, body.amount));
      if (!read.ok) return read;
      const done = await command(c, (tx, actor) =>
        allot(tx, actor, treasurer, { ...saidIn(body), lineId: body.line, minor: read.value }),
      );
      return done.ok ? answered({ entry: done.value ?? null }) : done;
    },
  );
  operation(
    routes,
    {
      id: 'moveMoney',
      method: 'post',
      path: '/summits/{slug}/treasury/transfers',
      tag,
      summary: 'Move what is left of a line to another one',
      scope: 'write:money',
      params: slugParam,
      body: { json: transferBody },
      answer: WRITTEN,
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const { summit, treasurer } = treasured.value;
      const read = orRefuse(await amountFor(c, summit.id, body.from, body.amount));
      if (!read.ok) return read;
      const { from, to } = body;
      const done = await command(c, (tx, actor) =>
        transfer(tx, actor, treasurer, { ...saidIn(body), from, to, minor: read.value }),
      );
      return done.ok ? answered({ entry: done.value ?? null }) : done;
    },
  );
  operation(
    routes,
    {
      id: 'correctEntry',
      method: 'post',
      path: '/summits/{slug}/treasury/corrections',
      tag,
      summary: 'Take an entry back by another one',
      scope: 'write:money',
      params: slugParam,
      body: {
        json: z
          .strictObject({
            entry: z.number().int().positive(),
            note: text(1000),
            may_overdraw: z.boolean().default(false),
          })
          .openapi('Correction'),
      },
      answer: WRITTEN,
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const { treasurer } = treasured.value;
      const asked = { entryId: body.entry, note: body.note, isOverride: body.may_overdraw };
      const done = await command(c, (tx, actor) => correctEntry(tx, actor, treasurer, asked));
      return done.ok ? answered({ entry: done.value }) : done;
    },
  );
}

const saidIn = ({
  note,
  on_date,
  key,
  may_overdraw,
}: z.output<typeof allotBody> | z.output<typeof transferBody>) => ({
  note,
  onDate: on_date,
  key,
  isOverride: may_overdraw,
});

/** The amount in the currency of a line. */
async function amountFor(
  c: ApiContext,
  summitId: string,
  lineId: string,
  typed: string,
): Promise<Result<number, Problem>> {
  const lines: readonly FundLine[] = await fundLinesOf(c.var.services.db, summitId);
  const currency: Currency | undefined = lines.find(({ id }) => id === lineId)?.funder.currency;
  if (currency === undefined) return fail(problem('no-line', 'There is no such line.'));
  const read = parseAmount(typed, currency);
  return read.ok ? ok(read.value) : fail({ ...read.error, place: { path: 'amount' } });
}
