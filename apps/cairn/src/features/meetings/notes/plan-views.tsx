import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import type { NotesInPlan } from '../../planning/notes/standing-queries.ts';
import type { TextSubject } from './text-rules.ts';

interface InPlanProps {
  /** `/s/<summit>`. */
  readonly home: string;
  readonly subject: TextSubject;
  readonly standing: NotesInPlan;
}

/** Whether these notes are in the plan; for those who may, the button that brings them there. */
export function InPlan({ home, subject, standing }: InPlanProps) {
  const { page, isPublic, mayPublish } = standing;
  if (page === undefined && !mayPublish) return null;
  const { meeting, track } = subject;
  const who = isPublic ? 'everybody on the web' : 'everybody who takes part';
  return (
    <section aria-labelledby="in-plan">
      <h2 id="in-plan">In the plan</h2>
      {page === undefined ? (
        <p>
          These notes are for those who come. The plan can be read by {who}: so look whether all of
          them may be read there, then publish them. From then on what is written here follows into
          the plan, and what is changed there comes back.
        </p>
      ) : (
        <p>
          These notes are <a href={`${home}${page}`}>a document of the plan</a>, which {who} can
          read. Each follows the other.
        </p>
      )}
      {mayPublish && (
        <Form action={`${home}/plan/meeting-notes`} label="In the plan">
          <HiddenField name="meeting" value={meeting} />
          <HiddenField name="track" value={track} />
          <HiddenField name="deed" value={page === undefined ? 'publish' : 'part'} />
          <Actions>
            <SubmitButton weight="ordinary">
              {page === undefined
                ? 'Publish in the plan'
                : 'Let them not follow each other any more'}
            </SubmitButton>
          </Actions>
        </Form>
      )}
    </section>
  );
}
