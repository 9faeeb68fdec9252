import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, RadioGroup, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { DateSpan } from '../../../design/prose.tsx';
import type { OwnConcern } from './concern-queries.ts';
import { REPLIES, REPLY_SAID, REPLY_WORDS } from './concern-rules.ts';
import type { Week } from './week-rules.ts';

/** Asks somebody whom the chosen week does not suit what they want to do. */
export function ConcernForm({
  concern,
  start,
  end,
  action,
  problems,
  typed,
}: {
  concern: OwnConcern;
  start: Week['start'];
  end: Week['end'];
  action: string;
  problems?: readonly Problem[] | undefined;
  typed?: { readonly reply: string | undefined; readonly note: string | undefined } | undefined;
}) {
  return (
    <>
      <h2>What do you want to do?</h2>
      <p>
        {concern.why === 'no' ? (
          <>
            You told us that you cannot come on <DateSpan from={start} to={end} />.
          </>
        ) : (
          <>
            You did not say whether <DateSpan from={start} to={end} /> suits you.
          </>
        )}{' '}
        {concern.reply === undefined
          ? 'Nothing changes for you until you say something.'
          : `So far you said: ${REPLY_SAID[concern.reply]}. You can change that.`}
      </p>
      <Form action={action} problems={problems} label="What you want to do">
        <RadioGroup
          name="reply"
          label="Your choice"
          options={REPLIES.map((value) => ({ value, ...REPLY_WORDS[value] }))}
          value={typed?.reply ?? concern.reply}
        />
        <TextArea
          name="note"
          label="Note to the organisers"
          hint="Which days, or what would help."
          rows={3}
          value={typed?.note ?? concern.note}
          optional
        />
        <HiddenField name="do" value="reply" />
        <Actions>
          <SubmitButton>Send</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
