import { Table } from '../../../design/table.tsx';
import { categoryLabel } from '../category-rules.ts';
import type { Payee } from '../funders/funder-rules.ts';
import type { Standing } from '../journal/journal-rules.ts';
import type { CategoryPart, PersonPart } from './budget-rules.ts';
import { spendingColumns } from './budget-views.tsx';

/** What is spoken for of each kind of cost. */
export const BudgetByCategory = ({
  treasury,
  parts,
}: {
  treasury: string;
  parts: readonly CategoryPart[];
}) => (
  <Table
    caption="Kinds of cost"
    narrow="scroll"
    wide
    columns={[
      { head: 'Kind', cell: ({ category }: CategoryPart) => categoryLabel(category) },
      ...spendingColumns<CategoryPart>(treasury, ({ category }) => ({ category })),
    ]}
    rows={parts}
    rowKey={({ category, currency }) => `${category} ${currency}`}
    empty="Nothing is committed, claimed or paid yet."
  />
);

/** A row for somebody: with amounts, or with the reason why there are none. */
export interface PersonRow extends Omit<PersonPart, 'standing'> {
  readonly name: string;
  readonly seatKind: Payee['seatKind'];
  readonly standing: Standing | undefined;
}

const SEAT_WORDS: Readonly<Record<NonNullable<Payee['seatKind']>, string>> = {
  funded: 'funded',
  self_funded: 'pays for themselves',
  sponsored: 'paid by a sponsor',
  host: 'host',
};

/** What is spoken for each person; who pays for themselves is among them. */
export const BudgetByPerson = ({
  treasury,
  rows,
}: {
  treasury: string;
  rows: readonly PersonRow[];
}) => (
  <Table
    caption="People"
    narrow="scroll"
    wide
    columns={[
      { head: 'For', cell: ({ name }: PersonRow) => name },
      {
        head: 'Seat',
        cell: ({ personId, seatKind }) =>
          personId === null ? '–' : seatKind === undefined ? 'none' : SEAT_WORDS[seatKind],
      },
      ...spendingColumns<PersonRow>(treasury, ({ personId }) => ({ personId: personId ?? 'none' })),
    ]}
    rows={rows}
    rowKey={({ personId, currency }) => `${personId} ${currency}`}
    empty="Nobody has a seat yet."
  />
);
