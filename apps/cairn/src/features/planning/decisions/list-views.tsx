import { parseDate, type ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Day } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { DecisionBadge } from './badge-views.tsx';
import type { Decision } from './decision-queries.ts';

interface DecisionListProps {
  /** `/s/<summit>/plan`. */
  readonly plan: string;
  readonly zone: ZoneName;
  readonly decisions: readonly Decision[];
  readonly mayRecord: boolean;
  /** How long windows are. */
  readonly windowDays: number;
}

/** All decisions of a plan, those that are open first. */
export function DecisionList({ plan, zone, decisions, mayRecord, windowDays }: DecisionListProps) {
  const record = { href: `${plan}/decisions/new`, label: 'Record a decision' };
  return (
    <>
      <p>
        What is decided in a room is provisional for {counted(windowDays, 'day')}. Until then
        everybody who comes can object, with a reason; then it is ratified, or reopened where an
        objection stands.
      </p>
      {mayRecord && (
        <Actions>
          <ActionLink href={record.href} weight="primary">
            {record.label}
          </ActionLink>
        </Actions>
      )}
      {decisions.length === 0 ? (
        <EmptyState next={mayRecord ? record : undefined}>
          No decision has been recorded yet.
        </EmptyState>
      ) : (
        <Table
          caption="Decisions"
          note={counted(decisions.length, 'decision')}
          wide
          rows={decisions}
          rowKey={({ number }) => String(number)}
          empty=""
          columns={[
            {
              head: 'Decision',
              namesRow: true,
              cell: ({ number, title }) => (
                <>
                  <a href={`${plan}/decisions/${number}`}>{title}</a>{' '}
                  <span class="quiet">#{number}</span>
                </>
              ),
            },
            {
              head: 'Stands',
              cell: (decision) => <DecisionBadge decision={decision} zone={zone} />,
            },
            { head: 'Objections', cell: ({ standing }) => objectionWords(standing) },
            { head: 'Made', kind: 'date', cell: (decision) => <MadeOn decision={decision} /> },
            { head: 'Where', cell: ({ document }) => document?.where ?? 'its document is gone' },
          ]}
        />
      )}
    </>
  );
}

const objectionWords = (standing: number): string =>
  standing === 0 ? 'none stands' : `${standing} ${standing === 1 ? 'stands' : 'stand'}`;

/** The day on which a decision was made. */
export function MadeOn({ decision: { document } }: { decision: Pick<Decision, 'document'> }) {
  const day = parseDate(document?.made ?? '');
  return day.ok ? <Day date={day.value} /> : 'not said';
}

/** Decisions in a few lines, for the page of what they are about. */
export const DecisionLines = ({
  plan,
  zone,
  decisions,
}: Pick<DecisionListProps, 'plan' | 'zone' | 'decisions'>) => (
  <ul>
    {decisions.map((decision) => (
      <li key={decision.number}>
        <a href={`${plan}/decisions/${decision.number}`}>{decision.title}</a>{' '}
        <DecisionBadge decision={decision} zone={zone} />
      </li>
    ))}
  </ul>
);
