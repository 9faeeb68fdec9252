import type { Instant, ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, NumberField, Select } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Menu } from '../../../design/layout.tsx';
import { DayOf } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { FundLine } from '../funders/funder-rules.ts';
import { amountsWords, askedOf, ClaimMark } from './claim-parts-views.tsx';
import { awaitsDecision, type Claim, claimName, lastMoment } from './claim-rules.ts';

/** Which claims a list shows. */
export const CLAIM_FILTERS = [
  ['waiting', 'Waiting', ['submitted', 'second_look']],
  ['second_look', 'Second looks', ['second_look']],
  ['returned', 'Returned', ['returned']],
  ['approved', 'To send or pay', ['approved', 'sent']],
  ['paid', 'Paid', ['paid']],
  ['closed', 'Declined or taken back', ['declined', 'withdrawn']],
] as const;
export type ClaimFilterName = (typeof CLAIM_FILTERS)[number][0];

interface QueueProps {
  /** `/s/<summit>/treasury/claims`. */
  readonly base: string;
  readonly claims: readonly Claim[];
  readonly shown: ClaimFilterName;
  readonly counts: Readonly<Record<ClaimFilterName, number>>;
  readonly lines: readonly FundLine[];
  readonly lineId: string;
  /** Only those that wait for so many days at least. */
  readonly days: string;
  readonly now: Instant;
  readonly zone: ZoneName;
  readonly billAt: string;
}

const daysSince = (then: Instant, now: Instant): number =>
  Math.max(0, Math.floor(then.until(now).total('hours') / 24));

/** The claims that wait, the longest waiting first. */
export function ClaimQueuePage(props: QueueProps) {
  const { base, claims, shown, counts, lines, lineId, days, now, zone } = props;
  const currencyOf = (id: string) => lines.find((line) => line.id === id)?.funder.currency;
  return (
    <>
      <Menu
        label="Which claims"
        items={CLAIM_FILTERS.map(([value, label]) => ({
          href: `${base}?show=${value}`,
          label: `${label} (${counts[value]})`,
          current: value === shown,
        }))}
      />
      <Form action={base} method="get" label="Fewer claims">
        <HiddenField name="show" value={shown} />
        <div class="pair">
          <Select
            name="line"
            label="Line"
            optional
            empty="All lines"
            options={lines.map(({ id, title }) => ({ value: id, label: title }))}
            value={lineId}
          />
          <NumberField name="days" label="Waiting for days, at least" optional value={days} />
        </div>
        <Actions>
          <SubmitButton weight="ordinary">Show these</SubmitButton>
          <a href={props.billAt}>Enter the bill of a supplier</a>
          <a href={`${base}/reminders`}>Reminders</a>
        </Actions>
      </Form>
      <Table
        caption="Claims"
        wide
        note={counted(claims.length, 'claim')}
        columns={[
          {
            head: 'Claim',
            cell: ({ number }: Claim) => <a href={`${base}/${number}`}>{claimName(number)}</a>,
          },
          { head: 'For', cell: ({ payee }) => payee },
          { head: 'State', cell: ({ state }) => <ClaimMark state={state} /> },
          { head: 'Costs', kind: 'number', cell: ({ items }) => items.length },
          {
            head: 'Asked',
            kind: 'number',
            cell: (claim) => amountsWords(askedOf(claim, currencyOf)),
          },
          {
            head: 'The rules leave',
            kind: 'number',
            cell: (claim) => amountsWords(askedOf(claim, currencyOf, 'allowed')),
          },
          {
            head: 'Since',
            kind: 'date',
            cell: (claim) => (
              <>
                <DayOf instant={lastMoment(claim)} zone={zone} />
                {awaitsDecision(claim) && (
                  <span class="quiet"> {counted(daysSince(lastMoment(claim), now), 'day')}</span>
                )}
              </>
            ),
          },
        ]}
        rows={claims}
        rowKey={({ id }) => id}
        empty="There are none."
      />
    </>
  );
}
