import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Progress } from '../../../design/progress.tsx';
import type { Comparison } from '../drafts/compare-rules.ts';
import { isWorstProven, type Standing } from '../drafts/cost-rules.ts';
import type { Draft } from '../drafts/draft-queries.ts';
import {
  BrokenInWords,
  ComparisonInWords,
  CostsInWords,
  HoldsMark,
  PeopleCosts,
  Sentences,
} from '../drafts/standing-views.tsx';
import type { TimetableSearch } from './search-queries.ts';
import type { RepairOffer } from './search-schema.ts';
import { stageWords } from './stage-rules.ts';

interface ProgressPageProps {
  readonly search: TimetableSearch;
  readonly href: string;
  /** The page looks again by itself; it stops after a while. */
  readonly looksAgain: boolean;
}

/** A search that is not over. */
export function SearchProgressPage({ search, href, looksAgain }: ProgressPageProps) {
  const { progress } = search;
  const isCounted = progress !== undefined && progress.of > 0;
  return (
    <div data-search={`${href}/live`}>
      <Progress
        label={search.kind === 'repair' ? 'Looking for a repair' : 'Looking for timetables'}
        {...(isCounted ? { done: progress.done, total: progress.of } : {})}
      >
        <span data-stage role="status">
          {stageWords(progress)}
        </span>
      </Progress>
      <p>
        {looksAgain
          ? 'This page looks again by itself.'
          : 'This takes long; the page has stopped looking again by itself.'}{' '}
        You may leave it, the search goes on. <a href={href}>Look again</a>
      </p>
      <Form action={`${href}/cancel`} label="Cancel the search">
        <Actions>
          <SubmitButton weight="danger">Cancel the search</SubmitButton>
        </Actions>
      </Form>
    </div>
  );
}

/** What cannot hold together, in words. */
const ConflictInWords = ({ sentences }: { sentences: readonly string[] }) =>
  sentences.length === 0 ? null : (
    <>
      <h2>Why not all can hold</h2>
      <Sentences of={sentences} rest="reasons" />
    </>
  );

export interface ShownProposal {
  readonly draft: Draft;
  readonly standing: Standing;
  readonly proof: readonly string[];
  /** Against what the search began from, where it began from something. */
  readonly comparison: Comparison | undefined;
}

interface FoundPageProps {
  readonly search: TimetableSearch;
  /** `/s/<summit>/organise/timetable`. */
  readonly home: string;
  readonly proposals: readonly ShownProposal[];
  readonly baseName: string | undefined;
}

/** What a search found: its proposals, best first, each with what it costs whom. */
export function FoundPage({ search, home, proposals, baseName }: FoundPageProps) {
  const { result } = search;
  return (
    <>
      {result?.isCut === true && (
        <p>
          Proving took too long and was ended; what was found is kept, and less is proven of it.
        </p>
      )}
      <ConflictInWords sentences={result?.conflict ?? []} />
      {proposals.length === 0 && <p>Its drafts were discarded since.</p>}
      {proposals.map((proposal, index) => (
        <Proposal
          key={proposal.draft.id}
          {...{ ...proposal, home, baseName }}
          rank={index + 1}
          next={proposals[index + 1]?.draft}
        />
      ))}
      <Actions>
        <a href={`${home}/drafts`}>All drafts</a>
      </Actions>
    </>
  );
}

