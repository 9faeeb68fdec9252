import { formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Checkbox, DateField, NumberField, Select } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Day } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { CATEGORY_KEYS, categoryLabel } from '../category-rules.ts';
import { FactFields } from './fact-views.tsx';
import { factsAsked } from './facts-rules.ts';
import type { PerDiem } from './per-diem-rules.ts';
import type { Cost, Judgement, PolicyContent } from './policy-rules.ts';
import { MEALS } from './rule-schema.ts';
import { type Tried, triedCategory } from './try-schema.ts';

interface TryPageProps {
  readonly action: string;
  readonly policy: PolicyContent;
  readonly typed: Tried;
  readonly problems?: readonly Problem[] | undefined;
  readonly judged?: { readonly cost: Cost; readonly judgement: Judgement } | undefined;
  readonly days?: PerDiem | undefined;
}

/** What a set of rules makes of a cost that somebody thinks of. Nothing is kept. */
export function TryPage({ action, policy, typed, problems, judged, days }: TryPageProps) {
  const category = triedCategory(typed);
  return (
    <>
      {judged !== undefined && <Verdict policy={policy} {...judged} days={days} />}
      <Form action={action} method="get" label="The kind of cost" scope="kind">
        <Select
          name="category"
          label="Kind of cost"
          options={CATEGORY_KEYS.map((key) => ({ value: key, label: categoryLabel(key) }))}
          value={category}
        />
        <Actions>
          <SubmitButton weight="ordinary">Ask about this kind</SubmitButton>
        </Actions>
      </Form>
      <Form action={action} method="get" problems={problems} label="The cost">
        <input type="hidden" name="category" value={category} />
        <h2>{categoryLabel(category)}</h2>
        {category === 'meals' && (
          <>
            <Select
              name="meal"
              label="Meal"
              options={MEALS.map((meal) => ({ value: meal, label: meal }))}
              value={typed['meal'] ?? 'dinner'}
            />
            <Checkbox
              name="provided"
              label="The summit provided this meal"
              checked={typed['provided'] === 'yes'}
            />
          </>
        )}
        <NumberField
          name="amount"
          label={`Amount in ${policy.currency}`}
          width="short"
          decimal
          value={typed['amount']}
        />
        <NumberField name="people" label="People it covers" value={typed['people']} />
        <DateField name="spent_on" label="Day on which it was spent" value={typed['spent_on']} />
        <DateField
          name="submitted_on"
          label="Day on which the claim is sent"
          value={typed['submitted_on']}
        />
        <FactFields
          fields={factsAsked(policy, category)}
          name={(key) => `fact.${key}`}
          value={(key) => typed[`fact.${key}`] ?? ''}
          currency={policy.currency}
        />
        <Checkbox name="receipt" label="There is a receipt" checked={typed['receipt'] === 'yes'} />
        <Actions>
          <SubmitButton name="try" value="yes">
            What would be paid
          </SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

function Verdict(props: {
  policy: PolicyContent;
  cost: Cost;
  judgement: Judgement;
  days?: PerDiem | undefined;
}) {
  const { policy, cost, judgement, days } = props;
  const money = (minor: number) => formatMoney(minor, policy.currency);
  const { allowedMinor, deductions, findings } = judgement;
  return (
    <section aria-labelledby="verdict">
      <h2 id="verdict">
        {money(allowedMinor)} of {money(cost.minor)} would be paid
      </h2>
      {deductions.length === 0 && findings.length === 0 && <p>No rule has anything against it.</p>}
      {deductions.length > 0 && (
        <Table
          caption="Taken off"
          columns={[
            { head: 'Why', cell: ({ sentence }) => sentence, namesRow: true },
            { head: 'Amount', kind: 'number', cell: ({ minor }) => `− ${money(minor)}` },
          ]}
          rows={deductions}
          rowKey={({ rule }) => rule}
          empty=""
        />
      )}
      {findings.length > 0 && (
        <>
          <h3>Asked for</h3>
          <ul>
            {findings.map(({ sentence, blocks }, index) => (
              <li key={index}>
                {blocks && <strong>Before it can be sent: </strong>}
                {sentence}
              </li>
            ))}
          </ul>
        </>
      )}
      {days !== undefined && days.days.length > 0 && (
        <Table
          caption="Day by day"
          columns={[
            {
              head: 'Day',
              kind: 'date',
              cell: ({ date }) => <Day date={expectOk(parseDate(date))} />,
              foot: 'Together',
            },
            { head: 'How', cell: ({ sentence }) => sentence },
            {
              head: 'Amount',
              kind: 'number',
              cell: ({ minor }) => money(minor),
              foot: money(days.minor),
            },
          ]}
          rows={days.days}
          rowKey={({ date }) => date}
          empty=""
        />
      )}
    </section>
  );
}
