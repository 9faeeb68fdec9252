import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { WeekHeat } from '../../../design/week-grid.tsx';
import type { TimeSearch } from './times-queries.ts';
import { WishesForm, type WishesFormProps } from './wishes-views.tsx';

interface TimesPageProps extends WishesFormProps {
  readonly zone: ZoneName;
  /** How many can in each hour of a week, and which week that is. */
  readonly heat: { readonly counts: readonly number[]; readonly week: string };
  readonly searches: readonly TimeSearch[];
}

/** Where organisers begin to look for times: what is known, what they wish, and what was found before. */
export function TimesPage(props: TimesPageProps) {
  const { home, zone, people, heat, searches, meetings } = props;
  return (
    <>
      <p>
        Cairn looks for the times that let everybody make as many calls as they promised, shares
        unsociable hours fairly, and proves it where nobody can do better. Nothing changes until you
        use what it found.
      </p>
      <Searches home={home} zone={zone} searches={searches} />
      <h2>Who has said when they can</h2>
      <Known home={home} people={people} />
      {people.known.length > 0 && (
        <WeekHeat
          caption={
            <>
              How many can, in each hour{' '}
              <span class="quiet">
                by the clock of {zone.replaceAll('_', ' ')}, in the week of {heat.week}, busy times
                aside
              </span>
            </>
          }
          counts={heat.counts}
          of={people.known.length}
        />
      )}
      <h2>What to look for</h2>
      {meetings.length === 0 ? (
        <EmptyState>
          No meeting waits for a time. <a href={`${home}/organise/meetings`}>Add one</a> first.
        </EmptyState>
      ) : (
        <WishesForm {...props} />
      )}
    </>
  );
}

const STATE_WORDS: Record<TimeSearch['state'], string> = {
  queued: 'waits for its turn',
  running: 'is under way',
  done: 'has found times',
  failed: 'failed',
  cancelled: 'was cancelled',
};

function Searches({ home, zone, searches }: Pick<TimesPageProps, 'home' | 'zone' | 'searches'>) {
  if (searches.length === 0) return null;
  return (
    <Table
      caption="Searches so far"
      columns={[
        {
          head: 'Begun',
          kind: 'date',
          cell: ({ id, createdAt }: TimeSearch) => (
            <a href={`${home}/organise/meetings/times/${id}`}>
              <When instant={createdAt} zone={zone} />
            </a>
          ),
        },
        {
          head: 'State',
          cell: ({ state, result, appliedAt }) =>
            appliedAt !== undefined
              ? 'in use'
              : state === 'done' && result?.found === undefined
                ? 'found that there are none'
                : STATE_WORDS[state],
        },
        {
          head: 'Can make enough',
          kind: 'number',
          cell: ({ result }) =>
            result?.keeping === undefined ? '–' : `${result.keeping} of ${result.known}`,
        },
      ]}
      rows={searches}
      rowKey={({ id }) => id}
      empty=""
    />
  );
}

function Known({ home, people: { known, unknown } }: Pick<TimesPageProps, 'home' | 'people'>) {
  const all = known.length + unknown.length;
  if (all === 0) {
    return (
      <EmptyState>
        Nobody has a seat yet. <a href={`${home}/organise/invitations`}>Invite people</a> first.
      </EmptyState>
    );
  }
  return (
    <>
      <p>
        {known.length} of {counted(all, 'person', 'people')} have said it.{' '}
        {unknown.length === 0
          ? ''
          : `${unknown.length === 1 ? 'One is unknown, and is' : `${unknown.length} are unknown, and are`} not counted as able: `}
        {unknown
          .slice(0, 30)
          .map(({ name }) => name)
          .join(', ')}
        {unknown.length > 30 && ` and ${unknown.length - 30} more`}
        {unknown.length > 0 && '.'}
      </p>
      {unknown.length > 0 && (
        <Actions>
          <ActionLink href={`${home}/organise/meetings/times/ask`}>
            Ask {unknown.length === 1 ? 'this one' : `these ${unknown.length}`} by mail
          </ActionLink>
        </Actions>
      )}
    </>
  );
}
