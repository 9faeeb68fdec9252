import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  DateField,
  FileField,
  HiddenField,
  Select,
  TextField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { DateSpan } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { countryName } from './holiday-rules.ts';
import type { Refilled } from './setup-schema.ts';
import type { StoredBlackout } from './week-rules.ts';

const EFFECTS = [
  { value: 'mentions', label: 'only mentions them' },
  { value: 'excludes', label: 'excludes its weeks' },
];

/** Whose holidays count: those chosen, those that people’s zones suggest, and one more. */
export function CountriesForm({
  action,
  chosen,
  suggested,
  known,
}: {
  action: string;
  chosen: readonly { readonly country: string; readonly effect: string }[];
  suggested: readonly { readonly country: string; readonly people: number }[];
  known: readonly { readonly code: string; readonly name: string }[];
}) {
  const said = new Map(chosen.map(({ country, effect }) => [country, effect]));
  const people = new Map(suggested.map((each) => [each.country, each.people]));
  const isKnown = new Set(known.map(({ code }) => code));
  const codes = [...new Set([...said.keys(), ...people.keys()])].filter((code) =>
    isKnown.has(code),
  );
  const unknown = [...people.keys()].filter((code) => !isKnown.has(code));
  return (
    <Form action={action} label="Holidays">
      <HiddenField name="do" value="countries" />
      <p>
        Nationwide public holidays of these countries. The more countries exclude weeks, the fewer
        weeks are left; of most it is enough to mention them beside the week.
      </p>
      {unknown.length > 0 && (
        <p>
          People come from {unknown.map(countryName).join(', ')}, too, whose holidays are not known
          here; type those that matter by hand.
        </p>
      )}
      {codes.map((code) => (
        <Select
          key={code}
          name={`country.${code}`}
          label={countryName(code)}
          hint={
            people.has(code)
              ? `The zone of ${counted(people.get(code) ?? 0, 'person', 'people')} lies there.`
              : undefined
          }
          empty="does not count"
          options={EFFECTS}
          value={said.get(code) ?? ''}
          optional
        />
      ))}
      <Select
        name="more"
        label="One more country"
        empty="choose one"
        options={known
          .filter(({ code }) => !codes.includes(code))
          .map(({ code, name }) => ({ value: code, label: name }))}
        optional
      />
      <Actions>
        <SubmitButton weight="ordinary">Save the countries</SubmitButton>
      </Actions>
    </Form>
  );
}

const KINDS = [
  { value: 'conference', label: 'conference' },
  { value: 'graduation', label: 'graduation' },
  { value: 'venue', label: 'the venue is not available' },
  { value: 'busy', label: 'busy' },
  { value: 'other', label: 'something else' },
];

/** Days that were entered, with the buttons that weigh or remove them. */
export function BlackoutTable({
  action,
  blackouts,
}: {
  action: string;
  blackouts: readonly StoredBlackout[];
}) {
  return (
    <Table
      caption="Entered so far"
      rows={blackouts}
      rowKey={({ id }) => id}
      empty="Nothing yet: choose countries, type days, or import a calendar."
      columns={[
        {
          head: 'What',
          namesRow: true,
          cell: ({ title, country }) =>
            country === undefined ? title : `${title} (${countryName(country)})`,
        },
        {
          head: 'Days',
          kind: 'date',
          cell: ({ from, until }) => <DateSpan from={from} to={until} />,
        },
        { head: 'Kind', cell: ({ kind }) => kind },
        {
          head: 'Effect',
          cell: ({ effect }) =>
            effect === 'excludes' ? (
              <Mark shape="cross" tone="bad">
                excludes
              </Mark>
            ) : (
              <Mark shape="dash" tone="soft">
                mentioned
              </Mark>
            ),
        },
        {
          head: 'Change',
          cell: ({ id, effect, source, title, from }) => (
            <form method="post" action={action}>
              <input type="hidden" name="do" value="blackout" />
              <input type="hidden" name="blackout" value={id} />
              <SubmitButton
                weight="plain"
                name="change"
                value={effect === 'excludes' ? 'mentions' : 'excludes'}
              >
                {effect === 'excludes' ? 'Only mention' : 'Exclude'}
                <span class="unseen">
                  : {title}, {from.toString()}
                </span>
              </SubmitButton>
              {source !== 'holidays' && (
                <>
                  {' '}
                  <SubmitButton weight="plain" name="change" value="remove">
                    Remove
                    <span class="unseen">
                      : {title}, {from.toString()}
                    </span>
                  </SubmitButton>
                </>
              )}
            </form>
          ),
        },
      ]}
    />
  );
}

/** Days typed by hand. */
export function BlackoutForm({
  action,
  refused,
}: {
  action: string;
  refused?: Refilled | undefined;
}) {
  const text = (name: string, usual = '') => String(refused?.typed[name] ?? usual);
  return (
    <Form action={action} problems={refused?.problems} label="Days by hand" scope="by-hand">
      <HiddenField name="do" value="add" />
      <TextField name="title" label="What it is" value={text('title')} />
      <Select name="kind" label="Kind" options={KINDS} value={text('kind', 'conference')} />
      <DateField name="from_day" label="First day" value={text('from_day')} />
      <DateField
        name="until_day"
        label="Last day"
        hint="Leave it empty for a single day."
        value={text('until_day')}
        optional
      />
      <Select name="effect" label="It" options={EFFECTS} value={text('effect', 'excludes')} />
      <Actions>
        <SubmitButton weight="ordinary">Add these days</SubmitButton>
      </Actions>
    </Form>
  );
}

/** Days from a calendar: a file, or an address that is read once. */
export function ImportForm({
  action,
  refused,
}: {
  action: string;
  refused?: Refilled | undefined;
}) {
  const text = (name: string, usual = '') => String(refused?.typed[name] ?? usual);
  return (
    <Form
      action={action}
      problems={refused?.problems}
      label="Days from a calendar"
      scope="import"
      multipart
    >
      <HiddenField name="do" value="import" />
      <FileField name="file" label="Calendar file (.ics)" accept=".ics,text/calendar" optional />
      <TextField
        name="url"
        type="url"
        label="Or the address of a calendar"
        hint="Read once, now. It begins with https:// or webcal://."
        value={text('url')}
        optional
      />
      <Select
        name="kind"
        label="Its entries are"
        options={KINDS}
        value={text('kind', 'conference')}
      />
      <Select name="effect" label="Each" options={EFFECTS} value={text('effect', 'excludes')} />
      <Checkbox
        name="whole_days"
        label="Only entries that take whole days"
        checked={refused === undefined || text('whole_days') === 'yes'}
      />
      <Actions>
        <SubmitButton weight="ordinary">Import</SubmitButton>
      </Actions>
    </Form>
  );
}

/** What an import could not read, with what the file says of it. */
export function Unread({
  unread,
}: {
  unread: readonly { readonly raw: string; readonly problem: Problem }[];
}) {
  if (unread.length === 0) return null;
  return (
    <section aria-labelledby="unread">
      <h2 id="unread">Not understood</h2>
      <p>
        These entries were left out. Type their days by hand, or mend the calendar and import it
        again: what is there already is not entered twice.
      </p>
      <ul>
        {unread.map(({ raw, problem }, index) => (
          <li key={index}>
            {/^SUMMARY[^:]*:(.*)$/m.exec(raw)?.[1] ?? 'An entry without a title'}:{' '}
            {problem.sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}
