import { amountText, type Currency, formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { parseDate, type ZoneName } from '@cairn/kernel/time';
import { listed } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, NumberField, Select, TextArea } from '../../../design/controls.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import { Day, DayOf, Facts } from '../../../design/prose.tsx';
import type { FundLine } from '../funders/funder-rules.ts';
import { factsAsked } from '../policy/facts-rules.ts';
import { factsAsTyped } from '../policy/facts-schema.ts';
import type { Policy } from '../policy/policy-rules.ts';
import type { Receipt } from '../receipts/receipt-queries.ts';
import { ReceiptThumb } from '../receipts/receipt-views.tsx';
import { type Typed, textIn } from '../typed-rules.ts';
import type { AssessedItem } from './assess-rules.ts';
import { kindLabel } from './claim-form-views.tsx';
import { ClaimMark, Reasons, StepTable, Sums } from './claim-parts-views.tsx';
import {
  allowedOf,
  awaitsDecision,
  type Claim,
  type ClaimItem,
  type ClaimStep,
  claimName,
} from './claim-rules.ts';
import { approvedField, type Beyond, reasonField } from './decision-rules.ts';

interface ReviewProps {
  readonly base: string;
  readonly claim: Claim;
  readonly steps: readonly ClaimStep[];
  readonly lines: readonly FundLine[];
  /** The lines that may pay each cost, by its id. */
  readonly choices: ReadonlyMap<string, readonly FundLine[]>;
  readonly policies: ReadonlyMap<string, Policy>;
  readonly receipts: ReadonlyMap<string, Receipt>;
  /** In which other claims the same slip stands, by the id of the receipt. */
  readonly elsewhere: ReadonlyMap<string, readonly number[]>;
  readonly receiptsAt: string;
  /** Names of people whom costs cover. */
  readonly names: ReadonlyMap<string, string>;
  /** What would go beyond what is foreseen, were all approved that the rules leave. */
  readonly beyond: readonly Beyond[];
  readonly firstLook: string | undefined;
  /** Why this reader may not decide. */
  readonly barred: string | undefined;
  readonly zone: ZoneName;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
}

/** A cost as it was frozen, for the pieces that show one. */
const frozenItem = (item: ClaimItem, lines: readonly FundLine[]): AssessedItem => ({
  item,
  line: lines.find(({ id }) => id === item.lineId),
  choices: [],
  minor: item.minor,
  rate:
    item.rate === null
      ? null
      : { rate: item.rate, onDate: item.rateOn ?? '', source: item.rateSource ?? '' },
  facts: item.facts,
  deductions: item.deductions,
  findings: item.findings,
  allowed: item.minor === null ? null : allowedOf(item),
  overEstimate: 0,
});

