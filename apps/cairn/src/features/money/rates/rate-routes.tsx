import { type Problem, problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import { dateIn, expectZone } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { answerCsv } from '../../../platform/http/csv-answer.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import {
  formProblems,
  type RefusedForm,
  readTyped,
  type Typed,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { textOfFile } from '../../../platform/http/text-file.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { showMoneyPage } from '../page.tsx';
import { addRate, dropRateLines, takeRates } from './rate-commands.ts';
import { guessedCells, readRateFile } from './rate-file-rules.ts';
import { keptRateLine, keptRateLines, ratesOf } from './rate-queries.ts';
import { rateFileForm, rateForm } from './rate-schema.ts';
import { KeptRatePage, KeptRatesPage, RateFilePage, RatesPage } from './rate-views.tsx';

type Context = AppContext<TreasurerEnv['Variables']>;
const RATES = '/s/:summit/treasury/rates';
const KEPT = `${RATES}/kept`;
const LINE = `${KEPT}/:line{${UUID}}`;
/** Rows on one page. */
const PAGE = 50;
const EVERY = 100_000;

const baseOf = (c: Context): string => `/s/${c.var.summit.slug}/treasury/rates`;
const todayOf = ({ var: { services, summit } }: Context): string =>
  dateIn(services.clock.now(), expectZone(summit.definition.zone)).toString();

/** `/s/<summit>/treasury/rates`: what currencies were worth, by hand and by file. */
export function rateRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  for (const address of [RATES, `${RATES}/*`]) routes.use(address, withSummit, treasurersOnly);

  routes.get(RATES, (c) => showRates(c));
  routes.post(RATES, async (c) => {
    const { services, treasurer } = c.var;
    const { typed } = await readTyped(c);
    const form = rateForm(todayOf(c)).safeParse(typed);
    if (!form.success) return showRates(c, { typed, problems: formProblems(form.error) });
    const { on_date: onDate, ...rate } = form.data;
    const added = await inTransaction(services.db, (tx) =>
      addRate(tx, webActor(c), treasurer, { ...rate, onDate }),
    );
    if (!added.ok) return showRates(c, { typed, problems: [added.error] });
    return seeOther(c, baseOf(c), `One ${rate.base} was worth ${rate.rate} ${rate.quote}: kept.`);
  });

  routes.get(`${RATES}/import`, (c) => showFile(c));
  routes.post(`${RATES}/import`, takeFile);

  routes.get(KEPT, async (c) => {
    const page = pageOf(c);
    const kept = await keptRateLines(c.var.services.db, c.var.treasurer, { page, size: PAGE });
    const pages = Math.max(1, Math.ceil(kept.total / PAGE));
    return showMoneyPage(
      c,
      { title: 'Lines that were not taken', lede: 'Mend them one by one, or drop them.' },
      <KeptRatesPage base={baseOf(c)} kept={kept} page={page} pages={pages} />,
    );
  });
  routes.post(KEPT, async (c) => {
    const { services, treasurer } = c.var;
    const dropped = await inTransaction(services.db, (tx) =>
      dropRateLines(tx, webActor(c), treasurer, 'all'),
    );
    const count = dropped.ok ? dropped.value : 0;
    return seeOther(c, `${baseOf(c)}/kept`, `${counted(count, 'line is', 'lines are')} dropped.`);
  });
  routes.get(`${RATES}/kept.csv`, async (c) => {
    const { services, treasurer, summit } = c.var;
    const { rows } = await keptRateLines(services.db, treasurer, { page: 1, size: EVERY });
    const cells = rows.map(({ fileName, line, reason, raw }) => [fileName, line, reason, raw]);
    return answerCsv(
      c,
      `${summit.slug}-rates-not-taken.csv`,
      ['file', 'line', 'reason', 'raw'],
      cells,
    );
  });

  routes.get(LINE, (c) => showLine(c, c.req.param('line')));
  routes.post(LINE, (c) => mendLine(c, c.req.param('line')));

  return routes;
}

const pageOf = (c: Context): number =>
  Math.min(EVERY, Math.max(1, Math.trunc(Number(c.req.query('page') ?? 1)) || 1));

