import type { ComponentChildren } from 'preact';
import { Glyph, type Shape } from './mark.tsx';

/** What stands where a row and a column cross: a shape, and the word for it. */
export interface Crossing {
  readonly shape: Shape;
  readonly word: string;
  /** Stands out: what the reader looks for at first glance. */
  readonly isStrong?: boolean;
}

export interface CrossColumn {
  readonly key: string;
  readonly head: string;
  /** The page sorted by this column, and whether it is so now. */
  readonly sort: { readonly href: string; readonly isNow: boolean };
}

export interface CrossRow {
  readonly key: string;
  readonly head: ComponentChildren;
  /** By the column's key; nothing was said where there is none. */
  readonly cells: ReadonlyMap<string, Crossing>;
}

interface CrossTableProps {
  readonly id: string;
  readonly caption: string;
  /** Over the heads of the rows. */
  readonly corner: string;
  readonly columns: readonly CrossColumn[];
  /** Numbers of each column, above the rows. */
  readonly sums: readonly {
    readonly head: string;
    readonly count: (column: string) => number;
    /** What is amiss with the number, in a word; undefined where nothing is. */
    readonly amiss?: (column: string) => string | undefined;
  }[];
  readonly rows: readonly CrossRow[];
  /** The word for a cell without anything. */
  readonly silence: string;
  /** What the shapes mean. */
  readonly legend: readonly Crossing[];
}

const Cell = ({ crossing: { shape, word } }: { crossing: Crossing }) => (
  <>
    <Glyph shape={shape} />
    <span class="unseen">{word}</span>
  </>
);

/**
 * Many rows by many columns, one shape in each cell; heads of columns run upwards. For a desk: the
 * same must stand on the page in words too, for phones, where this is not shown.
 */
export function CrossTable(props: CrossTableProps) {
  const { id, caption, corner, columns, sums, rows, silence, legend } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section class="scroll wide cross" aria-labelledby={id} tabIndex={0}>
      <table>
        <caption id={id}>
          {caption}
          <span class="legend small" aria-hidden="true">
            {legend.map((crossing) => (
              <span key={crossing.word} class={crossing.isStrong === true ? 'strong' : undefined}>
                <Glyph shape={crossing.shape} /> {crossing.word}
              </span>
            ))}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map(({ key, head, sort }) => (
              <th key={key} scope="col" aria-sort={sort.isNow ? 'descending' : undefined}>
                <a href={sort.href}>{head}</a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="sums">
          {sums.map(({ head, count, amiss }) => (
            <tr key={head}>
              <th scope="row">{head}</th>
              {columns.map(({ key }) => {
                const word = amiss?.(key);
                return word === undefined ? (
                  <td key={key}>{count(key)}</td>
                ) : (
                  <td key={key} class="warn">
                    {count(key)}
                    <Cell crossing={{ shape: 'triangle', word }} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <tbody>
          {rows.map(({ key, head, cells }) => (
            <tr key={key}>
              <th scope="row">{head}</th>
              {columns.map((column) => {
                const crossing = cells.get(column.key);
                return crossing === undefined ? (
                  <td key={column.key}>
                    <span class="unseen">{silence}</span>
                  </td>
                ) : (
                  <td key={column.key} class={crossing.isStrong === true ? 'strong' : undefined}>
                    <Cell crossing={crossing} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
