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
import { text } from '../../timetable/frame/api-schema.ts';
import { allot, transfer } from '../funders/allotment-commands.ts';
import { fundLinesOf } from '../funders/funder-queries.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import { correctEntry } from '../journal/correction-commands.ts';
import { allotBody, lineSchema, tag, transferBody, WRITTEN } from './api-schema.ts';
import { addJournal } from './journal-api-routes.ts';

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
