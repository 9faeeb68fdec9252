import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { TextBox } from '../../../design/boxes.tsx';
import { HiddenField, NumberField, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Table } from '../../../design/table.tsx';
import { MEALS } from '../../timetable/meals/meal-rules.ts';
import { type Typed, textIn } from '../typed-rules.ts';
import { ENDS, type End, endField } from './model-schema.ts';

const END_LABELS: Readonly<Record<End, string>> = {
  low: 'At least',
  likely: 'Likely',
  high: 'At most',
};

interface ModelPageProps {
  readonly home: string;
  readonly revision: number;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  readonly fares: number;
}

interface Row {
  readonly what: string;
  readonly label: string;
  /** The field of the source; undefined where another row says it. */
  readonly source: string | undefined;
}

/** What costs are expected to be, with who says so. Works without scripts: saving brings more rows. */
export function ModelPage({ home, revision, typed, problems, fares }: ModelPageProps) {
  const rows: readonly Row[] = [
    { what: 'night', label: 'A room for a night', source: 'night_source' },
    ...MEALS.map((meal, index) => ({
      what: `meal_${meal}`,
      label: `A ${meal} that nobody provides`,
      source: index === 0 ? 'meals_source' : undefined,
    })),
    { what: 'other', label: 'All else of a person', source: 'other_source' },
  ];
  const ends = (labelOf: (row: { readonly what: string }) => string) =>
    ENDS.map((end) => ({
      head: END_LABELS[end],
      cell: (row: { readonly what: string }) => (
        <TextBox
          name={endField(row.what, end)}
          label={`${labelOf(row)}: ${END_LABELS[end].toLowerCase()}`}
          optional
          value={textIn(typed, endField(row.what, end))}
        />
      ),
    }));
  const places = Array.from({ length: fares }, (_, row) => ({ what: `fare_${row}` }));
  return (
    <Form action={`${home}/treasury/seat-cost/model`} problems={problems} label="Costs" wide>
      <HiddenField name="revision" value={String(revision)} />
      <p>
        Three amounts for each cost, and where you have them from. What is known of somebody (an
        estimate, a cap, a claim) takes the place of these guesses.
      </p>
      <TextField
        name="currency"
        label="Currency of these amounts"
        width="tiny"
        autocomplete="off"
        value={textIn(typed, 'currency')}
      />
      <div class="boxes">
        <Table
          caption="Coming and going back"
          note="from an airport (SEA), a country (DE), or anywhere else (leave it empty)"
          rows={places}
          rowKey={({ what }) => what}
          empty=""
          columns={[
            {
              head: 'From',
              cell: ({ what }) => (
                <TextBox
                  name={`${what}_from`}
                  label="Country or airport"
                  optional
                  value={textIn(typed, `${what}_from`)}
                />
              ),
            },
            ...ends(({ what }) => `From ${textIn(typed, `${what}_from`) || 'anywhere else'}`),
            {
              head: 'Source',
              cell: ({ what }) => (
                <TextBox
                  name={`${what}_source`}
                  label="Where the fare is from"
                  optional
                  value={textIn(typed, `${what}_source`)}
                />
              ),
            },
          ]}
        />
        <Table
          caption="Being here"
          rows={rows}
          rowKey={({ what }) => what}
          empty=""
          columns={[
            { head: 'Cost', cell: ({ label }) => label },
            ...ends(({ what }) => rows.find((row) => row.what === what)?.label ?? ''),
            {
              head: 'Source',
              cell: ({ source, label }: Row) =>
                source === undefined ? (
                  ''
                ) : (
                  <TextBox
                    name={source}
                    label={`Where it is from: ${label}`}
                    optional
                    value={textIn(typed, source)}
                  />
                ),
            },
          ]}
        />
        <Table
          caption="What is spent in the end"
          note="in percent"
          rows={[
            { what: 'cap_used', label: 'Of a cap' },
            { what: 'estimate_used', label: 'Of an estimate that nobody has decided on' },
          ]}
          rowKey={({ what }) => what}
          empty=""
          columns={[
            { head: 'Share', cell: ({ label }) => label },
            ...ends(({ what }) => (what === 'cap_used' ? 'Of a cap' : 'Of an estimate')),
          ]}
        />
      </div>
      <NumberField
        name="shared_by"
        label="People in a shared room"
        value={textIn(typed, 'shared_by')}
      />
      <NumberField
        name="confidence"
        label="Offer a seat when the lines carry it in so many of 100 cases"
        value={textIn(typed, 'confidence')}
      />
      <NumberField
        name="seed"
        label="Seed of the draws"
        hint="The same facts and the same seed give the same answer."
        value={textIn(typed, 'seed')}
      />
      <Actions>
        <SubmitButton>Save these costs</SubmitButton>
      </Actions>
    </Form>
  );
}
