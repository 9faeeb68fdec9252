import { amountText, expectCurrency, parseAmount } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { showMoneyPage } from '../page.tsx';
import { baseOf, type Refused, type TreasurerContext } from './bank-address.ts';
import { keptBankRows } from './bank-queries.ts';
import { matchBankRow, setAsideBankRow } from './bank-row-commands.ts';
import { BankRowPage } from './bank-row-views.tsx';
import { owed } from './payment-queries.ts';

/** A row of a bank’s list, and what can be done with it. */
export async function showRow(
  c: TreasurerContext,
  id: string,
  refused?: Refused & { readonly form: 'match' | 'aside' },
): Promise<Response> {
  const { services, treasurer } = c.var;
  const [row] = await keptBankRows(services.db, treasurer, { id });
  if (row === undefined) return c.notFound();
  const currency = expectCurrency(row.funderCurrency);
  const typed = refused?.typed ?? {
    amount: row.minor === null || row.currency !== currency ? '' : amountText(row.minor, currency),
    paid_on: row.paidOn ?? '',
  };
  const owes = await owed(services.db, treasurer);
  return showMoneyPage(
    c,
    { title: 'A row of a bank file', status: refused === undefined ? 200 : 422 },
    <BankRowPage
      action={`${baseOf(c)}/rows/${id}`}
      row={row}
      dues={owes.filter(({ funderId }) => funderId === row.funderId)}
      typed={typed}
      matchProblems={refused?.form === 'match' ? refused.problems : undefined}
      asideProblems={refused?.form === 'aside' ? refused.problems : undefined}
    />,
  );
}

/** Matches a row with claims, or sets it aside. */
export async function decideRow(c: TreasurerContext, id: string): Promise<Response> {
  const { services, treasurer } = c.var;
  const [row] = await keptBankRows(services.db, treasurer, { id });
  if (row === undefined) return c.notFound();
  const { typed } = await readTyped(c);
  const form = typedText(typed, 'do') === 'aside' ? 'aside' : 'match';
  const refuse = (problems: readonly Problem[]) => showRow(c, id, { typed, problems, form });
  if (form === 'aside') {
    const reason = typedText(typed, 'reason').slice(0, 500);
    const done = await inTransaction(services.db, (tx) =>
      setAsideBankRow(tx, webActor(c), treasurer, { rowId: id, reason }),
    );
    return done.ok
      ? seeOther(c, `${baseOf(c)}/rows`, 'The row is set aside.')
      : refuse([done.error]);
  }
  const claimId = typedText(typed, 'claim');
  if (!new RegExp(`^${UUID}$`).test(claimId)) {
    return refuse([problem('no-claim', 'Choose the claim that it pays.', { path: 'claim' })]);
  }
  const amount = parseAmount(typedText(typed, 'amount'), expectCurrency(row.funderCurrency));
  if (!amount.ok) return refuse([{ ...amount.error, place: { path: 'amount' } }]);
  const isElse = row.minor !== null && row.currency !== null && row.currency !== row.funderCurrency;
  const done = await inTransaction(services.db, (tx) =>
    matchBankRow(tx, webActor(c), treasurer, id, {
      claimId,
      minor: amount.value,
      paidOn: typedText(typed, 'paid_on').trim(),
      reference: row.reference.slice(0, 200),
      ...(isElse ? { sentMinor: row.minor ?? 0, sentCurrency: row.currency ?? '' } : {}),
    }),
  );
  return done.ok
    ? seeOther(c, `${baseOf(c)}/rows`, 'The payment is recorded.')
    : refuse([done.error]);
}
