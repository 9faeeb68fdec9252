import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { CheckboxGroup, HiddenField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';

interface OwnCallsProps {
  readonly action: string;
  readonly callsHref: string;
  readonly feedsHref: string;
  readonly calendars: readonly {
    readonly key: string;
    readonly name: string;
    readonly calls: number;
  }[];
  readonly followed: readonly string[];
  readonly problems: readonly Problem[];
}

/** Which calendars of calls a person's own feeds hold. */
export function OwnCallsPage(props: OwnCallsProps) {
  const { action, callsHref, feedsHref, calendars, followed, problems } = props;
  if (calendars.length === 0) {
    return (
      <EmptyState next={{ href: feedsHref, label: 'Your feeds' }}>
        There is no calendar of calls yet. Once there is one, you choose it here.
      </EmptyState>
    );
  }
  return (
    <>
      <p>
        What you choose here is in <a href={feedsHref}>your own feeds</a>, beside the dates of the
        summit. <a href={callsHref}>When the calls are</a>
      </p>
      <Form action={action} problems={problems}>
        <HiddenField name="form" value="calls" />
        <CheckboxGroup
          name="calendars[]"
          label="Calendars in your feeds"
          values={followed}
          options={calendars.map(({ key, name, calls }) => ({
            value: key,
            label: name,
            hint: counted(calls, 'call'),
          }))}
        />
        <Actions>
          <SubmitButton>Save</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
