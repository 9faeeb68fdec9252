import type { ComponentChildren } from 'preact';
import { FieldGroup, type FieldProps } from './form.tsx';

interface ChoiceRowProps extends FieldProps {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** The one that is chosen; undefined when none is. */
  readonly value: string | undefined;
  /** What else belongs to the question, under the answers: a note, say. */
  readonly children?: ComponentChildren;
}

/**
 * One of a few short answers in one row, each as large as a finger and one tap away; native radio
 * buttons, so the arrow keys move between them. For many questions of one kind in a row.
 */
export const ChoiceRow = ({ options, value, children, ...field }: ChoiceRowProps) => (
  <div class="choice-row">
    <FieldGroup {...field}>
      {(ties) => (
        <div class="answers">
          {options.map((option, index) => {
            // The first answer carries the field's id, so that the summary of errors can lead there.
            const id = index === 0 ? ties.id : `${ties.id}-${index}`;
            return (
              <span class="answer" key={option.value}>
                <input
                  type="radio"
                  id={id}
                  name={field.name}
                  value={option.value}
                  checked={option.value === (value ?? '')}
                  aria-invalid={ties['aria-invalid']}
                />
                <label for={id}>{option.label}</label>
              </span>
            );
          })}
        </div>
      )}
    </FieldGroup>
    {children}
  </div>
);
