import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  CheckboxGroup,
  DateField,
  HiddenField,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';

/** The text of each field, as it was typed. */
export interface TypedDecision {
  readonly title: string;
  readonly decided: string;
  readonly why: string;
  readonly alternatives: string;
  readonly made: string;
  readonly where: string;
  readonly people: readonly string[];
  readonly topics: readonly string[];
}

interface RecordPageProps {
  /** `/s/<summit>/plan`. */
  readonly plan: string;
  readonly typed: TypedDecision;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly topics: readonly { readonly number: number; readonly title: string }[];
  readonly windowDays: number;
  readonly problems?: readonly Problem[] | undefined;
}

/** The form in which a decision is recorded. */
export const RecordPage = ({
  plan,
  typed,
  people,
  topics,
  windowDays,
  problems,
}: RecordPageProps) => (
  <>
    <p>
      It becomes a document of the plan and is provisional for {counted(windowDays, 'day')}. Who
      comes and was not there is told by mail now, and once more before that is over.
    </p>
    <Form action={`${plan}/decisions`} problems={problems}>
      <TextField name="title" label="What was decided, in one line" value={typed.title} />
      <TextArea
        name="decided"
        label="What was decided"
        hint="So that who was not there can agree or object. Markdown."
        value={typed.decided}
      />
      <TextArea name="why" label="Why" value={typed.why} rows={4} optional />
      <TextArea
        name="alternatives"
        label="What else was thought of, and why not that"
        value={typed.alternatives}
        rows={4}
        optional
      />
      <DateField name="made" label="On which day" value={typed.made} />
      <TextField
        name="where"
        label="Where"
        hint="The meeting, call or room, such as “March planning meeting, track on builds”."
        value={typed.where}
      />
      <CheckboxGroup
        name="people"
        label="Who was there"
        options={people.map(({ id, name }) => ({ value: id, label: name }))}
        values={typed.people}
      />
      {topics.length > 0 && (
        <CheckboxGroup
          name="topics"
          label="Topics that it is about"
          options={topics.map(({ number, title }) => ({ value: String(number), label: title }))}
          values={typed.topics}
        />
      )}
      <Actions>
        <SubmitButton>Record it</SubmitButton>
        <a href={`${plan}/decisions`}>Leave things as they are</a>
      </Actions>
    </Form>
  </>
);

interface RevisePageProps {
  readonly plan: string;
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly blob: string;
  readonly windowDays: number;
  readonly problems?: readonly Problem[] | undefined;
}

/** The form in which a decision is written anew. */
export const RevisePage = (props: RevisePageProps) => {
  const { plan, number, title, text, blob, windowDays, problems } = props;
  const page = `${plan}/decisions/${number}`;
  return (
    <>
      <p>
        A change of more than blanks makes the decision provisional for {counted(windowDays, 'day')}{' '}
        from now, never less than was promised before. Who was not there is told again, and whoever
        objected to the old text is asked whether that stands.
      </p>
      <Form action={`${page}/edit`} problems={problems}>
        <HiddenField name="blob" value={blob} />
        <TextField name="title" label="What was decided, in one line" value={title} />
        <TextArea name="text" label="Text" hint="Markdown." rows={16} value={text} />
        <Actions>
          <SubmitButton>Save it and open a new window</SubmitButton>
          <a href={page}>Leave things as they are</a>
        </Actions>
      </Form>
    </>
  );
};
