import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, RadioGroup, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import type { ChangesPageProps } from './shown-changes.ts';

/** The form at the end: what one says of this version as a whole. */
export function ReviewForm({ page, to, drafts, isOwn, versions }: ChangesPageProps) {
  if (!page.mayWrite) {
    return <p class="quiet">Those who come to the summit can review this.</p>;
  }
  const wrong = page.refused?.form === 'review' ? page.refused : undefined;
  const isLast = versions.at(-1)?.version === to;
  const mayJudge = page.isOpen && !isOwn;
  return (
    <section aria-labelledby="review">
      <h2 id="review">
        {mayJudge ? 'Your review of' : 'Your comment on'} version {to}
      </h2>
      {!isLast && <p class="quiet">There is a later version; look at that one too.</p>}
      {drafts > 0 && (
        <p>{counted(drafts, 'remark of yours goes', 'remarks of yours go')} with it.</p>
      )}
      <Form
        action={`${page.proposal}/reviews${page.query}`}
        problems={wrong?.problems}
        scope="review"
        label="Review"
      >
        <HiddenField name="version" value={String(to)} />
        {mayJudge ? (
          <RadioGroup
            name="verdict"
            label="What do you say?"
            value={wrong?.typed['verdict']}
            options={[
              { value: 'comment', label: 'Comment', hint: 'Without a judgement.' },
              { value: 'approve', label: 'Approve', hint: 'It may be merged as it is.' },
              {
                value: 'request_changes',
                label: 'Ask for changes',
                hint: 'Something has to change first; say what.',
              },
            ]}
          />
        ) : (
          <HiddenField name="verdict" value="comment" />
        )}
        <TextArea
          name="body"
          label="In words"
          value={wrong?.typed['body']}
          rows={5}
          optional={mayJudge}
        />
        <Actions>
          <SubmitButton>{mayJudge ? 'Send the review' : 'Send the comment'}</SubmitButton>
        </Actions>
      </Form>
      <Form action={`${page.proposal}/read${page.query}`}>
        <HiddenField name="version" value={String(to)} />
        <SubmitButton weight="plain">I have read version {to}</SubmitButton>
      </Form>
    </section>
  );
}
