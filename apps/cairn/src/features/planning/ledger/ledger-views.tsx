import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Checkbox, NumberField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { DayOf, When } from '../../../design/prose.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import { numberHref, type ThreadKind, threadHref } from '../threads/thread-rules.ts';
import { DEED_KINDS, type DeedKind } from './deed-rules.ts';
import type { LedgerRow } from './ledger-queries.ts';
import { hasNone, type PlacedDeed, type Tally } from './ledger-rules.ts';

const HEADS: Readonly<Record<DeedKind, string>> = {
  opened: 'Opened',
  discussed: 'Discussed',
  reviewed: 'Reviewed',
  merged: 'Merged',
};

/** The page of what one person did; by their id where they have no handle yet. */
const personHref = (
  home: string,
  { handle, personId }: { readonly handle: string | null; readonly personId: string },
): string => `${home}/plan/people/${handle ?? personId}`;

interface LedgerPageProps {
  readonly home: string;
  readonly zone: ZoneName;
  readonly rows: readonly LedgerRow[];
  /** Whoever reads. */
  readonly personId: string;
  readonly isOrganiser: boolean;
  /** Show only those of whom nothing counts yet. */
  readonly onlyNone: boolean;
  readonly commentWords: number;
}

/** Who did what in the plan; the reader first. */
export function LedgerPage(props: LedgerPageProps) {
  const { home, zone, rows, personId, isOrganiser, onlyNone, commentWords } = props;
  const shown = onlyNone ? rows.filter((row) => row.comes && hasNone(row)) : rows;
  const own = shown.filter((row) => row.personId === personId);
  const others = shown.filter((row) => row.personId !== personId);
  const none = rows.filter((row) => row.comes && hasNone(row)).length;
  return (
    <>
      <p>
        {onlyNone ? (
          <a href={`${home}/plan/people`}>Show everybody</a>
        ) : none === 0 ? (
          'Something of everybody who comes counts already.'
        ) : (
          <a href={`${home}/plan/people?show=none`}>
            {counted(none, 'person has', 'people have')} nothing that counts yet
          </a>
        )}
        {isOrganiser && (
          <>
            {' · '}
            <a href={`${home}/organise/ledger`}>What counts, and who is asked</a>
          </>
        )}
      </p>
      <Table
        caption="People of the plan"
        note={counted(shown.length, 'person', 'people')}
        wide
        columns={[
          {
            head: 'Person',
            namesRow: true,
            cell: (row) => (
              <>
                <a href={personHref(home, row)}>
                  <bdi>{row.name}</bdi>
                </a>
                {row.personId === personId && <span class="quiet"> (you)</span>}
              </>
            ),
          },
          ...DEED_KINDS.map((kind) => ({
            head: HEADS[kind],
            kind: 'number' as const,
            cell: (row: LedgerRow) => <Count row={row} kind={kind} home={home} />,
          })),
          { head: 'Contributions', kind: 'number', cell: (row) => row.contributions },
          { head: 'Reviews', kind: 'number', cell: (row) => row.reviews },
          ...(isOrganiser
            ? [
                {
                  head: 'Invited to a review',
                  kind: 'date' as const,
                  cell: ({ askedAt }: LedgerRow) =>
                    askedAt === null ? '' : <DayOf instant={askedAt} zone={zone} />,
                },
              ]
            : []),
        ]}
        rows={[...own, ...others]}
        rowKey={(row) => row.personId}
        empty={onlyNone ? 'Something of everybody counts already.' : 'Nobody comes yet.'}
      />
      <WhatCounts commentWords={commentWords} />
    </>
  );
}

function Count({ row, kind, home }: { row: LedgerRow; kind: DeedKind; home: string }) {
  const count = row.counts[kind];
  if (count === 0) return <span class="quiet">0</span>;
  return (
    <a href={`${personHref(home, row)}?kind=${kind}`}>
      {count}
      <span class="unseen">
        {' '}
        {kind} by {row.name}
      </span>
    </a>
  );
}

const WhatCounts = ({ commentWords }: { commentWords: number }) => (
  <p class="small quiet">
    Counted are web, Git and GitHub alike. As a contribution counts each topic, issue, decision and
    proposal that somebody opened, and each merged proposal that they pushed a version of. As a
    review counts each one of somebody else that they looked at: by a review, a comment on a line,
    or a comment of at least {counted(commentWords, 'word')}. However much one writes about the
    same, it is one review. What is withdrawn or dismissed does not count.
  </p>
);

