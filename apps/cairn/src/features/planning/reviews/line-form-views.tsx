import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, NumberField, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import type { RemarkPage } from './remark-views.tsx';
import type { LinePlace } from './review-rules.ts';

/** The form to say something about a line: at once, or as a part of a review. */
export function LineForm({
  page,
  place,
  version,
}: {
  page: RemarkPage;
  place: LinePlace;
  version: number;
}) {
  const wrong = page.refused?.form === 'line' ? page.refused : undefined;
  return (
    <div id="say" tabIndex={-1}>
      <Form
        action={`${page.proposal}/lines${page.query}`}
        problems={wrong?.problems}
        scope="line"
        label={`About line ${place.line}`}
      >
        <HiddenField name="version" value={String(version)} />
        <HiddenField name="side" value={place.side} />
        <HiddenField name="path" value={place.path} />
        <HiddenField name="line" value={String(place.line)} />
        <TextArea
          name="body"
          label={`About line ${place.line}${place.side === 'old' ? ' as it was' : ''}`}
          value={wrong?.typed['body']}
          rows={4}
          hint={
            place.side === 'new' ? (
              <>
                Markdown. What you write between <code>```suggestion</code> and <code>```</code> can
                be taken over by the author with one button.
              </>
            ) : (
              'Markdown.'
            )
          }
        />
        <NumberField
          name="firstLine"
          label="From line"
          value={wrong?.typed['firstLine']}
          hint={`If it is about several lines up to ${place.line}.`}
          optional
        />
        <Actions>
          <SubmitButton name="do" value="gather">
            Add it to my review
          </SubmitButton>
          <SubmitButton name="do" value="say" weight="ordinary">
            Say it now
          </SubmitButton>
          <a href={`${page.proposal}/changes${page.query}`}>Leave it</a>
        </Actions>
      </Form>
    </div>
  );
}
