import type { Currency } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { formatDate, parseDate } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  DateField,
  HiddenField,
  NumberField,
  Select,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import { CATEGORIES, CATEGORY_KEYS } from '../category-rules.ts';
import { FactFields } from '../policy/fact-views.tsx';
import { factsAsked } from '../policy/facts-rules.ts';
import type { Policy } from '../policy/policy-rules.ts';
import type { OwnReceipt } from '../receipts/receipt-queries.ts';
import { ReceiptFiles, ReceiptPicker, ReceiptThumb } from '../receipts/receipt-views.tsx';
import { listIn, type Typed, textIn } from '../typed-rules.ts';
import type { AssessedItem, Assessment } from './assess-rules.ts';
import { Reasons, Sums } from './claim-parts-views.tsx';
import { type Claim, type ClaimItem, claimName } from './claim-rules.ts';
import { itemField, kindOf, MOST_COVERED } from './draft-schema.ts';

/** Kinds of costs as people say them: each meal by itself. */
const KINDS = CATEGORY_KEYS.flatMap((key) =>
  key === 'meals'
    ? [
        { value: 'meals:breakfast', label: 'Breakfast' },
        { value: 'meals:lunch', label: 'Lunch' },
        { value: 'meals:dinner', label: 'Dinner' },
        { value: 'meals', label: 'Other food and drink' },
      ]
    : [{ value: key, label: CATEGORIES[key].label }],
);

/** What a kind of cost is called, as in the form. */
export const kindLabel = (item: Pick<ClaimItem, 'category' | 'meal' | 'typed'>): string =>
  KINDS.find(({ value }) => value === kindOf(item))?.label ?? 'Not said yet';

export interface ClaimFormProps {
  readonly action: string;
  readonly claim: Claim;
  readonly assessment: Assessment;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  readonly receipts: readonly OwnReceipt[];
  /** Where receipts are looked at. */
  readonly receiptsAt: string;
  readonly largestReceipt: number;
  /** Rules by line. */
  readonly policies: ReadonlyMap<string, Policy>;
  /** People who come, but the payee. */
  readonly people: readonly { readonly value: string; readonly label: string }[];
  /** The currency that most slips are in. */
  readonly currency: Currency | undefined;
}

/** The form of a claim: its costs, each with what the rules will take off, before it is submitted. */
export function ClaimForm(props: ClaimFormProps) {
  const { action, claim, assessment, typed, problems } = props;
  const text = (name: string) => textIn(typed, name);
  const over = assessment.items.some(({ overEstimate }) => overEstimate > 0);
  return (
    <Form
      action={action}
      problems={problems}
      multipart
      label={claimName(claim.number)}
      partOf={partOf}
    >
      <HiddenField name="revision" value={String(claim.revision)} />
      <ReceiptFiles
        name="receipts"
        label="Photographs of receipts: each becomes a cost"
        largest={props.largestReceipt}
      />
      <Actions>
        <SubmitButton weight="ordinary" name="do" value="save">
          Add these photographs
        </SubmitButton>
        <SubmitButton weight="plain" name="do" value="add">
          Add a cost without a receipt
        </SubmitButton>
      </Actions>
      {assessment.items.map((assessed, index) => (
        <ItemFields key={assessed.item.id} {...props} assessed={assessed} index={index} />
      ))}
      <Sums items={assessment.items} who="you" />
      {over && (
        <TextArea
          name="over_reason"
          label="Why it is more than your estimate"
          hint="Two treasurers read it."
          rows={2}
          value={text('over_reason')}
        />
      )}
      {!over && <HiddenField name="over_reason" value={text('over_reason')} />}
      <TextField
        name="title"
        label="What this claim is for"
        hint="Such as “Train and dinners”."
        optional
        value={text('title')}
      />
      <TextArea
        name="note"
        label="A note to the treasurers"
        optional
        rows={2}
        value={text('note')}
      />
      {claim.personId !== null && (
        <Checkbox
          name="is_final"
          label="This is all: I will claim nothing more"
          hint="What is left of your estimate is then free for others."
          checked={text('is_final') === 'yes'}
        />
      )}
      <Actions>
        <SubmitButton name="do" value="submit">
          Submit the claim
        </SubmitButton>
        <SubmitButton weight="ordinary" name="do" value="save">
          Save, and see what the rules say
        </SubmitButton>
      </Actions>
    </Form>
  );
}

/** Which cost a field says something of; its name ends with the cost’s place. */
const partOf = (name: string): string | undefined => {
  const place = /\[(\d+)\]$/.exec(name)?.[1];
  return place === undefined ? undefined : `Cost ${Number(place) + 1}`;
};

const legendOf = ({ item }: AssessedItem, index: number): string => {
  const day = parseDate(item.spentOn ?? '');
  const kind = item.typed['kind'] === undefined ? kindLabel(item) : undefined;
  const parts = [kind, day.ok ? formatDate(day.value) : undefined].filter(Boolean);
  return [`Cost ${index + 1}`, parts.join(', ')].filter(Boolean).join(': ');
};

