import {
  DateField,
  NumberField,
  RadioGroup,
  Select,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import type { FactField } from './facts-rules.ts';

interface FactFieldsProps {
  readonly fields: readonly FactField[];
  /** The name of a fact's control in the form. */
  readonly name: (key: string) => string;
  /** What stands in it. */
  readonly value: (key: string) => string;
  /** In which currency amounts are typed, said beside them. */
  readonly currency?: string | undefined;
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

/** What the rules ask of a cost, as fields of a form. */
export const FactFields = ({ fields, name, value, currency }: FactFieldsProps) => (
  <>
    {fields.map(({ key, label, hint, kind, options, isRequired }) => {
      const field = {
        name: name(key),
        label: kind === 'money' && currency ? `${label}, in ${currency}` : label,
        hint,
        optional: !isRequired,
        value: value(key),
      };
      switch (kind) {
        case 'number':
          return <NumberField key={key} {...field} decimal />;
        case 'money':
          return <NumberField key={key} {...field} width="short" decimal />;
        case 'day':
          return <DateField key={key} {...field} />;
        case 'yes_no':
          return <RadioGroup key={key} {...field} options={YES_NO} />;
        case 'choice':
          return <Select key={key} {...field} options={options ?? []} empty="Choose" />;
        case 'legs':
          return <TextArea key={key} {...field} rows={3} />;
        default:
          return <TextField key={key} {...field} />;
      }
    })}
  </>
);
