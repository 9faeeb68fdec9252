import { randomUUID } from 'node:crypto';
import { formatMoney } from '@cairn/kernel/money';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import {
  formProblems,
  type RefusedForm,
  readTyped,
  type Typed,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import { showMoneyPage } from '../page.tsx';
import { policiesOf } from '../policy/policy-queries.ts';
import { allot, transfer } from './allotment-commands.ts';
import { fundersOf, fundLinesOf } from './funder-queries.ts';
import type { FundLine } from './funder-rules.ts';
import { allotForm, lineForm, transferForm } from './funder-schema.ts';
import { closeLine, reopenLine, saveLine } from './line-commands.ts';
import { LineMoney, type RefusedMove } from './line-money-views.tsx';
import { LineForm, lineAsTyped } from './line-views.tsx';
import { tracksOf } from './line-words-queries.ts';
import { moneyPeople } from './people-queries.ts';

type Context = AppContext<TreasurerEnv['Variables']>;
const LINE = '/s/:summit/treasury/funders/lines/:line{new|[0-9a-f-]{36}}';
const fundersAt = (c: Context): string => `/s/${c.var.summit.slug}/treasury/funders`;

/** `/s/<summit>/treasury/funders/lines/new` and `…/<line>`: its rules, its money, and closing it. */
export function lineRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  routes.use(LINE, withSummit, treasurersOnly);

  routes.get(LINE, async (c) => {
    const line = await lineAt(c, c.req.param('line'));
    return line === undefined ? c.notFound() : showLine(c, line);
  });
  routes.post(LINE, async (c) => {
    const line = await lineAt(c, c.req.param('line'));
    if (line === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const deed = typedText(typed, 'do');
    if (line !== 'new') {
      if (deed === 'allot') return allotTo(c, line, typed);
      if (deed === 'transfer') return moveFrom(c, line, typed);
      if (deed === 'close' || deed === 'reopen') return closeOrOpen(c, line, deed);
    }
    return changeLine(c, line, typed);
  });

  return routes;
}

/** The line of an address; `new` for one to be added. */
async function lineAt(c: Context, id: string): Promise<FundLine | 'new' | undefined> {
  if (id === 'new') return 'new';
  const lines = await fundLinesOf(c.var.services.db, c.var.summit.id);
  return lines.find((line) => line.id === id);
}

interface Refused {
  readonly rules?: RefusedForm;
  readonly money?: RefusedMove;
}

async function showLine(
  c: Context,
  line: FundLine | 'new',
  refused: Refused = {},
): Promise<Response> {
  const { summit, services, treasurer } = c.var;
  const { db } = services;
  const [funders, lines, standings, people, policies] = await Promise.all([
    fundersOf(db, summit.id),
    fundLinesOf(db, summit.id),
    lineStandings(db, summit.id),
    moneyPeople(db, treasurer),
    policiesOf(db, summit.id),
  ]);
  const isNew = line === 'new';
  const action = `${fundersAt(c)}/lines/${isNew ? 'new' : line.id}`;
  const typed =
    refused.rules?.typed ?? (isNew ? newLine(c.req.query('funder') ?? '') : lineAsTyped(line));
  return showMoneyPage(
    c,
    {
      title: isNew ? 'A new line' : line.title,
      lede: isNew
        ? 'A part of a funder’s money, with what it may pay and for whom.'
        : `Money of ${line.funder.name}, in ${line.funder.currency}.`,
      status: refused.rules === undefined && refused.money === undefined ? 200 : 422,
    },
    <>
      {!isNew && (
        <LineMoney
          action={action}
          line={line}
          standing={standings.get(line.id)}
          journal={`/s/${summit.slug}/treasury/journal?line=${line.id}`}
          keys={{ allot: randomUUID(), transfer: randomUUID() }}
          others={lines
            .filter(
              (other) =>
                other.id !== line.id && other.funder.id === line.funder.id && !other.isClosed,
            )
            .map(({ id, title }) => ({ value: id, label: title }))}
          refused={refused.money}
        />
      )}
      {!isNew && <h2 id="rules">What it pays</h2>}
      <LineForm
        action={action}
        isNew={isNew}
        typed={typed}
        problems={refused.rules?.problems}
        funders={funders.map(({ id, name, currency }) => ({
          value: id,
          label: `${name}, ${currency}`,
        }))}
        tracks={tracksOf(summit.definition).map(({ key, title }) => ({ value: key, label: title }))}
        communities={summit.definition.communities.map(({ key, name }) => ({
          value: key,
          label: name,
        }))}
        people={people.map(({ personId, name }) => ({ value: personId, label: name }))}
        policies={policies.map(({ id, title }) => ({ value: id, label: title }))}
      />
    </>,
  );
}

/** Most lines pay for participants, after an estimate. */
const newLine = (funder: string): Typed => ({
  funder,
  pays_for: 'everyone',
  needs_estimate: 'yes',
  participant_support: 'yes',
});

async function changeLine(c: Context, line: FundLine | 'new', typed: Typed): Promise<Response> {
  const { summit, services, treasurer } = c.var;
  const funders = await fundersOf(services.db, summit.id);
  const form = lineForm(typed, (id) => funders.find((funder) => funder.id === id)?.currency);
  if (!form.success) {
    return showLine(c, line, { rules: { typed, problems: formProblems(form.error) } });
  }
  const id = line === 'new' ? undefined : line.id;
  const saved = await inTransaction(services.db, (tx) =>
    saveLine(tx, webActor(c), treasurer, { ...form.data, id }),
  );
  if (!saved.ok) return showLine(c, line, { rules: { typed, problems: [saved.error] } });
  const notice =
    line === 'new'
      ? `“${form.data.title}” is added. Allot money to it now.`
      : `“${form.data.title}” is saved.`;
  return seeOther(c, `${fundersAt(c)}/lines/${saved.value.id}`, notice);
}

async function allotTo(c: Context, line: FundLine, typed: Typed): Promise<Response> {
  const { services, treasurer } = c.var;
  const form = allotForm(line.funder.currency).safeParse(typed);
  const refuse = (problems: RefusedForm['problems']) =>
    showLine(c, line, { money: { form: 'allot', typed, problems } });
  if (!form.success) return refuse(formProblems(form.error));
  const { amount, on_date: onDate, note, key, override: isOverride } = form.data;
  const done = await inTransaction(services.db, (tx) =>
    allot(tx, webActor(c), treasurer, {
      lineId: line.id,
      minor: amount,
      onDate,
      note,
      key,
      isOverride,
    }),
  );
  if (!done.ok) return refuse([done.error]);
  const of = formatMoney(Math.abs(amount), line.funder.currency);
  const notice = amount < 0 ? `${of} is taken back from it.` : `${of} is allotted to it.`;
  return seeOther(c, `${fundersAt(c)}/lines/${line.id}`, notice);
}

async function moveFrom(c: Context, line: FundLine, typed: Typed): Promise<Response> {
  const { services, treasurer } = c.var;
  const form = transferForm(line.funder.currency).safeParse(typed);
  const refuse = (problems: RefusedForm['problems']) =>
    showLine(c, line, { money: { form: 'transfer', typed, problems } });
  if (!form.success) return refuse(formProblems(form.error));
  const { amount, to, on_date: onDate, note, key, override: isOverride } = form.data;
  const done = await inTransaction(services.db, (tx) =>
    transfer(tx, webActor(c), treasurer, {
      from: line.id,
      to,
      minor: amount,
      onDate,
      note,
      key,
      isOverride,
    }),
  );
  if (!done.ok) return refuse([done.error]);
  const notice = `${formatMoney(amount, line.funder.currency)} is moved.`;
  return seeOther(c, `${fundersAt(c)}/lines/${line.id}`, notice);
}

async function closeOrOpen(
  c: Context,
  line: FundLine,
  deed: 'close' | 'reopen',
): Promise<Response> {
  const { services, treasurer } = c.var;
  const change = deed === 'close' ? closeLine : reopenLine;
  const done = await inTransaction(services.db, (tx) =>
    change(tx, webActor(c), treasurer, { id: line.id }),
  );
  if (!done.ok) {
    return showLine(c, line, { rules: { typed: lineAsTyped(line), problems: [done.error] } });
  }
  const notice = `“${done.value.title}” is ${deed === 'close' ? 'closed' : 'open again'}.`;
  return seeOther(c, `${fundersAt(c)}/lines/${line.id}`, notice);
}
