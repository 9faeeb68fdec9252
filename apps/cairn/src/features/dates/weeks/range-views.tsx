import { WEEKDAYS } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { DateField, HiddenField, NumberField, Select } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import type { PollRange } from './poll-rules.ts';
import type { Refilled } from './setup-schema.ts';

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
