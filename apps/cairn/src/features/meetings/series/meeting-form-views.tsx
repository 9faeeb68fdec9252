import type { Instant } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, Confirm, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  HiddenField,
  MonthField,
  NumberField,
  RadioGroup,
  TextField,
  WallTimeField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { Back, Consequences, type FormPageProps, type TypedFields } from './series-form-views.tsx';
import type { AttendRule } from './series-views.tsx';
import type { PeoplesZone } from './zone-queries.ts';

/** Who hears of a change by mail, said before it is made. */
const ToldPeople = ({ told }: { told: number }) =>
  told === 0 ? null : (
    <>
      {' '}
      {told === 1 ? 'One person gets' : `${told} people get`} a mail about it some minutes later.
    </>
  );

interface TimeFieldsProps {
  readonly typed: TypedFields;
  /** The zone on whose wall the time is written. */
  readonly place: string;
}

function TimeFields({ typed, place }: TimeFieldsProps) {
  return (
    <>
      <RadioGroup
        name="when"
        label="Time"
        value={typed['when'] ?? 'starts'}
        options={[
          { value: 'starts', label: 'is fixed' },
          { value: 'month', label: 'is open; only the month is known' },
        ]}
      />
      <WallTimeField
        name="starts"
        label="Starts"
        hint={`By the clock in ${place}; daylight saving does not move it there.`}
        value={typed['starts']}
        optional
      />
      <MonthField name="month" label="Month" value={typed['month']} optional />
      <Checkbox
        name="taken_place"
        label="It has taken place"
        hint="Tick this to write down a meeting of the past."
        checked={typed['taken_place'] === 'yes'}
      />
    </>
  );
}

interface NewMeetingPageProps extends FormPageProps, TimeFieldsProps {
  readonly meetings: number;
  readonly rules: readonly AttendRule[];
}

/** Adds a meeting to the series. */
export function NewMeetingPage(props: NewMeetingPageProps) {
  const { action, back, typed, problems, place, meetings, rules } = props;
  return (
    <>
      {rules.map(({ key, required }) => (
        <p key={key}>
          The rule becomes {required} of {meetings + 1}.
        </p>
      ))}
      <Form action={action} problems={problems}>
        <TextField name="title" label="Title" value={typed['title']} />
        <TimeFields typed={typed} place={place} />
        <Actions>
          <SubmitButton>Add the meeting</SubmitButton>
          <Back href={back} />
        </Actions>
      </Form>
    </>
  );
}

interface TimePageProps extends FormPageProps, TimeFieldsProps {
  /** The moment asked about, once it is a possible one. */
  readonly begins: Instant | undefined;
  readonly zones: readonly PeoplesZone[];
  readonly isMoved: boolean;
  /** How many people get a mail about it. */
  readonly told: number;
}

/** Fixes or moves the time of a meeting: first how it looks elsewhere, then the change. */
export function TimePage(props: TimePageProps) {
  const { action, back, typed, problems, place, begins, zones, isMoved, told } = props;
  const shown: readonly PeoplesZone[] = zones;
  const isAsked = begins !== undefined || (typed['when'] === 'month' && problems.length === 0);
  return (
    <>
      <Form action={action} method="get" problems={problems} label="Another time">
        <TimeFields typed={typed} place={place} />
        <HiddenField name="show" value="yes" />
        <Actions>
          <SubmitButton weight={isAsked ? 'ordinary' : 'primary'}>
            Show it in everybody’s zone
          </SubmitButton>
          <Back href={back} />
        </Actions>
      </Form>
      {isAsked && (
        <>
          {begins !== undefined && (
            <Table
              caption="That is"
              columns={[
                { head: 'Zone', cell: ({ zone }: PeoplesZone) => zone, namesRow: true },
                { head: 'Time', cell: ({ zone }) => <When instant={begins} zone={zone} /> },
                {
                  head: 'People',
                  kind: 'number',
                  cell: ({ people }) => (people === 0 ? '' : people),
                },
              ]}
              rows={shown}
              rowKey={({ zone }) => zone}
              empty=""
            />
          )}
          <Form action={action} label="Save the time">
            {['when', 'starts', 'month', 'taken_place'].map((name) => (
              <HiddenField key={name} name={name} value={typed[name] ?? ''} />
            ))}
            <p>
              {isMoved
                ? 'Whoever has the meeting in their calendar sees it move.'
                : 'It appears in everybody’s calendar.'}
              <ToldPeople told={told} />
            </p>
            <Actions>
              <SubmitButton>
                {begins === undefined
                  ? 'Leave the time open'
                  : isMoved
                    ? 'Move it to this time'
                    : 'Fix this time'}
              </SubmitButton>
            </Actions>
          </Form>
        </>
      )}
    </>
  );
}

/** The title of a meeting, and where it is held and kept. */
export function MeetingDetailsPage({ action, back, typed, problems }: FormPageProps) {
  return (
    <Form action={action} problems={problems}>
      <TextField name="title" label="Title" value={typed['title']} />
      <TextField
        name="link"
        label="Video link"
        hint="Shown to those who have accepted, and in their own calendars."
        type="url"
        value={typed['link']}
        optional
      />
      <TextField
        name="recording"
        label="Recording"
        type="url"
        value={typed['recording']}
        optional
      />
      <Actions>
        <SubmitButton>Save</SubmitButton>
        <Back href={back} />
      </Actions>
    </Form>
  );
}

interface DropPageProps extends FormPageProps {
  readonly title: string;
  readonly there: number;
  /** How many people get a mail about it. */
  readonly told: number;
  readonly meetingsLeft: number;
  readonly rules: readonly AttendRule[];
  readonly changes: readonly string[];
}

/** Before a meeting is taken out: what stays, what the rule becomes, and whose promise changes. */
export function DropPage(props: DropPageProps) {
  const { action, back, typed, problems, title, there, told, meetingsLeft, rules, changes } = props;
  const [rule] = rules;
  return (
    <Confirm
      action={action}
      back={back}
      verb={`Drop ${title}`}
      problems={problems}
      consequences={
        <>
          <p>
            {title} is taken off the list and cancelled in everybody’s calendar.{' '}
            {there > 0 &&
              `That ${counted(there, 'person was', 'people were')} there stays recorded, and counts. `}
            {rule !== undefined && `The rule then counts ${meetingsLeft} meetings.`}
            <ToldPeople told={told} />
          </p>
          {rule !== undefined && <Consequences changes={changes} />}
        </>
      }
    >
      {rule !== undefined && (
        <NumberField
          name="required"
          label={`Meetings required, of ${meetingsLeft}`}
          value={typed['required'] ?? String(Math.min(rule.required, meetingsLeft))}
        />
      )}
    </Confirm>
  );
}
