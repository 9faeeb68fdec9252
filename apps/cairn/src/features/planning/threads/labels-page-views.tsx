import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import type { KnownLabel } from './label-queries.ts';
import { LabelMark } from './label-views.tsx';

interface LabelsPageProps {
  readonly action: string;
  readonly back: string;
  readonly known: readonly KnownLabel[];
  readonly labels: string;
  readonly problems?: readonly Problem[];
}

/** The form of a thread's labels: typed with commas, with those that are known in sight. */
export const LabelsPage = ({ action, back, known, labels, problems }: LabelsPageProps) => (
  <>
    <Form action={action} problems={problems}>
      <TextField
        name="labels"
        label="Labels"
        value={labels}
        hint="With commas between them. One that nobody has used yet is new."
        autocomplete="off"
        optional
      />
      <Actions>
        <SubmitButton>Set the labels</SubmitButton>
        <a href={back}>Leave them as they are</a>
      </Actions>
    </Form>
    {known.length > 0 && (
      <section aria-labelledby="known-labels">
        <h2 id="known-labels">Labels in use</h2>
        <ul>
          {known.map((each) => (
            <li key={each.label}>
              <LabelMark {...each} />
              {each.about !== '' && ` – ${each.about}`}
            </li>
          ))}
        </ul>
      </section>
    )}
  </>
);
