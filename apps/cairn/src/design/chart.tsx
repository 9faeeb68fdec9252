import { Mark } from './mark.tsx';
import { TABLE_ROLES } from './table-roles.ts';

/** One community: what was hoped for, and how many stand where. */
export interface SpreadRow {
  readonly label: string;
  /** At least and at most how many of the first part are wanted. */
  readonly target?: readonly [number, number] | undefined;
  /** The same parts, in the same order, in every row. */
  readonly parts: readonly { readonly label: string; readonly value: number }[];
}

interface SpreadBarsProps {
  readonly caption: string;
  /** What the rows are: “Community”. */
  readonly head: string;
  readonly rows: readonly SpreadRow[];
}

/** How far a count is from its target, in words and shape. */
function Distance({
  value,
  target: [min, max],
}: {
  value: number;
  target: readonly [number, number];
}) {
  if (value < min)
    return (
      <Mark shape="triangle" tone="warn">
        {min - value} short
      </Mark>
    );
  if (value > max)
    return (
      <Mark shape="diamond" tone="warn">
        {value - max} over
      </Mark>
    );
  return (
    <Mark shape="tick" tone="good">
      met
    </Mark>
  );
}

const FILLS = ['ink', 'mid', 'pale'] as const;

/**
 * Small multiples: one column of bars for each part, all to one scale, the target drawn as a bracket
 * over the first. The bars repeat numbers that the table's cells hold, so they are hidden from
 * screen readers.
 */
export function SpreadBars({ caption, head, rows }: SpreadBarsProps) {
  const heads = rows[0]?.parts.map(({ label }) => label) ?? [];
  const hasTargets = rows.some(({ target }) => target !== undefined);
  const most = Math.max(
    1,
    ...rows.flatMap(({ target, parts }) => [target?.[1] ?? 0, ...parts.map(({ value }) => value)]),
  );
  const x = (n: number) => (100 * n) / most;
  return (
    <table {...TABLE_ROLES.table} class="bars spread stacked wide">
      <caption>
        {caption}
        {hasTargets && <span class="quiet">the bracket is what was wanted</span>}
      </caption>
      <thead {...TABLE_ROLES.group}>
        <tr {...TABLE_ROLES.row}>
          <th {...TABLE_ROLES.columnHead}>{head}</th>
          {hasTargets && <th {...TABLE_ROLES.columnHead}>Wanted</th>}
          {heads.map((label) => (
            <th key={label} {...TABLE_ROLES.columnHead}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...TABLE_ROLES.group}>
        {rows.map(({ label, target, parts }) => (
          <tr key={label} {...TABLE_ROLES.row}>
            <th {...TABLE_ROLES.rowHead}>{label}</th>
            {hasTargets && (
              <td {...TABLE_ROLES.cell} class="wanted" data-label="Wanted">
                {target !== undefined && (
                  <span>
                    <span class="range">
                      {target[0] === target[1] ? target[0] : `${target[0]}–${target[1]}`}
                    </span>{' '}
                    <Distance value={parts[0]?.value ?? 0} target={target} />
                  </span>
                )}
              </td>
            )}
            {parts.map((part, index) => (
              <td key={part.label} {...TABLE_ROLES.cell} class="bar" data-label={part.label}>
                <span class="count">{part.value}</span>
                <svg
                  class="chart"
                  viewBox="0 0 100 10"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                >
                  <line class="axis" x1="0" y1="0" x2="0" y2="10" />
                  <rect
                    class={FILLS[index] ?? 'pale'}
                    x="0"
                    y="2"
                    width={x(part.value)}
                    height="6"
                  />
                  {index === 0 && target !== undefined && (
                    <path
                      class="goal"
                      d={`M${x(target[0])} 0V10M${x(target[1])} 0V10M${x(target[0])} 9.800H${x(target[1])}`}
                    />
                  )}
                </svg>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HistogramProps {
  readonly caption: string;
  /** Bins of one width, one after another, from the smallest on. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  /** A value that is drawn as a line; what lies beyond it stands out. */
  readonly mark: number;
  readonly markLabel: string;
  /** A value of the axis in words. */
  readonly label: (value: number) => string;
}

/**
 * How often which value comes, and where a limit lies among them. The page says the numbers that matter in words, so
 * the bars are hidden from screen readers.
 */
export function Histogram({ caption, bins, mark, markLabel, label }: HistogramProps) {
  const [from = 0, to = 1] = [bins[0]?.from, bins.at(-1)?.to];
  const width = Math.max(1, to - from);
  // A limit that is far away would squeeze the bars to nothing; then words alone say where it is.
  const isNear = mark >= from - width && mark <= to + width;
  const [least, most] = isNear ? [Math.min(from, mark), Math.max(to, mark)] : [from, to];
  const x = (value: number) => (100 * (value - least)) / Math.max(1, most - least);
  const highest = Math.max(1, ...bins.map(({ count }) => count));
  return (
    <figure class="histogram">
      <figcaption>{caption}</figcaption>
      <svg class="chart" viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">
        {bins.map((bin) => (
          <rect
            key={bin.from}
            class={bin.from >= mark ? 'over' : 'ink'}
            x={x(bin.from)}
            y={40 - (38 * bin.count) / highest}
            width={x(bin.to) - x(bin.from)}
            height={(38 * bin.count) / highest}
          />
        ))}
        <line class="axis" x1="0" y1="40" x2="100" y2="40" />
        {isNear && <line class="cap" x1={x(mark)} y1="0" x2={x(mark)} y2="40" />}
      </svg>
      <p class="small quiet">
        From {label(from)} to {label(to)}; {markLabel}
        {isNear ? ' (the line)' : mark > to ? ' (far above)' : ' (far below)'}.
      </p>
    </figure>
  );
}
