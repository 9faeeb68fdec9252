import { formatMoney } from '@cairn/kernel/money';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, type RefusedForm, readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { fundLinesOf } from '../funders/funder-queries.ts';
import { moneyPeople } from '../funders/people-queries.ts';
import { showMoneyPage } from '../page.tsx';
import { correctEntry } from './correction-commands.ts';
import { entriesOf, entryOf } from './entry-queries.ts';
import { correctionForm, readAsked } from './journal-schema.ts';
import { EntryPage, JournalPage } from './journal-views.tsx';
import { reconcile } from './reconcile-queries.ts';
import { ReconciliationPage } from './reconcile-views.tsx';

type Context = AppContext<TreasurerEnv['Variables']>;
const JOURNAL = '/s/:summit/treasury/journal';
const ENTRY = `${JOURNAL}/:entry{[0-9]{1,15}}`;
const RECONCILIATION = `${JOURNAL}/reconciliation`;
const PAGE_SIZE = 50;
const treasuryOf = (c: Context): string => `/s/${c.var.summit.slug}/treasury`;

/** `/s/<summit>/treasury/journal`: entries, each of them, and reckoning everything again. */
export function journalRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  for (const address of [JOURNAL, ENTRY, RECONCILIATION]) {
    routes.use(address, withSummit, treasurersOnly);
  }

  routes.get(JOURNAL, showJournal);
  routes.get(RECONCILIATION, showReconciliation);
  routes.get(ENTRY, (c) => showEntry(c, Number(c.req.param('entry'))));
  routes.post(ENTRY, (c) => takeBack(c, Number(c.req.param('entry'))));

  return routes;
}

async function showJournal(c: Context): Promise<Response> {
  const { summit, services, treasurer } = c.var;
  const { db } = services;
  const { filter, page } = readAsked(c.req.query());
  const [found, lines, people] = await Promise.all([
    entriesOf(db, treasurer, filter, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
    fundLinesOf(db, summit.id),
    moneyPeople(db, treasurer),
  ]);
  return showMoneyPage(
    c,
    { title: 'Journal', lede: 'What happened to the money, and who did it.' },
    <JournalPage
      treasury={treasuryOf(c)}
      zone={readerZone(c, summit)}
      asked={filter}
      entries={found.rows}
      count={found.count}
      sums={found.sums.map(({ minor, currency }) => formatMoney(minor, currency))}
      page={page}
      pages={Math.max(1, Math.ceil(found.count / PAGE_SIZE))}
      lines={lines.map(({ id, title, funder }) => ({
        value: id,
        label: `${title} (${funder.name})`,
      }))}
      people={people.map(({ personId, name }) => ({ value: personId, label: name }))}
    />,
  );
}

async function showEntry(c: Context, id: number, refused?: RefusedForm): Promise<Response> {
  const { summit, services, treasurer } = c.var;
  const entry = await entryOf(services.db, treasurer, id);
  if (entry === undefined) return c.notFound();
  return showMoneyPage(
    c,
    { title: `Entry ${id}`, status: refused === undefined ? 200 : 422 },
    <EntryPage
      treasury={treasuryOf(c)}
      zone={readerZone(c, summit)}
      entry={entry}
      typed={refused?.typed ?? {}}
      problems={refused?.problems}
    />,
  );
}

async function takeBack(c: Context, id: number): Promise<Response> {
  const { services, treasurer } = c.var;
  const { typed } = await readTyped(c);
  const form = correctionForm.safeParse(typed);
  if (!form.success) return showEntry(c, id, { typed, problems: formProblems(form.error) });
  const done = await inTransaction(services.db, (tx) =>
    correctEntry(tx, webActor(c), treasurer, {
      entryId: id,
      note: form.data.note,
      isOverride: form.data.override,
    }),
  );
  if (!done.ok) return showEntry(c, id, { typed, problems: [done.error] });
  return seeOther(c, `${treasuryOf(c)}/journal/${done.value}`, `Entry ${id} is taken back.`);
}

async function showReconciliation(c: Context): Promise<Response> {
  const { summit, services, treasurer } = c.var;
  const [found, lines, people] = await Promise.all([
    reconcile(services.db, treasurer),
    fundLinesOf(services.db, summit.id),
    moneyPeople(services.db, treasurer),
  ]);
  const titles = new Map(
    lines.map(({ id, title, funder }) => [id, { title, currency: funder.currency }]),
  );
  const names = new Map(people.map(({ personId, name }) => [personId, name]));
  return showMoneyPage(
    c,
    {
      title: 'All sums, checked again',
      lede: 'Every number is made twice, from the journal and from what people wrote.',
    },
    <ReconciliationPage
      journal={`${treasuryOf(c)}/journal`}
      found={found}
      names={{ line: (id) => titles.get(id), person: (id) => names.get(id) }}
    />,
  );
}
