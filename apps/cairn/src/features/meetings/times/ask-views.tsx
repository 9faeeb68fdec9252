import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';

interface AskPageProps {
  readonly action: string;
  readonly back: string;
  readonly click: string;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly mail: { readonly subject: string; readonly body: string };
  readonly url: string;
}

/** The mail to those of whom it is not known when they can, before it goes. */
export function AskPage({ action, back, click, people, mail, url }: AskPageProps) {
  if (people.length === 0) {
    return (
      <EmptyState>
        Everybody has said when they can. <a href={back}>Find times</a>
      </EmptyState>
    );
  }
  return (
    <>
      <p>
        This mail goes to {counted(people.length, 'person', 'people')}, and to nobody else:{' '}
        {people.map(({ name }) => name).join(', ')}.
      </p>
      <h2>{mail.subject}</h2>
      {mail.body.split('\n\n').map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <p>{url}</p>
      <Form action={action} label="Ask for availability">
        <HiddenField name="click" value={click} />
        <Actions>
          <SubmitButton>Send it to {counted(people.length, 'person', 'people')}</SubmitButton>
          <a href={back}>Send nothing</a>
        </Actions>
      </Form>
    </>
  );
}
