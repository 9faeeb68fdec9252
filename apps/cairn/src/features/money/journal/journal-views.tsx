import { formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { parseDate, type ZoneName } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Checkbox, type Option, Select, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Day, DayOf, type Fact, Facts, When } from '../../../design/prose.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import { CATEGORIES, CATEGORY_KEYS, categoryLabel } from '../category-rules.ts';
import { textIn } from '../typed-rules.ts';
import { type AskedEntries, journalAddress } from './journal-address-rules.ts';
import { STAGES } from './journal-rules.ts';
import type { ShownEntry, ShownPosting } from './journal-shown-rules.ts';
import { KIND_KEYS, KIND_WORDS, STAGE_WORDS, whereUndone } from './journal-words-rules.ts';

interface JournalPageProps {
  /** The address of the treasury. */
  readonly treasury: string;
  readonly zone: ZoneName;
  readonly asked: AskedEntries;
  readonly entries: readonly ShownEntry[];
  readonly count: number;
  /** What the postings that fit come to, in words; empty where no stage is asked for. */
  readonly sums: readonly string[];
  readonly page: number;
  readonly pages: number;
  readonly lines: readonly Option[];
  readonly people: readonly Option[];
}

/** What happened to the money, the newest first. */
export function JournalPage(props: JournalPageProps) {
  const { treasury, zone, asked, entries, count, sums, page, pages } = props;
  const journal = `${treasury}/journal`;
  return (
    <>
      <p>
        Each entry moves money from one stage to another, so its sides add up to nothing. Entries
        are never changed: what was wrong is taken back by another one.{' '}
        <a href={`${journal}/reconciliation`}>Check all sums again</a>
      </p>
      <FilterForm {...props} action={journal} />
      {sums.length > 0 && (
        <p>
          What fits adds up to <strong>{listed(sums)}</strong>.
        </p>
      )}
      <Table
        caption="Entries"
        note={count === 1 ? '1 entry' : `${count} entries`}
        wide
        columns={[
          {
            head: 'Entry',
            cell: ({ id }: ShownEntry) => <a href={`${journal}/${id}`}>{id}</a>,
          },
          { head: 'Day', kind: 'date', cell: (entry) => <EntryDay entry={entry} zone={zone} /> },
          {
            head: 'What',
            cell: (entry) => <EntryHead entry={entry} treasury={treasury} />,
          },
          { head: 'Amounts', cell: ({ postings }) => <Postings postings={postings} /> },
          { head: 'By', cell: ({ by }) => by ?? 'Cairn' },
        ]}
        rows={entries}
        rowKey={({ id }) => String(id)}
        empty="There is no such entry."
      />
      <Pager
        label="Entries"
        page={page}
        pages={pages}
        href={(to) => journalAddress(journal, asked, to)}
      />
    </>
  );
}

function FilterForm({
  action,
  asked,
  lines,
  people,
}: Pick<JournalPageProps, 'asked' | 'lines' | 'people'> & { action: string }) {
  return (
    <details open={Object.values(asked).some((value) => value !== undefined && value !== false)}>
      <summary>Choose entries</summary>
      <Form action={action} method="get" label="Choose entries">
        <Select
          name="line"
          label="Line"
          optional
          empty="All"
          options={lines}
          value={asked.lineId ?? ''}
        />
        <Select
          name="stage"
          label="Stage"
          optional
          empty="All"
          options={[
            ...STAGES.map((stage) => ({ value: stage, label: STAGE_WORDS[stage] })),
            ...(asked.stages !== undefined && asked.stages.length > 1
              ? [
                  {
                    value: asked.stages.join(','),
                    label: listed(asked.stages.map((stage) => STAGE_WORDS[stage])),
                  },
                ]
              : []),
          ]}
          value={asked.stages?.join(',') ?? ''}
        />
        <Select
          name="category"
          label="Kind of cost"
          optional
          empty="All"
          options={CATEGORY_KEYS.map((key) => ({ value: key, label: CATEGORIES[key].label }))}
          value={asked.category ?? ''}
        />
        <Select
          name="person"
          label="For whom"
          optional
          empty="All"
          options={[{ value: 'none', label: 'Nobody in particular' }, ...people]}
          value={asked.personId ?? ''}
        />
        <Select
          name="kind"
          label="What happened"
          optional
          empty="All"
          options={KIND_KEYS.map((key) => ({ value: key, label: KIND_WORDS[key] }))}
          value={asked.kind ?? ''}
        />
        <Checkbox
          name="overridden"
          label="Only where somebody let a line be overdrawn"
          checked={asked.isOverride === true}
        />
        <Actions>
          <SubmitButton weight="ordinary">Show them</SubmitButton>
        </Actions>
      </Form>
    </details>
  );
}

