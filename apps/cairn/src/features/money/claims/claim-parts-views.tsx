import { type Currency, formatMoney, sumOf } from '@cairn/kernel/money';
import { formatDate, parseDate, type ZoneName } from '@cairn/kernel/time';
import { Mark, type Shape, type Tone } from '../../../design/mark.tsx';
import { Day, Facts, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { AssessedItem } from './assess-rules.ts';
import {
  allowedOf,
  type Claim,
  type ClaimItem,
  type ClaimState,
  type ClaimStep,
  STATE_WORDS,
} from './claim-rules.ts';

const LOOKS: Readonly<Record<ClaimState, { readonly shape: Shape; readonly tone: Tone }>> = {
  draft: { shape: 'ring', tone: 'soft' },
  submitted: { shape: 'half', tone: 'soft' },
  second_look: { shape: 'half', tone: 'warn' },
  returned: { shape: 'triangle', tone: 'warn' },
  approved: { shape: 'disc', tone: 'good' },
  sent: { shape: 'disc', tone: 'good' },
  paid: { shape: 'tick', tone: 'good' },
  declined: { shape: 'cross', tone: 'bad' },
  withdrawn: { shape: 'dash', tone: 'soft' },
};

/** The state of a claim; for its owner it says “returned to you”. */
export const ClaimMark = ({ state, own = false }: { state: ClaimState; own?: boolean }) => (
  <Mark {...LOOKS[state]}>{state === 'returned' && !own ? 'returned' : STATE_WORDS[state]}</Mark>
);

/** How a rate was frozen, in words. */
export function rateWords(
  {
    spentCurrency,
    rate,
    rateOn,
    rateSource,
  }: Pick<ClaimItem, 'spentCurrency' | 'rate' | 'rateOn' | 'rateSource'>,
  currency: Currency,
): string | undefined {
  if (spentCurrency === null || spentCurrency === currency || rate === null) return undefined;
  const day = parseDate(rateOn ?? '');
  const on = day.ok ? ` of ${formatDate(day.value)}` : '';
  const from = rateSource === null || rateSource === '' ? '' : ` (${rateSource})`;
  return `1 ${spentCurrency} = ${rate} ${currency}${on}${from}`;
}

/** What the rules make of one cost, in words, with what is left of it. */
export function Reasons({ assessed, who }: { assessed: AssessedItem; who: 'you' | 'they' }) {
  const { item, line, minor, rate, deductions, findings, allowed } = assessed;
  if (line === undefined || minor === null || allowed === null) return null;
  const { currency } = line.funder;
  const rateSaid =
    rate === null
      ? undefined
      : rateWords(
          { ...item, rate: rate.rate, rateOn: rate.onDate, rateSource: rate.source },
          currency,
        );
  return (
    <>
      {(deductions.length > 0 || findings.length > 0) && (
        <ul>
          {deductions.map(({ rule, sentence }) => (
            <li key={rule + sentence}>{sentence}</li>
          ))}
          {findings.map(({ rule, sentence }) => (
            <li key={rule + sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <p>
        {who === 'you' ? 'You would get' : 'The rules leave'}{' '}
        <strong>{formatMoney(allowed, currency)}</strong>
        {allowed < minor && ` of ${formatMoney(minor, currency)}`}, from “{line.title}”.
        {rateSaid !== undefined && <span class="quiet"> {rateSaid}.</span>}
      </p>
    </>
  );
}

/** Sums of costs by currency: asked, taken off, left. */
export function Sums({ items, who }: { items: readonly AssessedItem[]; who: 'you' | 'they' }) {
  const counted = items.flatMap(({ line, minor, allowed }) =>
    line === undefined || minor === null || allowed === null
      ? []
      : [{ currency: line.funder.currency, minor, allowed }],
  );
  if (counted.length === 0) return null;
  return (
    <Facts
      facts={[...Map.groupBy(counted, ({ currency }) => currency)].flatMap(([currency, own]) => {
        const asked = sumOf(own.map(({ minor }) => minor));
        const allowed = sumOf(own.map((each) => each.allowed));
        return [
          { term: 'All costs', value: formatMoney(asked, currency) },
          ...(asked === allowed
            ? []
            : [{ term: 'The rules take off', value: formatMoney(asked - allowed, currency) }]),
          {
            term: who === 'you' ? 'You would get' : 'The rules leave',
            value: <strong>{formatMoney(allowed, currency)}</strong>,
          },
        ];
      })}
    />
  );
}

/** What a submitted claim asks for, in its lines’ currencies. */
export const askedOf = (
  { items }: Pick<Claim, 'items'>,
  currencyOf: (lineId: string) => Currency | undefined,
  part: 'asked' | 'allowed' | 'approved' = 'asked',
): readonly { readonly minor: number; readonly currency: Currency }[] =>
  items.flatMap((item) => {
    const currency = item.lineId === null ? undefined : currencyOf(item.lineId);
    const minor =
      part === 'asked' ? item.minor : part === 'allowed' ? allowedOf(item) : item.approvedMinor;
    return currency === undefined || minor === null ? [] : [{ minor, currency }];
  });

/** Amounts in one line, a sum for each currency; `none` where there are none. */
export const amountsWords = (
  amounts: readonly { readonly minor: number; readonly currency: Currency }[],
  none = '–',
): string =>
  [...Map.groupBy(amounts, ({ currency }) => currency)]
    .map(([currency, own]) => formatMoney(sumOf(own.map(({ minor }) => minor)), currency))
    .join(', ') || none;

/** Lines by id, as far as pages of claims name them. */
export type LineNames = ReadonlyMap<
  string,
  { readonly title: string; readonly currency: Currency }
>;

/** Finds the currency of a line. */
export const currencyIn = (lines: LineNames) => (lineId: string) => lines.get(lineId)?.currency;

/** Until when claims are to be sent. */
export interface Deadline {
  readonly on: string;
  readonly sentence: string;
}

export const DeadlineLine = ({ deadline }: { deadline: Deadline }) => {
  const day = parseDate(deadline.on);
  if (!day.ok) return null;
  return (
    <p>
      Submit by <Day date={day.value} />. <span class="quiet">{deadline.sentence}</span>
    </p>
  );
};

const STEP_WORDS: Readonly<Record<ClaimStep['state'], string>> = {
  draft: 'Begun',
  submitted: 'Submitted',
  second_look: 'Decided, awaits a second look',
  returned: 'Returned',
  approved: 'Approved',
  declined: 'Declined',
  sent: 'Sent to the payer',
  paid: 'Paid',
  withdrawn: 'Taken back',
};

/** What happened to a claim, in its order. */
export const StepTable = ({ steps, zone }: { steps: readonly ClaimStep[]; zone: ZoneName }) => (
  <Table
    caption="What happened"
    columns={[
      { head: 'What', cell: ({ state }: ClaimStep) => STEP_WORDS[state] },
      { head: 'When', kind: 'date', cell: ({ at }) => <When instant={at} zone={zone} /> },
      { head: 'By', cell: ({ byName }) => byName ?? 'Cairn' },
      { head: 'In words', cell: ({ reason }) => reason },
    ]}
    rows={steps}
    rowKey={({ at, state }) => `${at.toString()} ${state}`}
    empty="Nothing yet."
  />
);
