import type { ComponentChildren } from 'preact';
import { TABLE_ROLES } from './table-roles.ts';

/** One column of a table of `Row`s. */
export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers stand right-aligned in figures of one width; dates do not break. */
  readonly kind?: 'text' | 'number' | 'date';
  /** The column that names the row; the first one when none says so. */
  readonly namesRow?: boolean;
  /** The page sorted by this column, and whether it is sorted so now. */
  readonly sort?: { readonly href: string; readonly order?: 'ascending' | 'descending' };
  /** The cell under the column in the last row, such as a sum. */
  readonly foot?: ComponentChildren;
}

interface TableProps<Row> {
  readonly caption: string;
  /** Needed where two tables of a page share a caption. */
  readonly id?: string;
  /** Said after the caption, e.g. a count or a unit. */
  readonly note?: ComponentChildren;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The sentence in place of rows. */
  readonly empty: ComponentChildren;
  /** On phones: each row becomes a small list, or the table scrolls sideways in a focusable region. */
  readonly narrow?: 'stack' | 'scroll';
  /** Uses the margin too. */
  readonly wide?: boolean;
}

const idOf = (caption: string): string =>
  `table-${caption.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

const ORDER = { ascending: '↑', descending: '↓' } as const;

function Head<Row>({ column }: { column: Column<Row> }) {
  const { head, kind, sort } = column;
  return (
    <th {...TABLE_ROLES.columnHead} class={kind} aria-sort={sort?.order}>
      {sort === undefined ? head : <a href={sort.href}>{head}</a>}
      {sort?.order !== undefined && (
        <span class="order" aria-hidden="true">
          {ORDER[sort.order]}
        </span>
      )}
    </th>
  );
}

/** A table of rows. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, note, columns, rows, rowKey, empty, narrow = 'stack', wide } = props;
  const naming = Math.max(
    0,
    columns.findIndex(({ namesRow }) => namesRow === true),
  );
  const id = props.id ?? idOf(caption);
  const table = (
    <table
      {...TABLE_ROLES.table}
      class={
        [narrow === 'stack' && 'stacked', narrow === 'stack' && wide && 'wide']
          .filter(Boolean)
          .join(' ') || undefined
      }
    >
      <caption id={id}>
        {caption}
        {note !== undefined && <span class="quiet"> {note}</span>}
      </caption>
      <thead {...TABLE_ROLES.group}>
        <tr {...TABLE_ROLES.row}>
          {columns.map((column) => (
            <Head key={column.head} column={column} />
          ))}
        </tr>
      </thead>
      <tbody {...TABLE_ROLES.group}>
        {rows.length === 0 && (
          <tr {...TABLE_ROLES.row}>
            <td {...TABLE_ROLES.cell} class="nothing" colSpan={columns.length}>
              {empty}
            </td>
          </tr>
        )}
        {rows.map((row) => (
          <tr key={rowKey(row)} {...TABLE_ROLES.row}>
            {columns.map(({ head, cell, kind }, index) =>
              index === naming ? (
                <th key={head} {...TABLE_ROLES.rowHead} class={kind}>
                  {cell(row)}
                </th>
              ) : (
                <td key={head} {...TABLE_ROLES.cell} class={kind} data-label={head}>
                  <span>{cell(row)}</span>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
      {rows.length > 0 && columns.some(({ foot }) => foot !== undefined) && (
        <tfoot {...TABLE_ROLES.group}>
          <tr {...TABLE_ROLES.row}>
            {columns.map(({ head, foot, kind }, index) =>
              index === naming ? (
                <th key={head} {...TABLE_ROLES.rowHead} class={kind}>
                  {foot}
                </th>
              ) : (
                <td
                  key={head}
                  {...TABLE_ROLES.cell}
                  class={kind}
                  data-label={foot === undefined ? undefined : head}
                >
                  <span>{foot}</span>
                </td>
              ),
            )}
          </tr>
        </tfoot>
      )}
    </table>
  );
  if (narrow === 'stack') return table;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section class={wide === true ? 'scroll wide' : 'scroll'} aria-labelledby={id} tabIndex={0}>
      {table}
    </section>
  );
}

interface PagerProps {
  /** What is paged, e.g. “Participants”. */
  readonly label: string;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly href: (page: number) => string;
}

/** The way through a list of several pages; nothing when there is only one. */
export function Pager({ label, page, pages, href }: PagerProps) {
  if (pages <= 1) return null;
  return (
    <nav class="pager" aria-label={`Pages of ${label}`}>
      {page > 1 ? (
        <a rel="prev" href={href(page - 1)}>
          ← Page {page - 1}
        </a>
      ) : (
        <span />
      )}
      <span class="quiet">
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <a rel="next" href={href(page + 1)}>
          Page {page + 1} →
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