/** The fields of one cost. */
function ItemFields(props: ClaimFormProps & { assessed: AssessedItem; index: number }) {
  const { assessed, index, typed, receipts, receiptsAt, policies, problems = [] } = props;
  const { item, line, choices } = assessed;
  const name = (field: string) => itemField(field, index);
  const text = (field: string) => textIn(typed, name(field));
  const isWrong = (field: string) => problems.some(({ place }) => place.path === name(field));
  const chosen = listIn(typed, name('receipt'));
  const own = receipts.filter(({ id }) => chosen.includes(id));
  const policy = line && policies.get(line.id);
  const isSaid = item.typed['kind'] === undefined;
  return (
    <Fieldset legend={legendOf(assessed, index)}>
      <HiddenField name={name('id')} value={item.id} />
      {own.length > 0 && (
        <p>
          {own.map((receipt) => (
            <ReceiptThumb key={receipt.id} receipt={receipt} at={receiptsAt} within={260} />
          ))}
        </p>
      )}
      {item.reason !== '' && (
        <p class="notice info">
          <strong>A treasurer asks:</strong> {item.reason}
        </p>
      )}
      <Select
        name={name('kind')}
        label="What it was"
        options={KINDS}
        empty="Choose"
        value={text('kind')}
      />
      <DateField name={name('spent_on')} label="Day on the slip" value={text('spent_on')} />
      <div class="pair">
        <NumberField
          name={name('amount')}
          label="You paid"
          decimal
          width="short"
          value={text('amount')}
        />
        <TextField
          name={name('currency')}
          label="Currency"
          width="tiny"
          autocomplete="off"
          value={text('currency') === '' ? (props.currency ?? '') : text('currency')}
        />
      </div>
      <TextField
        name={name('text')}
        label="In a few words"
        hint="Such as “Train Paris–Lyon”. Not needed for a meal."
        optional={item.meal !== null}
        value={text('text')}
      />
      {isSaid && (
        <FactFields
          fields={factsAsked(policy, item.category).filter(
            // Who has the slip need not say why there is none.
            ({ key }) =>
              key !== 'no_receipt' || chosen.length === 0 || text('fact.no_receipt') !== '',
          )}
          name={(key) => name(`fact.${key}`)}
          value={(key) => text(`fact.${key}`)}
          currency={item.spentCurrency ?? undefined}
        />
      )}
      {choices.length > 1 && (
        <Select
          name={name('line')}
          label="Paid from"
          options={choices.map(({ id, title, funder }) => ({
            value: id,
            label: `${title} (${funder.name})`,
          }))}
          value={text('line') === '' ? line?.id : text('line')}
        />
      )}
      <Others {...props} />
      <details open={isWrong('receipt')}>
        <summary>Receipts of this cost</summary>
        {receipts.length === 0 ? (
          <p class="quiet">You have none yet; choose photographs above.</p>
        ) : (
          <ReceiptPicker
            name={name('receipt')}
            label="Receipts"
            optional
            receipts={receipts}
            chosen={chosen}
            at={receiptsAt}
          />
        )}
      </details>
      <Reasons assessed={assessed} who="you" />
      <Actions>
        <SubmitButton weight="plain" name="do" value={`remove:${index}`}>
          Take cost {index + 1} off
        </SubmitButton>
      </Actions>
    </Fieldset>
  );
}

/** Whom else a cost was for. */
function Others({
  index,
  typed,
  people,
  assessed,
}: ClaimFormProps & { assessed: AssessedItem; index: number }) {
  const name = (field: string) => itemField(field, index);
  const filled = Array.from({ length: MOST_COVERED }, (_, place) => place).filter(
    (place) => textIn(typed, name(`with.${place}`)) !== '',
  );
  const rows = Math.min(MOST_COVERED, Math.max(-1, ...filled) + 3);
  if (people.length === 0) return null;
  const { spentCurrency } = assessed.item;
  return (
    <details open={filled.length > 0}>
      <summary>It was for others too</summary>
      <p class="small">
        Leave a share empty to split evenly, with you among them. Save for more rows.
      </p>
      {Array.from({ length: rows }, (_, place) => (
        <div class="pair" key={place}>
          <Select
            name={name(`with.${place}`)}
            label={`Person ${place + 1}`}
            optional
            empty="Nobody"
            options={people}
            value={textIn(typed, name(`with.${place}`))}
          />
          <NumberField
            name={name(`share.${place}`)}
            label={`Their share${spentCurrency === null ? '' : `, in ${spentCurrency}`}`}
            optional
            decimal
            width="short"
            value={textIn(typed, name(`share.${place}`))}
          />
        </div>
      ))}
    </details>
  );
}
