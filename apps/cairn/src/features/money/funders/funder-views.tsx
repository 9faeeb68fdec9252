import { formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  CheckboxGroup,
  DateField,
  HiddenField,
  NumberField,
  Select,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { DateSpan, Day, type Fact, Facts } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import { categoryLabel } from '../category-rules.ts';
import type { Standing } from '../journal/journal-rules.ts';
import { listIn, textIn } from '../typed-rules.ts';
import { DOCUMENT_KEYS, DOCUMENTS, documentLabel } from './document-rules.ts';
import type { Funder, FundLine } from './funder-rules.ts';
import { CURRENCY_OPTIONS } from './funder-schema.ts';
import { ceilingWords, type Names, paysForWords } from './line-words-rules.ts';

interface FundersPageProps {
  /** The address of the list. */
  readonly base: string;
  readonly funders: readonly Funder[];
  readonly lines: readonly FundLine[];
  readonly standings: ReadonlyMap<string, Standing>;
  readonly names: Names;
  /** Titles of sets of rules by id. */
  readonly policies: Names;
}

/** Whose money there is, and for what. */
export function FundersPage(props: FundersPageProps) {
  const { base, funders } = props;
  return (
    <>
      {funders.length === 0 && (
        <EmptyState>
          Nobody pays for anything yet. Add whoever gives money for this summit, in the currency in
          which they give it.
        </EmptyState>
      )}
      <Actions>
        <ActionLink href={`${base}/new`}>Add a funder</ActionLink>
        <a href={`${base}/participants`}>Who counts as a participant</a>
      </Actions>
      {funders.map((funder) => (
        <FunderSection key={funder.id} {...props} funder={funder} />
      ))}
    </>
  );
}

function FunderSection(props: FundersPageProps & { funder: Funder }) {
  const { base, funder, standings, names, policies } = props;
  const lines = props.lines.filter((line) => line.funder.id === funder.id);
  const money = (minor: number | undefined) => formatMoney(minor ?? 0, funder.currency);
  return (
    <>
      <h2 id={funder.key}>{funder.name}</h2>
      <Facts facts={factsOf(funder)} />
      {funder.note !== '' && <p>{funder.note}</p>}
      <Table
        caption="Lines"
        id={`lines-${funder.key}`}
        note={counted(lines.length, 'line')}
        wide
        columns={[
          {
            head: 'Line',
            cell: ({ id, title, isClosed }: FundLine) => (
              <>
                <a href={`${base}/lines/${id}`}>{title}</a>
                {isClosed && ' (closed)'}
              </>
            ),
          },
          { head: 'Pays', cell: (line) => inOneLine(line.categories.map(categoryLabel)) },
          { head: 'For', cell: (line) => paysForWords(line, names) },
          {
            head: 'At most',
            cell: (line) =>
              [
                ...ceilingWords(line),
                ...(line.needsEstimate ? ['after an estimate'] : []),
                ...(line.policyId === null
                  ? []
                  : [`by “${policies.get(line.policyId) ?? 'rules that are gone'}”`]),
              ].join('; ') || '–',
          },
          {
            head: 'Given',
            kind: 'number',
            cell: ({ id }) => money(standings.get(id)?.granted),
          },
          { head: 'Left', kind: 'number', cell: ({ id }) => money(standings.get(id)?.left) },
        ]}
        rows={lines}
        rowKey={({ id }) => id}
        empty="This funder has no line yet; add one, and say what it may pay."
      />
      <Actions>
        <ActionLink href={`${base}/lines/new?funder=${funder.id}`}>
          Add a line of {funder.name}
        </ActionLink>
        <a href={`${base}/${funder.id}`}>Change {funder.name}</a>
      </Actions>
    </>
  );
}

/** Labels as one sentence: capital at its beginning only. */
const inOneLine = ([first, ...others]: readonly string[]): string =>
  first === undefined
    ? ''
    : listed([first, ...others.map((each) => each.charAt(0).toLowerCase() + each.slice(1))]);

const date = (text: string) => expectOk(parseDate(text));

function factsOf({ currency, award, link, fromOn, untilOn, ...rest }: Funder): Fact[] {
  const period =
    fromOn !== null && untilOn !== null ? (
      <DateSpan from={date(fromOn)} to={date(untilOn)} />
    ) : fromOn !== null ? (
      <>
        from <Day date={date(fromOn)} />
      </>
    ) : untilOn !== null ? (
      <>
        until <Day date={date(untilOn)} />
      </>
    ) : undefined;
  return [
    { term: 'Currency', value: currency },
    ...(award === '' && link === null
      ? []
      : [{ term: 'Award', value: link === null ? award : <a href={link}>{award || link}</a> }]),
    ...(period === undefined ? [] : [{ term: 'Pays what is spent', value: period }]),
    ...(rest.documents.length === 0
      ? []
      : [{ term: 'Wants to see', value: inOneLine(rest.documents.map(documentLabel)) }]),
    ...(rest.indirectRate === null
      ? []
      : [{ term: 'Indirect costs', value: `${rest.indirectRate} % of the indirect base` }]),
  ];
}

interface FunderPageProps {
  readonly action: string;
  readonly isNew: boolean;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
}

/** One funder. */
export function FunderPage({ action, isNew, typed, problems }: FunderPageProps) {
  const value = (name: string) => textIn(typed, name);
  return (
    <>
      <Form action={action} problems={problems} label="Funder">
        <HiddenField name="do" value="save" />
        <TextField
          name="name"
          label="Whose money it is"
          hint="A foundation, an agency, a company: whoever is asked to pay."
          value={value('name')}
        />
        <Select
          name="currency"
          label="Currency"
          hint="What they give and what they are told is in it. It stays once there is money."
          options={CURRENCY_OPTIONS}
          value={value('currency')}
          empty="Choose"
        />
        <TextField name="award" label="Number of the award" optional value={value('award')} />
        <TextField
          name="link"
          label="Where it is described"
          type="url"
          optional
          value={value('link')}
        />
        <DateField
          name="from_on"
          label="Pays what is spent from"
          optional
          value={value('from_on')}
        />
        <DateField name="until_on" label="Until" optional value={value('until_on')} />
        <CheckboxGroup
          name="documents[]"
          label="What it wants to see"
          options={DOCUMENT_KEYS.map((key) => ({ value: key, label: DOCUMENTS[key] }))}
          values={listIn(typed, 'documents[]')}
        />
        <NumberField
          name="indirect_rate"
          label="Indirect costs, in percent"
          hint="Of the lines that are in the indirect base. Leave it empty where it pays none."
          decimal
          optional
          value={value('indirect_rate')}
        />
        <TextArea name="note" label="Note" rows={3} optional value={value('note')} />
        <Actions>
          <SubmitButton>{isNew ? 'Add the funder' : 'Save the funder'}</SubmitButton>
        </Actions>
      </Form>
      {!isNew && (
        <Form action={action} label="Remove the funder">
          <HiddenField name="do" value="remove" />
          <Actions>
            <SubmitButton weight="danger">Remove the funder</SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}

/** A funder as its form shows it. */
export const funderAsTyped = (funder: Funder): Typed => ({
  name: funder.name,
  currency: funder.currency,
  award: funder.award,
  link: funder.link ?? '',
  from_on: funder.fromOn ?? '',
  until_on: funder.untilOn ?? '',
  'documents[]': funder.documents,
  indirect_rate: funder.indirectRate ?? '',
  note: funder.note,
});
