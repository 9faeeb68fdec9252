import { counted } from '@cairn/kernel/words';
import { Mark } from '../../../design/mark.tsx';
import { Table } from '../../../design/table.tsx';
import {
  CHECK_KEYS,
  CHECKS,
  type Check,
  type DifferenceNames,
  differenceSentence,
  type Reconciliation,
} from './reconcile-rules.ts';

interface ReconciliationPageProps {
  readonly journal: string;
  readonly found: Reconciliation;
  readonly names: DifferenceNames;
}

/** What came of reckoning everything again. */
export function ReconciliationPage({ journal, found, names }: ReconciliationPageProps) {
  const { entries, postings, accounts, differences, hasMore } = found;
  const count = (check: Check): number =>
    differences.filter((difference) => difference.check === check).length;
  return (
    <>
      <p>
        {differences.length === 0 ? (
          <Mark shape="tick" tone="good">
            Everything agrees
          </Mark>
        ) : (
          <Mark shape="cross" tone="bad">
            {hasMore ? 'More than ' : ''}
            {counted(differences.length, 'difference')}
          </Mark>
        )}{' '}
        {counted(entries, 'entry', 'entries')}, {counted(postings, 'posting')} and{' '}
        {counted(accounts, 'balance')} were checked again just now.{' '}
        <a href={`${journal}/reconciliation`}>Check once more</a>
      </p>
      <Table
        caption="What was checked"
        columns={[
          { head: 'Check', cell: (check: Check) => CHECKS[check] },
          {
            head: 'Result',
            cell: (check) =>
              count(check) === 0 ? (
                <Mark shape="tick" tone="good">
                  agrees
                </Mark>
              ) : (
                <Mark shape="cross" tone="bad">
                  {counted(count(check), 'difference')}
                </Mark>
              ),
          },
        ]}
        rows={CHECK_KEYS}
        rowKey={(check) => check}
        empty="Nothing."
      />
      {differences.length > 0 && (
        <>
          <h2>Differences</h2>
          <ul>
            {differences.map((difference, index) => (
              <li key={index}>{differenceSentence(difference, names)}</li>
            ))}
          </ul>
          <p>
            A difference means that Cairn or its database is at fault, not you. Keep a backup, and
            tell whoever runs this installation.
          </p>
        </>
      )}
    </>
  );
}
