import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { SelectBox, TextBox } from '../../../design/boxes.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { ErrorSummary, Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Table } from '../../../design/table.tsx';
import type { ParticipantStatus } from './participant-queries.ts';
import type { MoneyPerson } from './people-queries.ts';

interface ParticipantsPageProps {
  readonly action: string;
  readonly people: readonly MoneyPerson[];
  readonly statuses: ReadonlyMap<string, ParticipantStatus>;
  readonly problems: readonly Problem[];
}

/** Whether each person is a participant whom participant support may pay for. */
export function ParticipantsPage({ action, people, statuses, problems }: ParticipantsPageProps) {
  return (
    <>
      <ErrorSummary problems={problems} />
      <p>
        Participant support pays for people who come to learn and confer. Whoever puts effort into
        delivering the programme is not a participant (2 CFR 200.1), and is paid from other lines.
        Which of the two a maintainer is, your institution’s written policy says. Decide it here for
        each person; Cairn does not guess.
      </p>
      <Table
        caption="People with a seat"
        columns={[
          { head: 'Name', cell: ({ name }: MoneyPerson) => name },
          {
            head: 'Decided',
            cell: ({ personId }) => {
              const status = statuses.get(personId);
              return status === undefined ? (
                <Mark shape="ring" tone="warn">
                  not yet
                </Mark>
              ) : (
                <Mark shape="tick" tone="good">
                  {status.isParticipant ? 'a participant' : 'works for the programme'}
                </Mark>
              );
            },
          },
          {
            head: 'Decide',
            cell: ({ personId, name }) => {
              const status = statuses.get(personId);
              return (
                <Form action={action} label={`Decide for ${name}`} scope={personId}>
                  <HiddenField name="person" value={personId} />
                  <SelectBox
                    name="is"
                    label={`What ${name} is`}
                    options={[
                      { value: 'participant', label: 'a participant' },
                      { value: 'staff', label: 'works for the programme' },
                    ]}
                    value={status?.isParticipant === false ? 'staff' : 'participant'}
                  />
                  <TextBox
                    name="reason"
                    label={`Why, for ${name}`}
                    optional
                    value={status?.reason ?? ''}
                  />
                  <Actions>
                    <SubmitButton weight="plain">Save</SubmitButton>
                  </Actions>
                </Form>
              );
            },
          },
        ]}
        rows={people.filter(({ seatKind }) => seatKind !== undefined)}
        rowKey={({ personId }) => personId}
        empty="Nobody has a seat yet."
      />
    </>
  );
}
