import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { Mark, type Shape, type Tone } from '../../../design/mark.tsx';
import { When } from '../../../design/prose.tsx';
import type { Review } from '../reviews/review-queries.ts';
import { VERDICT_WORDS } from '../reviews/review-rules.ts';
import { SystemLine } from '../threads/happening-views.tsx';
import type { WrittenBy } from '../threads/thread-queries.ts';
import { WriterName } from '../threads/writer-views.tsx';
import { hrefOf, type ProposalPageProps } from './frame-views.tsx';
import type { ProposalVersion } from './proposal-queries.ts';

const VERDICT_MARKS: Readonly<Record<Review['verdict'], readonly [Shape, Tone]>> = {
  approve: ['tick', 'good'],
  request_changes: ['triangle', 'warn'],
  comment: ['dash', 'soft'],
};

/** Who reviewed it, and who was asked. */
export function Reviewed({ proposal, home, zone, reviews, requests, rights }: ProposalPageProps) {
  const open = requests.filter(({ answeredAt }) => answeredAt === null);
  return (
    <section aria-labelledby="reviews">
      <h2 id="reviews">Reviews</h2>
      {reviews.length === 0 && <p class="quiet">Nobody has reviewed it yet.</p>}
      {reviews.length > 0 && (
        <ul>
          {lastWords(reviews).map((review) => {
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
                  {review.isDismissed && `, dismissed: ${review.dismissed?.why ?? ''}`}
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
          <ActionLink href={`${hrefOf(home, proposal.number)}/reviewers`}>
            Ask somebody to review it
          </ActionLink>
        </Actions>
      )}
    </section>
  );
}

/** How each reviewer stands: their last judgement, or their last comment where they gave none. */
const lastWords = (reviews: readonly Review[]): Review[] =>
  [
    ...Map.groupBy(
      reviews,
      ({ author: { personId, accountId }, id }) => personId ?? accountId ?? id,
    ).values(),
  ].flatMap((own) => {
    const last =
      own.findLast(({ verdict, isDismissed }) => verdict !== 'comment' && !isDismissed) ??
      own.at(-1);
    return last === undefined ? [] : [last];
  });

const DOORS: Readonly<Record<string, string>> = {
  git: 'pushed with Git',
  github: 'came from GitHub',
  api: 'made by a program',
};

/** The versions of a proposal, and the commits of the last. */
export function Versions({ proposal, home, zone, versions, commits }: ProposalPageProps) {
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
