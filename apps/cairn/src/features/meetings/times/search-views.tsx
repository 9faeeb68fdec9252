import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Form } from '../../../design/form.tsx';
import { Progress } from '../../../design/progress.tsx';
import type { TimeSearch } from './times-queries.ts';

interface ProgressPageProps {
  readonly search: TimeSearch;
  readonly address: string;
  readonly known: number;
  /** The page looks again by itself; it stops after a while. */
  readonly looksAgain: boolean;
}

const PHASES: Readonly<Record<string, string>> = {
  'first times': 'looking for good times',
  'needed people': 'proving it for the people you need',
  enough: 'proving how many can make enough',
  'worst pain': 'proving how little the worst unsociable hours can be',
  everything: 'proving the rest',
};

/** A search that is not over. */
export function SearchProgressPage({ search, address, known, looksAgain }: ProgressPageProps) {
  const { progress } = search;
  return (
    <>
      <Progress label="Looking for times">
        {progress === undefined
          ? 'It has not begun yet.'
          : `It is ${PHASES[progress.phase] ?? progress.phase}; the best so far lets ${progress.enough} of ${known} make enough. ${progress.iterations.toLocaleString('en-GB')} steps.`}
      </Progress>
      <p>
        {looksAgain
          ? 'This page looks again by itself.'
          : 'This takes long; the page has stopped looking again by itself.'}{' '}
        You may leave it, the search goes on. <a href={address}>Look again</a>
      </p>
      <Form action={`${address}/cancel`} label="Cancel the search">
        <Actions>
          <SubmitButton weight="danger">Cancel the search</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

/** A search that ended without times. */
export function NoTimesPage({
  search,
  back,
  wishes,
}: {
  search: TimeSearch;
  back: string;
  wishes: readonly string[];
}) {
  const why: Record<string, string> = {
    cancelled: 'This search was cancelled.',
    failed: 'This search failed, which is a mistake of ours. Begin it again, or tell the operator.',
    done: 'There are no times at all for these calls, in their order and with the days between them.',
  };
  return (
    <>
      <p>{why[search.state] ?? ''}</p>
      <Wishes wishes={wishes} />
      <Actions>
        <a href={back}>Look again with other wishes</a>
      </Actions>
    </>
  );
}

export const Wishes = ({ wishes }: { wishes: readonly string[] }) =>
  wishes.length === 0 ? null : (
    <>
      <h2>What no choice of times can fulfil</h2>
      <ul>
        {wishes.slice(0, 20).map((wish) => (
          <li key={wish}>{wish}</li>
        ))}
        {wishes.length > 20 && <li>and {wishes.length - 20} more.</li>}
      </ul>
    </>
  );
