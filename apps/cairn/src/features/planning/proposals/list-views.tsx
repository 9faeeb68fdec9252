import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Menu } from '../../../design/layout.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { WrittenBy } from '../threads/thread-queries.ts';
import { WriterName } from '../threads/writer-views.tsx';
import { ProposalMark } from './frame-views.tsx';
import type { Proposal } from './proposal-queries.ts';

/** Which proposals a list shows. */
export const LISTS = [
  ['open', 'Open'],
  ['review', 'Awaiting my review'],
  ['mine', 'Mine'],
  ['merged', 'Merged'],
  ['closed', 'Closed'],
  ['all', 'All'],
] as const;
export type ListName = (typeof LISTS)[number][0];

interface ProposalListProps {
  readonly home: string;
  readonly zone: ZoneName;
  readonly shown: ListName;
  readonly proposals: readonly (Proposal & { readonly author: WrittenBy })[];
  readonly mayWrite: boolean;
}

const EMPTY: Readonly<Record<ListName, string>> = {
  open: 'Nothing is proposed at the moment.',
  review: 'Nobody awaits a review of yours.',
  mine: 'You have proposed nothing yet.',
  merged: 'No proposal was merged yet.',
  closed: 'None was closed without merging.',
  all: 'Nobody has proposed anything yet.',
};

/** Proposals of a plan, those of which something was last heard first. */
export function ProposalListPage({ home, zone, shown, proposals, mayWrite }: ProposalListProps) {
  const here = `${home}/plan/proposals`;
  return (
    <>
      {mayWrite && (
        <Actions>
          <ActionLink href={`${here}/new`} weight="primary">
            Propose a change
          </ActionLink>
        </Actions>
      )}
      <Menu
        label="Which proposals"
        items={LISTS.map(([name, label]) => ({
          href: name === 'open' ? here : `${here}?show=${name}`,
          label,
          current: name === shown,
        }))}
      />
      {proposals.length === 0 ? (
        <EmptyState>{EMPTY[shown]}</EmptyState>
      ) : (
        <ProposalTable {...{ home, zone, proposals }} caption="Proposals" />
      )}
    </>
  );
}

function ProposalTable({
  home,
  zone,
  proposals,
  caption,
}: Pick<ProposalListProps, 'home' | 'zone' | 'proposals'> & { caption: string }) {
  return (
    <Table
      caption={caption}
      note={counted(proposals.length, 'proposal')}
      rows={proposals}
      rowKey={({ number }) => String(number)}
      empty="None."
      columns={[
        {
          head: 'Proposal',
          namesRow: true,
          cell: ({ number, title }) => (
            <a href={`${home}/plan/proposals/${number}`}>
              #{number} {title}
            </a>
          ),
        },
        { head: 'By', cell: ({ author }) => <WriterName by={author} home={home} /> },
        { head: 'State', cell: ({ state }) => <ProposalMark state={state} /> },
        { head: 'Version', kind: 'number', cell: ({ version }) => version },
        {
          head: 'Last heard of',
          kind: 'date',
          cell: ({ updatedAt }) => <When instant={updatedAt} zone={zone} />,
        },
      ]}
    />
  );
}
