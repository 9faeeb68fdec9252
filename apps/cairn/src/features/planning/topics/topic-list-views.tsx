import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { Checkbox, HiddenField, Select, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Menu } from '../../../design/layout.tsx';
import { Mark, type Shape, type Tone } from '../../../design/mark.tsx';
import { DayOf } from '../../../design/prose.tsx';
import { type Column, Pager, Table } from '../../../design/table.tsx';
import { TOPIC_STATES, type TopicState } from '../documents/kind-schema.ts';
import { Labels } from '../threads/label-views.tsx';
import { STATE_WORDS } from './topic-form-rules.ts';
import type { ListedTopic, TopicList } from './topic-list-queries.ts';
import { filterQuery, type TopicFilter, type TopicSort } from './topic-list-schema.ts';

const LOOKS: Readonly<Record<TopicState, { readonly shape: Shape; readonly tone: Tone }>> = {
  idea: { shape: 'ring', tone: 'soft' },
  proposed: { shape: 'half', tone: 'soft' },
  planned: { shape: 'diamond', tone: 'soft' },
  active: { shape: 'disc', tone: 'good' },
  done: { shape: 'tick', tone: 'good' },
  dropped: { shape: 'dash', tone: 'soft' },
};

/** How a topic stands, by shape and word. */
export const TopicStateMark = ({ state }: { state: TopicState }) => (
  <Mark {...LOOKS[state]}>{STATE_WORDS[state]}</Mark>
);

interface TopicListPageProps {
  /** `/s/<summit>` */
  readonly home: string;
  readonly list: TopicList;
  readonly filter: TopicFilter;
  /** Labels and projects that can be asked for. */
  readonly labels: readonly string[];
  readonly projects: readonly string[];
  /** Names of people by handle. */
  readonly names: ReadonlyMap<string, string>;
  readonly zone: ZoneName;
  readonly mayOpen: boolean;
}

/** Topics as a list or as a board, with what narrows them. */
export function TopicListPage(props: TopicListPageProps) {
  const { home, list, filter, mayOpen } = props;
  const here = `${home}/plan/topics`;
  const all = [...list.byState.values()].reduce((sum, each) => sum + each, 0);
  return (
    <>
      {mayOpen && (
        <Actions>
          <ActionLink href={`${here}/new`} weight="primary">
            Open a topic
          </ActionLink>
          <a href={`${home}/plan/labels`}>Labels</a>
          <OtherView here={here} filter={filter} />
        </Actions>
      )}
      <Menu
        label="States"
        items={[
          {
            href: `${here}${filterQuery(filter, { state: undefined })}`,
            label: `All (${all})`,
            current: filter.state === undefined,
          },
          ...TOPIC_STATES.filter(
            (state) => (list.byState.get(state) ?? 0) > 0 || state === filter.state,
          ).map((state) => ({
            href: `${here}${filterQuery(filter, { state })}`,
            label: `${STATE_WORDS[state]} (${list.byState.get(state) ?? 0})`,
            current: filter.state === state,
          })),
        ]}
      />
      {!mayOpen && (
        <p>
          <OtherView here={here} filter={filter} />
        </p>
      )}
      <FilterForm {...props} />
      {list.count === 0 ? (
        <EmptyState next={mayOpen ? { href: `${here}/new`, label: 'Open one' } : undefined}>
          {all === 0 ? 'There is no topic yet.' : 'No topic is like that.'}
        </EmptyState>
      ) : filter.view === 'board' ? (
        <Board {...props} />
      ) : (
        <List {...props} />
      )}
      <Pager
        label="topics"
        page={list.page}
        pages={filter.view === 'board' ? 1 : list.pages}
        href={(page) => `${here}${filterQuery(filter, { page })}`}
      />
    </>
  );
}

/** The way from the list to the board, or back. */
function OtherView({ here, filter }: { here: string; filter: TopicFilter }) {
  const view = filter.view === 'list' ? 'board' : 'list';
  return <a href={`${here}${filterQuery(filter, { view })}`}>Show as a {view}</a>;
}

