import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { NumberField, Select, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import type { TimetableSearch } from '../solving/search-queries.ts';
import { SearchUnderWay } from '../solving/under-way-views.tsx';
import { type Standing, worstOf } from './cost-rules.ts';
import type { DraftRow } from './draft-queries.ts';
import { HoldsMark } from './standing-views.tsx';

const ORIGINS = {
  hand: 'by hand',
  search: 'found',
  repair: 'a repair',
} as const;
const originWord = (origin: DraftRow['origin']): string =>
  origin === 'import' ? 'imported' : ORIGINS[origin];

const STATE_WORDS: Readonly<Record<TimetableSearch['state'], string>> = {
  queued: 'waiting',
  running: 'under way',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};

const typedText = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};

export interface DraftsPageProps {
  /** `/s/<summit>/organise/timetable`. */
  readonly home: string;
  readonly zone: ZoneName;
  readonly drafts: readonly { readonly draft: DraftRow; readonly standing: Standing | undefined }[];
  readonly searches: readonly TimetableSearch[];
  /** What was released last, by its name. */
  readonly released: string | undefined;
  /** Why nothing can be searched yet. */
  readonly missing: { readonly sentence: string; readonly href: string } | undefined;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  /** Which of the two forms was refused. */
  readonly refused?: 'find' | 'new' | undefined;
}

/** All drafts, what each is worth, and the forms that make more of them. */
export function DraftsPage(props: DraftsPageProps) {
  const { home, drafts, searches, missing, problems, refused } = props;
  const running = searches.find(({ state }) => state === 'queued' || state === 'running');
  return (
    <>
      <p>
        Drafts are for organisers only, until one is released. Make as many as you like; several of
        you can work on one at once.
      </p>
      <DraftTable {...props} />
      {drafts.length > 0 && <CompareForm {...props} />}
      <h2>Find timetables</h2>
      {missing !== undefined ? (
        <EmptyState next={{ href: missing.href, label: 'Go there' }}>{missing.sentence}</EmptyState>
      ) : (
        <>
          {running !== undefined && (
            <SearchUnderWay href={`${home}/drafts/searches/${running.id}`} />
          )}
          {/* What was typed stays, where a search that began meanwhile is why it was refused. */}
          {(running === undefined || refused === 'find') && (
            <FindForm {...props} problems={refused === 'find' ? problems : []} />
          )}
        </>
      )}
      <h2>Begin a draft by hand</h2>
      <NewForm {...props} problems={refused === 'new' ? problems : []} />
      {searches.length > 0 && <SearchTable {...props} />}
    </>
  );
}

function DraftTable({ home, zone, drafts }: DraftsPageProps) {
  type Row = DraftsPageProps['drafts'][number];
  return (
    <Table
      caption="Drafts"
      wide
      columns={[
        {
          head: 'Name',
          cell: ({ draft }: Row) => <a href={`${home}/drafts/${draft.id}`}>{draft.name}</a>,
        },
        { head: 'Made', cell: ({ draft }) => originWord(draft.origin) },
        {
          head: 'Must hold',
          cell: ({ standing }) =>
            standing === undefined ? '–' : <HoldsMark standing={standing} />,
        },
        {
          head: 'Placed',
          kind: 'number',
          cell: ({ draft, standing }) => `${draft.placed} of ${standing?.sessions ?? '–'}`,
        },
        {
          head: 'Lose something',
          kind: 'number',
          cell: ({ standing }) =>
            standing === undefined
              ? '–'
              : `${standing.costs.people.length} of ${standing.costs.caring}`,
        },
        {
          head: 'Loses most',
          kind: 'number',
          cell: ({ standing }) =>
            standing === undefined ? '–' : `${worstOf(standing.values) / 10} %`,
        },
        {
          head: 'Changed',
          kind: 'date',
          cell: ({ draft }) => <When instant={draft.changedAt} zone={zone} />,
        },
        {
          head: 'More',
          cell: ({ draft }) => (
            <a href={`${home}/drafts/${draft.id}/about`}>
              What it costs<span class="unseen">: {draft.name}</span>
            </a>
          ),
        },
      ]}
      rows={drafts}
      rowKey={({ draft }) => draft.id}
      empty="There is no draft yet. Find timetables, or begin one by hand."
    />
  );
}

