import { formatProblem, type Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Menu } from '../../../design/layout.tsx';
import { Glyph, Mark, type Shape, type Tone } from '../../../design/mark.tsx';
import { Facts, When } from '../../../design/prose.tsx';
import type { CommitStory } from '../../../platform/git/branch.ts';
import type { Review, ReviewRequest } from '../reviews/review-queries.ts';
import { VERDICT_WORDS } from '../reviews/review-rules.ts';
import { SystemLine } from '../threads/happening-views.tsx';
import type { WrittenBy } from '../threads/thread-queries.ts';
import { WriterName } from '../threads/writer-views.tsx';
import type { Proposal, ProposalVersion } from './proposal-queries.ts';
import type { Approvals, Lack } from './standing-rules.ts';
import { type ChangedFileFacts, changeWords, summaryOf } from './words-rules.ts';

/** What whoever reads may do with a proposal. */
export interface ProposalRights {
  /** Close, reopen, change and describe it. */
  readonly isTheirs: boolean;
  /** Merge it once its rules are met. */
  readonly mayMerge: boolean;
  readonly isOrganiser: boolean;
  /** Comes, and so reviews. */
  readonly mayWrite: boolean;
}

/** Everything that the page of a proposal tells. */
export interface ProposalPageProps {
  readonly proposal: Proposal;
  /** `/s/<summit>` */
  readonly home: string;
  readonly zone: ZoneName;
  readonly author: WrittenBy;
  readonly rights: ProposalRights;
  readonly changes: readonly ChangedFileFacts[];
  readonly versions: readonly (ProposalVersion & { readonly by: WrittenBy })[];
  readonly commits: readonly CommitStory[];
  readonly reviews: readonly Review[];
  readonly requests: readonly ReviewRequest[];
  /** How it stands to main; undefined for one that is not open. */
  readonly standing:
    | {
        readonly may: boolean;
        readonly lacks: readonly Lack[];
        readonly approvals: readonly Approvals[];
        readonly conflicts: readonly string[];
        readonly problems: readonly Problem[];
        /** Main has moved on since the branch left it. */
        readonly isBehind: boolean;
      }
    | undefined;
  readonly people: ReadonlyMap<string, WrittenBy>;
  /** What was wrong with the last attempt to merge, and the reason that was typed. */
  readonly refused: { readonly problems: readonly Problem[]; readonly despite: string } | undefined;
  readonly conversation: ComponentChildren;
}

const STATES: Readonly<Record<Proposal['state'], readonly [Shape, Tone, string]>> = {
  open: ['ring', 'soft', 'Open'],
  merged: ['tick', 'good', 'Merged'],
  closed: ['cross', 'warn', 'Closed without merging'],
};

/** The state of a proposal as shape and word. */
export function ProposalMark({ state }: { state: Proposal['state'] }) {
  const [shape, tone, word] = STATES[state];
  return (
    <Mark shape={shape} tone={tone}>
      {word}
    </Mark>
  );
}

const hrefOf = (home: string, number: number): string => `${home}/plan/proposals/${number}`;

/** The parts of a proposal’s page. */
export const ProposalMenu = ({
  home,
  number,
  current,
  isOpen,
}: {
  home: string;
  number: number;
  current: 'proposal' | 'edit' | 'conflicts';
  isOpen: boolean;
}) => (
  <Menu
    label="Proposal"
    items={[
      { href: hrefOf(home, number), label: 'Proposal', current: current === 'proposal' },
      { href: `${hrefOf(home, number)}/changes`, label: 'Changes and review' },
      ...(isOpen
        ? [
            {
              href: `${hrefOf(home, number)}/files`,
              label: 'Edit files',
              current: current === 'edit',
            },
          ]
        : []),
    ]}
  />
);

