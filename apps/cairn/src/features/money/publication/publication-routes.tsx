import { formatCsv } from '@cairn/formats/csv';
import { amountText } from '@cairn/kernel/money';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import {
  formProblems,
  type RefusedForm,
  readTyped,
  typedList,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import {
  type SummitEnv,
  type TreasurerEnv,
  treasurersOnly,
  withSummit,
} from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import { showMoneyPage } from '../page.tsx';
import { publishMoney, unpublishMoney } from './publication-commands.ts';
import { paidSince, publicationOf, tablesOf } from './publication-queries.ts';
import { tooFewBetween } from './publication-rules.ts';
import { optionsForm } from './publication-schema.ts';
import { PublicationPage, PublicMoneyPage } from './publication-views.tsx';

type TreasurerContext = AppContext<TreasurerEnv['Variables']>;

const SETUP = '/s/:summit/treasury/public-table';

/** `/s/<summit>/treasury/public-table`: what the public sees of the money, if anything. */
export function publicationRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  routes.use(SETUP, withSummit, treasurersOnly);

  routes.get(SETUP, (c) => showPublication(c));
  routes.post(SETUP, async (c) => {
    const { services, treasurer, summit } = c.var;
    const { typed } = await readTyped(c);
    const path = `/s/${summit.slug}/treasury/public-table`;
    if (typedText(typed, 'do') === 'unpublish') {
      await inTransaction(services.db, (tx) => unpublishMoney(tx, webActor(c), treasurer));
      return seeOther(c, path, 'The table is not public any more.');
    }
    const form = optionsForm.safeParse({ ...typed, 'tables[]': typedList(typed, 'tables[]') });
    if (!form.success) {
      const problems = formProblems(form.error).map((each) =>
        each.place.path?.startsWith('tables[]') ? { ...each, place: { path: 'tables[]' } } : each,
      );
      return showPublication(c, { typed, problems });
    }
    const options = {
      atLeast: form.data.at_least,
      roundTo: form.data.round_to,
      tables: [...new Set(form.data['tables[]'])],
    };
    const done = await inTransaction(services.db, (tx) =>
      publishMoney(tx, webActor(c), treasurer, options),
    );
    if (!done.ok) return showPublication(c, { typed, problems: [done.error] });
    return seeOther(c, path, 'The table is public.');
  });

  return routes;
}

async function showPublication(c: TreasurerContext, refused?: RefusedForm): Promise<Response> {
  const { services, treasurer, summit } = c.var;
  const { stored, isPublished } = await publicationOf(services.db, summit.id);
  const { atLeast, roundTo, tables, madeAt } = stored;
  return showMoneyPage(
    c,
    {
      title: 'The public table',
      lede: 'What everybody may see of the money: groups, never people.',
      status: refused === undefined ? 200 : 422,
    },
    <PublicationPage
      action={`/s/${summit.slug}/treasury/public-table`}
      publicHref={`/s/${summit.slug}/money.html`}
      isPublished={isPublished}
      typed={
        refused?.typed ?? {
          at_least: String(atLeast),
          round_to: String(roundTo),
          'tables[]': tables,
        }
      }
      problems={refused?.problems}
      preview={await tablesOf(services.db, treasurer, stored)}
      tooFew={tooFewBetween((await paidSince(services.db, treasurer, madeAt)).size, atLeast)}
    />,
  );
}

/** `/s/<summit>/money.html` and `/money.csv`: the table that treasurers published, for everybody. */
export function publicMoneyRoutes(): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();
  const html = '/s/:summit/money.html';
  const csv = '/s/:summit/money.csv';
  routes.use(html, withSummit);
  routes.use(csv, withSummit);

  routes.get(html, async (c) => {
    const { services, summit } = c.var;
    const { stored, isPublished } = await publicationOf(services.db, summit.id);
    if (!isPublished) return c.notFound();
    const file = `/s/${summit.slug}/money.csv`;
    return showPage(
      c,
      {
        title: 'What the money did',
        lede: 'What was paid for people to come together.',
        isPublic: true,
        alternates: [{ href: file, type: 'text/csv', title: 'The same as CSV' }],
      },
      <PublicMoneyPage
        csv={file}
        tables={stored.made}
        atLeast={stored.atLeast}
        roundTo={stored.roundTo}
      />,
    );
  });

  routes.get(csv, async (c) => {
    const { services, summit } = c.var;
    const { stored, isPublished } = await publicationOf(services.db, summit.id);
    if (!isPublished) return c.notFound();
    const rows = stored.made.flatMap(({ kind, currency, rows: own }) =>
      own.map(({ label, people, minor }) => [
        kind,
        label,
        people,
        amountText(minor, currency),
        currency,
      ]),
    );
    return c.body(formatCsv(['by', 'group', 'people', 'paid', 'currency'], rows), 200, {
      'content-type': 'text/csv; charset=utf-8',
    });
  });

  return routes;
}
