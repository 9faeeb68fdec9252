import { counted } from '@cairn/kernel/words';
import { Mark } from '../../design/mark.tsx';
import { Day } from '../../design/prose.tsx';
import { Table } from '../../design/table.tsx';
import { type MovedStep, stepId } from './plan-rules.ts';

/** How the phase plan would stand on other days: each step, due now and then. */
export function MovedPlan({ caption, steps }: { caption: string; steps: readonly MovedStep[] }) {
  const late = steps.filter(({ wouldBeLate }) => wouldBeLate).length;
  return (
    <Table
      caption={caption}
      note={
        late === 0 ? 'Nothing would be late.' : `${counted(late, 'step')} would be late already.`
      }
      rows={steps}
      rowKey={stepId}
      empty="No phase has steps yet."
      columns={[
        { head: 'Step', cell: ({ title }) => title },
        { head: 'Due now', kind: 'date', cell: ({ was }) => <Day date={was} /> },
        { head: 'Then due', kind: 'date', cell: ({ becomes }) => <Day date={becomes} /> },
        {
          head: 'Would stand',
          cell: ({ wouldBeLate }) =>
            wouldBeLate ? (
              <Mark shape="diamond" tone="bad">
                late
              </Mark>
            ) : (
              <Mark shape="ring" tone="soft">
                in time
              </Mark>
            ),
        },
      ]}
    />
  );
}
