import { formatCsv } from '@cairn/formats/csv';
import { workbookParts } from '@cairn/formats/xlsx';
import { dateIn, expectZone, formatInstant } from '@cairn/kernel/time';
import { strToU8, zipSync } from 'fflate';
import { Hono } from 'hono';
import type { AppContext } from '../../../platform/http/env.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { fundersOf } from '../funders/funder-queries.ts';
import type { Funder } from '../funders/funder-rules.ts';
import { showMoneyPage } from '../page.tsx';
import { funderByKey, ledgerEvidence, ledgerOf } from './ledger-queries.ts';
import { ledgerSheets, ledgerTable } from './ledger-sheet-rules.ts';
import { LedgerPage, LedgersPage } from './ledger-views.tsx';

type TreasurerContext = AppContext<TreasurerEnv['Variables']>;

const HOME = '/s/:summit/treasury/ledgers';
const ONE = `${HOME}/:funder{[a-z][a-z0-9_]*}`;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const homeOf = (c: TreasurerContext): string => `/s/${c.var.summit.slug}/treasury`;

/** `/s/<summit>/treasury/ledgers`: what each funder was asked for, as a page, CSV and XLSX. */
export function ledgerRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  for (const address of [HOME, ONE, `${ONE}/ledger.csv`, `${ONE}/ledger.xlsx`]) {
    routes.use(address, withSummit, treasurersOnly);
  }

  routes.get(HOME, async (c) =>
    showMoneyPage(
      c,
      { title: 'Ledgers', lede: 'What each funder gets to see of its money.' },
      <LedgersPage
        base={`${homeOf(c)}/ledgers`}
        funders={await fundersOf(c.var.services.db, c.var.summit.id)}
        publication={`${homeOf(c)}/public-table`}
      />,
    ),
  );

  routes.get(ONE, async (c) => {
    const { services, treasurer } = c.var;
    const funder = await funderByKey(services.db, treasurer, c.req.param('funder'));
    if (funder === undefined) return c.notFound();
    return showMoneyPage(
      c,
      { title: `Ledger: ${funder.name}` },
      <LedgerPage
        base={`${homeOf(c)}/ledgers/${funder.key}`}
        treasury={homeOf(c)}
        ledger={await ledgerOf(services.db, treasurer, funder)}
        evidence={await ledgerEvidence(services.db, treasurer)}
      />,
    );
  });

  routes.get(`${ONE}/ledger.csv`, async (c) => {
    const { services, treasurer } = c.var;
    const funder = await funderByKey(services.db, treasurer, c.req.param('funder'));
    if (funder === undefined) return c.notFound();
    const { header, rows } = ledgerTable(await ledgerOf(services.db, treasurer, funder));
    return c.body(formatCsv(header, rows), 200, file(c, funder, 'csv', 'text/csv; charset=utf-8'));
  });

  routes.get(`${ONE}/ledger.xlsx`, async (c) => {
    const { services, treasurer } = c.var;
    const funder = await funderByKey(services.db, treasurer, c.req.param('funder'));
    if (funder === undefined) return c.notFound();
    const ledger = await ledgerOf(services.db, treasurer, funder);
    const evidence = await ledgerEvidence(services.db, treasurer);
    const parts = workbookParts(ledgerSheets(ledger, evidence, aboutOf(c, funder)));
    const zip = zipSync(
      Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)])),
    );
    return c.body(zip.slice().buffer, 200, file(c, funder, 'xlsx', XLSX));
  });

  return routes;
}

function file(c: TreasurerContext, funder: Funder, ending: string, type: string) {
  const day = dateIn(c.var.services.clock.now(), expectZone(c.var.summit.definition.zone));
  const name = `${c.var.summit.slug}-${funder.key}-ledger-${day.toString()}.${ending}`;
  return {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'private, no-store',
  };
}

/** What stands on the last sheet, so that the file explains itself. */
function aboutOf(c: TreasurerContext, { name, award, currency, fromOn, untilOn }: Funder) {
  const { services, summit } = c.var;
  const zone = expectZone(summit.definition.zone);
  return [
    `${summit.definition.title}: what ${name} was asked for${award === '' ? '' : `, award ${award}`}.`,
    `As of ${formatInstant(services.clock.now(), zone)}.`,
    ...(fromOn === null && untilOn === null
      ? []
      : [`Costs count from ${fromOn ?? 'the beginning'} until ${untilOn ?? 'the end'}.`]),
    `Amounts are in ${currency}, except what was spent, which stands in the currency beside it.`,
    'A rate is how much of this currency one unit of what was spent was worth; it is frozen with its day when a claim is submitted.',
    'Each cost is converted once and rounded to the nearest unit, halves away from zero; sums are sums of rounded costs.',
    'Asked is what the claim asks for, approved what a treasurer approved, paid what was recorded as paid.',
    'Difference on the sheet of lines is what the entries say less what the journal says; it is 0.',
  ];
}
