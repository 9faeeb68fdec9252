import { formatMoney } from '@cairn/kernel/money';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Table } from '../../../design/table.tsx';
import type { FundLine } from '../funders/funder-rules.ts';
import type { Standing } from '../journal/journal-rules.ts';
import { spokenFor } from './budget-rules.ts';

interface OrganisersMoneyProps {
  readonly home: string;
  readonly isTreasurer: boolean;
  readonly lines: readonly FundLine[];
  readonly standings: ReadonlyMap<string, Standing>;
  /** Lines whose totals would tell what one or two people were given. */
  readonly tooFew: ReadonlySet<string>;
}

/** What each line has left: totals only. */
export function OrganisersMoneyPage(props: OrganisersMoneyProps) {
  const { home, isTreasurer, lines, standings, tooFew } = props;
  return (
    <>
      <Table
        caption="Lines"
        columns={[
          {
            head: 'Line',
            cell: ({ id, title, isClosed }: FundLine) => (
              <>
                {title}
                {isClosed && ' (closed)'}
                {(standings.get(id)?.left ?? 0) < 0 && (
                  <>
                    {' '}
                    <Mark shape="diamond" tone="bad">
                      overdrawn
                    </Mark>
                  </>
                )}
              </>
            ),
          },
          { head: 'Funder', cell: ({ funder }) => funder.name },
          {
            head: 'Given',
            kind: 'number',
            cell: ({ id, funder }) => formatMoney(standings.get(id)?.granted ?? 0, funder.currency),
          },
          {
            head: 'Spoken for',
            kind: 'number',
            cell: ({ id, funder }) => {
              const of = standings.get(id);
              if (tooFew.has(id)) return 'of one or two people';
              return formatMoney(of === undefined ? 0 : spokenFor(of), funder.currency);
            },
          },
          {
            head: 'Left',
            kind: 'number',
            cell: ({ id, funder }) =>
              tooFew.has(id) ? '–' : formatMoney(standings.get(id)?.left ?? 0, funder.currency),
          },
        ]}
        rows={lines}
        rowKey={({ id }) => id}
        empty="No funder is entered yet."
      />
      <Actions>
        {isTreasurer ? (
          <ActionLink href={`${home}/treasury`}>To the treasury</ActionLink>
        ) : (
          <p>
            Treasurers enter funders, and decide on estimates and claims. Who they are is said under{' '}
            <a href={`${home}/organise/roles`}>Roles</a>.
          </p>
        )}
      </Actions>
    </>
  );
}