function FilterForm({ home, filter, labels, projects }: TopicListPageProps) {
  const narrowed =
    filter.label !== undefined ||
    filter.project !== undefined ||
    filter.lead !== undefined ||
    filter.q !== '' ||
    filter.mine ||
    filter.lacks;
  const options = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }));
  return (
    <details open={narrowed}>
      <summary>Narrow the list</summary>
      <Form action={`${home}/plan/topics`} method="get" label="Narrow the list">
        {filter.state !== undefined && <HiddenField name="state" value={filter.state} />}
        {filter.view === 'board' && <HiddenField name="view" value="board" />}
        <TextField name="q" label="Words in it" type="search" value={filter.q} optional />
        <Select
          name="label"
          label="Label"
          options={options(labels)}
          value={filter.label}
          empty="any"
          optional
        />
        <Select
          name="project"
          label="Project"
          options={options(projects)}
          value={filter.project}
          empty="any"
          optional
        />
        <TextField
          name="lead"
          label="Lead"
          value={filter.lead}
          hint="A handle, or “none” for those that nobody leads."
          optional
        />
        <Checkbox
          name="mine"
          label="Mine: that I lead, work on or opened"
          value="1"
          checked={filter.mine}
        />
        <Checkbox name="lacks" label="That lack something" value="1" checked={filter.lacks} />
        <Select
          name="sort"
          label="First"
          value={filter.sort}
          options={[
            { value: 'updated', label: 'What changed last' },
            { value: 'number', label: 'The newest' },
            { value: 'title', label: 'By title' },
            { value: 'state', label: 'By state' },
            { value: 'comments', label: 'The most discussed' },
            { value: 'wanting', label: 'Those most people want' },
          ]}
        />
        <Actions>
          <SubmitButton weight="ordinary">Show</SubmitButton>
          {narrowed && <a href={`${home}/plan/topics`}>Show all</a>}
        </Actions>
      </Form>
    </details>
  );
}

function List({ home, list, filter, names, zone }: TopicListPageProps) {
  const here = `${home}/plan/topics`;
  const sort = (
    by: TopicSort,
    order: 'ascending' | 'descending',
  ): Pick<Column<ListedTopic>, 'sort'> => ({
    sort: {
      href: `${here}${filterQuery(filter, { sort: by })}`,
      ...(filter.sort === by ? { order } : {}),
    },
  });
  const columns: Column<ListedTopic>[] = [
    {
      head: 'Topic',
      cell: (topic) => <TopicTitle topic={topic} home={home} />,
      ...sort('title', 'ascending'),
    },
    {
      head: 'State',
      cell: ({ state }) => <TopicStateMark state={state} />,
      ...sort('state', 'ascending'),
    },
    { head: 'Lead', cell: ({ facts }) => nameOf(facts.lead, names) },
    {
      head: 'Want it',
      kind: 'number',
      cell: ({ wanting }) => wanting,
      ...sort('wanting', 'descending'),
    },
    {
      head: 'Comments',
      kind: 'number',
      cell: ({ comments }) => comments,
      ...sort('comments', 'descending'),
    },
    {
      head: 'Changed',
      kind: 'date',
      cell: ({ updatedAt }) => <DayOf instant={updatedAt} zone={zone} />,
      ...sort('updated', 'descending'),
    },
  ];
  return (
    <Table
      caption="Topics"
      note={counted(list.count, 'topic')}
      columns={columns}
      rows={list.topics}
      rowKey={({ number }) => String(number)}
      empty="No topic is like that."
      wide
    />
  );
}

function TopicTitle({ topic, home }: { topic: ListedTopic; home: string }) {
  return (
    <>
      <a href={`${home}/plan/topics/${topic.number}`}>
        <bdi>{topic.title}</bdi>
      </a>{' '}
      <span class="quiet">#{topic.number}</span> <Labels labels={topic.labels} />
      {topic.lacks > 0 && (
        <>
          {' '}
          <Mark shape="triangle" tone="warn">
            lacks {topic.lacks}
          </Mark>
        </>
      )}
    </>
  );
}

function Board({ home, list, filter, names }: TopicListPageProps) {
  const shown = filter.state === undefined ? TOPIC_STATES : [filter.state];
  return (
    <>
      <div class="board wide">
        {shown.map((state) => {
          const topics = list.topics.filter((topic) => topic.state === state);
          return (
            <section key={state} aria-labelledby={`state-${state}`}>
              <h2 id={`state-${state}`}>
                {STATE_WORDS[state]} <span class="quiet">{topics.length}</span>
              </h2>
              {topics.length === 0 ? (
                <p class="quiet">None.</p>
              ) : (
                <ul>
                  {topics.map((topic) => (
                    <li key={topic.number}>
                      <TopicTitle topic={topic} home={home} />
                      <p class="small">
                        {topic.facts.lead === null
                          ? 'Nobody leads it'
                          : `Lead: ${nameOf(topic.facts.lead, names)}`}
                        {` · ${counted(topic.wanting, 'person wants', 'people want')} it`}
                      </p>
                    </li>
                  ))}
                </ul>
              )}
            </section>
          );
        })}
      </div>
      {list.count > list.topics.length && (
        <p>
          {list.count - list.topics.length} more are in the{' '}
          <a href={`${home}/plan/topics${filterQuery(filter, { view: 'list' })}`}>list</a>.
        </p>
      )}
    </>
  );
}

const nameOf = (handle: string | null, names: ReadonlyMap<string, string>): string =>
  handle === null ? '–' : (names.get(handle.toLowerCase()) ?? `@${handle}`);