/** One line of what a person did. */
export interface DeedLine extends PlacedDeed {
  readonly thread: { readonly kind: ThreadKind; readonly title: string } | undefined;
}

interface PersonPageProps {
  readonly home: string;
  readonly zone: ZoneName;
  readonly who: {
    readonly personId: string;
    readonly name: string;
    readonly handle: string | null;
  };
  readonly tally: Tally;
  readonly kind: DeedKind | undefined;
  readonly deeds: readonly DeedLine[];
  readonly page: number;
  readonly pages: number;
  readonly feed: ComponentChildren;
}

const WORDS: Readonly<Record<DeedKind, string>> = {
  opened: 'opened',
  discussed: 'commented on',
  reviewed: 'reviewed',
  merged: 'had merged',
};

/** What one person did, counted and one by one. */
export function PersonPage(props: PersonPageProps) {
  const { home, zone, who, tally, kind, deeds, page, pages, feed } = props;
  const here = personHref(home, who);
  const query = (asked: DeedKind | undefined, at = 1): string => {
    const parts = [asked && `kind=${asked}`, at > 1 && `page=${at}`].filter(Boolean);
    return parts.length === 0 ? here : `${here}?${parts.join('&')}`;
  };
  return (
    <>
      <p>
        {who.handle !== null && <code>@{who.handle}</code>}{' '}
        {counted(tally.contributions, 'contribution')} and {counted(tally.reviews, 'review')} count
        towards the promise. {feed}
      </p>
      <nav aria-label="What to show" class="menu">
        <ul>
          <li>
            <a href={query(undefined)} aria-current={kind === undefined ? 'page' : undefined}>
              All
            </a>
          </li>
          {DEED_KINDS.map((one) => (
            <li key={one}>
              <a href={query(one)} aria-current={kind === one ? 'page' : undefined}>
                {HEADS[one]} {tally.counts[one]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {deeds.length === 0 ? (
        <EmptyState>Nothing of this kind yet.</EmptyState>
      ) : (
        <ul>
          {deeds.map((deed) => (
            <li key={`${deed.kind} ${deed.number} ${deed.ref}`}>
              {WORDS[deed.kind]} <Target deed={deed} home={home} />{' '}
              <span class="quiet">
                <When instant={deed.at} zone={zone} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <Pager label="deeds" page={page} pages={pages} href={(at) => query(kind, at)} />
    </>
  );
}

function Target({ deed, home }: { deed: DeedLine; home: string }) {
  const { thread, number, kind, ref } = deed;
  const base =
    thread === undefined ? numberHref(home, number) : threadHref(home, { ...thread, number });
  const at = ref === '' ? '' : kind === 'discussed' ? `#comment-${ref}` : `#review-${ref}`;
  return (
    <a href={`${base}${at}`}>
      #{number} <bdi>{thread?.title ?? ''}</bdi>
    </a>
  );
}

interface SettingPageProps {
  readonly action: string;
  readonly back: string;
  readonly words: string;
  readonly days: string;
  readonly asks: boolean;
  readonly problems?: readonly Problem[] | undefined;
}

/** What counts, and whether people without a contribution are asked. */
export const SettingPage = ({ action, back, words, days, asks, problems }: SettingPageProps) => (
  <>
    <Form action={action} problems={problems}>
      <NumberField
        name="comment_words"
        label="Words from which on a comment is a review"
        hint="Of a topic, issue, proposal or decision that somebody else opened. Quoted lines do not count."
        value={words}
      />
      <Checkbox
        name="asks"
        label="Invite people of whom nothing counts yet to an open review"
        hint="One mail with one proposal that fits their communities and interests, until something of theirs counts or the summit begins. Everybody can say no more of these."
        checked={asks}
      />
      <NumberField
        name="ask_every_days"
        label="Days between two such mails to one person"
        value={days}
      />
      <Actions>
        <SubmitButton>Save</SubmitButton>
        <a href={back}>Back to the people</a>
      </Actions>
    </Form>
  </>
);
