import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, Select, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { DateSpan, type Fact, Facts, When } from '../../../design/prose.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import type { SummitDefinition } from '../../summits/schema.ts';
import { type GuestState, guestState, WEEK_ANSWER_WORDS } from './answer-rules.ts';
import type { Guest } from './guest-queries.ts';
import { GuestMark } from './poll-words.tsx';
import type { Week } from './week-rules.ts';

/** One line of the list of people: asked already, or not. */
export interface GuestLine {
  readonly personId: string;
  readonly name: string;
  readonly communities: readonly string[];
  readonly isAsked: boolean;
  readonly isNeeded: boolean;
  readonly weight: number;
  readonly state: GuestState | undefined;
}

/** What the list of people is narrowed to. */
export interface GuestFilter {
  readonly q: string;
  readonly community: string;
  readonly show: '' | 'asked' | 'others' | 'silent' | 'answered';
  readonly page: number;
}

const GUEST_STATES: readonly {
  readonly value: GuestFilter['show'];
  readonly label: string;
}[] = [
  { value: 'asked', label: 'asked' },
  { value: 'others', label: 'not asked' },
  { value: 'silent', label: 'asked and silent' },
  { value: 'answered', label: 'answered, in part or whole' },
];

/** The address of the list with a filter. */
export function guestHref(path: string, filter: GuestFilter): string {
  const query = new URLSearchParams();
  if (filter.q !== '') query.set('q', filter.q);
  if (filter.community !== '') query.set('community', filter.community);
  if (filter.show !== '') query.set('show', filter.show);
  if (filter.page > 1) query.set('page', String(filter.page));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

export interface GuestsPageProps {
  readonly path: string;
  readonly definition: SummitDefinition;
  readonly filter: GuestFilter;
  readonly lines: readonly GuestLine[];
  readonly count: number;
  readonly pages: number;
  /** Whether who is asked may still change. */
  readonly mayEdit: boolean;
}

/** Who is asked, who is needed, how much each counts, and how far they are. */
export function GuestsPage(props: GuestsPageProps) {
  const { path, definition, filter, lines, count, pages, mayEdit } = props;
  const names = new Map(definition.communities.map(({ key, name }) => [key, name]));
  return (
    <>
      <Form action={path} method="get" label="Find people">
        <TextField name="q" type="search" label="Name" value={filter.q} optional />
        <Select
          name="community"
          label="Community"
          empty="all"
          options={definition.communities.map(({ key, name }) => ({ value: key, label: name }))}
          value={filter.community}
          optional
        />
        <Select
          name="show"
          label="Show"
          empty="everybody"
          options={GUEST_STATES}
          value={filter.show}
          optional
        />
        <Actions>
          <SubmitButton weight="ordinary">Find</SubmitButton>
        </Actions>
      </Form>
      <p>
        A week to which somebody needed says no comes after all others. A weight from 1 to 9 counts
        when seats are filled; most people weigh 1. Communities are looked after by the ranking
        itself: a week in which nobody of one can come falls behind.
      </p>
      <Form action={guestHref(path, filter)} label="People" wide>
        <Table
          caption="People"
          note={`${count} found.`}
          rows={lines}
          rowKey={({ personId }) => personId}
          empty="Nobody is found. People are entered under People first."
          wide
          columns={[
            {
              head: 'Name',
              cell: ({ personId, name, isAsked }) => (
                <>
                  <input type="hidden" name="shown[]" value={personId} />
                  {isAsked ? <a href={`${path}/${personId}`}>{name}</a> : name}
                </>
              ),
            },
            {
              head: 'Communities',
              cell: ({ communities }) => communities.map((key) => names.get(key) ?? key).join(', '),
            },
            {
              head: 'Asked',
              cell: ({ personId, name, isAsked }) => (
                <input
                  type="checkbox"
                  class="tick"
                  name="asked[]"
                  value={personId}
                  checked={isAsked}
                  aria-label={`Ask ${name}`}
                  disabled={!mayEdit}
                />
              ),
            },
            {
              head: 'Needed',
              cell: ({ personId, name, isNeeded }) => (
                <input
                  type="checkbox"
                  class="tick"
                  name="needed[]"
                  value={personId}
                  checked={isNeeded}
                  aria-label={`${name} is needed`}
                  disabled={!mayEdit}
                />
              ),
            },
            {
              head: 'Weight',
              cell: ({ personId, name, weight }) => (
                <select
                  class="inline"
                  name={`weight.${personId}`}
                  aria-label={`Weight of ${name}`}
                  disabled={!mayEdit}
                >
                  {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((each) => (
                    <option key={each} value={each} selected={each === weight}>
                      {each}
                    </option>
                  ))}
                </select>
              ),
            },
            {
              head: 'Stands',
              cell: ({ state }) =>
                state === undefined ? 'not asked' : <GuestMark state={state} />,
            },
          ]}
        />
        {mayEdit && lines.length > 0 && (
          <Actions>
            <SubmitButton weight="ordinary">Save</SubmitButton>
          </Actions>
        )}
      </Form>
      <p class="small">
        Whoever is no longer asked keeps what they answered; it counts again when they are.
      </p>
      <Pager
        label="people"
        page={filter.page}
        pages={pages}
        href={(page) => guestHref(path, { ...filter, page })}
      />
    </>
  );
}

/** What one person said, and their links. */
export function GuestPage({
  guest,
  weeks,
  links,
  action,
  zone,
  secretLink,
}: {
  guest: Guest;
  weeks: readonly Week[];
  links: number;
  action: string;
  zone: ZoneName;
  /** A link that was just made; shown this once. */
  secretLink: string | undefined;
}) {
  const moments: Fact[] = [
    { term: 'Asked', at: guest.askedAt },
    { term: 'Opened', at: guest.openedAt },
    { term: 'Answered', at: guest.answeredAt },
    { term: 'Reminded', at: guest.remindedAt },
    { term: 'Reached somebody else', at: guest.disownedAt },
  ].flatMap(({ term, at }) =>
    at === undefined ? [] : [{ term, value: <When instant={at} zone={zone} /> }],
  );
  const known = new Set(weeks.map(({ id }) => id));
  const kept = Object.keys(guest.answers).filter((id) => !known.has(id)).length;
  return (
    <>
      <Facts
        facts={[
          {
            term: 'Stands',
            value: <GuestMark state={guestState(guest, weeks)} />,
          },
          ...moments,
        ]}
      />
      <h2>Answers</h2>
      <ul>
        {weeks.map((week) => {
          const answer = guest.answers[week.id];
          const note = guest.notes[week.id];
          return (
            <li key={week.id}>
              <DateSpan from={week.start} to={week.end} />:{' '}
              {answer === undefined ? 'not said' : WEEK_ANSWER_WORDS[answer].toLowerCase()}
              {note !== undefined && ` (${note})`}
            </li>
          );
        })}
      </ul>
      {kept > 0 && (
        <p class="small">
          {kept} more {kept === 1 ? 'answer is' : 'answers are'} kept for weeks that are not offered
          now.
        </p>
      )}
      {guest.remark !== '' && (
        <>
          <h2>About all weeks</h2>
          <p>{guest.remark}</p>
        </>
      )}
      <h2>Links</h2>
      <p>
        {links === 0
          ? 'No link of this person opens the poll.'
          : `${counted(links, 'link opens', 'links open')} the poll for this person.`}{' '}
        {!guest.hasAddress && 'No mail address is known, so pass a link on yourself.'}
      </p>
      {secretLink !== undefined && (
        <TextField
          name="link"
          label="The new link"
          hint="Copy it now; it is shown this once. Whoever holds it answers for this person."
          value={secretLink}
        />
      )}
      <Form action={action} label="A link">
        <HiddenField name="do" value="link" />
        <Actions>
          <SubmitButton weight="ordinary">Make a link to copy</SubmitButton>
        </Actions>
      </Form>
      {links > 0 && (
        <Form action={action} label="Links">
          <HiddenField name="do" value="revoke" />
          <Actions>
            <SubmitButton weight="danger">
              Close {links === 1 ? 'the link' : `all ${links} links`}
            </SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}
