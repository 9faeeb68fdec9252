/**
 * The roles that table elements have by nature, spelt out: some browsers forget them once a style
 * sheet stacks the rows on a phone. Spread them: `<td {...TABLE_ROLES.cell}>`.
 */
export const TABLE_ROLES = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  columnHead: { role: 'columnheader', scope: 'col' },
  rowHead: { role: 'rowheader', scope: 'row' },
  cell: { role: 'cell' },
} as const;
