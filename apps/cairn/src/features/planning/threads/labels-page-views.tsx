import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { RadioGroup, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Table } from '../../../design/table.tsx';
import type { KnownLabel } from './label-queries.ts';
import type { LabelMeaning } from './label-rules.ts';
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

const MEANINGS: readonly { readonly value: LabelMeaning; readonly label: string }[] = [
  { value: 'plain', label: 'Says what it is about' },
  { value: 'good', label: 'Good news: ready, welcome, easy to begin with' },
  { value: 'warn', label: 'Needs care: waits, unclear, at risk' },
  { value: 'bad', label: 'Something is wrong: blocked, broken' },
  { value: 'soft', label: 'Set aside: later, somewhere else' },
];

interface LabelListPageProps {
  readonly home: string;
  readonly known: readonly KnownLabel[];
  /** The reader may say what labels mean. */
  readonly maySay: boolean;
  readonly typed: { readonly label: string; readonly meaning: string; readonly about: string };
  readonly problems: readonly Problem[];
}

/** Every label of a plan with what it means. */
export const LabelListPage = ({ home, known, maySay, typed, problems }: LabelListPageProps) => (
  <>
    {known.length === 0 ? (
      <EmptyState>No label has been used yet.</EmptyState>
    ) : (
      <Table
        caption="Labels"
        rows={known}
        rowKey={({ label }) => label}
        empty="None."
        columns={[
          { head: 'Label', cell: (each) => <LabelMark {...each} /> },
          { head: 'Means', cell: ({ about }) => (about === '' ? '–' : about) },
          { head: 'Used', kind: 'number', cell: ({ threads }) => threads },
          {
            head: 'See',
            cell: ({ label }) => (
              <>
                <a href={`${home}/plan/topics?label=${encodeURIComponent(label)}`}>
                  topics<span class="unseen"> with {label}</span>
                </a>
                {', '}
                <a href={`${home}/plan/issues?state=all&label=${encodeURIComponent(label)}`}>
                  issues<span class="unseen"> with {label}</span>
                </a>
                {maySay && (
                  <>
                    {', '}
                    <a href={`${home}/plan/labels?label=${encodeURIComponent(label)}#field-label`}>
                      describe<span class="unseen"> {label}</span>
                    </a>
                  </>
                )}
              </>
            ),
          },
        ]}
      />
    )}
    {maySay && (
      <section aria-labelledby="describe">
        <h2 id="describe">Say what a label means</h2>
        <Form action={`${home}/plan/labels`} problems={problems}>
          <TextField name="label" label="Label" value={typed.label} autocomplete="off" />
          <RadioGroup
            name="meaning"
            label="What it tells"
            options={MEANINGS}
            value={typed.meaning}
            hint="This gives it its colour; the word says it too."
          />
          <TextField
            name="about"
            label="When to use it"
            value={typed.about}
            hint="In one sentence."
            optional
          />
          <Actions>
            <SubmitButton>Keep it</SubmitButton>
          </Actions>
        </Form>
      </section>
    )}
  </>
);
