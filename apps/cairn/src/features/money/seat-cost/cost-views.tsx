import { type Currency, formatMoney, sumOf } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { Histogram } from '../../../design/chart.tsx';
import { NumberField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Facts } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { meanOf, PART_LABELS, PARTS, type PartCost, SOURCE_WORDS } from './cost-rules.ts';
import type { CostPerson, Forecast, WhatIf } from './forecast-rules.ts';
import { binsOf, drawnAt } from './spread-rules.ts';

/** Somebody's row in the table of costs. */
export interface PersonRow {
  readonly person: CostPerson;
  readonly name: string;
  readonly parts: readonly PartCost[];
}

interface CostPageProps {
  readonly home: string;
  readonly currency: Currency;
  readonly confidence: number;
  readonly granted: number;
  readonly whatIf: WhatIf;
  readonly seats: number;
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
  readonly forecast: Forecast;
  /** The same as planned, where something is asked to be otherwise. */
  readonly planned: Forecast | undefined;
  readonly rows: readonly PersonRow[];
  readonly nameOf: (person: CostPerson | undefined) => string;
  readonly withoutRate: readonly string[];
}

/** In how many of 100 cases, in whole numbers that never say “always” of what is only nearly so. */
const inHundred = (share: number): number =>
  share === 1 ? 100 : Math.min(99, Math.floor(share * 100));

const CarriedMark = ({ carried, confidence }: { carried: number; confidence: number }) =>
  carried * 100 >= confidence ? (
    <Mark shape="tick" tone="good">
      in {inHundred(carried)} of 100 cases
    </Mark>
  ) : (
    <Mark shape="triangle" tone={carried * 2 >= 1 ? 'warn' : 'bad'}>
      in {inHundred(carried)} of 100 cases
    </Mark>
  );

/** What seats cost, what might be otherwise, and whether there is money for more. */
export function SeatCostPage(props: CostPageProps) {
  const { home, currency, confidence, granted, forecast, planned, rows, nameOf } = props;
  const { spread, more } = forecast;
  const money = (minor: number): string => formatMoney(minor, currency);
  const seated = rows.filter(({ person }) => person.place !== 'waiting').length;
  const first = more[0];
  return (
    <>
      {props.withoutRate.length > 0 && (
        <p>
          <Mark shape="triangle" tone="warn">
            no rate from {props.withoutRate.join(', ')} to {currency}
          </Mark>{' '}
          Lines in these currencies are left out. <a href={`${home}/treasury/rates`}>Add a rate</a>.
        </p>
      )}
      <Facts
        facts={[
          {
            term: `The lines carry ${counted(seated, 'seat')}`,
            value: <CarriedMark carried={spread.carried} confidence={confidence} />,
          },
          ...(first === undefined
            ? []
            : [
                {
                  term: `Seat ${first.seats}`,
                  value: <CarriedMark carried={first.carried} confidence={confidence} />,
                },
              ]),
          { term: 'Likely cost to the lines', value: money(drawnAt(spread, 0.5)) },
          {
            term: 'In 80 of 100 cases',
            value: `${money(drawnAt(spread, 0.1))} to ${money(drawnAt(spread, 0.9))}`,
          },
          { term: 'Given to the lines', value: money(granted) },
          ...(spread.missing === 0
            ? []
            : [
                {
                  term: 'Missing, where it is not enough',
                  value: `about ${money(spread.missing)}`,
                },
              ]),
          ...(planned === undefined
            ? []
            : [
                {
                  term: 'As planned it would be',
                  value: (
                    <>
                      {money(drawnAt(planned.spread, 0.5))},{' '}
                      <CarriedMark carried={planned.spread.carried} confidence={confidence} />
                    </>
                  ),
                },
              ]),
        ]}
      />
      <Histogram
        caption={`What ${counted(seated, 'seat')} may cost the lines`}
        bins={binsOf(spread, 24)}
        mark={granted}
        label={money}
        markLabel={`given: ${money(granted)}`}
      />
      <WhatIfForm {...props} />
      <Table
        caption="One seat more, and another one"
        note={`a seat is offered by itself where it is carried in ${confidence} of 100 cases`}
        rows={more}
        rowKey={({ seats }) => String(seats)}
        empty="No further seat is looked at."
        columns={[
          { head: 'Seat', cell: ({ seats }) => seats, kind: 'number' },
          { head: 'For', cell: ({ person }) => nameOf(person), namesRow: true },
          { head: 'Likely cost', kind: 'number', cell: ({ expected }) => money(expected) },
          {
            head: 'The lines carry it',
            cell: ({ carried }) => <CarriedMark carried={carried} confidence={confidence} />,
          },
        ]}
      />
      <PersonTable {...props} />
      <Actions>
        <ActionLink href={`${home}/treasury/seat-cost/model`}>
          Change what costs are expected
        </ActionLink>
      </Actions>
    </>
  );
}

