import type { Cell } from '@cairn/formats/csv';
import { amountText, type Currency, parseAmount } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { answerCsv } from '../../../platform/http/csv-answer.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { type RefusedForm, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { funderByKey } from '../ledgers/ledger-queries.ts';
import { showMoneyPage } from '../page.tsx';
import { saveAward } from './nsf-commands.ts';
import { formOf } from './nsf-queries.ts';
import { FORM_LINES, type FormBudget } from './nsf-rules.ts';
import { awardAsTyped, NsfPage } from './nsf-views.tsx';

type TreasurerContext = AppContext<TreasurerEnv['Variables']>;

const ONE = '/s/:summit/treasury/ledgers/:funder{[a-z][a-z0-9_]*}';

/** `/s/<summit>/treasury/ledgers/<funder>/nsf`: a budget in the shape of NSF's form 1030, and what was awarded. */
export function nsfRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  routes.use(`${ONE}/nsf`, withSummit, treasurersOnly);
  routes.use(`${ONE}/nsf.csv`, withSummit, treasurersOnly);

  routes.get(`${ONE}/nsf`, (c) => showForm(c, c.req.param('funder')));
  routes.post(`${ONE}/nsf`, async (c) => {
    const { services, treasurer } = c.var;
    const funder = await funderByKey(services.db, treasurer, c.req.param('funder'));
    if (funder === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const read = readAward(typed, funder.currency);
    if (!read.ok) return showForm(c, funder.key, { typed, problems: read.error });
    const done = await inTransaction(services.db, (tx) =>
      saveAward(tx, webActor(c), treasurer, { ...read.value, funderId: funder.id }),
    );
    if (!done.ok) return showForm(c, funder.key, { typed, problems: [done.error] });
    return seeOther(c, `/s/${c.var.summit.slug}/treasury/ledgers/${funder.key}/nsf`, 'Saved.');
  });

  routes.get(`${ONE}/nsf.csv`, async (c) => {
    const { services, treasurer, summit } = c.var;
    const funder = await funderByKey(services.db, treasurer, c.req.param('funder'));
    if (funder === undefined) return c.notFound();
    const { budget } = await formOf(services.db, treasurer, summit, funder);
    return answerCsv(
      c,
      `${summit.slug}-${funder.key}-nsf.csv`,
      HEADS,
      tableOf(budget, funder.currency),
    );
  });

  return routes;
}

const HEADS = [
  'line',
  'what',
  'awarded',
  'committed',
  'claimed',
  'approved',
  'paid',
  'left',
  'currency',
];

/** A figure of a CSV file; a minus in front of digits is a number, and no formula. */
const figure = (minor: number, currency: Currency): Cell => {
  const text = amountText(minor, currency);
  return minor < 0 ? Number(text) : text;
};

function tableOf(budget: FormBudget, currency: Currency): Cell[][] {
  const { rows, totals, participants } = budget;
  const cells = (line: string, what: string, of: Omit<(typeof rows)[number], 'line' | 'label'>) => [
    line,
    what,
    ...[of.awarded, of.committed, of.claimed, of.approved, of.paid, of.left].map((minor) =>
      figure(minor, currency),
    ),
    currency,
  ];
  return [
    ...rows.map((row) => cells(row.line, row.label, row)),
    cells('F', 'Participant support', totals.F),
    ['F', 'Number of participants', null, null, null, participants.length, null, null, null],
    cells('H', 'Direct costs', totals.H),
    [
      '',
      'Base of indirect costs',
      null,
      null,
      null,
      figure(budget.base, currency),
      null,
      null,
      currency,
    ],
    [
      'I',
      'Indirect costs',
      figure(budget.awardedIndirect, currency),
      null,
      null,
      figure(budget.indirect, currency),
      null,
      null,
      currency,
    ],
    [
      'J',
      'Direct and indirect',
      figure(totals.H.awarded + budget.awardedIndirect, currency),
      null,
      null,
      figure(totals.H.approved + budget.indirect, currency),
      null,
      null,
      currency,
    ],
  ];
}

function readAward(
  typed: Typed,
  currency: Currency,
): Result<Omit<Parameters<typeof saveAward>[3], 'funderId'>, Problem[]> {
  const problems: Problem[] = [];
  const awarded: Record<string, number> = {};
  for (const line of [...FORM_LINES.map(([key]) => key), 'I']) {
    const text = typedText(typed, line).trim();
    if (text === '') continue;
    const read = parseAmount(text, currency);
    if (!read.ok) problems.push({ ...read.error, place: { path: line } });
    else if (read.value < 0) {
      problems.push(problem('below-zero', 'Write an amount of zero or more.', { path: line }));
    } else awarded[line] = read.value;
  }
  const people = typedText(typed, 'participants').trim();
  if (!/^\d{0,5}$/.test(people)) {
    const sentence = 'Write the number of participants as a whole number.';
    problems.push(problem('no-number', sentence, { path: 'participants' }));
  }
  const revision = Number(typedText(typed, 'revision') || Number.NaN);
  return problems.length > 0
    ? fail(problems)
    : ok({
        awarded,
        participants: people === '' ? null : Number(people),
        revision: Number.isSafeInteger(revision) ? revision : -1,
      });
}

async function showForm(
  c: TreasurerContext,
  key: string,
  refused?: RefusedForm,
): Promise<Response> {
  const { services, treasurer, summit } = c.var;
  const funder = await funderByKey(services.db, treasurer, key);
  if (funder === undefined) return c.notFound();
  const form = await formOf(services.db, treasurer, summit, funder);
  const treasury = `/s/${summit.slug}/treasury`;
  return showMoneyPage(
    c,
    {
      title: `${funder.name}: budget in NSF’s lines`,
      lede: 'What was awarded and what became of it, as form 1030 has it.',
      status: refused === undefined ? 200 : 422,
    },
    <NsfPage
      {...form}
      base={`${treasury}/ledgers/${key}`}
      participantsHref={`${treasury}/funders/participants`}
      currency={funder.currency}
      typed={refused?.typed ?? awardAsTyped(form.award, funder.currency)}
      problems={refused?.problems}
    />,
  );
}
