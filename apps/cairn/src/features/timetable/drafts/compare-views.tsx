import { Actions } from '../../../design/actions.tsx';
import { Table } from '../../../design/table.tsx';
import type { Comparison } from './compare-rules.ts';
import { type Standing, worstOf } from './cost-rules.ts';
import { ComparisonInWords } from './standing-views.tsx';

interface Side {
  readonly name: string;
  readonly href: string;
  readonly standing: Standing;
}

interface ComparePageProps {
  readonly one: Side;
  readonly other: Side;
  readonly comparison: Comparison;
  /** Where the drawing of the second is, with what moved since the first. */
  readonly drawing: string;
  readonly back: string;
  readonly swap: string | undefined;
}

/** Two timetables beside each other: what each is worth, and what differs, in words and drawn. */
export function ComparePage({ one, other, comparison, drawing, back, swap }: ComparePageProps) {
  type Row = readonly [string, (standing: Standing) => string];
  const rows: readonly Row[] = [
    ['Must hold and does not', ({ broken }) => String(broken.length)],
    ['Wishes not met', ({ wishes }) => String(wishes.length)],
    ['Sessions placed', ({ placed, sessions }) => `${placed} of ${sessions}`],
    ['People who lose something', ({ costs }) => `${costs.people.length} of ${costs.caring}`],
    ['The most that anybody loses', ({ values }) => `${worstOf(values) / 10} %`],
    ['Points of interest met', ({ costs }) => `${costs.all - costs.lost} of ${costs.all}`],
  ];
  return (
    <>
      <Table
        caption="Side by side"
        columns={[
          { head: 'What', cell: ([label]: Row) => label },
          { head: one.name, kind: 'number', cell: ([, of]) => of(one.standing) },
          {
            // Two drafts may share a name.
            head: other.name === one.name ? `${other.name} (second)` : other.name,
            kind: 'number',
            cell: ([, of]) => of(other.standing),
          },
        ]}
        rows={rows}
        rowKey={([label]) => label}
        empty=""
      />
      <h2>
        From “{one.name}” to “{other.name}”
      </h2>
      <ComparisonInWords comparison={comparison} />
      <h2>Drawn</h2>
      <p class="quiet">
        “{other.name}”, with what is elsewhere marked. The list above says the same in words.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      <section class="scroll" aria-label="The timetable, drawn" tabIndex={0}>
        <img src={drawing} alt={`${other.name}, drawn; what moved is listed above`} />
      </section>
      <Actions>
        <a href={other.href}>Open “{other.name}”</a>
        <a href={one.href}>Open “{one.name}”</a>
        {swap !== undefined && <a href={swap}>The other way round</a>}
        <a href={back}>All drafts</a>
      </Actions>
    </>
  );
}
