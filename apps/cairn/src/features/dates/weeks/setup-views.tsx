import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  DateField,
  FileField,
  HiddenField,
  NumberField,
  Select,
  TextField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { DateSpan } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { WeekStrip } from '../../../design/week-strip.tsx';
import { countryName } from './holiday-rules.ts';
import { costField } from './money-rules.ts';
import type { PollRange } from './poll-rules.ts';
import { type Refilled, weekField } from './setup-schema.ts';
import { type StoredBlackout, type Week, weekName } from './week-rules.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** The days that a poll looks among, and what a week is. */
export function RangeForm({
  action,
  range,
  verb,
  refused,
}: {
  action: string;
  range: PollRange;
  verb: string;
  refused?: Refilled | undefined;
}) {
  const shown = (name: string, stored: string) => refused?.typed[name] ?? stored;
  const text = (name: string, stored: string) => String(shown(name, stored));
  return (
    <Form action={action} problems={refused?.problems} label="Range">
      <HiddenField name="do" value="range" />
      <DateField
        name="from"
        label="First possible day"
        value={text('from', range.from.toString())}
      />
      <DateField
        name="until"
        label="Last possible day"
        value={text('until', range.until.toString())}
      />
      <NumberField name="days" label="Days of work" value={text('days', String(range.days))} />
      <Select
        name="weekday"
        label="A week begins on"
        options={WEEKDAYS.map((label, index) => ({ value: String(index + 1), label }))}
        value={text('weekday', String(range.weekday))}
      />
      <NumberField
        name="arrival_days"
        label="Days of arrival before"
        hint="1 for the day before the first day of work."
        value={text('arrival_days', String(range.arrivalDays))}
      />
      <NumberField
        name="departure_days"
        label="Days of departure after"
        value={text('departure_days', String(range.departureDays))}
      />
      <NumberField
        name="lead_months"
        label="Months of lead time"
        hint="Counted from the last day for answers, because no week is chosen before."
        value={text('lead_months', String(range.leadMonths))}
      />
      <Actions>
        <SubmitButton>{verb}</SubmitButton>
      </Actions>
    </Form>
  );
}

/** The weeks of a range on the calendar, and in how many words they are offered. */
export function WeekPreview({ weeks }: { weeks: readonly Week[] }) {
  const count = weeks.filter(({ isOffered }) => isOffered).length;
  return (
    <>
      <p>
        {count === 0 ? (
          <Mark shape="triangle" tone="warn">
            No week remains. With holidays of many countries hardly a week is free: let some of them
            only be mentioned, widen the range, or offer a week all the same.
          </Mark>
        ) : (
          `${count} of ${weeks.length} weeks ${count === 1 ? 'is' : 'are'} offered.`
        )}
      </p>
      <WeekStrip
        caption="Candidate weeks"
        weeks={weeks.map(({ id, start, end, isOffered, excluded }) => ({
          id,
          start,
          end,
          look: !isOffered ? 'excluded' : excluded.length > 0 ? 'offered-anyway' : 'offered',
        }))}
      />
    </>
  );
}

/** Every week with all that speaks against it, and what organisers say of it. */
export function WeekTable({
  action,
  weeks,
  currency,
  answered,
  refused,
}: {
  action: string;
  weeks: readonly Week[];
  currency: string | undefined;
  /** How many answered each week, also those that are not offered. */
  answered: ReadonlyMap<string, number>;
  refused?: Refilled | undefined;
}) {
  return (
    <Form action={action} problems={refused?.problems} label="Weeks" wide>
      <HiddenField name="do" value="weeks" />
      <Table
        caption="Weeks"
        note="Answers belong to a week’s first day: a week that is taken out keeps them, and they come back with it."
        rows={weeks}
        rowKey={({ id }) => id}
        empty="There is no week in this range."
        wide
        columns={[
          {
            head: 'Week',
            kind: 'date',
            cell: (week) => <DateSpan from={week.start} to={week.end} />,
          },
          {
            head: 'Speaks against it',
            cell: ({ excluded, mentioned }) =>
              excluded.length + mentioned.length === 0 ? (
                'nothing'
              ) : (
                <ul class="reasons">
                  {excluded.map(({ sentence }) => (
                    <li key={sentence}>
                      <Mark shape="cross" tone="bad">
                        {sentence}
                      </Mark>
                    </li>
                  ))}
                  {mentioned.map(({ sentence }) => (
                    <li key={sentence}>
                      <Mark shape="dash" tone="soft">
                        {sentence}
                      </Mark>
                    </li>
                  ))}
                </ul>
              ),
          },
          {
            head: 'Offered',
            cell: (week) => (
              <select
                name={weekField('offer', week.id)}
                aria-label={`Offer ${weekName(week)}`}
                class="inline"
              >
                {[
                  { value: 'auto', label: week.excluded.length > 0 ? 'no, excluded' : 'yes' },
                  ...(week.excluded.length > 0 ? [{ value: 'anyway', label: 'all the same' }] : []),
                  { value: 'removed', label: 'taken out' },
                ].map(({ value, label }) => (
                  <option
                    key={value}
                    value={value}
                    selected={
                      value === (week.removed ? 'removed' : week.offeredAnyway ? 'anyway' : 'auto')
                    }
                  >
                    {label}
                  </option>
                ))}
              </select>
            ),
          },
          { head: 'Answers', kind: 'number', cell: ({ id }) => answered.get(id) ?? 0 },
          {
            head: currency === undefined ? 'Extra cost' : `Extra cost (${currency})`,
            cell: (week) => (
              <input
                type="text"
                class="inline tiny"
                inputMode="decimal"
                name={weekField('cost', week.id)}
                aria-label={`Extra cost of ${weekName(week)}`}
                value={String(
                  refused?.typed[weekField('cost', week.id)] ?? costField(week.extraCost, currency),
                )}
              />
            ),
          },
          {
            head: 'Note to those who are asked',
            cell: (week) => (
              <input
                type="text"
                class="inline"
                name={weekField('note', week.id)}
                aria-label={`Note on ${weekName(week)}`}
                value={String(refused?.typed[weekField('note', week.id)] ?? week.note)}
              />
            ),
          },
        ]}
      />
      <Actions>
        <SubmitButton weight="ordinary">Save the weeks</SubmitButton>
      </Actions>
    </Form>
  );
}

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
              ? `The zone of ${people.get(code)} ${people.get(code) === 1 ? 'person' : 'people'} lies there.`
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
