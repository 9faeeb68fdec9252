import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { DateField, HiddenField, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Facts } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { type Typed, textIn } from '../typed-rules.ts';
import type { Payment } from './payment-queries.ts';
import { type Due, stillOwed } from './payment-rules.ts';
import { money, paymentColumns } from './payment-views.tsx';

interface RecordProps {
  readonly action: string;
  readonly due: Due;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  readonly earlier: readonly Payment[];
  readonly base: string;
}

/** The form in which a payment is recorded. */
export function RecordPage({ action, due, typed, problems, earlier, base }: RecordProps) {
  const { number, payee, funder, currency, approvedMinor, paidMinor } = due;
  return (
    <>
      <Facts
        facts={[
          { term: 'Claim', value: `C-${number}, ${payee}` },
          { term: 'Approved', value: money(approvedMinor, currency) },
          { term: 'Paid so far', value: money(paidMinor, currency) },
          { term: 'Still owed', value: money(stillOwed(due), currency) },
        ]}
      />
      <Form action={action} problems={problems} label="Record a payment">
        <HiddenField name="key" value={textIn(typed, 'key')} />
        <HiddenField name="seen" value={textIn(typed, 'seen')} />
        <TextField
          name="amount"
          label={`What ${funder} paid, in ${currency}`}
          hint="Less than is owed is a part; the rest stays owed."
          value={textIn(typed, 'amount')}
          inputmode="decimal"
          width="short"
        />
        <DateField name="paid_on" label="Paid on" value={textIn(typed, 'paid_on')} />
        <TextField
          name="reference"
          label="Reference"
          hint="As the bank or the payer shows it."
          value={textIn(typed, 'reference')}
          optional
        />
        <TextField
          name="sent_amount"
          label="What arrived, where it is another currency"
          value={textIn(typed, 'sent_amount')}
          inputmode="decimal"
          width="short"
          optional
        />
        <TextField
          name="sent_currency"
          label="Currency of what arrived"
          hint="Three letters, such as EUR."
          value={textIn(typed, 'sent_currency')}
          width="tiny"
          optional
        />
        <Actions>
          <SubmitButton>Record the payment</SubmitButton>
        </Actions>
      </Form>
      {earlier.length > 0 && (
        <Table
          caption="Payments of this claim so far"
          columns={paymentColumns(base)}
          rows={earlier}
          rowKey={({ id }) => id}
          empty=""
        />
      )}
    </>
  );
}
