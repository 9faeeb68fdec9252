import { columnName, type Sheet, type SheetCell } from '@cairn/formats/xlsx';
import { sumOf } from '@cairn/kernel/money';
import { differsBy, type Ledger, type sumsOf } from './ledger-rules.ts';

type ByLine = Ledger['lines'][number] & { readonly sums: ReturnType<typeof sumsOf> };

/** Where each line stands by the journal, beside what its entries add up to. */
export function lineSheet(
  byLine: readonly ByLine[],
  make: {
    readonly amount: (minor: number) => SheetCell;
    readonly sum: (formula: string, minor: number) => SheetCell;
    readonly total: (column: string, to: number, minor: number) => SheetCell;
    readonly matching: (of: 'line_no', cell: string, head: 'approved' | 'paid') => string;
  },
): Sheet {
  const { amount, sum, total, matching } = make;
  const heads = [
    'granted',
    'committed',
    'claimed',
    'of it not committed',
    'approved and owed',
    'paid',
  ];
  const figures = ({ stands }: ByLine): readonly number[] => [
    stands.granted,
    stands.committed,
    stands.claimed,
    stands.uncommitted,
    stands.approved,
    stands.paid,
  ];
  const columns = heads.map((_, index) => columnName(index + 2));
  return {
    name: 'Lines',
    columns: [
      { head: 'no' },
      { head: 'line', width: 30 },
      ...heads.map((head) => ({ head })),
      { head: 'left' },
      { head: 'approved by entries' },
      { head: 'paid by entries' },
      { head: 'difference' },
    ],
    rows: byLine.map((line, index) => {
      const row = index + 2;
      return [
        { number: String(index + 1) },
        line.title,
        ...figures(line).map(amount),
        sum(`C${row}-D${row}-E${row}+F${row}-G${row}-H${row}`, line.stands.left),
        sum(matching('line_no', `$A${row}`, 'approved'), line.sums.approved),
        sum(matching('line_no', `$A${row}`, 'paid'), line.sums.paid),
        sum(`J${row}-G${row}-H${row}`, differsBy(line.sums.approved, line.stands)),
      ];
    }),
    sums: [
      [
        'All',
        null,
        ...columns.map((column, index) =>
          total(column, byLine.length + 1, sumOf(byLine.map((line) => figures(line)[index] ?? 0))),
        ),
        total('I', byLine.length + 1, sumOf(byLine.map(({ stands }) => stands.left))),
        total('J', byLine.length + 1, sumOf(byLine.map(({ sums }) => sums.approved))),
        total('K', byLine.length + 1, sumOf(byLine.map(({ sums }) => sums.paid))),
        total(
          'K',
          byLine.length + 1,
          sumOf(byLine.map(({ sums, stands }) => differsBy(sums.approved, stands))),
        ),
      ],
    ],
  };
}
