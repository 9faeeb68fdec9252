import type { ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { SpreadBars } from '../../../design/chart.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Facts, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { Summit } from '../../summits/queries.ts';
import { INVITATION_STATES, type InvitationState } from './invitation-rules.ts';
import { invitationWord } from './invitation-words.tsx';
import type { Batch } from './sending-queries.ts';
import { batchTitle, batchWords } from './sending-views.tsx';

interface InvitationsPageProps {
  readonly summit: Summit;
  readonly zone: ZoneName;
  readonly counts: ReadonlyMap<InvitationState, number>;
  readonly spread: ReadonlyMap<string, Record<InvitationState, number>>;
  readonly batches: readonly Batch[];
}

/** Where the invitations stand, how they spread over the communities, and what was sent when. */
export function InvitationsPage({ summit, zone, counts, spread, batches }: InvitationsPageProps) {
  const home = `/s/${summit.slug}/organise`;
  const path = `${home}/invitations`;
  const count = (...states: InvitationState[]): number =>
    states.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
  if (counts.size === 0) {
    return (
      <EmptyState next={{ href: `${home}/people/import`, label: 'Import people' }}>
        Nobody is to be invited yet.
      </EmptyState>
    );
  }
  const { communities } = summit.definition;
  return (
    <>
      <Actions>
        {count('drafted') > 0 && (
          <ActionLink href={`${path}/write?purpose=invitation`} weight="primary">
            Send {count('drafted')} drafted invitations
          </ActionLink>
        )}
        {count('sent', 'opened') > 0 && (
          <ActionLink href={`${path}/write?purpose=reminder`}>
            Remind {count('sent', 'opened')} who have not answered
          </ActionLink>
        )}
      </Actions>
      <Facts
        facts={INVITATION_STATES.filter((state) => count(state) > 0).map((state) => ({
          term: invitationWord(state),
          value: <a href={`${home}/people?state=${state}`}>{count(state)}</a>,
        }))}
      />
      {communities.length > 0 && (
        <SpreadBars
          caption="How the invitations spread over the communities"
          head="Community"
          rows={communities.map(({ key, name, target }) => {
            const states = spread.get(key);
            const sum = (...of: InvitationState[]) =>
              of.reduce((total, state) => total + (states?.[state] ?? 0), 0);
            return {
              label: name,
              target: target && [target.least, target.most],
              parts: [
                { label: 'Accepted', value: sum('accepted') },
                { label: 'Awaiting an answer', value: sum('sent', 'opened', 'unsure') },
                { label: 'Drafted', value: sum('drafted') },
                { label: 'Declined or expired', value: sum('declined', 'expired', 'withdrawn') },
              ],
            };
          })}
        />
      )}
      <Table
        caption="What was sent"
        columns={[
          {
            head: 'Batch',
            namesRow: true,
            cell: (batch) => <a href={`${path}/batches/${batch.id}`}>{batchTitle(batch)}</a>,
          },
          {
            head: 'Begun',
            kind: 'date',
            cell: ({ createdAt }) => <When instant={createdAt} zone={zone} />,
          },
          { head: 'By', cell: ({ author }) => author ?? 'Cairn' },
          { head: 'State', cell: batchWords },
        ]}
        rows={batches}
        rowKey={({ id }) => id}
        empty="Nothing yet."
      />
    </>
  );
}
