import { amountText, expectCurrency, formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  HiddenField,
  RadioGroup,
  TextArea,
  TextField,
  TimeField,
  WallTimeField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Facts, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { MealOfWeek, MealPlan } from './meal-queries.ts';
import { type AtMeal, KIND_WORDS, MEAL_KINDS } from './meal-rules.ts';
import { type Order, orderChanges, portionRows } from './order-rules.ts';

/** A form of the page that was refused: which one, what was typed, and what is wrong. */
export interface RefusedPart {
  readonly part: string;
  readonly text: (name: string) => string;
  readonly list: (name: string) => readonly string[];
  readonly problems: readonly Problem[];
}

export interface MealPageProps {
  /** Its own address. */
  readonly page: string;
  readonly zone: ZoneName;
  readonly meal: MealOfWeek;
  readonly numbers: AtMeal & { readonly order: Order };
  /** The moment until which numbers may change has passed. */
  readonly isLate: boolean;
  readonly refused: RefusedPart | undefined;
}

/** How many eat, and how sure that is. */
export function MealNumbers({ zone, meal, numbers, isLate }: MealPageProps) {
  const { time, plan } = meal;
  const { eat, unsure, unsaid, elsewhere } = numbers;
  const doubts = [
    ...(unsaid > 0 ? [`${unsaid} did not say which days they are there`] : []),
    ...(unsure > 0 ? [`${unsure} come or leave that day and did not say when`] : []),
  ];
  const price = plan?.priceMinor ?? null;
  const currency = expectCurrency(plan?.currency ?? 'USD');
  return (
    <Facts
      facts={[
        { term: 'When', value: `${time.starts} to ${time.ends}, ${zone.replaceAll('_', ' ')}` },
        { term: 'How', value: plan === undefined ? 'not planned yet' : KIND_WORDS[plan.kind] },
        ...(plan === undefined || plan.place === '' ? [] : [{ term: 'Where', value: plan.place }]),
        {
          term: 'Who eats',
          value: `${counted(eat.length, 'person', 'people')}${doubts.length === 0 ? '' : `, of whom ${doubts.join(', and ')}`}`,
        },
        ...(elsewhere.length === 0
          ? []
          : [{ term: 'Elsewhere', value: counted(elsewhere.length, 'person', 'people') }]),
        ...(price === null
          ? []
          : [
              {
                term: 'Cost',
                value: `${formatMoney(price * eat.length, currency)}: ${counted(eat.length, 'time')} ${formatMoney(price, currency)}`,
              },
            ]),
        ...(plan?.orderBy == null
          ? []
          : [
              {
                term: 'Order by',
                value: (
                  <>
                    {plan.orderBy.replace('T', ', ')}, {zone.replaceAll('_', ' ')}
                    {isLate && plan.ordered === null && (
                      <>
                        {' '}
                        <Mark shape="diamond" tone="bad">
                          late
                        </Mark>
                      </>
                    )}
                  </>
                ),
              },
            ]),
      ]}
    />
  );
}

/** What is to be ordered, and what changed since it was. */
export function OrderPart(props: MealPageProps & { readonly readerZone: ZoneName }) {
  const { page, meal, numbers, refused, readerZone } = props;
  const { plan } = meal;
  if (plan === undefined || plan.kind === 'own') return null;
  const { order } = numbers;
  const changes = plan.ordered === null ? [] : orderChanges(plan.ordered, order);
  const ordered = plan.ordered;
  return (
    <>
      <h2>What they eat</h2>
      <Table
        caption="Portions"
        note="each person once; who said nothing eats everything"
        columns={[
          { head: 'Kind', cell: ({ label }) => label },
          { head: 'Now', kind: 'number', cell: ({ count }) => count, foot: order.people },
          ...(ordered === null
            ? []
            : [
                {
                  head: 'Ordered',
                  kind: 'number' as const,
                  cell: ({ key }: { key: string }) => ordered.portions[key] ?? 0,
                  foot: ordered.people,
                },
              ]),
        ]}
        rows={portionRows(order)}
        rowKey={({ key }) => key}
        empty="Nobody eats here."
      />
      {order.allergic > 0 && (
        <p>
          {counted(order.allergic, 'person has', 'people have')} an allergy; the order sheet says
          which, and names nobody.
        </p>
      )}
      {plan.orderedAt !== null && (
        <p>
          Ordered <When instant={plan.orderedAt} zone={readerZone} />.{' '}
          {changes.length === 0 ? 'Nothing has changed since.' : 'Since then:'}
        </p>
      )}
      {changes.length > 0 && (
        <ul>
          {changes.map((sentence) => (
            <li key={sentence}>
              <Mark shape="triangle" tone="warn">
                {sentence}
              </Mark>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={`${page}/order`}>Order sheet to print</a> ·{' '}
        <a href={`${page}/order.csv`}>the same as CSV</a>
      </p>
      {(plan.orderedAt === null || changes.length > 0) && (
        <Form
          action={page}
          label="Note the order"
          scope="order"
          problems={refused?.part === 'order' ? refused.problems : undefined}
        >
          <HiddenField name="do" value="order" />
          <HiddenField name="people" value={String(order.people)} />
          <Actions>
            <SubmitButton weight="ordinary">
              Note that it is ordered for {counted(order.people, 'person', 'people')}
            </SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}

const HINTS: Readonly<Record<(typeof MEAL_KINDS)[number], string>> = {
  catered: 'There is one order, by diet. There can be tables all the same.',
  restaurants: 'People sit at tables in restaurants that have what they eat.',
  own: 'Nothing is ordered, and nobody is given a table.',
};

const planAsTyped = (plan: MealPlan | undefined, meal: MealOfWeek) => (name: string) => {
  const isPriced = plan?.priceMinor != null && plan.currency != null;
  const typed: Readonly<Record<string, string>> = {
    kind: plan?.kind ?? (meal.block?.isProvided === false ? 'restaurants' : 'catered'),
    is_provided: (plan?.isProvided ?? meal.block?.isProvided) === true ? 'yes' : '',
    caterer: plan?.caterer ?? '',
    place: plan?.place ?? meal.block?.place ?? '',
    price: isPriced ? amountText(plan.priceMinor ?? 0, expectCurrency(plan.currency ?? '')) : '',
    currency: plan?.currency ?? '',
    order_by: plan?.orderBy ?? '',
    starts: (plan === undefined ? meal.block?.starts : plan.starts) ?? '',
    ends: (plan === undefined ? meal.block?.ends : plan.ends) ?? '',
    note: plan?.note ?? '',
  };
  return typed[name] ?? '';
};

/** How the meal is had, to be said and changed. */
export function PlanPart({ page, zone, meal, refused }: MealPageProps) {
  const { plan } = meal;
  const own = refused?.part === 'plan' ? refused : undefined;
  const text = own?.text ?? planAsTyped(plan, meal);
  const wall = `Local time, ${zone.replaceAll('_', ' ')}.`;
  return (
    <>
      <h2>How it is had</h2>
      <Form action={page} label="How it is had" scope="plan" problems={own?.problems}>
        <HiddenField name="do" value="plan" />
        <HiddenField name="revision" value={own?.text('revision') ?? String(plan?.revision ?? 0)} />
        <RadioGroup
          name="kind"
          label="How"
          value={text('kind')}
          options={MEAL_KINDS.map((value) => ({
            value,
            label: `${KIND_WORDS[value].charAt(0).toUpperCase()}${KIND_WORDS[value].slice(1)}`,
            hint: HINTS[value],
          }))}
        />
        <Checkbox
          name="is_provided"
          label="The summit pays for it"
          hint="Then nobody can claim it, and a per diem is less by it."
          checked={text('is_provided') === 'yes'}
        />
        <div class="pair">
          <TimeField name="starts" label="Begins" hint={wall} optional value={text('starts')} />
          <TimeField name="ends" label="Ends" optional value={text('ends')} />
        </div>
        <TextField name="place" label="Where" optional value={text('place')} />
        <TextField name="caterer" label="Who delivers" optional value={text('caterer')} />
        <div class="pair">
          <TextField
            name="price"
            label="Price for one person"
            optional
            width="short"
            inputmode="decimal"
            value={text('price')}
          />
          <TextField
            name="currency"
            label="Currency"
            hint="Such as USD."
            optional
            width="tiny"
            value={text('currency')}
          />
        </div>
        <WallTimeField
          name="order_by"
          label="Order by"
          hint={`Until when numbers may change. ${wall}`}
          optional
          value={text('order_by')}
        />
        <TextArea
          name="note"
          label="What people should know"
          hint="All who come see it."
          optional
          rows={2}
          value={text('note')}
        />
        <Actions>
          <SubmitButton>Save</SubmitButton>
          {plan !== undefined && <a href={`${page}/remove`}>Remove this plan</a>}
        </Actions>
      </Form>
    </>
  );
}
