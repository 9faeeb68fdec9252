import type { Problem } from '@cairn/kernel/problem';
import { counted, listed } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { NumberField, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import type { WorkPlan } from './workplan-rules.ts';

interface FreezePageProps {
  /** `/s/<summit>`. */
  readonly home: string;
  readonly work: WorkPlan;
  readonly tag: string;
  readonly name: string;
  readonly problems?: readonly Problem[] | undefined;
}

/** The page before freezing: what is still amiss, and how the version is called. */
export function FreezePage({ home, work, tag, name, problems }: FreezePageProps) {
  const lacking = work.topics.filter(({ lacks }) => lacks.length > 0);
  const overloaded = work.people.filter(({ isOverloaded }) => isOverloaded === true);
  const page = `${home}/plan/work-plan`;
  return (
    <>
      <p>
        The plan as it stands now becomes <strong>{tag}</strong>: a signed tag in the planning
        repository, and what <a href={`${home}/workplan.pdf`}>workplan.pdf</a> shows from then on.
        Topics can still change; the page then says what differs. A version is not taken back.
      </p>
      {lacking.length + overloaded.length + work.idle.length > 0 ? (
        <>
          <h2>Look at this first</h2>
          <ul>
            {lacking.map(({ path, number, topic, lacks }) => (
              <li key={path}>
                <Mark shape="triangle" tone="warn">
                  {number === undefined ? (
                    topic.title
                  ) : (
                    <a href={`${home}/plan/topics/${number}/edit`}>{topic.title}</a>
                  )}
                </Mark>
                : {lacks.map(({ sentence }) => sentence).join(' ')}
              </li>
            ))}
            {overloaded.map(({ id, name: who, leads, worksOn }) => (
              <li key={id}>
                <Mark shape="triangle" tone="warn">
                  {who}
                </Mark>{' '}
                has too much: leads {leads.length}, works on {worksOn.length} more.
              </li>
            ))}
            {work.idle.length > 0 && (
              <li>
                <Mark shape="ring" tone="warn">
                  {counted(work.idle.length, 'person', 'people')} in no topic
                </Mark>
                : {listed(work.idle.map(({ name: who }) => who))}.
              </li>
            )}
          </ul>
        </>
      ) : (
        <p>
          <Mark shape="tick" tone="good">
            No topic lacks anything, and everybody has something to do.
          </Mark>
        </p>
      )}
      <Form action={`${page}/freeze`} problems={problems}>
        <TextField
          name="name"
          label="Name of this version"
          hint="Such as “For the summit”."
          value={name}
        />
        <Actions>
          <SubmitButton>Freeze {tag}</SubmitButton>
          <a href={page}>Leave things as they are</a>
        </Actions>
      </Form>
    </>
  );
}

interface LoadFormProps {
  readonly home: string;
  readonly mostTopics: string;
  readonly mostLed: string;
  readonly problems?: readonly Problem[] | undefined;
}

/** What is too much for one person; for organisers. */
export const LoadForm = ({ home, mostTopics, mostLed, problems }: LoadFormProps) => (
  <details open={problems !== undefined}>
    <summary>What is too much for one person</summary>
    <Form action={`${home}/plan/work-plan/load`} problems={problems} label="Too much">
      <NumberField
        name="most_topics"
        label="Topics that one person is in, at most"
        value={mostTopics}
      />
      <NumberField name="most_led" label="Topics that one person leads, at most" value={mostLed} />
      <Actions>
        <SubmitButton weight="ordinary">Save</SubmitButton>
      </Actions>
    </Form>
  </details>
);
