import { parseDate } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { type FieldProps, fieldId, type Ties, useTold } from './form.tsx';

type BoxProps = Omit<FieldProps, 'label' | 'hint'> & {
  /** Read out only: what is seen is the head of the row and of the column. */
  readonly label: string;
  readonly value: string;
};

/** A control in a cell of a table: its label is unseen, its problems stand above it. */
function Box({
  label,
  children,
  ...field
}: Omit<BoxProps, 'value'> & { children: (ties: Ties) => ComponentChildren }) {
  const { ties, wrong, words } = useTold(field);
  return (
    <span class={wrong ? 'field wrong' : 'field'}>
      <label for={ties.id} class="unseen">
        {label}
      </label>
      {words}
      {children(ties)}
    </span>
  );
}

/** One line of text in a cell. */
export const TextBox = ({
  value,
  inputmode,
  ...box
}: BoxProps & { inputmode?: 'text' | 'numeric' }) => (
  <Box {...box}>
    {(ties) => (
      <input
        {...ties}
        type="text"
        value={value}
        inputMode={inputmode}
        autocomplete="off"
        spellcheck={false}
      />
    )}
  </Box>
);

/** A day in a cell; a text box when the value is none, so that nothing typed is lost. */
export const DateBox = ({ value, ...box }: BoxProps) => (
  <Box {...box}>
    {(ties) => (
      <input
        {...ties}
        {...(value === '' || parseDate(value).ok ? { type: 'date' } : { type: 'text' })}
        value={value}
      />
    )}
  </Box>
);

/** One of many in a cell. `empty` is the line that stands for none. */
export const SelectBox = ({
  value,
  options,
  empty,
  ...box
}: BoxProps & {
  options: readonly { readonly value: string; readonly label: string }[];
  empty?: string;
}) => (
  <Box {...box}>
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
  </Box>
);

interface TickBoxProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly checked: boolean;
}

/**
 * A tick in a cell, one of several of a name: the form posts the name once for each that is ticked.
 * What is wrong with all of them together is told above the form.
 */
export function TickBox({ name, label, value, checked }: TickBoxProps) {
  const id = fieldId(`${name}${value}`);
  return (
    <span class="field">
      <label for={id} class="unseen">
        {label}
      </label>
      <input id={id} type="checkbox" name={name} value={value} checked={checked} />
    </span>
  );
}