/** The day that an entry speaks of. */
const EntryDay = ({ entry: { at, onDate }, zone }: { entry: ShownEntry; zone: ZoneName }) =>
  onDate === null ? <DayOf instant={at} zone={zone} /> : <Day date={expectOk(parseDate(onDate))} />;

const EntryHead = ({ entry, treasury }: { entry: ShownEntry; treasury: string }) => (
  <>
    {KIND_WORDS[entry.kind]}
    {entry.claim !== null && (
      <>
        {' '}
        <a href={`${treasury}/claims/${entry.claim}`}>C-{entry.claim}</a>
      </>
    )}
    {entry.estimate !== null && (
      <>
        {' '}
        <a href={`${treasury}/estimates/${entry.estimate}`}>E-{entry.estimate}</a>
      </>
    )}
    {entry.corrects !== null && (
      <>
        {' '}
        entry <a href={`${treasury}/journal/${entry.corrects}`}>{entry.corrects}</a>
      </>
    )}
    {entry.correctedBy !== null && (
      <>
        {' '}
        <Mark shape="dash" tone="soft">
          taken back by <a href={`${treasury}/journal/${entry.correctedBy}`}>{entry.correctedBy}</a>
        </Mark>
      </>
    )}
    {entry.isOverride && (
      <>
        {' '}
        <Mark shape="diamond" tone="warn">
          let be overdrawn
        </Mark>
      </>
    )}
    {entry.note !== '' && <span class="quiet"> {entry.note}</span>}
  </>
);

const signed = ({ minor, currency }: ShownPosting): string =>
  minor > 0 ? `+${formatMoney(minor, currency)}` : formatMoney(minor, currency);

/** For what and for whom, where a posting says so. */
const whatFor = ({ category, person }: ShownPosting): string =>
  [category === '' ? undefined : categoryLabel(category), person ?? undefined]
    .filter((part) => part !== undefined)
    .join(', ');

const Postings = ({ postings }: { postings: readonly ShownPosting[] }) => (
  <>
    {[...Map.groupBy(postings, ({ line }) => line)].map(([line, of]) => (
      <span key={line}>
        {line}:{' '}
        {of.map((each) => `${STAGE_WORDS[each.stage].toLowerCase()} ${signed(each)}`).join('; ')}
        {'. '}
      </span>
    ))}
    <span class="quiet">{[...new Set(postings.map(whatFor).filter(Boolean))].join('; ')}</span>
  </>
);

interface EntryPageProps {
  readonly treasury: string;
  readonly zone: ZoneName;
  readonly entry: ShownEntry;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
}

/** One entry with both its sides, and taking it back. */
export function EntryPage({ treasury, zone, entry, typed, problems }: EntryPageProps) {
  const elsewhere = whereUndone(entry);
  const facts: Fact[] = [
    { term: 'What', value: <EntryHead entry={{ ...entry, note: '' }} treasury={treasury} /> },
    { term: 'Written', value: <When instant={entry.at} zone={zone} /> },
    ...(entry.onDate === null
      ? []
      : [{ term: 'Of', value: <EntryDay entry={entry} zone={zone} /> }]),
    { term: 'By', value: entry.by ?? 'Cairn' },
    ...(entry.note === '' ? [] : [{ term: 'In words', value: entry.note }]),
  ];
  return (
    <>
      <Facts facts={facts} />
      <Table
        caption="Both sides"
        note={counted(entry.postings.length, 'posting')}
        columns={[
          { head: 'Stage', cell: ({ stage }: ShownPosting) => STAGE_WORDS[stage] },
          { head: 'Line', cell: ({ line }) => line },
          { head: 'For', cell: (posting) => whatFor(posting) || '–' },
          { head: 'Amount', kind: 'number', cell: signed },
        ]}
        rows={entry.postings}
        rowKey={({ lineId, stage, category, personId }) =>
          [lineId, stage, category, personId].join(' ')
        }
        empty="It has no postings."
      />
      <h2 id="correct">Take it back</h2>
      {entry.correctedBy !== null ? (
        <p>
          Entry <a href={`${treasury}/journal/${entry.correctedBy}`}>{entry.correctedBy}</a> took it
          back.
        </p>
      ) : elsewhere !== undefined ? (
        <p>{elsewhere}</p>
      ) : (
        <Form action={`${treasury}/journal/${entry.id}#correct`} problems={problems}>
          <p>
            An entry with the opposite amounts is written, and both stay. Then write what is right.
          </p>
          <TextArea name="note" label="What was wrong" rows={3} value={textIn(typed, 'note')} />
          <Checkbox
            name="override"
            label="Even where a line is overdrawn by it"
            checked={textIn(typed, 'override') === 'yes'}
          />
          <Actions>
            <SubmitButton weight="danger">Take entry {String(entry.id)} back</SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}