function CompareForm({ home, drafts, released }: DraftsPageProps) {
  const options = drafts.map(({ draft }) => ({ value: draft.id, label: draft.name }));
  const [first, second] = options;
  const others = [
    ...(released === undefined
      ? []
      : [{ value: 'release', label: `What is released: ${released}` }]),
    ...options,
  ];
  if (others.length < 2) return null;
  return (
    <details>
      <summary>Compare two</summary>
      <Form action={`${home}/drafts/compare`} method="get" label="Compare two">
        <Select name="one" label="From" options={others} value={others[0]?.value} />
        <Select
          name="other"
          label="To"
          options={options}
          value={(released === undefined ? second : first)?.value}
        />
        <Actions>
          <SubmitButton weight="ordinary">Compare</SubmitButton>
        </Actions>
      </Form>
    </details>
  );
}

/** What a search or a draft can begin from. */
const fromOptions = ({ drafts, released }: Pick<DraftsPageProps, 'drafts' | 'released'>) => [
  ...(released === undefined ? [] : [{ value: 'release', label: `What is released: ${released}` }]),
  ...drafts.map(({ draft }) => ({ value: draft.id, label: draft.name })),
];

function FindForm(props: DraftsPageProps) {
  const { home, typed, problems, refused } = props;
  const value = (name: string) => (refused === 'find' ? typedText(typed, name) : undefined);
  return (
    <Form action={`${home}/drafts/searches`} problems={problems} label="Find timetables">
      <p>
        You get up to three different timetables: the fairest, the one with the fewest moves from
        what it begins from, and another trade-off. Each says what it costs whom, and how far it is
        proven that there is none better.
      </p>
      <Select
        name="from"
        label="Begin from"
        hint="Pinned sessions of it stay where they are, and so does what has begun."
        options={[{ value: 'none', label: 'nothing' }, ...fromOptions(props)]}
        value={value('from') ?? (props.released === undefined ? 'none' : 'release')}
      />
      <NumberField
        name="seconds"
        label="Seconds to look for"
        hint="Proofs come after that and may take a minute. You can leave the page, and cancel."
        value={value('seconds') ?? '20'}
      />
      <details open={refused === 'find'}>
        <summary>Seed</summary>
        <NumberField
          name="seed"
          label="Seed"
          hint="Another seed searches elsewhere. It is kept with what is found."
          value={value('seed') ?? '1'}
        />
      </details>
      <Actions>
        <SubmitButton>Find timetables</SubmitButton>
      </Actions>
    </Form>
  );
}

function NewForm(props: DraftsPageProps) {
  const { home, typed, problems, refused } = props;
  const value = (name: string) => (refused === 'new' ? typedText(typed, name) : undefined);
  const options = [{ value: 'none', label: 'nothing' }, ...fromOptions(props)];
  return (
    <Form action={`${home}/drafts`} problems={problems} label="Begin a draft" scope="new">
      <TextField
        name="name"
        label="Name"
        value={value('name') ?? ''}
        autocomplete="off"
        hint="Such as “Packaging first”."
      />
      {options.length > 1 && (
        <Select name="from" label="Begin from" options={options} value={value('from') ?? 'none'} />
      )}
      <Actions>
        <SubmitButton weight="ordinary">Begin a draft</SubmitButton>
      </Actions>
    </Form>
  );
}

function SearchTable({ home, zone, searches }: DraftsPageProps) {
  return (
    <Table
      caption="Searches"
      columns={[
        {
          head: 'Begun',
          kind: 'date',
          cell: ({ id, askedAt }: TimetableSearch) => (
            <a href={`${home}/drafts/searches/${id}`}>
              <When instant={askedAt} zone={zone} />
            </a>
          ),
        },
        { head: 'For', cell: ({ kind }) => (kind === 'repair' ? 'a repair' : 'timetables') },
        { head: 'State', cell: ({ state }) => STATE_WORDS[state] },
        { head: 'Seed', kind: 'number', cell: ({ seed }) => String(seed) },
        {
          head: 'Found',
          cell: ({ result }) =>
            result === undefined
              ? '–'
              : result.conflict.length > 0
                ? 'that not all can hold'
                : result.offers.length > 0
                  ? counted(result.offers.length, 'way')
                  : counted(result.drafts.length, 'draft'),
        },
      ]}
      rows={searches}
      rowKey={({ id }) => id}
      empty=""
    />
  );
}
