import { type TableLine, tableLines } from '@cairn/formats/csv-lines';
import { type Problem, problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { answerCsv } from '../../../platform/http/csv-answer.ts';
import { webActor } from '../../../platform/http/env.ts';
import { readTyped, type Typed, typedList, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { textOfFile } from '../../../platform/http/text-file.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { fundersOf } from '../funders/funder-queries.ts';
import type { Funder } from '../funders/funder-rules.ts';
import { showMoneyPage } from '../page.tsx';
import { baseOf, HOME, type Refused, ROW, type TreasurerContext } from './bank-address.ts';
import { type KeptBankFile, keepBankFile } from './bank-commands.ts';
import { type GuessedMapping, guessMapping } from './bank-mapping-rules.ts';
import { matchRows } from './bank-match-rules.ts';
import { keptBankRows, rowCounts } from './bank-queries.ts';
import { setAsideUnreadable } from './bank-row-commands.ts';
import { decideRow, showRow } from './bank-row-routes.tsx';
import { ROW_STATES, readBankTable } from './bank-row-rules.ts';
import { BankRowsPage } from './bank-row-views.tsx';
import { mappingAsTyped, readMapping } from './bank-schema.ts';
import { BankFilePage, BankPreviewPage } from './bank-views.tsx';
import { dues, standingPayments } from './payment-queries.ts';

/** Rows on one page. */
const PAGE = 50;
/** More rows than this are no list of one summit's payments. */
const MOST_ROWS = 50_000;

/** `/s/<summit>/treasury/payments/import` and `/rows`: lists of banks, and what becomes of their rows. */
export function bankRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  const csv = `${HOME}/rows/unreadable.csv`;
  for (const address of [`${HOME}/import`, `${HOME}/rows`, csv, ROW]) {
    routes.use(address, withSummit, treasurersOnly);
  }

  routes.get(`${HOME}/import`, (c) => showFile(c));
  routes.post(`${HOME}/import`, takeFile);

  routes.get(`${HOME}/rows`, (c) => showRows(c));
  routes.post(`${HOME}/rows`, async (c) => {
    const { services, treasurer } = c.var;
    const { typed } = await readTyped(c);
    const reason = typedText(typed, 'reason').slice(0, 500);
    const done = await inTransaction(services.db, (tx) =>
      setAsideUnreadable(tx, webActor(c), treasurer, reason),
    );
    if (!done.ok) return showRows(c, { typed, problems: [done.error] });
    const words = `${counted(done.value, 'row is', 'rows are')} set aside.`;
    return seeOther(c, `${baseOf(c)}/rows`, words);
  });
  routes.get(csv, async (c) => {
    const { services, treasurer, summit } = c.var;
    const which = { state: 'unreadable', page: 1, size: MOST_ROWS } as const;
    const rows = await keptBankRows(services.db, treasurer, which);
    const cells = rows.map((row) => [row.fileName, row.line, row.reason, row.raw]);
    return answerCsv(c, `${summit.slug}-unreadable.csv`, ['file', 'line', 'reason', 'row'], cells);
  });

  routes.get(ROW, (c) => showRow(c, c.req.param('row')));
  routes.post(ROW, (c) => decideRow(c, c.req.param('row')));

  return routes;
}

async function showFile(c: TreasurerContext, refused?: Refused): Promise<Response> {
  const funders = await fundersOf(c.var.services.db, c.var.summit.id);
  return showMoneyPage(
    c,
    { title: 'Read a file of the bank', status: refused === undefined ? 200 : 422 },
    <BankFilePage
      action={`${baseOf(c)}/import`}
      typed={refused?.typed ?? (funders.length === 1 ? { funder: funders[0]?.id ?? '' } : {})}
      problems={refused?.problems}
      funders={funders.map(({ id, name, currency }) => ({
        value: id,
        label: `${name} (${currency})`,
      }))}
    />,
  );
}

/** What somebody sent of a bank's list: the funder, the rows, and how they are to be understood. */
interface Sent {
  readonly typed: Typed;
  readonly funder: Funder;
  readonly lines: readonly TableLine[];
  readonly guessed: GuessedMapping;
}

async function takeFile(c: TreasurerContext): Promise<Response> {
  const { typed: posted, files } = await readTyped(c);
  const file = files.get('file');
  const given = file === undefined ? ok(typedText(posted, 'csv')) : await textOfFile(file);
  if (!given.ok) return showFile(c, { typed: posted, problems: [given.error] });
  // A browser sends lines of a field with CR LF; the text is the same one.
  const csv = given.value.replaceAll('\r\n', '\n').replaceAll('\0', '\uFFFD');
  const fileName = (file?.name ?? typedText(posted, 'file_name')) || 'pasted text';
  const typed = { ...posted, csv, file_name: fileName.slice(0, 200) };
  const sent = await understood(c, typed);
  if (!('lines' in sent)) return showFile(c, { typed, problems: [sent] });
  const isAsked = typedText(typed, 'do') !== '' && file === undefined;
  const mapping = isAsked ? readMapping(typed) : ok(sent.guessed.mapping);
  if (!mapping.ok) return showPreview(c, sent, mapping.error);
  const { funder, lines } = sent;
  const shown = { ...sent, typed: { ...typed, ...mappingAsTyped(mapping.value) } };
  if (typedText(typed, 'do') !== 'keep' || !isAsked) {
    return showPreview(c, isAsked ? { ...shown, guessed: { ...sent.guessed, doubts: [] } } : shown);
  }
  const { services, treasurer } = c.var;
  const table = readBankTable(lines, mapping.value, funder.currency);
  const record = new Set(typedList(typed, 'record[]').map(Number));
  const not = new Set(table.rows.map(({ line }) => line).filter((line) => !record.has(line)));
  const kept = await inTransaction(services.db, (tx) =>
    keepBankFile(tx, webActor(c), treasurer, {
      funderId: funder.id,
      fileName: typedText(typed, 'file_name'),
      mapping: mapping.value,
      table,
      not,
    }),
  );
  if (!kept.ok) return showPreview(c, shown, [kept.error]);
  const waits = kept.value.unmatched + kept.value.unreadable > 0;
  return seeOther(c, `${baseOf(c)}${waits ? '/rows' : ''}`, keptWords(kept.value));
}

function keptWords({ paid, unmatched, unreadable, incoming, known }: KeptBankFile): string {
  if (paid + unmatched + unreadable + incoming === 0) {
    return `All ${known} rows were kept before; nothing changed.`;
  }
  return [
    `${counted(paid, 'payment is', 'payments are')} recorded`,
    `${counted(unmatched, 'row waits', 'rows wait')} for a claim`,
    `${counted(unreadable, 'row')} could not be read`,
    ...(incoming > 0 ? [`${incoming} came in`] : []),
    ...(known > 0 ? [`${known} were known`] : []),
  ]
    .join(', ')
    .concat('.');
}

async function understood(c: TreasurerContext, typed: Typed): Promise<Sent | Problem> {
  const { services, summit } = c.var;
  const funders = await fundersOf(services.db, summit.id);
  const funder = funders.find(({ id }) => id === typedText(typed, 'funder'));
  if (funder === undefined) {
    return problem('no-funder', 'Choose whose account it is.', { path: 'funder' });
  }
  const csv = typedText(typed, 'csv');
  if (csv.trim() === '') {
    return problem('no-table', 'Choose a file, or paste the list as text.', { path: 'csv' });
  }
  const lines = tableLines(csv);
  if (lines.length > MOST_ROWS) {
    const sentence = `The list has ${lines.length} rows; more than ${MOST_ROWS} are not read at once. Split it.`;
    return problem('too-many', sentence, { path: 'csv' });
  }
  const guessed = guessMapping(lines);
  if (guessed === undefined) {
    const sentence =
      'No column holds days, so this is no list of payments; save it from the bank or spreadsheet as CSV.';
    return problem('not-a-table', sentence, { path: 'csv' });
  }
  return { typed, funder, lines, guessed };
}

async function showPreview(
  c: TreasurerContext,
  { typed, funder, lines, guessed }: Sent,
  problems?: readonly Problem[],
): Promise<Response> {
  const { services, treasurer } = c.var;
  const read = readMapping(typed);
  const mapping = read.ok ? read.value : guessed.mapping;
  const { rows, others } = readBankTable(lines, mapping, funder.currency);
  const owes = await dues(services.db, treasurer, { funderId: funder.id });
  const recorded = await standingPayments(services.db, treasurer, funder.id);
  return showMoneyPage(
    c,
    {
      title: 'What was understood',
      lede: 'Nothing is kept yet.',
      status: problems === undefined ? 200 : 422,
    },
    <BankPreviewPage
      action={`${baseOf(c)}/import`}
      typed={typed}
      problems={problems}
      funder={funder.name}
      headers={guessed.headers}
      doubts={guessed.doubts}
      rows={rows}
      matches={matchRows(rows, owes, treasurer.personId, recorded)}
      others={others}
    />,
  );
}

async function showRows(c: TreasurerContext, refused?: Refused): Promise<Response> {
  const { services, treasurer } = c.var;
  const asked = refused === undefined ? c.req.query('state') : 'unreadable';
  const state = ROW_STATES.find((each) => each === asked) ?? 'unmatched';
  const counts = await rowCounts(services.db, treasurer);
  const pages = Math.max(1, Math.ceil(counts[state] / PAGE));
  const page = Math.min(Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1), pages);
  return showMoneyPage(
    c,
    { title: 'Rows of bank files', status: refused === undefined ? 200 : 422 },
    <BankRowsPage
      base={baseOf(c)}
      state={state}
      counts={counts}
      rows={await keptBankRows(services.db, treasurer, { state, page, size: PAGE })}
      page={page}
      pages={pages}
      refused={refused}
    />,
  );
}
