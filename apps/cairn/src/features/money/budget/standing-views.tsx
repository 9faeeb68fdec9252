import { type Currency, formatMoney } from '@cairn/kernel/money';
import { TABLE_ROLES } from '../../../design/table-roles.ts';
import type { Standing } from '../journal/journal-rules.ts';

/** One line, drawn as how much of what was given stands where. */
export interface StandingRow {
  readonly key: string;
  readonly label: string;
  readonly currency: Currency;
  readonly standing: Standing;
}

/**
 * A bar for each line, each to its own scale: paid, then owed or asked for, then committed, then what is left; what is
 * beyond the funder's money in another colour. The words beside the bar say the same.
 */
export function StandingBars({ rows }: { rows: readonly StandingRow[] }) {
  return (
    <table {...TABLE_ROLES.table} class="bars stacked wide">
      <caption>
        How far the money is spoken for
        <span class="quiet">
          dark: paid; grey: approved or claimed; outlined: committed; the line is what was given
        </span>
      </caption>
      <tbody {...TABLE_ROLES.group}>
        {rows.map((row) => (
          <tr key={row.key} {...TABLE_ROLES.row}>
            <th {...TABLE_ROLES.rowHead}>{row.label}</th>
            <td {...TABLE_ROLES.cell} data-label="Left">
              <span>{leftWords(row)}</span>
            </td>
            <td {...TABLE_ROLES.cell}>
              <StandingBar standing={row.standing} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const leftWords = ({ standing: { left, granted }, currency }: StandingRow): string =>
  left < 0
    ? `${formatMoney(-left, currency)} too much of ${formatMoney(granted, currency)}`
    : `${formatMoney(left, currency)} left of ${formatMoney(granted, currency)}`;

function StandingBar({
  standing: { granted, committed, claimed, approved, paid },
}: {
  standing: Standing;
}) {
  const parts = [
    ['ink', paid],
    ['mid', approved + claimed],
    ['pale', committed],
  ] as const;
  const all = committed + claimed + approved + paid;
  const full = Math.max(1, granted, all);
  const x = (minor: number) => (100 * minor) / full;
  let from = 0;
  return (
    <svg class="chart" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <line class="axis" x1="0" y1="9.500" x2={x(granted)} y2="9.500" />
      {parts.map(([look, minor]) => {
        const start = from;
        from += minor;
        return minor <= 0 ? null : (
          <rect key={look} class={look} x={x(start)} y="2" width={x(minor)} height="7" />
        );
      })}
      {all > granted && (
        <rect class="over" x={x(granted)} y="2" width={x(all - granted)} height="7" />
      )}
      <line class="cap" x1={x(granted)} y1="0" x2={x(granted)} y2="10" />
    </svg>
  );
}