/** The page of a proposal: what it changes, what it still needs, who looked at it, what was said. */
export function ProposalPage(props: ProposalPageProps) {
  const { proposal, home, zone, author, standing, conversation } = props;
  return (
    <>
      <ProposalMenu
        home={home}
        number={proposal.number}
        current="proposal"
        isOpen={proposal.state === 'open'}
      />
      <Facts
        facts={[
          { term: 'State', value: <ProposalMark state={proposal.state} /> },
          { term: 'By', value: <WriterName by={author} home={home} /> },
          { term: 'Branch', value: <code>{proposal.branch}</code> },
          ...(proposal.state === 'merged' ? mergedFacts(props) : []),
          {
            term: 'Opened',
            value: <When instant={proposal.createdAt} zone={zone} />,
          },
        ]}
      />
      <Changed {...props} />
      {standing !== undefined && <Needed {...props} standing={standing} />}
      <Reviewed {...props} />
      <Versions {...props} />
      {conversation}
      <Ending {...props} />
    </>
  );
}

function mergedFacts({ proposal, people, home, zone }: ProposalPageProps) {
  const { mergedAt, mergedBy, mergeCommit, mergedDespite } = proposal;
  const by = mergedBy === null ? undefined : people.get(mergedBy);
  return [
    {
      term: 'Merged',
      value: (
        <>
          {mergedAt !== null && <When instant={mergedAt} zone={zone} />}
          {by !== undefined && (
            <>
              {' by '}
              <WriterName by={by} home={home} />
            </>
          )}
          {mergeCommit !== null && (
            <>
              {', as '}
              <a href={`${home}/plan/commits/${mergeCommit}`}>
                <code>{mergeCommit.slice(0, 10)}</code>
              </a>
            </>
          )}
        </>
      ),
    },
    ...(mergedDespite === ''
      ? []
      : [{ term: 'Before its rules were met, because', value: mergedDespite }]),
  ];
}

function Changed({ proposal, home, changes }: ProposalPageProps) {
  return (
    <section aria-labelledby="what-changes">
      <h2 id="what-changes">What it changes</h2>
      <p>{summaryOf(changes)}</p>
      {changes.length > 0 && (
        <>
          <ul>
            {changes.slice(0, MOST_SHOWN).map((file) => (
              <li key={file.path}>{changeWords(file)}</li>
            ))}
            {changes.length > MOST_SHOWN && <li>and {changes.length - MOST_SHOWN} more</li>}
          </ul>
          <Actions>
            <ActionLink href={`${hrefOf(home, proposal.number)}/changes`}>
              Read the changes and review
            </ActionLink>
          </Actions>
        </>
      )}
    </section>
  );
}

/** Files that are named on the page; the page of changes has them all. */
const MOST_SHOWN = 30;

type Standing = NonNullable<ProposalPageProps['standing']>;

function Needed({ standing, ...props }: ProposalPageProps & { standing: Standing }) {
  const { proposal, home, rights, people } = props;
  const { may, lacks, approvals, conflicts, problems, isBehind } = standing;
  const href = hrefOf(home, proposal.number);
  return (
    <section aria-labelledby="what-it-needs">
      <h2 id="what-it-needs">What it still needs</h2>
      {may ? (
        <p>
          <Mark shape="tick" tone="good">
            Nothing: it can be merged.
          </Mark>
        </p>
      ) : (
        <ul class="lacks">
          {lacks.map(({ code, sentence }) => (
            <li key={sentence} data-code={code}>
              <Glyph shape="ring" /> {sentence}
            </li>
          ))}
        </ul>
      )}
      {approvals.some(({ given }) => given.length > 0) && (
        <ul class="quiet">
          {approvals
            .filter(({ given }) => given.length > 0)
            .map(({ areas, needed, given }) => (
              <li key={areas.join(' ')}>
                For {listed(areas)}: {given.length} of {counted(needed, 'approval')}, by{' '}
                {given.map((person, index) => (
                  <span key={person}>
                    {index > 0 && ', '}
                    <WriterName by={people.get(person) ?? NOBODY} home={home} />
                  </span>
                ))}
              </li>
            ))}
        </ul>
      )}
      {problems.length > 0 && (
        <details open>
          <summary>What the check would find after the merge</summary>
          <ul>
            {problems.slice(0, MOST_SHOWN).map((each) => (
              <li key={formatProblem(each)}>{formatProblem(each)}</li>
            ))}
            {problems.length > MOST_SHOWN && <li>and {problems.length - MOST_SHOWN} more</li>}
          </ul>
        </details>
      )}
      {conflicts.length > 0 && rights.isTheirs && (
        <Actions>
          <ActionLink href={`${href}/conflicts`} weight="primary">
            Mend the conflict
          </ActionLink>
        </Actions>
      )}
      {isBehind && conflicts.length === 0 && rights.isTheirs && (
        <Form action={`${href}/update`} label="Update from main">
          <HiddenField name="version" value={String(proposal.version)} />
          <Actions>
            <SubmitButton weight="ordinary">Bring main into the branch</SubmitButton>
          </Actions>
          <p class="quiet small">
            Main has moved on. Merging brings both together by itself; this only helps whoever works
            on the branch. Approvals stay.
          </p>
        </Form>
      )}
      <Merging standing={standing} {...props} />
    </section>
  );
}

