import { formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Progress } from '../../../design/progress.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { claimName } from '../claims/claim-rules.ts';
import type { Funder } from '../funders/funder-rules.ts';
import { sizeWords } from '../receipts/receipt-rules.ts';
import type { BundleRun } from './run-queries.ts';

/** A payee of a funder, as the page lists them. */
export interface PayeeLine {
  /** The name of their PDF, without its ending. */
  readonly file: string;
  readonly name: string;
  readonly claims: readonly number[];
  /** On the lines of the funder, in its currency. */
  readonly approvedMinor: number;
  readonly receipts: number;
}

/** The bundles of a funder: each by itself, and all together. */
export function BundlesPage({
  funder,
  payees,
  run,
  at,
  home,
  zone,
  problems,
}: {
  funder: Funder;
  payees: readonly PayeeLine[];
  run: BundleRun | undefined;
  /** `/s/<summit>/treasury/ledgers/<funder>/bundle` */
  at: string;
  home: string;
  zone: ZoneName;
  problems?: readonly Problem[] | undefined;
}) {
  if (payees.length === 0) {
    return (
      <EmptyState next={{ href: `${home}/treasury/claims`, label: 'Look at the claims' }}>
        Nothing is approved on the lines of {funder.name} yet. Once it is, there is a PDF here for
        each person.
      </EmptyState>
    );
  }
  return (
    <>
      <Table
        caption="One PDF for each"
        note={counted(payees.length, 'payee')}
        rows={payees}
        rowKey={({ file }) => file}
        empty=""
        columns={[
          {
            head: 'Payee',
            namesRow: true,
            cell: ({ file, name }) => <a href={`${at}/${file}.pdf`}>{name} (PDF)</a>,
          },
          {
            head: 'Claims',
            cell: ({ claims }) =>
              claims.map((number, index) => (
                <>
                  {index > 0 && ', '}
                  <a href={`${home}/treasury/claims/${number}`}>{claimName(number)}</a>
                </>
              )),
          },
          {
            head: 'Approved',
            kind: 'number',
            cell: ({ approvedMinor }) => formatMoney(approvedMinor, funder.currency),
            foot: formatMoney(
              payees.reduce((sum, { approvedMinor }) => sum + approvedMinor, 0),
              funder.currency,
            ),
          },
          { head: 'Receipts', kind: 'number', cell: ({ receipts }) => receipts },
        ]}
      />
      <h2>All of them</h2>
      <RunState run={run} at={at} zone={zone} />
      <Form action={at} problems={problems} label="All bundles">
        <Actions>
          <SubmitButton weight="ordinary">
            {run === undefined ? 'Make all bundles' : 'Make them anew'}
          </SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

function RunState({ run, at, zone }: { run: BundleRun | undefined; at: string; zone: ZoneName }) {
  if (run === undefined) {
    return <p>Cairn makes one PDF for each and puts them into a ZIP. It takes some minutes.</p>;
  }
  if (run.failure !== '') return <p role="status">They could not be made: {run.failure}</p>;
  if (run.finishedAt === null) {
    return (
      <Progress label="Making bundles" done={run.done} total={run.total}>
        This page shows how far it is whenever you load it.
      </Progress>
    );
  }
  return (
    <p role="status">
      <a href={`${at}/${run.id}.zip`}>
        Fetch the ZIP ({counted(run.files, 'file')}, {sizeWords(run.bytes)})
      </a>
      , as it stood <When instant={run.askedAt} zone={zone} />. It is kept for a week.
    </p>
  );
}