/** One claim beside its receipts, and the decision on each cost. */
export function ReviewPage(props: ReviewProps) {
  const { base, claim, steps, lines, zone, typed, barred, problems } = props;
  const address = `${base}/${claim.number}`;
  const isDecidable = awaitsDecision(claim) && barred === undefined;
  const text = (name: string) => textIn(typed, name);
  return (
    <>
      <Facts
        facts={[
          { term: 'For', value: claim.payee },
          { term: 'State', value: <ClaimMark state={claim.state} /> },
          ...(claim.submittedAt === null
            ? []
            : [{ term: 'Submitted', value: <DayOf instant={claim.submittedAt} zone={zone} /> }]),
          ...(claim.note === '' ? [] : [{ term: 'Note', value: claim.note }]),
          ...(claim.overReason === ''
            ? []
            : [{ term: 'Why more than foreseen', value: claim.overReason }]),
          ...(claim.state === 'second_look' && props.firstLook !== undefined
            ? [{ term: 'First look by', value: props.firstLook }]
            : []),
          ...(claim.isFinal
            ? [
                {
                  term: 'Last claim',
                  value: 'Nothing more will be claimed; what is left of the caps is let go.',
                },
              ]
            : []),
        ]}
      />
      {barred !== undefined && awaitsDecision(claim) && <p class="notice info">{barred}</p>}
      {isDecidable ? (
        <Form
          action={`${address}/decide`}
          problems={problems}
          label={`Decide on ${claimName(claim.number)}`}
        >
          <HiddenField name="revision" value={String(claim.revision)} />
          {claim.items.map((item, index) => (
            <DecideItem key={item.id} {...props} item={item} index={index} />
          ))}
          <Sums items={claim.items.map((item) => frozenItem(item, lines))} who="they" />
          {props.beyond.length > 0 && (
            <>
              <p>As it stands, this goes beyond what is foreseen; a second treasurer must agree:</p>
              <ul>
                {props.beyond.map(({ sentence }) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </>
          )}
          <TextArea
            name="over_reason"
            label="If more is paid than foreseen: why"
            hint="More than the rules, the estimate, a ceiling or the line allow. A second treasurer looks at it, and the reason stays where all treasurers see it."
            optional
            rows={2}
            value={text('over_reason')}
          />
          <Actions>
            <SubmitButton name="do" value="approve">
              {claim.state === 'second_look'
                ? 'Agree, and approve these amounts'
                : 'Approve these amounts'}
            </SubmitButton>
          </Actions>
          <TextArea
            name="words"
            label="To return or decline it: what to say"
            hint="The claimant reads it. For one cost, write it there under “Why”."
            optional
            rows={3}
            value={text('words')}
          />
          <Actions>
            <SubmitButton weight="ordinary" name="do" value="return">
              Return it to be mended
            </SubmitButton>
            <SubmitButton weight="danger" name="do" value="decline">
              Decline all of it
            </SubmitButton>
          </Actions>
        </Form>
      ) : (
        claim.items.map((item, index) => (
          <section key={item.id} aria-label={`Cost ${index + 1}`}>
            <h2>{`Cost ${index + 1}: ${kindLabel(item)}`}</h2>
            <ItemFacts {...props} item={item} />
            {claim.approvedAt !== null && <Approved item={item} lines={lines} />}
          </section>
        ))
      )}
      {isDecidable && <LineForms {...props} address={address} />}
      <StepTable steps={steps} zone={zone} />
    </>
  );
}

const Approved = ({ item, lines }: { item: ClaimItem; lines: readonly FundLine[] }) => {
  const currency = lines.find(({ id }) => id === item.lineId)?.funder.currency;
  if (currency === undefined || item.approvedMinor === null) return null;
  return (
    <p>
      Approved: <strong>{formatMoney(item.approvedMinor, currency)}</strong>
      {item.reason !== '' && `. ${item.reason}`}
    </p>
  );
};

/** What a cost says, with its slips and what the rules make of it. */
function ItemFacts(props: ReviewProps & { item: ClaimItem }) {
  const { item, lines, receipts, elsewhere, receiptsAt, names, policies } = props;
  const line = lines.find(({ id }) => id === item.lineId);
  const day = parseDate(item.spentOn ?? '');
  const said = factsAsTyped(item.facts);
  const asked = factsAsked(line && policies.get(line.id), item.category);
  const own = item.receiptIds.flatMap((id) => receipts.get(id) ?? []);
  const others = [...new Set(item.receiptIds.flatMap((id) => elsewhere.get(id) ?? []))];
  const currency = item.spentCurrency;
  return (
    <>
      <p>
        {own.map((receipt) => (
          <ReceiptThumb key={receipt.id} receipt={receipt} at={receiptsAt} within={400} />
        ))}
        {own.length === 0 && <span class="quiet">No receipt.</span>}
      </p>
      {others.length > 0 && (
        <p class="notice info">The same slip is in {listed(others.map(claimName))}, too.</p>
      )}
      <Facts
        facts={[
          ...(item.text === '' ? [] : [{ term: 'What', value: item.text }]),
          ...(day.ok ? [{ term: 'Day', value: <Day date={day.value} /> }] : []),
          ...(item.spentMinor === null || currency === null
            ? []
            : [{ term: 'Spent', value: formatMoney(item.spentMinor, currency) }]),
          ...asked.flatMap(({ key, label, options }) => {
            const value = said[key];
            if (value === undefined) return [];
            return [
              { term: label, value: options?.find((each) => each.value === value)?.label ?? value },
            ];
          }),
          ...(item.covers.length === 0
            ? []
            : [{ term: 'Also for', value: coveredWords(item, names, currency) }]),
        ]}
      />
      <Reasons assessed={frozenItem(item, lines)} who="they" />
    </>
  );
}

const coveredWords = (
  { covers }: ClaimItem,
  names: ReadonlyMap<string, string>,
  currency: Currency | null,
): string =>
  listed(
    covers.map(({ personId, minor }) => {
      const name = names.get(personId) ?? 'somebody who left';
      return minor === null || currency === null
        ? name
        : `${name} (${formatMoney(minor, currency)})`;
    }),
  );

/** What a cost says, and the fields of the decision on it. */
function DecideItem(props: ReviewProps & { item: ClaimItem; index: number }) {
  const { item, index, lines, typed } = props;
  const currency = lines.find(({ id }) => id === item.lineId)?.funder.currency;
  if (currency === undefined) return null;
  const typedAmount = textIn(typed, approvedField(item.id));
  const proposed = item.approvedMinor ?? allowedOf(item);
  const field = approvedField(item.id);
  return (
    <Fieldset legend={`Cost ${index + 1}: ${kindLabel(item)}`}>
      <ItemFacts {...props} />
      <NumberField
        name={field}
        label={`Approved, in ${currency}`}
        decimal
        width="short"
        value={field in typed ? typedAmount : amountText(proposed, currency)}
      />
      <TextArea
        name={reasonField(item.id)}
        label="Why, where it is less than the rules leave"
        optional
        rows={2}
        value={reasonField(item.id) in typed ? textIn(typed, reasonField(item.id)) : item.reason}
      />
    </Fieldset>
  );
}

/** For each cost that several lines may pay: which one does. */
function LineForms({ claim, choices, address }: ReviewProps & { address: string }) {
  const movable = claim.items
    .map((item, index) => ({ item, index, lines: choices.get(item.id) ?? [] }))
    .filter(({ lines }) => lines.length > 1);
  if (movable.length === 0) return null;
  return (
    <details>
      <summary>Let another line pay a cost</summary>
      {movable.map(({ item, index, lines }) => (
        <Form
          key={item.id}
          action={`${address}/line`}
          label={`The line of cost ${index + 1}`}
          scope={item.id}
        >
          <HiddenField name="revision" value={String(claim.revision)} />
          <HiddenField name="item" value={item.id} />
          <Select
            name="line"
            label={`Cost ${index + 1}: ${kindLabel(item)}`}
            options={lines.map(({ id, title, funder }) => ({
              value: id,
              label: `${title} (${funder.name})`,
            }))}
            value={item.lineId ?? ''}
          />
          <Actions>
            <SubmitButton weight="ordinary">Change the line</SubmitButton>
          </Actions>
        </Form>
      ))}
    </details>
  );
}