const NOBODY: WrittenBy = {
  personId: null,
  name: null,
  handle: null,
  accountId: null,
  login: 'somebody',
};

function Merging({ standing, ...props }: ProposalPageProps & { standing: Standing }) {
  const { proposal, home, rights, refused, people } = props;
  const { may, lacks } = standing;
  const href = hrefOf(home, proposal.number);
  const asked = proposal.mergeAskedBy;
  if (!rights.mayMerge) {
    return <p class="quiet">Its author, a lead of what it touches, or an organiser merges it.</p>;
  }
  const mayWaive =
    rights.isOrganiser && lacks.length > 0 && lacks.every((each) => each.mayBeWaived);
  const version = String(proposal.version);
  return (
    <>
      {(may || mayWaive) && (
        <Form action={`${href}/merge`} problems={refused?.problems} label="Merge">
          <HiddenField name="version" value={version} />
          {mayWaive && (
            <TextArea
              name="despite"
              label="Why is it to be merged all the same?"
              hint="Organisers may; the reason is kept and shown."
              value={refused?.despite}
              rows={2}
            />
          )}
          <Actions>
            <SubmitButton weight={may ? 'primary' : 'ordinary'}>
              {may ? 'Merge' : 'Merge before its rules are met'}
            </SubmitButton>
          </Actions>
        </Form>
      )}
      {!may && asked === null && (
        <Form action={`${href}/merge-when-ready`} label="Merge when ready">
          <HiddenField name="version" value={version} />
          <Actions>
            <SubmitButton name="do" value="ask" weight="ordinary">
              Merge by itself once it needs nothing more
            </SubmitButton>
          </Actions>
        </Form>
      )}
      {asked !== null && (
        <Form action={`${href}/merge-when-ready`} label="Merge when ready">
          <HiddenField name="version" value={version} />
          <p>
            <WriterName by={people.get(asked) ?? NOBODY} home={home} /> asked that it be merged by
            itself once it needs nothing more. A new version takes that back.
          </p>
          <Actions>
            <SubmitButton name="do" value="unask" weight="ordinary">
              Wait for somebody to merge it
            </SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}

const VERDICT_MARKS: Readonly<Record<Review['verdict'], readonly [Shape, Tone]>> = {
  approve: ['tick', 'good'],
  request_changes: ['triangle', 'warn'],
  comment: ['dash', 'soft'],
};

function Reviewed({ proposal, home, zone, reviews, requests, rights }: ProposalPageProps) {
  const open = requests.filter(({ answeredAt }) => answeredAt === null);
  const changes = `${hrefOf(home, proposal.number)}/changes`;
  return (
    <section aria-labelledby="reviews">
      <h2 id="reviews">Reviews</h2>
      {reviews.length === 0 && <p class="quiet">Nobody has reviewed it yet.</p>}
      {reviews.length > 0 && (
        <ul>
          {reviews.map((review) => {
            const [shape, tone] = VERDICT_MARKS[review.verdict];
            return (
              <li key={review.id}>
                <Mark shape={shape} tone={tone}>
                  <WriterName by={review.author} home={home} /> {VERDICT_WORDS[review.verdict]}
                </Mark>{' '}
                <span class="quiet small">
                  version {review.version}
                  {review.version < proposal.version && ' (an earlier one)'},{' '}
                  <When instant={review.at} zone={zone} />
                  {review.isDismissed && `, set aside: ${review.dismissed?.why ?? ''}`}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {open.length > 0 && (
        <p>
          Asked and awaited:{' '}
          {open.map(({ personId, name, handle }, index) => (
            <span key={personId}>
              {index > 0 && ', '}
              <WriterName
                by={{ personId, name, handle, accountId: null, login: null }}
                home={home}
              />
            </span>
          ))}
        </p>
      )}
      {proposal.state === 'open' && rights.mayWrite && (
        <Actions>
          <ActionLink href={changes}>Review it</ActionLink>
          <ActionLink href={`${hrefOf(home, proposal.number)}/reviewers`}>
            Ask somebody to review it
          </ActionLink>
        </Actions>
      )}
    </section>
  );
}

const DOORS: Readonly<Record<string, string>> = {
  git: 'pushed with Git',
  github: 'came from GitHub',
  api: 'made by a program',
};

function Versions({ proposal, home, zone, versions, commits }: ProposalPageProps) {
  const changes = `${hrefOf(home, proposal.number)}/changes`;
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">Versions</h2>
      <ol class="versions">
        {versions.map(({ version, at, by, door, head, changeId }, index) => (
          <li key={version} id={`version-${version}`}>
            <a href={`${changes}?to=${version}`}>Version {version}</a>{' '}
            <span class="small">
              {DOORS[door] ?? 'made in the browser'} by <WriterName by={by} home={home} />,{' '}
              <When instant={at} zone={zone} />, at <code>{head.slice(0, 10)}</code>
              {index > 0 && (
                <>
                  {' · '}
                  {versions[index - 1]?.changeId === changeId ? (
                    'changes the same as the one before'
                  ) : (
                    <a href={`${changes}?from=${version - 1}&to=${version}`}>
                      what is new<span class="unseen"> in version {version}</span>
                    </a>
                  )}
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      <details>
        <summary>{counted(commits.length, 'commit')}</summary>
        <ul>
          {commits.map(({ oid, subject, author }) => (
            <li key={oid}>
              <a href={`${home}/plan/commits/${oid}`}>
                <code>{oid.slice(0, 10)}</code>
              </a>{' '}
              {subject === '' ? 'without a message' : subject}, <bdi>{author.name}</bdi>,{' '}
              <When instant={author.at} zone={zone} />
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

/** What can be done with the proposal as a whole. */
function Ending({ proposal, home, rights }: ProposalPageProps) {
  if (!rights.isTheirs || proposal.state === 'merged') return null;
  const href = hrefOf(home, proposal.number);
  const isOpen = proposal.state === 'open';
  return (
    <section aria-labelledby="ending">
      <h2 id="ending">{isOpen ? 'Close it' : 'Open it again'}</h2>
      <Form action={`${href}/state`} label={isOpen ? 'Close' : 'Reopen'}>
        <p class="quiet">
          {isOpen
            ? 'It stays to be read, and can be opened again.'
            : 'It is then as it was, with all of its versions.'}
        </p>
        <Actions>
          <SubmitButton name="do" value={isOpen ? 'close' : 'reopen'} weight="ordinary">
            {isOpen ? 'Close without merging' : 'Reopen'}
          </SubmitButton>
        </Actions>
      </Form>
    </section>
  );
}

/** A version, told in the conversation. */
export const VersionLine = ({
  version,
  by,
  href,
  home,
  zone,
}: {
  version: ProposalVersion;
  by: WrittenBy;
  href: string;
  home: string;
  zone: ZoneName;
}) => (
  <SystemLine shape="diamond">
    <WriterName by={by} home={home} /> made{' '}
    <a href={`${href}/changes?from=${version.version - 1}&to=${version.version}`}>
      version {version.version}
    </a>{' '}
    <span class="quiet">
      <When instant={version.at} zone={zone} />
    </span>
  </SystemLine>
);
