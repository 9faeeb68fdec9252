import { expectCurrency, parseCurrency, parseRate } from '@cairn/kernel/money';
import { dateIn, expectZone } from '@cairn/kernel/time';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { comersSummit, treasuredSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import type { Summit } from '../../summits/queries.ts';
import { day, text } from '../../timetable/frame/api-schema.ts';
import { addRate, takeRates } from './rate-commands.ts';
import { readRateFile } from './rate-file-rules.ts';
import { rateFor } from './rate-queries.ts';
import { rateForm } from './rate-schema.ts';

const tag = 'Rates';
const currency = z
  .string()
  .refine((code) => parseCurrency(code).ok, 'write three letters, such as USD')
  .openapi({ example: 'EUR' });
const rateSchema = z
  .object({ rate: z.string(), on_date: z.string(), source: z.string() })
  .openapi('Rate', { description: 'How much of the second currency one of the first was worth.' });
const rateBody = z
  .strictObject({
    base: currency,
    quote: currency,
    on_date: day,
    rate: z.string().refine((value) => parseRate(value).ok, 'write a decimal above zero, as text'),
    source: text(200).min(1, 'say where the rate is from'),
  })
  .openapi('RateInput');
const fileBody = z
  .strictObject({
    csv: z.string().min(1),
    base: currency.default('EUR'),
    from: day.openapi({ description: 'What is older is left out.' }),
    source: text(200).min(1, 'say where the rates are from'),
  })
  .openapi('RateFile', {
    description: 'CSV as on the page: a column for each currency, or a list.',
  });

const todayOf = (c: ApiContext, { definition }: Summit): string =>
  dateIn(c.var.services.clock.now(), expectZone(definition.zone)).toString();

/** The API's part about what currencies were worth. */
export function rateApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  const path = '/summits/{slug}/rates';
  operation(
    routes,
    {
      id: 'getRate',
      method: 'get',
      path,
      tag,
      summary: 'The rate by which a cost of a day is converted',
      scope: 'read:money',
      params: slugParam,
      query: z.strictObject({ from: currency, to: currency, on: day }),
      answer: {
        status: 200,
        description: 'The last one of that day or before.',
        schema: rateSchema,
      },
      refuses: [403, 409],
    },
    async (c, { params, query }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const found = await rateFor(
        c.var.services.db,
        own.value.summit.id,
        expectCurrency(query.from),
        expectCurrency(query.to),
        query.on,
      );
      if (!found.ok) return refused(409, found.error);
      const { rate, onDate, source } = found.value;
      return answered({ rate, on_date: onDate, source });
    },
  );
  operation(
    routes,
    {
      id: 'addRate',
      method: 'post',
      path,
      tag,
      summary: 'Add a rate',
      description: 'For treasurers. What was converted already keeps its rate.',
      scope: 'write:money',
      params: slugParam,
      body: { json: rateBody },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403, 409, 422],
    },
    async (c, { params, body }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const { summit, treasurer } = treasured.value;
      const read = rateForm(todayOf(c, summit)).safeParse(body);
      if (!read.success) {
        const problems = read.error.issues.map(({ message, path: at }) => ({
          code: 'bad-field',
          sentence: message,
          place: { path: at.join('.') },
        }));
        return refused(422, problems);
      }
      const { on_date: onDate, ...rate } = read.data;
      const added = await command(c, (tx, actor) =>
        addRate(tx, actor, treasurer, { ...rate, onDate }),
      );
      return added.ok ? answered(undefined) : added;
    },
  );
  operation(
    routes,
    {
      id: 'importRates',
      method: 'post',
      path: `${path}/files`,
      tag,
      summary: 'Read a file of rates',
      description:
        'For treasurers. Good lines are taken; the others are kept, to be mended on the page.',
      scope: 'write:money',
      params: slugParam,
      body: { json: fileBody },
      answer: {
        status: 200,
        description: 'What became of it.',
        schema: z.object({
          changed: z.number().int(),
          same: z.number().int(),
          left_out: z.number().int(),
          bad: z.array(z.object({ line: z.number().int(), reason: z.string() })),
        }),
      },
      refuses: [403, 422],
    },
    async (c, { params, body }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const { summit, treasurer } = treasured.value;
      const read = readRateFile(body.csv, {
        source: body.source,
        base: expectCurrency(body.base),
        from: body.from,
        until: todayOf(c, summit),
      });
      if (!read.ok) return refused(422, read.error);
      const taken = await command(c, (tx, actor) =>
        takeRates(tx, actor, treasurer, 'API', read.value),
      );
      if (!taken.ok) return taken;
      const { changed, same } = taken.value;
      return answered({
        changed,
        same,
        left_out: read.value.leftOut,
        bad: read.value.bad.map(({ line, reason }) => ({ line, reason })),
      });
    },
  );
  return routes;
}
