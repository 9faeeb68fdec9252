import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { OutStanding, Stuck } from './out-queries.ts';

const WHAT: Record<Stuck['what'], string> = {
  main: 'the main branch',
  heads: 'commits of pull requests',
  thread: 'a topic, issue, proposal or decision',
  comment: 'a comment',
  review: 'a review',
  reactions: 'reactions',
  requests: 'whom a review is asked of',
};

/** What goes out to GitHub, and what it would not take. */
export function OutSection({
  standing,
  home,
  zone,
}: {
  standing: OutStanding;
  home: string;
  zone: ZoneName;
}) {
  const { sends, waiting, stuck } = standing;
  return (
    <>
      <p>
        {sends
          ? 'What happens in this plan appears on GitHub: under people’s own names where they let Cairn write as them, else under Cairn’s with theirs in front.'
          : 'Cairn listens to GitHub, and tells it nothing.'}
        {sends && waiting > 0 && ` ${counted(waiting, 'thing')} on the way.`}
      </p>
      {stuck.length > 0 && (
        <>
          <Table
            caption="GitHub has not taken"
            rows={stuck}
            empty="Nothing."
            rowKey={({ what, localId }) => `${what} ${localId}`}
            columns={[
              {
                head: 'What',
                cell: ({ what, localId }) =>
                  what === 'thread' ? (
                    <a href={`${home}/plan/${localId}`}>#{localId}</a>
                  ) : (
                    WHAT[what]
                  ),
              },
              { head: 'GitHub said', cell: ({ trouble }) => trouble },
              {
                head: 'Tried again',
                cell: ({ notBefore }) =>
                  notBefore === null ? 'soon' : <When instant={notBefore} zone={zone} />,
              },
            ]}
          />
          <Form action={`${home}/organise/planning/github/retry`}>
            <Actions>
              <SubmitButton>Try again now</SubmitButton>
            </Actions>
          </Form>
        </>
      )}
      <Form action={`${home}/organise/planning/github/sends`}>
        <HiddenField name="sends" value={sends ? 'no' : 'yes'} />
        <Actions>
          <SubmitButton>{sends ? 'Tell GitHub nothing' : 'Tell GitHub'}</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