async function showRates(c: Context, refused?: RefusedForm): Promise<Response> {
  const { services, summit, treasurer } = c.var;
  const asked = (c.req.query('currency') ?? '').toUpperCase();
  const currency = /^[A-Z]{3}$/.test(asked) ? asked : '';
  const page = pageOf(c);
  const [rates, kept] = await Promise.all([
    ratesOf(services.db, summit.id, { currency, page, size: PAGE }),
    keptRateLines(services.db, treasurer, { page: 1, size: 1 }),
  ]);
  return showMoneyPage(
    c,
    {
      title: 'Rates',
      lede: 'What currencies were worth, and who says so.',
      status: refused === undefined ? 200 : 422,
    },
    <RatesPage
      base={baseOf(c)}
      rates={rates}
      currency={currency}
      page={page}
      pages={Math.max(1, Math.ceil(rates.total / PAGE))}
      kept={kept.total}
      typed={refused?.typed ?? {}}
      problems={refused?.problems}
    />,
  );
}

function showFile(c: Context, refused?: RefusedForm): Response | Promise<Response> {
  const year = Number(c.var.summit.definition.dates.arrival.slice(0, 4));
  const usual: Typed = {
    // Tickets are bought in the year before, not earlier.
    from: `${year - 1}-01-01`,
    base: 'EUR',
    source: 'Euro reference rates of the European Central Bank',
  };
  return showMoneyPage(
    c,
    { title: 'Read a file of rates', status: refused === undefined ? 200 : 422 },
    <RateFilePage
      action={`${baseOf(c)}/import`}
      typed={refused?.typed ?? usual}
      problems={refused?.problems}
    />,
  );
}

async function takeFile(c: Context): Promise<Response> {
  const { services, treasurer } = c.var;
  const { typed, files } = await readTyped(c);
  const refuse = (problems: readonly Problem[]) => showFile(c, { typed, problems });
  const form = rateFileForm.safeParse(typed);
  if (!form.success) return refuse(formProblems(form.error));
  const file = files.get('file');
  const given = file === undefined ? ok(typedText(typed, 'csv')) : await textOfFile(file);
  if (!given.ok) return refuse([given.error]);
  if (given.value.trim() === '') {
    return refuse([problem('no-file', 'Choose a file, or paste its lines.', { path: 'file' })]);
  }
  const read = readRateFile(given.value, { ...form.data, until: todayOf(c) });
  if (!read.ok) return refuse([read.error]);
  const name = (file?.name ?? 'pasted').replaceAll('\0', '').slice(0, 200);
  const taken = await inTransaction(services.db, (tx) =>
    takeRates(tx, webActor(c), treasurer, name, read.value),
  );
  if (!taken.ok) return refuse([taken.error]);
  const { changed, same, kept } = taken.value;
  const notice = [
    `${counted(changed, 'rate')} taken.`,
    same > 0 && `${counted(same, 'was', 'were')} known already.`,
    read.value.leftOut > 0 && `${counted(read.value.leftOut, 'is', 'are')} older and left out.`,
    kept > 0 && `${counted(kept, 'line waits', 'lines wait')} to be mended.`,
  ];
  return seeOther(c, kept > 0 ? `${baseOf(c)}/kept` : baseOf(c), notice.filter(Boolean).join(' '));
}

async function showLine(c: Context, id: string, refused?: RefusedForm): Promise<Response> {
  const line = await keptRateLine(c.var.services.db, c.var.treasurer, id);
  if (line === undefined) {
    return seeOther(c, `${baseOf(c)}/kept`, 'This line was mended or dropped already.');
  }
  const { date = '', ...guessed } = guessedCells(line.raw);
  return showMoneyPage(
    c,
    { title: `${line.fileName}, line ${line.line}`, status: refused === undefined ? 200 : 422 },
    <KeptRatePage
      action={c.req.path}
      line={line}
      typed={refused?.typed ?? { ...guessed, on_date: date, source: line.fileName }}
      problems={refused?.problems}
    />,
  );
}

async function mendLine(c: Context, id: string): Promise<Response> {
  const { services, treasurer } = c.var;
  const { typed } = await readTyped(c);
  const actor = webActor(c);
  if (typedText(typed, 'do') === 'drop') {
    await inTransaction(services.db, (tx) => dropRateLines(tx, actor, treasurer, id));
    return seeOther(c, `${baseOf(c)}/kept`, 'The line is dropped.');
  }
  const form = rateForm(todayOf(c)).safeParse(typed);
  if (!form.success) return showLine(c, id, { typed, problems: formProblems(form.error) });
  const { on_date: onDate, ...rate } = form.data;
  const added = await inTransaction(services.db, (tx) =>
    addRate(tx, actor, treasurer, { ...rate, onDate, keptId: id }),
  );
  if (!added.ok) return showLine(c, id, { typed, problems: [added.error] });
  return seeOther(c, `${baseOf(c)}/kept`, 'The rate is kept.');
}
