import { formatMoney } from '@cairn/kernel/money';
import type { ZoneName } from '@cairn/kernel/time';
import { Mark, type Shape, type Tone } from '../../../design/mark.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { categoryLabel } from '../category-rules.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import {
  type EstimateItem,
  type EstimateState,
  type EstimateStep,
  STATE_WORDS,
} from './estimate-rules.ts';

const LOOKS: Readonly<Record<EstimateState, { readonly shape: Shape; readonly tone: Tone }>> = {
  draft: { shape: 'ring', tone: 'soft' },
  submitted: { shape: 'half', tone: 'soft' },
  second_look: { shape: 'half', tone: 'warn' },
  returned: { shape: 'triangle', tone: 'warn' },
  approved: { shape: 'tick', tone: 'good' },
  declined: { shape: 'cross', tone: 'bad' },
  withdrawn: { shape: 'dash', tone: 'soft' },
  closed: { shape: 'disc', tone: 'soft' },
};

/** Where an estimate stands. */
export const EstimateMark = ({ state }: { state: EstimateState }) => (
  <Mark {...LOOKS[state]}>{STATE_WORDS[state]}</Mark>
);

/** What the line of an item is called. */
export const titleOf = (lines: readonly FundLine[], lineId: string | null): string =>
  lines.find(({ id }) => id === lineId)?.title ?? '';
const currencyOf = (lines: readonly FundLine[], lineId: string | null) =>
  lines.find(({ id }) => id === lineId)?.funder.currency;

/** An amount of a line, as far as there is one. */
export const OfLine = ({
  minor,
  lineId,
  lines,
}: {
  minor: number | null;
  lineId: string | null;
  lines: readonly FundLine[];
}) => {
  const currency = currencyOf(lines, lineId);
  return <>{minor === null || currency === undefined ? 'not yet' : formatMoney(minor, currency)}</>;
};

/** What was asked for, with the rate that was frozen, and what was approved. */
export const ItemTable = ({
  items,
  lines,
}: {
  items: readonly EstimateItem[];
  lines: readonly FundLine[];
}) => (
  <Table
    caption="Costs"
    rows={items}
    rowKey={({ id }) => id}
    empty="No cost is written yet."
    narrow="scroll"
    wide
    columns={[
      {
        head: 'For',
        cell: ({ category, text: words }) => (
          <>
            {words} <span class="quiet">{categoryLabel(category)}</span>
          </>
        ),
      },
      {
        head: 'Asked',
        kind: 'number',
        cell: ({ spentMinor, spentCurrency }) => formatMoney(spentMinor, spentCurrency),
      },
      {
        head: 'That is',
        kind: 'number',
        cell: (item) => (
          <>
            <OfLine minor={item.minor} lineId={item.lineId} lines={lines} />
            {item.rate !== null && item.rate !== '1' && (
              <span class="quiet">
                {' '}
                at {item.rate} of {item.rateOn}, {item.rateSource}
              </span>
            )}
          </>
        ),
      },
      { head: 'Paid from', cell: ({ lineId }) => titleOf(lines, lineId) },
      {
        head: 'You may spend',
        kind: 'number',
        cell: (item) => (
          <>
            <OfLine minor={item.capMinor} lineId={item.lineId} lines={lines} />
            {item.capReason !== '' && <span class="quiet"> {item.capReason}</span>}
          </>
        ),
      },
    ]}
  />
);

/** What happened to an estimate; who did it is said where the reader may know. */
export const StepTable = ({
  steps,
  zone,
  nameOf,
}: {
  steps: readonly EstimateStep[];
  zone: ZoneName;
  nameOf: (step: EstimateStep) => string;
}) => (
  <Table
    caption="What happened"
    rows={steps}
    rowKey={({ at, state }) => `${at.toString()} ${state}`}
    empty="Nothing yet."
    columns={[
      { head: 'When', cell: ({ at }) => <When instant={at} zone={zone} /> },
      { head: 'What', cell: ({ state }) => <EstimateMark state={state} /> },
      { head: 'Who', cell: nameOf },
      { head: 'Said', cell: ({ reason }) => reason },
    ]}
  />
);
