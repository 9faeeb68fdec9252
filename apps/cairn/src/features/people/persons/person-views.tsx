import type { Problem } from '@cairn/kernel/problem';
import { dateIn, expectZone, type Instant, type ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  CheckboxGroup,
  DateField,
  HiddenField,
  Select,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { DayOf, Facts, When } from '../../../design/prose.tsx';
import { type Column, Pager, Table } from '../../../design/table.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import type { Summit } from '../../summits/queries.ts';
import {
  awaitsAnswer,
  INVITATION_STATES,
  nextInvitationState,
  SEAT_KINDS,
} from '../invitations/invitation-rules.ts';
import { eventWords, InvitationMark, invitationWord } from '../invitations/invitation-words.tsx';
import { SEAT_KIND_LABELS } from '../seats/seat-views.tsx';
import { Contact } from './person-contact.tsx';
import { filterHref, type PeopleFilter } from './person-filter.ts';
import type { HistoryRow, PersonDetail, PersonRow } from './person-queries.ts';

interface PeoplePageProps {
  readonly summit: Summit;
  readonly zone: ZoneName;
  readonly filter: PeopleFilter;
  readonly count: number;
  readonly pages: number;
  readonly people: readonly PersonRow[];
}

const nameOf = (summit: Summit, community: string): string =>
  summit.definition.communities.find(({ key }) => key === community)?.name ?? community;

/** The organisers' list of people: searched, filtered, sorted, in pages. */
export function PeoplePage({ summit, zone, filter, count, pages, people }: PeoplePageProps) {
  const path = `/s/${summit.slug}/organise/people`;
  const sortBy = (sort: PeopleFilter['sort']): Exclude<Column<PersonRow>['sort'], undefined> => {
    const isNow = filter.sort === sort;
    const order = isNow && filter.order === 'ascending' ? 'descending' : 'ascending';
    return {
      href: filterHref(path, filter, { sort, order, page: 1 }),
      ...(isNow ? { order: filter.order } : {}),
    };
  };
  return (
    <>
      <Actions>
        <ActionLink href={`${path}/import`} weight="primary">
          Import from a file
        </ActionLink>
        <ActionLink href={`${path}/new`}>Add one person</ActionLink>
        <a href={filterHref(`${path}/people.csv`, filter)}>Download this list (CSV)</a>
      </Actions>
      <Form action={path} method="get" label="Search people">
        <TextField
          name="q"
          type="search"
          label="Name, address, handle or note"
          value={filter.q}
          optional
        />
        <Select
          name="community"
          label="Community"
          value={filter.community}
          empty="every community"
          options={summit.definition.communities.map(({ key, name }) => ({
            value: key,
            label: name,
          }))}
          optional
        />
        <Select
          name="state"
          label="Invitation"
          value={filter.state}
          empty="in any state"
          options={[
            ...INVITATION_STATES.map((state) => ({ value: state, label: invitationWord(state) })),
            { value: 'none', label: 'not invited' },
          ]}
          optional
        />
        {filter.sort !== 'name' && <HiddenField name="sort" value={filter.sort} />}
        <Actions>
          <SubmitButton weight="ordinary">Show</SubmitButton>
          <a href={path}>Show everybody</a>
        </Actions>
      </Form>
      <Form
        action={`/s/${summit.slug}/organise/invitations/write`}
        method="get"
        label="People"
        wide
      >
        <HiddenField name="chosen" value="yes" />
        <Table
          caption="People"
          note={`${count} found.`}
          columns={[
            {
              head: 'Name',
              namesRow: true,
              sort: sortBy('name'),
              cell: ({ personId, name, state }) => (
                <>
                  {state !== null && (
                    <>
                      <input
                        type="checkbox"
                        name="person[]"
                        value={personId}
                        aria-label={`Choose ${name}`}
                      />{' '}
                    </>
                  )}
                  <a href={`${path}/${personId}`}>{name}</a>
                </>
              ),
            },
            { head: 'Contact', cell: (person) => <Contact {...person} /> },
            {
              head: 'Communities',
              cell: ({ communities }) => communities.map((key) => nameOf(summit, key)).join(', '),
            },
            {
              head: 'Invitation',
              sort: sortBy('state'),
              cell: ({ state }) => <InvitationMark state={state} />,
            },
            {
              head: 'Since',
              kind: 'date',
              sort: sortBy('since'),
              cell: ({ since }) => since && <DayOf instant={since} zone={zone} />,
            },
          ]}
          rows={people}
          rowKey={({ personId }) => personId}
          empty="Nobody is found."
          wide
        />
        {people.some(({ state }) => state !== null) && (
          <Actions>
            <SubmitButton weight="ordinary" name="purpose" value="invitation">
              Invite those chosen
            </SubmitButton>
            <SubmitButton weight="ordinary" name="purpose" value="reminder">
              Remind those chosen
            </SubmitButton>
          </Actions>
        )}
      </Form>
      <Pager
        label="people"
        page={filter.page}
        pages={pages}
        href={(page) => filterHref(path, filter, { page })}
      />
    </>
  );
}

interface PersonFieldsProps {
  readonly summit: Summit;
  readonly typed: Typed;
  /** Name and contact are the person's own by now. */
  readonly isSettled?: boolean;
}

const textIn = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};

