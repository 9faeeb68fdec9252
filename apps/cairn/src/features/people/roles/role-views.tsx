import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { RadioGroup, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { DayOf } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import type { Summit } from '../../summits/queries.ts';
import { typedText } from '../invitations/answer-views.tsx';
import type { RoleRow } from './role-queries.ts';

const OPTIONS = [
  {
    value: 'organiser',
    label: 'Organiser',
    hint: 'Changes everything about the summit and sees everybody’s contact data.',
  },
  { value: 'treasurer', label: 'Treasurer', hint: 'Looks after the money.' },
  {
    value: 'guest',
    label: 'Guest',
    hint: 'Sees the pages for participants, and promises nothing.',
  },
];

interface RolesPageProps {
  readonly summit: Summit;
  readonly zone: ZoneName;
  readonly roles: readonly RoleRow[];
  readonly typed?: Typed | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** Who has which role, and the form that gives one. */
export function RolesPage({ summit, zone, roles, typed, problems }: RolesPageProps) {
  const action = `/s/${summit.slug}/organise/roles`;
  return (
    <>
      <Table
        caption="Roles given"
        rows={roles}
        rowKey={({ personId, role }) => `${personId} ${role}`}
        empty="Nobody has a role yet."
        columns={[
          { head: 'Name', cell: ({ name }) => name },
          { head: 'Role', cell: ({ role }) => role },
          {
            head: 'Since',
            kind: 'date',
            cell: ({ grantedAt }) => <DayOf instant={grantedAt} zone={zone} />,
          },
          {
            head: 'Change',
            cell: ({ personId, name, role }) => (
              <form class="inline" action={`${action}/take`} method="post">
                <input type="hidden" name="person" value={personId} />
                <input type="hidden" name="role" value={role} />
                <SubmitButton weight="plain">
                  Take away
                  <span class="unseen">
                    {' '}
                    from {name} the role of {role}
                  </span>
                </SubmitButton>
              </form>
            ),
          },
        ]}
      />
      <h2>Give a role</h2>
      <Form action={action} problems={problems} label="Give a role">
        <TextField name="name" label="Name" value={typedText(typed, 'name')} />
        <TextField
          name="email"
          type="email"
          label="E-mail"
          hint="They get a mail, and sign in with this address."
          value={typedText(typed, 'email')}
        />
        <RadioGroup
          name="role"
          label="Role"
          options={OPTIONS}
          value={typedText(typed, 'role') ?? 'organiser'}
        />
        <Actions>
          <SubmitButton>Give the role</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
