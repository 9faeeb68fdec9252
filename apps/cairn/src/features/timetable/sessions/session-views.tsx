import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  CheckboxGroup,
  HiddenField,
  NumberField,
  type Option,
  RadioGroup,
  Select,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { AsTyped, type TypedFaults } from '../frame/contradiction-views.tsx';
import { lengthWords } from '../frame/frame-words-rules.ts';

type Typed = Readonly<Record<string, string | readonly string[]>>;

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};
const list = (typed: Typed, name: string): readonly string[] => {
  const value = typed[name] ?? [];
  return typeof value === 'string' ? [value] : value;
};

interface SessionPageProps {
  readonly action: string;
  readonly isNew: boolean;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  readonly faults?: TypedFaults | undefined;
  readonly slotMinutes: number | undefined;
  readonly topics: readonly Option[];
  readonly groups: readonly Option[];
  readonly people: readonly Option[];
  /** Equipment that rooms have. */
  readonly features: readonly string[];
}

/** One session. */
export function SessionPage(props: SessionPageProps) {
  const { action, isNew, typed, problems, faults, slotMinutes, features } = props;
  const isWrong = (name: string): boolean =>
    (problems ?? []).some(({ place }) => place.path === name);
  return (
    <>
      <Form action={action} problems={problems} label="Session">
        <HiddenField name="do" value="save" />
        <TextField name="title" label="What it is called" value={text(typed, 'title')} />
        <RadioGroup
          name="kind"
          label="For whom"
          options={[
            { value: 'work', label: 'A group, or whom it interests' },
            { value: 'plenary', label: 'Everybody: nothing runs beside it' },
          ]}
          value={text(typed, 'kind')}
        />
        <Select
          name="group"
          label="Group"
          hint="Its people are expected, its leads must be there."
          optional
          empty="No group"
          options={props.groups}
          value={text(typed, 'group')}
        />
        <Select
          name="topic"
          label="Topic"
          hint="Whom it interests is known from what people said of the topic."
          optional
          empty="No topic"
          options={props.topics}
          value={text(typed, 'topic')}
        />
        <NumberField
          name="minutes"
          label="Minutes"
          hint={
            slotMinutes === undefined
              ? undefined
              : `Rounded up to whole slots of ${lengthWords(slotMinutes)}.`
          }
          value={text(typed, 'minutes')}
        />
        <People
          name="leads[]"
          label="Who leads it"
          options={props.people}
          values={list(typed, 'leads[]')}
          isOpen={isWrong('leads[]')}
        />
        <People
          name="needed[]"
          label="Who else must be there"
          options={props.people}
          values={list(typed, 'needed[]')}
          isOpen={isWrong('needed[]')}
        />
        <NumberField
          name="size"
          label="Places that it needs"
          hint="As many as its group has people, while this is empty."
          optional
          value={text(typed, 'size')}
        />
        <TextField
          name="needs"
          label="Equipment that its room must have"
          hint={
            features.length === 0 ? 'By comma.' : `By comma. Rooms have ${features.join(', ')}.`
          }
          optional
          value={text(typed, 'needs')}
        />
        <TextField
          name="track"
          label="Track"
          hint="Sessions of one track do not run beside each other."
          optional
          value={text(typed, 'track')}
        />
        <TextArea
          name="text"
          label="What it is about"
          optional
          rows={4}
          value={text(typed, 'text')}
        />
        <Checkbox
          name="optional"
          label="It may stay out of the timetable"
          checked={text(typed, 'optional') === 'yes'}
        />
        <AsTyped check={`${action}/check`} faults={faults} />
        <Actions>
          <SubmitButton>{isNew ? 'Add the session' : 'Save the session'}</SubmitButton>
        </Actions>
      </Form>
      {!isNew && (
        <Form action={action} label="Remove the session">
          <HiddenField name="do" value="remove" />
          <p>
            Rules that speak of it go with it. What was released keeps it until the next release.
          </p>
          <Actions>
            <SubmitButton weight="danger">Remove the session</SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}

interface PeopleProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly values: readonly string[];
  readonly isOpen: boolean;
}

/** Any of many people: folded, with those chosen on the fold, since forty names are a long list. */
function People({ name, label, options, values, isOpen }: PeopleProps) {
  const chosen = options.filter(({ value }) => values.includes(value)).map((each) => each.label);
  return (
    <details open={isOpen}>
      <summary>
        {label}: <span class="quiet">{chosen.join(', ') || 'nobody said'}</span>
      </summary>
      <CheckboxGroup name={name} label={label} options={options} values={values} />
    </details>
  );
}