/** What an organiser says about somebody. */
function PersonFields({ summit, typed, isSettled = false }: PersonFieldsProps) {
  const chosen = typed['communities[]'] ?? [];
  return (
    <>
      {isSettled ? (
        ['name', 'email', 'github'].map((name) => (
          <HiddenField key={name} name={name} value={textIn(typed, name)} />
        ))
      ) : (
        <>
          <TextField name="name" label="Name" value={textIn(typed, 'name')} />
          <TextField
            name="email"
            type="email"
            label="E-mail"
            hint="Where the invitation goes. Without one you pass the link on yourself."
            value={textIn(typed, 'email')}
            optional
          />
          <TextField
            name="github"
            label="GitHub handle"
            hint="Signing in with it opens the invitation as well."
            value={textIn(typed, 'github')}
            optional
          />
        </>
      )}
      <CheckboxGroup
        name="communities[]"
        label="Communities"
        values={typeof chosen === 'string' ? [chosen] : chosen}
        options={summit.definition.communities.map(({ key, name }) => ({
          value: key,
          label: name,
        }))}
      />
      <Select
        name="seat_kind"
        label="Seat"
        value={textIn(typed, 'seat_kind')}
        options={SEAT_KINDS.map((kind) => ({ value: kind, label: SEAT_KIND_LABELS[kind] }))}
      />
      <TextArea
        name="note"
        label="Note"
        hint="For the organisers; the person does not see it."
        value={textIn(typed, 'note')}
        rows={2}
        optional
      />
    </>
  );
}

interface NewPersonPageProps {
  readonly summit: Summit;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
}

/** The form for one new person. */
export function NewPersonPage({ summit, typed, problems }: NewPersonPageProps) {
  const path = `/s/${summit.slug}/organise/people`;
  return (
    <Form action={`${path}/new`} problems={problems}>
      <PersonFields summit={summit} typed={typed} />
      <Actions>
        <SubmitButton>Add and draft an invitation</SubmitButton>
        <a href={path}>Back to the list</a>
      </Actions>
    </Form>
  );
}

interface PersonPageProps {
  readonly summit: Summit;
  readonly zone: ZoneName;
  readonly now: Instant;
  readonly person: PersonDetail;
  readonly history: readonly HistoryRow[];
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
}

