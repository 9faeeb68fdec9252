import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Select } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { AnswerMark } from './answer-views.tsx';
import type { KeptReply } from './reply-queries.ts';

const WHY_KEPT = {
  'unknown-attendee': 'Nobody of this summit was invited under this address.',
  'other-sender': 'It came from another address than the one that was invited.',
} as const;

/** Replies that fit nobody who was invited, each to be counted for somebody or set aside. */
export const KeptReplies = ({
  here,
  zone,
  kept,
}: {
  here: string;
  zone: ZoneName;
  kept: readonly KeptReply[];
}) => (
  <Table
    caption="Replies to look at"
    note="They were kept, and count for nobody."
    columns={[
      {
        head: 'From',
        cell: ({ attendee, sender }) =>
          sender === null || sender === attendee ? attendee : `${sender}, for ${attendee}`,
      },
      { head: 'To', cell: ({ title }) => title },
      { head: 'Says', cell: ({ answer }) => <AnswerMark answer={answer} /> },
      {
        head: 'Came',
        kind: 'date',
        cell: ({ receivedAt }) => <When instant={receivedAt} zone={zone} />,
      },
      { head: 'Why it waits', cell: ({ why }) => WHY_KEPT[why] },
      {
        head: 'Settle',
        cell: ({ id, people, attendee }) => (
          <Form
            action={`${here}/replies/${id}`}
            label={`Settle the reply of ${attendee}`}
            scope={id}
          >
            <Select
              name="person"
              label="It is from"
              empty="Choose a person"
              options={people.map(({ personId, name }) => ({ value: personId, label: name }))}
              optional
            />
            <Actions>
              <SubmitButton weight="ordinary" name="action" value="count">
                Count it<span class="unseen">, the reply of {attendee}</span>
              </SubmitButton>
              <SubmitButton weight="plain" name="action" value="drop">
                Set it aside<span class="unseen">, the reply of {attendee}</span>
              </SubmitButton>
            </Actions>
          </Form>
        ),
      },
    ]}
    rows={kept}
    rowKey={({ id }) => id}
    empty=""
    wide
  />
);