/** Questions are asked by address, so that an answer can be passed on. */
function WhatIfForm({ home, typed, problems }: CostPageProps) {
  const value = (name: string): string => typed[name] ?? '';
  return (
    <Form action={`${home}/treasury/seat-cost`} method="get" problems={problems} label="What if">
      <h2>What if</h2>
      <div class="pair">
        <NumberField
          name="lodging"
          label="Lodging rises by, in percent"
          hint="Below zero: less."
          optional
          value={value('lodging')}
        />
        <NumberField
          name="fares"
          label="Fares rise by, in percent"
          hint="Below zero: less."
          optional
          value={value('fares')}
        />
      </div>
      <div class="pair">
        <NumberField name="fewer" label="Days fewer" optional value={value('fewer')} />
        <NumberField name="seats" label="Seats more" optional value={value('seats')} />
      </div>
      <Actions>
        <SubmitButton weight="ordinary">Compute</SubmitButton>
        <a href={`${home}/treasury/seat-cost`}>As planned</a>
      </Actions>
    </Form>
  );
}

const PLACES = { seated: 'seat', offered: 'offered a seat', waiting: 'waits' } as const;
const KINDS = {
  funded: 'funded',
  self_funded: 'self-funded',
  sponsored: 'sponsored',
  host: 'host',
} as const;

function PersonTable({ rows, currency }: CostPageProps) {
  const money = (minor: number): string => formatMoney(minor, currency);
  const cost = ({ person, parts }: PersonRow): number =>
    person.seatKind === 'funded' ? sumOf(parts.map(({ range }) => meanOf(range))) : 0;
  return (
    <Table
      caption="Person by person"
      note="likely amounts, and how one knows them; lines pay for funded seats only"
      rows={rows}
      rowKey={({ person }) => person.personId}
      empty="Nobody has a seat yet."
      narrow="scroll"
      wide
      columns={[
        { head: 'Name', cell: ({ name }) => name },
        {
          head: 'Seat',
          cell: ({ person }) => `${PLACES[person.place]}, ${KINDS[person.seatKind]}`,
        },
        ...PARTS.map((part) => ({
          head: PART_LABELS[part],
          kind: 'number' as const,
          cell: ({ parts, person }: PersonRow) => {
            const found = parts.find((each) => each.part === part);
            if (found === undefined || person.seatKind !== 'funded') return '–';
            return (
              <>
                {money(meanOf(found.range))} <span class="quiet">{SOURCE_WORDS[found.source]}</span>
              </>
            );
          },
          foot: money(
            sumOf(
              rows
                .filter(({ person }) => person.seatKind === 'funded' && person.place !== 'waiting')
                .flatMap(({ parts }) =>
                  parts.filter((each) => each.part === part).map(({ range }) => meanOf(range)),
                ),
            ),
          ),
        })),
        {
          head: 'Likely',
          kind: 'number' as const,
          cell: (row: PersonRow) => money(cost(row)),
          foot: money(
            sumOf(rows.filter(({ person }) => person.place !== 'waiting').map((row) => cost(row))),
          ),
        },
      ]}
    />
  );
}
