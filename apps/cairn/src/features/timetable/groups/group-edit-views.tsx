import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  CheckboxGroup,
  HiddenField,
  NumberField,
  TextField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Table } from '../../../design/table.tsx';
import type { FactPerson } from './problem-rules.ts';
import { type StandingGroup, type StandingMember, wishInWords } from './standing-rules.ts';

/** What a refused form of this page held. */
export interface RefusedEdit {
  readonly part: string;
  readonly text: (name: string) => string;
  readonly list: (name: string) => readonly string[];
  readonly problems: readonly Problem[];
}

interface GroupEditProps {
  /** The page of the grouping. */
  readonly page: string;
  readonly plan: string;
  readonly group: StandingGroup;
  readonly usual: { readonly least: number; readonly most: number };
  readonly people: readonly FactPerson[];
  readonly refused: RefusedEdit | undefined;
}

/** One group of a grouping, for organisers: who leads it, its sizes, whom it needs, splitting, taking away. */
export function GroupEditPage(props: GroupEditProps) {
  const { page, plan, group } = props;
  return (
    <>
      <p>
        <a href={page}>All groups</a>
        {group.topicNumber !== null && (
          <>
            {' '}
            · <a href={`${plan}/topics/${group.topicNumber}`}>its topic</a>
          </>
        )}
      </p>
      <Members {...props} />
      <Change {...props} />
      {group.people.length > 1 && <Split {...props} />}
      <Remove {...props} />
    </>
  );
}

function Members({ page, group }: GroupEditProps) {
  const address = `${page}/${group.key}`;
  return (
    <Table
      caption="People"
      note={`${group.room.people} of ${group.room.least} to ${group.room.most}`}
      columns={[
        { head: 'Person', cell: ({ name }: StandingMember) => name },
        {
          head: 'Wish',
          cell: (person) => (
            <>
              {wishInWords(person)}
              {person.isPinned && ' · kept'}
            </>
          ),
        },
        {
          head: 'Leads',
          cell: ({ personId, name, isLead }) => (
            <Form action={address} label={`Whether ${name} leads`} scope={personId}>
              <HiddenField name="do" value="lead" />
              <HiddenField name="person" value={personId} />
              <HiddenField name="leads" value={isLead ? 'no' : 'yes'} />
              {isLead && (
                <Mark shape="disc" tone="good">
                  leads
                </Mark>
              )}{' '}
              <SubmitButton weight="plain">
                {isLead ? `${name} does not lead` : `${name} leads`}
              </SubmitButton>
            </Form>
          ),
        },
      ]}
      rows={group.people}
      rowKey={({ personId }) => personId}
      empty="Nobody is in it."
    />
  );
}

function Change({ page, group, usual, people, refused }: GroupEditProps) {
  const own = refused?.part === 'change' ? refused : undefined;
  return (
    <>
      <h2>Change it</h2>
      <Form
        action={`${page}/${group.key}`}
        label="Change the group"
        scope="change"
        problems={own?.problems}
      >
        <HiddenField name="do" value="change" />
        <TextField name="title" label="Title" value={own?.text('title') ?? group.title} />
        <NumberField
          name="least"
          label="People, at least"
          optional
          value={own?.text('least') ?? String(group.least ?? '')}
          hint={`${usual.least}, as for all groups, where you write none.`}
        />
        <NumberField
          name="most"
          label="People, at most"
          optional
          value={own?.text('most') ?? String(group.most ?? '')}
          hint={`${usual.most}, as for all groups, where you write none.`}
        />
        <Checkbox
          name="stays"
          label="It has to come about, though few may want it"
          checked={own === undefined ? group.isPinned : own.text('stays') === 'yes'}
        />
        <CheckboxGroup
          name="needed"
          label="Who must not be missed in it"
          values={own?.list('needed') ?? group.needed}
          hint="The next proposal puts them here, whatever they wish. They cannot leave by themselves."
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Actions>
          <SubmitButton>Save the group</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

function Split({ page, group, refused }: GroupEditProps) {
  const own = refused?.part === 'split' ? refused : undefined;
  return (
    <>
      <h2>Split it</h2>
      <Form
        action={`${page}/${group.key}`}
        label="Split the group"
        scope="split"
        problems={own?.problems}
      >
        <HiddenField name="do" value="split" />
        <TextField
          name="title"
          label="Title of the new group"
          value={own?.text('title') ?? `${group.title}, second group`}
        />
        <CheckboxGroup
          name="people"
          label="Who goes into it"
          optional={false}
          values={own?.list('people') ?? []}
          options={group.people.map(({ personId, name }) => ({ value: personId, label: name }))}
        />
        <Actions>
          <SubmitButton weight="ordinary">Split the group</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

const Remove = ({ page, group }: GroupEditProps) => (
  <>
    <h2>Take it away</h2>
    <p>
      {group.people.length === 0
        ? 'Nobody is in it.'
        : `${counted(group.people.length, 'person is', 'people are')} in no group then; where the groups hold, they are told by mail.`}{' '}
      Its sessions stay, without people of a group.
    </p>
    <Form action={`${page}/${group.key}`} label="Take the group away">
      <HiddenField name="do" value="remove" />
      <Actions>
        <SubmitButton weight="danger">Take “{group.title}” away</SubmitButton>
      </Actions>
    </Form>
  </>
);
