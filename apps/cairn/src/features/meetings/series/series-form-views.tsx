import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, NumberField, RadioGroup } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import type { AttendRule } from './series-views.tsx';

/** What was typed into a form, by field. */
export type TypedFields = Readonly<Record<string, string | undefined>>;

/** What every form of the series is given. */
export interface FormPageProps {
  readonly action: string;
  readonly back: string;
  readonly typed: TypedFields;
  readonly problems: readonly Problem[];
}

/** The way back, which changes nothing. */
export const Back = ({ href }: { href: string }) => <a href={href}>Leave things as they are</a>;

/** What a change would do to people’s promises, in sentences. */
export function Consequences({ changes }: { changes: readonly string[] }) {
  if (changes.length === 0) return <p>Nobody’s promise would stand differently.</p>;
  return (
    <ul>
      {changes.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

interface RulePageProps extends FormPageProps {
  readonly rule: AttendRule;
  readonly meetings: number;
  /** What the number asked about would change; undefined before one was asked about. */
  readonly changes: readonly string[] | undefined;
}

/** How many of the meetings are required: first what that would change, then the change. */
export function RulePage({
  action,
  back,
  rule,
  meetings,
  typed,
  problems,
  changes,
}: RulePageProps) {
  const required = typed['required'] ?? String(rule.required);
  return (
    <>
      <p>
        Now: {rule.required} of {meetings}. The number of meetings follows from the list: add or
        drop one there.
      </p>
      <p>
        What was earned stays: whoever has kept the promise has kept it, also when more are required
        later.
      </p>
      <Form action={action} method="get" problems={problems} label="Another number">
        <HiddenField name="promise" value={rule.key} />
        <NumberField name="required" label={`Meetings required, of ${meetings}`} value={required} />
        <Actions>
          <SubmitButton weight={changes === undefined ? 'primary' : 'ordinary'}>
            Show what changes
          </SubmitButton>
          <Back href={back} />
        </Actions>
      </Form>
      {changes !== undefined && (
        <>
          <h2>
            {required} of {meetings} would mean
          </h2>
          <Consequences changes={changes} />
          <p>
            The agreement changes with it, so people are asked to accept its new text once you
            publish that.
          </p>
          <Form action={action} label="Change the rule">
            <HiddenField name="promise" value={rule.key} />
            <HiddenField name="required" value={required} />
            <Actions>
              <SubmitButton>
                Require {required} of {meetings}
              </SubmitButton>
            </Actions>
          </Form>
        </>
      )}
    </>
  );
}

/** How long the meetings are, and how attendance is taken. */
export function SettingsPage({ action, back, typed, problems }: FormPageProps) {
  const number = (name: string, label: string, hint?: string) => (
    <NumberField name={name} label={label} hint={hint} value={typed[name]} />
  );
  return (
    <Form action={action} problems={problems}>
      {number('minutes', 'Length of each meeting, in minutes')}
      <RadioGroup
        name="recordings"
        label="Having watched the recording"
        value={typed['recordings']}
        options={[
          { value: 'do_not_count', label: 'does not count as attendance' },
          {
            value: 'count',
            label: 'counts as attendance',
            hint: 'The person writes one sentence about it.',
          },
        ]}
      />
      {number('check_in_before', 'Check-in opens, minutes before the start')}
      {number('check_in_after', 'Check-in closes, minutes after the end')}
      {number(
        'least_share',
        'Share of a meeting to stay, in per cent',
        'Whoever stayed shorter by a video tool’s list is not counted, unless you say so.',
      )}
      {number(
        'warn_days',
        'Days before a meeting to warn from',
        'Whoever must not miss another one gets a mail.',
      )}
      {number(
        'remind_hours',
        'Hours before a meeting to remind at',
        'Only those who still need it get the mail. 0 sends none.',
      )}
      <Actions>
        <SubmitButton>Save</SubmitButton>
        <Back href={back} />
      </Actions>
    </Form>
  );
}