/** One person of the summit: contact, communities, the invitation and what came of it. */
export function PersonPage(props: PersonPageProps) {
  const { summit, zone, person, history, typed, problems } = props;
  const at = (instant: Instant | null) =>
    instant === null ? undefined : <When instant={instant} zone={zone} />;
  const facts = [
    { term: 'Invitation', value: <InvitationMark state={person.state} /> },
    ...person.identities.map(({ kind, value, isVerified }) => ({
      term: kind === 'email' ? 'E-mail' : 'GitHub',
      value: `${value}${isVerified ? ' (proved by signing in)' : ''}`,
    })),
    { term: 'Sent', value: at(person.sentAt) },
    { term: 'Answer due', value: at(person.expiresAt) },
    { term: 'Answered', value: at(person.answeredAt) },
    { term: 'Their words', value: person.note || undefined },
    { term: 'Reminders', value: person.reminders || undefined },
    { term: 'Roles', value: person.roles.join(', ') || undefined },
  ].filter(({ value }) => value !== undefined);
  return (
    <>
      <Facts facts={facts} />
      <InvitationActions {...props} />
      <h2>Details</h2>
      <Form
        action={`/s/${summit.slug}/organise/people/${person.personId}`}
        label="Details"
        problems={problems?.filter(({ place }) => place.path !== 'until')}
      >
        {person.isSettled && (
          <p class="quiet">
            Name and contact are this person’s own by now; they change them on their account page.
          </p>
        )}
        <PersonFields summit={summit} typed={typed} isSettled={person.isSettled} />
        <Actions>
          <SubmitButton weight="ordinary" name="action" value="change">
            Save
          </SubmitButton>
        </Actions>
      </Form>
      <Table
        caption="What happened"
        columns={[
          { head: 'When', kind: 'date', cell: (row) => <When instant={row.at} zone={zone} /> },
          { head: 'What', namesRow: true, cell: ({ kind }) => eventWords(kind) },
          { head: 'By', cell: ({ actor, door }) => actor ?? (door === 'job' ? 'Cairn' : '') },
        ]}
        rows={history}
        rowKey={({ id }) => id}
        empty="Nothing yet."
      />
    </>
  );
}

/** What can be done with somebody's invitation as it stands. */
function InvitationActions({ summit, now, person, typed, problems }: PersonPageProps) {
  const path = `/s/${summit.slug}/organise/people/${person.personId}`;
  const write = `/s/${summit.slug}/organise/invitations/write?person[]=${person.personId}&purpose=`;
  const { state } = person;
  if (state === null) {
    return (
      <Form action={path} label="Invitation">
        <Actions>
          <SubmitButton name="action" value="draft">
            Draft an invitation
          </SubmitButton>
        </Actions>
      </Form>
    );
  }
  const invitation = { state, expiresAt: person.expiresAt ?? undefined };
  const may = (action: 'send' | 'withdraw') => nextInvitationState(invitation, action, now).ok;
  const zone = expectZone(summit.definition.zone);
  const shown = person.expiresAt === null ? '' : dateIn(person.expiresAt, zone).toString();
  return (
    <>
      <Actions>
        {may('send') && (
          <ActionLink href={`${write}invitation`} weight="primary">
            {state === 'drafted' ? 'Send the invitation' : 'Send anew'}
          </ActionLink>
        )}
        {(state === 'sent' || state === 'opened') && (
          <ActionLink href={`${write}reminder`}>Remind</ActionLink>
        )}
        {may('withdraw') && <a href={`${path}/withdraw`}>Withdraw the invitation</a>}
      </Actions>
      {awaitsAnswer(state) && (
        <Form
          action={path}
          label="More time"
          problems={problems?.filter(({ place }) => place.path === 'until')}
        >
          <DateField
            name="until"
            label="Answer until the end of"
            hint={`A day in ${zone.replaceAll('_', ' ')}.`}
            value={textIn(typed, 'until') || shown}
          />
          <Actions>
            <SubmitButton weight="ordinary" name="action" value="extend">
              Give more time
            </SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}

/** What withdrawing somebody's invitation does. */
export const WithdrawConsequences = ({ name, seated }: { name: string; seated: boolean }) => (
  <p>
    The link of {name} closes, and mails about it that have not gone out are stopped.{' '}
    {seated &&
      'They have accepted: their seat goes at once to the next who waits and cannot be taken back. '}
    {name} is not told by Cairn; please write to them. You can invite them anew later.
  </p>
);
