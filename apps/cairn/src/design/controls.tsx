import { parseDate } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { Field, FieldGroup, type FieldProps, useTold } from './form.tsx';

/** Spelt out so that the compiler checks what may stand on each type of input. */
const TYPES = {
  text: { type: 'text' },
  email: { type: 'email', spellcheck: false },
  url: { type: 'url', spellcheck: false },
  tel: { type: 'tel', spellcheck: false },
  search: { type: 'search' },
  password: { type: 'password' },
  date: { type: 'date' },
  time: { type: 'time' },
  month: { type: 'month' },
  'datetime-local': { type: 'datetime-local' },
} as const;

export interface TextFieldProps extends FieldProps {
  readonly value?: string | undefined;
  readonly type?: 'text' | 'email' | 'url' | 'tel' | 'search' | 'password';
  /** What the browser may fill in, e.g. `email`, `name`, `one-time-code`. */
  readonly autocomplete?: string;
  readonly inputmode?: 'text' | 'numeric' | 'decimal' | 'email' | 'url';
  readonly width?: 'short' | 'tiny';
}

/** One line of text. */
export function TextField({
  value,
  type = 'text',
  autocomplete,
  inputmode,
  width,
  ...field
}: TextFieldProps) {
  return (
    <Field {...field}>
      {(ties) => (
        <input
          {...ties}
          {...TYPES[type]}
          value={value ?? ''}
          class={width}
          autocomplete={autocomplete}
          inputMode={inputmode}
        />
      )}
    </Field>
  );
}

/** Several lines of text. */
export function TextArea({
  value = '',
  rows = 6,
  ...field
}: FieldProps & { value?: string | undefined; rows?: number }) {
  // An HTML parser drops the first line break inside a textarea; a second one keeps the writer's own.
  const kept = value.startsWith('\n') ? `\n${value}` : value;
  return (
    <Field {...field}>
      {(ties) => (
        <textarea {...ties} rows={rows}>
          {kept}
        </textarea>
      )}
    </Field>
  );
}

/** A whole or decimal number, typed as text: a `type="number"` box throws away what it cannot read. */
export function NumberField({
  decimal = false,
  ...field
}: Omit<TextFieldProps, 'type' | 'inputmode'> & { decimal?: boolean }) {
  return (
    <TextField
      width="tiny"
      autocomplete="off"
      {...field}
      inputmode={decimal ? 'decimal' : 'numeric'}
    />
  );
}

interface PickedProps extends FieldProps {
  readonly value?: string | undefined;
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A picker, or a text box when the value is no such thing: a picker would lose what was typed. */
function Picked({
  kind,
  fits,
  value = '',
  ...field
}: PickedProps & { kind: 'date' | 'time' | 'month' | 'datetime-local'; fits: boolean }) {
  return (
    <Field {...field}>
      {(ties) => (
        <input
          {...ties}
          class="short"
          {...TYPES[value === '' || fits ? kind : 'text']}
          value={value}
        />
      )}
    </Field>
  );
}

/** A day, as `2023-05-22`. */
export const DateField = (props: PickedProps) => (
  <Picked {...props} kind="date" fits={parseDate(props.value ?? '').ok} />
);

/** A time on the wall, as `09:30`; say which wall in the hint. */
export const TimeField = (props: PickedProps) => (
  <Picked {...props} kind="time" fits={CLOCK.test(props.value ?? '')} />
);

/** A month, as `2023-02`; for dates that are not settled yet. */
export const MonthField = (props: PickedProps) => (
  <Picked {...props} kind="month" fits={parseDate(`${props.value ?? ''}-01`).ok} />
);

/** A day and a time on the wall, as `2023-02-27T09:00`; say which wall in the hint. */
export const WallTimeField = (props: PickedProps) => {
  const [date = '', time = ''] = (props.value ?? '').split('T');
  return <Picked {...props} kind="datetime-local" fits={parseDate(date).ok && CLOCK.test(time)} />;
};

/** A file to send. The form needs `multipart`. Browsers never refill it, so problems should name the file. */
export function FileField({ accept, ...field }: FieldProps & { accept?: string }) {
  return <Field {...field}>{(ties) => <input {...ties} type="file" accept={accept} />}</Field>;
}

/** One of several answers. */
export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: ComponentChildren;
}

interface ChoiceProps extends FieldProps {
  readonly options: readonly Option[];
  readonly value?: string | undefined;
}

/** One of many, in a list that opens. `empty` is the line that stands for no answer. */
export function Select({ options, value, empty, ...field }: ChoiceProps & { empty?: string }) {
  return (
    <Field {...field}>
      {(ties) => (
        <select {...ties}>
          {empty !== undefined && <option value="">{empty}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface ChoiceLineProps {
  readonly id: string;
  readonly name: string;
  readonly type: 'radio' | 'checkbox';
  readonly option: Option;
  readonly checked: boolean;
  readonly invalid: 'true' | undefined;
}

function ChoiceLine({ id, name, type, option, checked, invalid }: ChoiceLineProps) {
  const hintId = option.hint === undefined ? undefined : `${id}-says`;
  return (
    <div class="choice">
      <input
        type={type}
        id={id}
        name={name}
        value={option.value}
        checked={checked}
        aria-describedby={hintId}
        aria-invalid={invalid}
      />
      <label for={id}>{option.label}</label>
      {hintId !== undefined && (
        <span class="hint" id={hintId}>
          {option.hint}
        </span>
      )}
    </div>
  );
}

/** One of a few, all in sight. */
export function RadioGroup({ options, value, ...field }: ChoiceProps) {
  return (
    <FieldGroup {...field}>
      {(ties) =>
        options.map((option, index) => (
          <ChoiceLine
            key={option.value}
            // The first answer carries the field's id, so that the summary of errors can lead there.
            id={index === 0 ? ties.id : `${ties.id}-${index}`}
            name={field.name}
            type="radio"
            option={option}
            checked={option.value === value}
            invalid={ties['aria-invalid']}
          />
        ))
      }
    </FieldGroup>
  );
}

/** Any number of a few. The form posts the name once for each that is ticked. */
export function CheckboxGroup({
  options,
  values,
  ...field
}: Omit<ChoiceProps, 'value'> & { values: readonly string[] }) {
  return (
    <FieldGroup optional {...field}>
      {(ties) =>
        options.map((option, index) => (
          <ChoiceLine
            key={option.value}
            id={index === 0 ? ties.id : `${ties.id}-${index}`}
            name={field.name}
            type="checkbox"
            option={option}
            checked={values.includes(option.value)}
            invalid={ties['aria-invalid']}
          />
        ))
      }
    </FieldGroup>
  );
}

/** A single yes; posts `value` (default `yes`) when ticked, nothing otherwise. */
export function Checkbox({
  checked,
  value = 'yes',
  ...field
}: FieldProps & { checked?: boolean | undefined; value?: string }) {
  const { ties, wrong, words } = useTold({ optional: true, ...field });
  return (
    <div class={wrong ? 'field wrong' : 'field'}>
      <div class="choice">
        <input {...ties} type="checkbox" value={value} checked={checked === true} />
        <label for={ties.id}>{field.label}</label>
        {words}
      </div>
    </div>
  );
}

/** A fact that the form carries along unseen. */
export const HiddenField = ({ name, value }: { name: string; value: string }) => (
  <input type="hidden" name={name} value={value} />
);
