import { formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { CheckboxGroup, HiddenField, NumberField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Table } from '../../../design/table.tsx';
import { type Typed, textIn } from '../typed-rules.ts';
import type { PublicRow, PublicTable, PublicTableKind } from './publication-rules.ts';

/** By what a table groups, in words. */
const KIND_WORDS: Readonly<Record<PublicTableKind, string>> = {
  category: 'By what it was spent on',
  community: 'By community',
  country: 'By country from which people came',
};

/** The public tables. */
function PublicTables({ tables }: { tables: readonly PublicTable[] }) {
  return (
    <>
      {tables.map(({ kind, currency, rows }) => (
        <Table
          key={`${kind} ${currency}`}
          caption={KIND_WORDS[kind]}
          id={`paid-${kind}-${currency}`}
          note={`in ${currency}`}
          columns={[
            { head: 'Group', cell: ({ label }: PublicRow) => label },
            { head: 'People', kind: 'number', cell: ({ people }) => people },
            { head: 'Paid', kind: 'number', cell: ({ minor }) => formatMoney(minor, currency) },
          ]}
          rows={rows}
          rowKey={({ label }) => label}
          empty=""
        />
      ))}
    </>
  );
}

interface PublicProps {
  readonly csv: string;
  readonly tables: readonly PublicTable[];
  readonly atLeast: number;
  readonly roundTo: number;
}

/** What everybody sees. */
export function PublicMoneyPage({ csv, tables, atLeast, roundTo }: PublicProps) {
  return (
    <>
      <PublicTables tables={tables} />
      <p class="quiet small">
        No row is about fewer than {atLeast} people; smaller groups are counted together. Amounts
        are rounded to {roundTo} of the currency. Whoever counts in several rows of a table, such as
        for travel and for meals, is counted in each. <a href={csv}>The same as CSV</a>.
      </p>
    </>
  );
}

interface PublicationProps {
  readonly action: string;
  readonly publicHref: string;
  readonly isPublished: boolean;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  /** What would be published now. */
  readonly preview: readonly PublicTable[];
  /** Why a new table cannot be made now. */
  readonly tooFew: string | undefined;
}

/** How the public table is made, what it would say, and whether it is public. */
export function PublicationPage(props: PublicationProps) {
  const { action, publicHref, isPublished, typed, problems, preview, tooFew } = props;
  const tables = typed['tables[]'];
  return (
    <>
      <p>
        {isPublished ? (
          <>
            The table is public: <a href={publicHref}>see it</a>. It stays as it is until you make
            it again.
          </>
        ) : (
          'Nothing about money is public. Publish a table, if your community wants to see what its money did.'
        )}
      </p>
      {tooFew !== undefined && <p class="notice info">{tooFew}</p>}
      <Form action={action} problems={problems} label="The public table">
        <HiddenField name="do" value="publish" />
        <NumberField
          name="at_least"
          label="People in each row, at least"
          hint="Groups with fewer people are counted together."
          value={textIn(typed, 'at_least')}
        />
        <NumberField
          name="round_to"
          label="Round amounts to so many units of the currency"
          value={textIn(typed, 'round_to')}
        />
        <CheckboxGroup
          name="tables[]"
          label="Tables"
          options={Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }))}
          values={typeof tables === 'string' ? [tables] : (tables ?? [])}
        />
        <Actions>
          <SubmitButton>{isPublished ? 'Make it again and publish it' : 'Publish it'}</SubmitButton>
        </Actions>
      </Form>
      {isPublished && (
        <Form action={action} label="Take it back">
          <HiddenField name="do" value="unpublish" />
          <Actions>
            <SubmitButton weight="danger">Take the table back</SubmitButton>
          </Actions>
        </Form>
      )}
      <h2 id="preview">What it would say now</h2>
      {preview.length === 0 ? (
        <EmptyState>Too few people were paid for a table that shows nobody.</EmptyState>
      ) : (
        <PublicTables tables={preview} />
      )}
    </>
  );
}
