import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { type Column, Pager, Table } from './table.tsx';

const columns: readonly Column<{ name: string; seats: number }>[] = [
  { head: 'Name', cell: ({ name }) => name, sort: { href: '?by=name', order: 'descending' } },
  { head: 'Seats', kind: 'number', cell: ({ seats }) => seats, foot: 3 },
];
const rows = [
  { name: 'Ada', seats: 1 },
  { name: 'Bob', seats: 2 },
];
const shared = { caption: 'Seats of people', columns, rowKey: (row: { name: string }) => row.name };

test('every cell is named by its row and by its column, also where rows are stacked', () => {
  const html = renderToString(<Table {...shared} rows={rows} empty="None." />);
  expect(html).toContain('<caption id="table-seats-of-people">Seats of people</caption>');
  expect(html).toContain('<th role="rowheader" scope="row">Ada</th>');
  expect(html).toContain('<td role="cell" class="number" data-label="Seats"><span>1</span></td>');
  expect(html).not.toContain('None.');
});

test('the order in which rows stand is told', () => {
  const html = renderToString(<Table {...shared} rows={rows} empty="" />);
  expect(html).toContain('aria-sort="descending"><a href="?by=name">Name</a>');
});

test('a table without rows says so across its width, and sums up nothing', () => {
  const html = renderToString(<Table {...shared} rows={[]} empty="Nobody yet." />);
  expect(html).toContain('colspan="2">Nobody yet.</td>');
  expect(html).not.toContain('<tfoot');
});

test('a table that scrolls can be reached by keyboard and is named', () => {
  const html = renderToString(<Table {...shared} narrow="scroll" rows={rows} empty="" />);
  expect(html).toContain(
    '<section class="scroll" aria-labelledby="table-seats-of-people" tabindex="0">',
  );
});

test('a pager leads to the neighbours that there are', () => {
  const pager = (page: number, pages: number) =>
    renderToString(<Pager label="people" page={page} pages={pages} href={(n) => `?p=${n}`} />);
  expect(pager(1, 1)).toBe('');
  expect(pager(1, 2)).not.toContain('rel="prev"');
  expect(pager(1, 2)).toContain('<a rel="next" href="?p=2">');
  expect(pager(2, 2)).toContain('<a rel="prev" href="?p=1">');
  expect(pager(2, 2)).not.toContain('rel="next"');
});
