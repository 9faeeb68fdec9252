import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, Select, TextArea, TextField } from '../../../design/controls.tsx';
import { Field, Form } from '../../../design/form.tsx';
import { EFFORTS } from '../documents/kind-schema.ts';
import { threadHref } from '../threads/thread-rules.ts';
import type { AlikeThread } from './alike-queries.ts';
import type { NameablePerson } from './people-queries.ts';
import type { TopicForm } from './topic-form-rules.ts';

/** The script that finds what looks alike while somebody types. */
export const ALIKE_SCRIPT = '/assets/alike.js';

const EFFORT_LABELS = {
  small: 'Small: hours',
  medium: 'Medium: the days of the summit',
  large: 'Large: longer',
};

interface TopicFormPageProps {
  readonly home: string;
  readonly action: string;
  readonly form: TopicForm;
  readonly people: readonly NameablePerson[];
  readonly projects: readonly string[];
  readonly labels: readonly string[];
  readonly problems?: readonly Problem[];
  /** Of a topic that is changed: the state of its document that the form was made from. */
  readonly base?: string;
  /** What looks alike, once the form was sent for the first time. */
  readonly alike?: readonly AlikeThread[];
  readonly back: string;
}

/** The form of a topic: to open one, or to change what one says. */
export function TopicFormPage(props: TopicFormPageProps) {
  const { home, action, form, people, projects, labels, problems, base, alike = [], back } = props;
  const isNew = base === undefined;
  return (
    <>
      <Datalist
        id="known-people"
        options={people.map(({ name, handle }) => ({ value: handle ?? name, label: name }))}
      />
      <Datalist id="known-projects" options={projects.map((value) => ({ value }))} />
      <Datalist id="known-labels" options={labels.map((value) => ({ value }))} />
      <Form
        action={action}
        problems={problems}
        wide
        label={isNew ? 'Open a topic' : 'Change the topic'}
      >
        {alike.length > 0 && <AlikeQuestion home={home} alike={alike} />}
        {base !== undefined && <HiddenField name="base" value={base} />}
        {alike.length > 0 && <HiddenField name="looked" value="yes" />}
        <TextField
          name="title"
          label="Title"
          value={form.title}
          hint="What it is about, in one line."
        />
        {isNew && <AlikeHint home={home} of="topic" />}
        <TextArea
          name="problem"
          label="Problem"
          value={form.problem}
          rows={5}
          hint="What is wrong today, and whom does it hurt?"
        />
        <TextArea
          name="goal"
          label="Wished result"
          value={form.goal}
          rows={3}
          hint="What will be better?"
          optional
        />
        <TextArea
          name="doneWhen"
          label="Done when"
          value={form.doneWhen}
          rows={3}
          hint="How can anybody tell that it is finished?"
          optional
        />
        <TextArea
          name="firstTasks"
          label="First tasks"
          value={form.firstTasks}
          rows={3}
          hint="With what does it begin? One task a line."
          optional
        />
        <ListedField
          name="lead"
          label="Lead"
          value={form.lead}
          list="known-people"
          hint="Who leads it: a name as in the list of people, or a handle."
        />
        <ListedField
          name="people"
          label="People"
          value={form.people}
          list="known-people"
          hint="Who works on it besides, with commas between them."
        />
        <ListedField
          name="projects"
          label="Projects that it needs"
          value={form.projects}
          list="known-projects"
          hint="With commas between them."
        />
        <Select
          name="effort"
          label="Effort"
          value={form.effort}
          empty="not said yet"
          options={EFFORTS.map((value) => ({ value, label: EFFORT_LABELS[value] }))}
          optional
        />
        <TextArea
          name="links"
          label="Links"
          value={form.links}
          rows={2}
          hint="Where it was talked about before: one address a line."
          optional
        />
        <ListedField
          name="labels"
          label="Labels"
          value={form.labels}
          list="known-labels"
          hint="With commas between them."
        />
        <Actions>
          <SubmitButton>
            {isNew ? (alike.length > 0 ? 'No, open mine' : 'Open the topic') : 'Save'}
          </SubmitButton>
          <a href={back}>{isNew ? 'Open none' : 'Leave it as it is'}</a>
        </Actions>
      </Form>
    </>
  );
}

/** Where the script tells what looks alike; empty without it. */
export const AlikeHint = ({ home, of }: { home: string; of: 'topic' | 'issue' }) => (
  <div role="status" data-alike={`${home}/plan/topics/alike`} data-of={of} />
);

/** What looks like what somebody is about to open, asked once before it is opened. */
export const AlikeQuestion = ({ home, alike }: { home: string; alike: readonly AlikeThread[] }) => (
  <div class="problems" role="alert">
    <h2>These look alike: is it one of them?</h2>
    <ul>
      {alike.map((thread) => (
        <li key={thread.number}>
          <a href={threadHref(home, thread)}>
            <bdi>{thread.title}</bdi>
          </a>{' '}
          <span class="quiet">
            #{thread.number}, {thread.state}
          </span>
        </li>
      ))}
    </ul>
    <p>If it is, say there what is missing. If not, open yours with the button below.</p>
  </div>
);

/** One line of text for which the browser offers what is known. */
function ListedField({
  name,
  label,
  value,
  list,
  hint,
}: {
  name: string;
  label: string;
  value: string;
  list: string;
  hint: string;
}) {
  return (
    <Field name={name} label={label} hint={hint} optional>
      {(ties) => <input {...ties} type="text" value={value} list={list} autocomplete="off" />}
    </Field>
  );
}

const Datalist = ({
  id,
  options,
}: {
  id: string;
  options: readonly { readonly value: string; readonly label?: string }[];
}) => (
  <datalist id={id}>
    {options.map(({ value, label }) => (
      <option key={value} value={value}>
        {label ?? value}
      </option>
    ))}
  </datalist>
);
