import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { Select, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { type Column, Pager, Table } from '../../../design/table.tsx';
import type { Summit } from '../../summits/queries.ts';
import type { BoardFilter, BoardRow, StandingCounts } from './obligation-board.ts';
import { STANDINGS, type Standing } from './obligation-rules.ts';
import { ForecastMark } from './obligation-views.tsx';
import { asHeading, STANDING_WORDS } from './obligation-words.ts';

/** The address of the board with a filter and a page. */
function boardHref(slug: string, filter: BoardFilter, page = 1): string {
  const query = new URLSearchParams();
  if (filter.promise !== undefined) query.set('promise', filter.promise);
  if (filter.standing !== undefined) query.set('standing', filter.standing);
  if (filter.name !== undefined && filter.name !== '') query.set('q', filter.name);
  if (page > 1) query.set('page', String(page));
  const search = query.toString();
  return `/s/${slug}/organise/promises${search === '' ? '' : `?${search}`}`;
}

interface BoardProps {
  readonly summit: Summit;
  readonly promises: readonly { readonly key: string; readonly wording: string }[];
  readonly counts: ReadonlyMap<string, StandingCounts>;
  readonly filter: BoardFilter;
  readonly rows: readonly BoardRow[];
  /** Everybody, and those who fit the filter. */
  readonly all: number;
  readonly fitting: number;
  readonly page: number;
  readonly pages: number;
}

/** Everybody's promises, whoever needs a word now first. */
export function PromiseBoard(props: BoardProps) {
  const { summit, promises, counts, filter, rows, all, fitting, page, pages } = props;
  const attendance = `/s/${summit.slug}/organise/promises/attendance`;
  if (all === 0) {
    return (
      <>
        <EmptyState
          next={{ href: `/s/${summit.slug}/organise/invitations`, label: 'Invite people' }}
        >
          Nobody has accepted yet, so there are no promises.
        </EmptyState>
        <p>
          <a href={attendance}>Record attendance and presence</a>
        </p>
      </>
    );
  }
  return (
    <>
      <Actions>
        <ActionLink href={attendance}>Record attendance and presence</ActionLink>
      </Actions>
      <CountTable {...{ summit, promises, counts }} />
      <details open={fitting !== all || (filter.name ?? '') !== ''}>
        <summary>Find people by name, promise or standing</summary>
        <FilterForm {...{ summit, promises, filter }} />
      </details>
      <Table
        caption="Who needs a word now"
        note={fitting === all ? `${all} people` : `${fitting} of ${all} people`}
        columns={boardColumns(summit, promises)}
        rows={rows}
        rowKey={({ personId }) => personId}
        empty="Nobody fits."
        wide
      />
      <Pager
        label="people"
        page={page}
        pages={pages}
        href={(to) => boardHref(summit.slug, filter, to)}
      />
    </>
  );
}

type Promises = BoardProps['promises'];

const boardColumns = (summit: Summit, promises: Promises): Column<BoardRow>[] => [
  {
    head: 'Name',
    namesRow: true,
    cell: ({ personId, name }) => (
      <a href={`/s/${summit.slug}/organise/promises/${personId}`}>{name}</a>
    ),
  },
  {
    head: 'Seat',
    kind: 'number',
    cell: ({ seat }) => seat ?? <span class="quiet">waits</span>,
  },
  ...promises.map(
    ({ key, wording }): Column<BoardRow> => ({
      head: asHeading(wording),
      cell: ({ promises: held, hasAccepted }) => {
        const promise = held.find((one) => one.key === key);
        if (promise === undefined) {
          return (
            <span class="quiet">{hasAccepted ? 'not promised' : 'agreement not accepted'}</span>
          );
        }
        return (
          <>
            <ForecastMark forecast={promise.forecast} />{' '}
            <span class="small quiet">{promise.forecast.tally}</span>
          </>
        );
      },
    }),
  ),
];

function CountTable({
  summit,
  promises,
  counts,
}: Pick<BoardProps, 'summit' | 'promises' | 'counts'>) {
  return (
    <Table
      caption="How many stand where"
      columns={[
        {
          head: 'Promise',
          namesRow: true,
          cell: ({ wording }: Promises[number]) => asHeading(wording),
        },
        ...STANDINGS.map((standing) => ({
          head: STANDING_WORDS[standing],
          kind: 'number' as const,
          cell: ({ key }: Promises[number]) => {
            const count = counts.get(key)?.[standing] ?? 0;
            if (count === 0) return <span class="quiet">0</span>;
            return <a href={boardHref(summit.slug, { promise: key, standing })}>{count}</a>;
          },
        })),
      ]}
      rows={promises}
      rowKey={({ key }) => key}
      empty="The agreement asks for nothing."
      wide
    />
  );
}

function FilterForm({
  summit,
  promises,
  filter,
}: Pick<BoardProps, 'summit' | 'promises' | 'filter'>) {
  return (
    <Form action={`/s/${summit.slug}/organise/promises`} method="get" label="Filter">
      <Select
        name="promise"
        label="Promise"
        empty="any"
        value={filter.promise}
        options={promises.map(({ key, wording }) => ({ value: key, label: asHeading(wording) }))}
        optional
      />
      <Select
        name="standing"
        label="Stands"
        empty="anyhow"
        value={filter.standing}
        options={STANDINGS.map((standing: Standing) => ({
          value: standing,
          label: STANDING_WORDS[standing],
        }))}
        optional
      />
      <TextField name="q" label="Name" type="search" value={filter.name} optional />
      <Actions>
        <SubmitButton weight="ordinary">Show</SubmitButton>
        <a href={`/s/${summit.slug}/organise/promises`}>Show everybody</a>
      </Actions>
    </Form>
  );
}
