import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  DateField,
  HiddenField,
  NumberField,
  Select,
  TextArea,
  TextField,
  TimeField,
} from '../../../design/controls.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import type { CallForm, RepeatChoice } from './call-form-schema.ts';

/** The choices of how often, as they read in the form. */
const REPEAT_WORDS: Readonly<Record<RepeatChoice, string>> = {
  once: 'once',
  weekly: 'every week',
  fortnightly: 'every second week',
  monthly: 'every month, on the same weekday of the month',
  'every-other-month': 'every second month, on the same weekday of the month',
  rule: 'by the rule below',
};

interface CallFormPageProps {
  readonly action: string;
  readonly revision: number;
  readonly form: CallForm;
  readonly zones: readonly string[];
  readonly problems: readonly Problem[];
  /** Where to take the call out; only of one that is there. */
  readonly remove: string | undefined;
}

/** One call: what, where, and when by its own clock. */
export function CallFormPage({
  action,
  revision,
  form,
  zones,
  problems,
  remove,
}: CallFormPageProps) {
  const known = [...new Set([form.zone, ...zones])].filter((zone) => zone !== '');
  return (
    <>
      <Form action={action} problems={problems} label="A call">
        <HiddenField name="revision" value={String(revision)} />
        <TextField name="summary" label="Name" value={form.summary} autocomplete="off" />
        <TextField name="url" label="Link to join" type="url" value={form.url} optional />
        <TextField name="location" label="Place" value={form.location} optional />
        <TextArea
          name="description"
          label="Description"
          hint="What it is for, and where the notes are."
          value={form.description}
          rows={5}
          optional
        />
        <Fieldset legend="When">
          <DateField name="day" label="First day" value={form.day} />
          <TimeField
            name="time"
            label="Time"
            hint="By the clock of the zone below, whatever daylight saving does. Empty for a whole day."
            value={form.time}
            optional
          />
          <Select
            name="zone"
            label="Time zone"
            value={form.zone}
            options={known.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          />
          <NumberField name="minutes" label="Minutes" value={form.minutes} />
        </Fieldset>
        <Fieldset legend="How often">
          <Select
            name="repeats"
            label="It is"
            value={form.repeats}
            options={Object.entries(REPEAT_WORDS).map(([value, label]) => ({ value, label }))}
          />
          <TextField
            name="rule"
            label="Rule"
            hint="As calendar programs have it, such as FREQ=WEEKLY;BYDAY=TU,TH."
            value={form.rule}
            autocomplete="off"
            optional
          />
          <DateField
            name="until"
            label="Last day"
            hint="Empty if it has no end. Organisers are warned before it comes."
            value={form.until}
            optional
          />
          <TextArea
            name="except"
            label="Days on which it is left out"
            hint="One on each line, such as 2026-12-24."
            value={form.except}
            rows={3}
            optional
          />
          <TextArea
            name="also"
            label="Days added"
            hint="One on each line, with a time if it is another: 2026-12-22 15:00."
            value={form.also}
            rows={3}
            optional
          />
        </Fieldset>
        <Actions>
          <SubmitButton>Save the call</SubmitButton>
        </Actions>
      </Form>
      {remove !== undefined && (
        <p>
          <a href={remove}>Take this call out</a>
        </p>
      )}
    </>
  );
}