function Proposal({
  draft,
  standing,
  proof,
  comparison,
  home,
  baseName,
  rank,
  next,
}: ShownProposal & {
  readonly home: string;
  readonly baseName: string | undefined;
  readonly rank: number;
  readonly next: Draft | undefined;
}) {
  const href = `${home}/drafts/${draft.id}`;
  const isProven = draft.revision === 0 && proof.length > 0 && isWorstProven(draft.made);
  return (
    <section aria-labelledby={`proposal-${rank}`}>
      <h2 id={`proposal-${rank}`}>
        {rank}. {draft.name}
      </h2>
      <p>
        <HoldsMark standing={standing} />
      </p>
      <BrokenInWords standing={standing} />
      <CostsInWords
        costs={standing.costs}
        proof={
          isProven && standing.costs.people.length > 0
            ? 'No plan has anybody lose less.'
            : undefined
        }
      />
      <PeopleCosts costs={standing.costs} />
      {proof.map((sentence) => (
        <p key={sentence} class="quiet">
          {sentence}
        </p>
      ))}
      {comparison !== undefined && (
        <details>
          <summary>
            {counted(comparison.moved.length, 'session')} elsewhere than in “{baseName}”
          </summary>
          <ComparisonInWords comparison={comparison} />
        </details>
      )}
      <Actions>
        <ActionLink href={href} weight={rank === 1 ? 'primary' : 'ordinary'}>
          Open “{draft.name}”
        </ActionLink>
        {next !== undefined && (
          <a href={`${href}/compare/${next.id}`}>Compare with “{next.name}”</a>
        )}
      </Actions>
    </section>
  );
}

export interface ShownOffer {
  readonly offer: RepairOffer;
  readonly standing: Standing;
  readonly comparison: Comparison;
}

interface OffersPageProps {
  readonly search: TimetableSearch;
  readonly home: string;
  readonly offers: readonly ShownOffer[];
  readonly baseName: string;
  /** Something has changed since it was sought. */
  readonly isStale: boolean;
}

/** The ways to mend a timetable, each with its moves, before any is made. */
export function OffersPage({ search, home, offers, baseName, isStale }: OffersPageProps) {
  const { result } = search;
  return (
    <>
      <p>
        Nothing is changed yet. Each way becomes a draft when you choose it; only releasing the
        draft tells anybody, and then only those who are moved.
      </p>
      {isStale && (
        <p role="alert">
          Sessions, people or rooms have changed since this was sought.{' '}
          <a href={`${home}/repair`}>Look again</a>
        </p>
      )}
      <p class="strong">{result?.sentences.join(' ')}</p>
      <ConflictInWords sentences={result?.conflict ?? []} />
      {offers.map(({ offer, standing, comparison }, index) => (
        <section key={offer.more} aria-labelledby={`offer-${index}`}>
          <h2 id={`offer-${index}`}>
            {offer.more === 0
              ? 'Fewest moved'
              : `Up to ${offer.more} more moved, for a better week`}
          </h2>
          <p>
            <HoldsMark standing={standing} />{' '}
            {offer.isBest && 'No timetable with as few moves is better.'}
          </p>
          <BrokenInWords standing={standing} />
          {standing.broken.length > 0 && (
            <p class="quiet">
              What has begun stays as it is, and what is in open space is moved by whoever put it
              there.
            </p>
          )}
          <ComparisonInWords comparison={comparison} />
          <p>{standing.costs.headline}</p>
          <Form
            action={`${home}/drafts/searches/${search.id}/offers`}
            label={`Make a draft of way ${index + 1}`}
            scope={`offer-${index}`}
          >
            <HiddenField name="offer" value={String(index)} />
            <HiddenField name="name" value={`${baseName}, mended`} />
            <Actions>
              <SubmitButton weight={index === 0 ? 'primary' : 'ordinary'}>
                Make a draft of this
              </SubmitButton>
            </Actions>
          </Form>
        </section>
      ))}
      <Actions>
        <a href={`${home}/drafts`}>All drafts</a>
      </Actions>
    </>
  );
}

/** A search that ended without anything. */
export function NothingPage({ search, home }: { search: TimetableSearch; home: string }) {
  return (
    <>
      <p>
        {search.state === 'cancelled'
          ? 'This search was cancelled, and made nothing.'
          : 'This search failed, which is a mistake of ours. Begin it again, or tell the operator.'}
      </p>
      <Actions>
        <a href={`${home}/${search.kind === 'repair' ? 'repair' : 'drafts'}`}>Begin another</a>
      </Actions>
    </>
  );
}
