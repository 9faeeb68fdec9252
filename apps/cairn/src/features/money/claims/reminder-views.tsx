import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { NumberField, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { type Typed, textIn } from '../typed-rules.ts';

/** After how many days who is reminded of claims. */
export const RemindersPage = ({
  action,
  typed,
  problems,
}: {
  action: string;
  typed: Typed;
  problems?: readonly Problem[] | undefined;
}) => (
  <Form action={action} problems={problems} label="Reminders of claims">
    <TextField
      name="waiting_days"
      label="Treasurers, of a claim that waits: after days"
      hint="Several numbers with commas between them, such as 5, 10, 20."
      width="short"
      value={textIn(typed, 'waiting_days')}
    />
    <NumberField
      name="draft_days"
      label="Its owner, of a draft: every so many days"
      value={textIn(typed, 'draft_days')}
    />
    <NumberField
      name="returned_days"
      label="Its owner, of a returned claim: every so many days"
      value={textIn(typed, 'returned_days')}
    />
    <NumberField
      name="deadline_days"
      label="Its owner, before the deadline of the rules: days"
      value={textIn(typed, 'deadline_days')}
    />
    <NumberField
      name="unpaid_days"
      label="Treasurers, of a claim that was sent and is not paid: every so many days"
      value={textIn(typed, 'unpaid_days')}
    />
    <Actions>
      <SubmitButton>Save the reminders</SubmitButton>
    </Actions>
  </Form>
);
