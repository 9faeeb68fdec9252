import { expectCurrency, formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { SelectBox, TickBox } from '../../../design/boxes.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { ErrorSummary, Form } from '../../../design/form.tsx';
import { NoticeLine } from '../../../design/layout.tsx';
import { Facts } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { type Typed, textIn } from '../typed-rules.ts';
import type { Lodging, LodgingRoom } from './lodging-queries.ts';

/** Somebody in the plan of rooms. */
export interface PlacedPerson {
  readonly id: string;
  readonly name: string;
  readonly nights: string;
  /** What organisers have to heed: alone, without steps, women only. */
  readonly heed: string;
  readonly roomId: string | null;
  readonly isKept: boolean;
  readonly asksMove: boolean;
}

interface LodgingPageProps {
  readonly home: string;
  readonly lodgings: readonly Lodging[];
  readonly people: readonly PlacedPerson[];
  /** What the people below are: a draft, what is set, or nothing yet. */
  readonly shown: 'draft' | 'set' | 'none';
  readonly isSet: boolean;
  readonly statement: readonly string[];
  /** What does not hold of what is shown, since stays or rooms changed. */
  readonly faults: readonly string[];
  readonly unsaid: number;
  readonly waiting: number;
  readonly seed: number;
  readonly typed: Typed | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** Who sleeps where, and what can be done about it. */
export function LodgingPage(props: LodgingPageProps) {
  const { home, lodgings, people, shown, problems } = props;
  const rooms = lodgings.flatMap((house) => house.rooms);
  const beds = rooms.reduce((sum, room) => sum + room.beds, 0);
  const placed = people.filter(({ roomId }) => roomId !== null).length;
  return (
    <>
      {problems !== undefined && props.typed === undefined && <ErrorSummary problems={problems} />}
      <Facts
        facts={[
          { term: 'Rooms', value: `${counted(rooms.length, 'room')}, ${counted(beds, 'bed')}` },
          {
            term: 'Need a bed',
            value: `${counted(people.length, 'person', 'people')}, ${placed} with a room`,
          },
          ...(props.unsaid > 0
            ? [
                {
                  term: 'Not said',
                  value: (
                    <a href={`${home}/stays?show=unsaid`}>
                      {counted(props.unsaid, 'person', 'people')}
                    </a>
                  ),
                },
              ]
            : []),
          ...(props.waiting > 0
            ? [
                {
                  term: 'To answer',
                  value: (
                    <a href={`${home}/stays?show=asked`}>
                      {counted(props.waiting, 'room alone', 'rooms alone')}
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Houses home={home} lodgings={lodgings} />
      {rooms.length > 0 && <Proposing {...props} />}
      {shown !== 'none' && (
        <>
          <h2>
            {shown === 'draft' ? 'The draft, seen by organisers only' : 'What everybody was told'}
          </h2>
          {shown === 'set' && props.statement.length > 0 && (
            <p class="quiet">When these rooms were proposed:</p>
          )}
          {props.statement.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {props.faults.map((sentence) => (
            <NoticeLine key={sentence} kind="info">
              {sentence}
            </NoticeLine>
          ))}
          <RoomsTable lodgings={lodgings} people={people} />
          {shown === 'draft' && <ByHand {...props} />}
        </>
      )}
    </>
  );
}

function Houses({ home, lodgings }: { home: string; lodgings: readonly Lodging[] }) {
  return (
    <>
      {lodgings.length === 0 ? (
        <EmptyState next={{ href: `${home}/lodging/new`, label: 'Add the first house' }}>
          There is no house with rooms yet.
        </EmptyState>
      ) : (
        <>
          <Table
            caption="Houses"
            columns={[
              {
                head: 'House',
                cell: (house: Lodging) => <a href={`${home}/lodging/${house.id}`}>{house.name}</a>,
              },
              { head: 'Rooms', cell: ({ rooms }) => rooms.length, kind: 'number' },
              {
                head: 'Beds',
                cell: ({ rooms }) => rooms.reduce((sum, { beds }) => sum + beds, 0),
                kind: 'number',
              },
            ]}
            rows={lodgings}
            rowKey={({ id }) => id}
            empty="None."
          />
          <p>
            <a href={`${home}/lodging/new`}>Add a house</a> ·{' '}
            <a href={`${home}/lodging/rooms.csv`}>List for the house (CSV)</a>
          </p>
        </>
      )}
    </>
  );
}

function Proposing({ home, shown, isSet, seed }: LodgingPageProps) {
  return (
    <>
      <Form action={`${home}/lodging/propose`} label="Propose rooms">
        <p>
          A search reads what people wish and gives each a bed: never against what they asked for,
          the worst off first. You see who shares, not why; nobody sees wishes.
        </p>
        <HiddenField name="seed" value={String(shown === 'draft' ? seed + 1 : seed)} />
        <Actions>
          <SubmitButton weight={shown === 'draft' ? 'ordinary' : 'primary'}>
            {shown === 'draft' ? 'Propose anew' : 'Propose rooms'}
          </SubmitButton>
          {shown === 'draft' && (
            <ActionLink href={`${home}/lodging/set`} weight="primary">
              Set these rooms, and tell everybody …
            </ActionLink>
          )}
        </Actions>
      </Form>
      {isSet && shown !== 'draft' && (
        <Form action={`${home}/lodging/by-hand`} label="Change by hand">
          <Actions>
            <SubmitButton weight="plain">Change it by hand, as a draft</SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}

/** Each room with whom is in it; those without one last. */
function RoomsTable({ lodgings, people }: Pick<LodgingPageProps, 'lodgings' | 'people'>) {
  const inRoom = (roomId: string | null) => people.filter((each) => each.roomId === roomId);
  const rows = lodgings.flatMap((house) =>
    house.rooms.map((room) => ({ house: house.name, room, inside: inRoom(room.id) })),
  );
  const without = inRoom(null);
  return (
    <>
      <Table
        caption="Rooms"
        columns={[
          {
            head: 'Room',
            cell: ({ room }: { house: string; room: LodgingRoom; inside: PlacedPerson[] }) =>
              room.name,
          },
          { head: 'House', cell: ({ house }) => house },
          { head: 'Beds', cell: ({ room }) => room.beds, kind: 'number' },
          {
            head: 'Who',
            cell: ({ inside }) =>
              inside.length === 0
                ? '–'
                : inside.map(({ id, name, nights, asksMove }) => (
                    <div key={id}>
                      {name} <span class="quiet">{nights}</span>
                      {asksMove && <strong> asks for another room</strong>}
                    </div>
                  )),
          },
        ]}
        rows={rows}
        rowKey={({ room }) => room.id}
        empty="There is no room."
      />
      {without.length > 0 && <p>Without a room: {without.map(({ name }) => name).join(', ')}.</p>}
    </>
  );
}

const FREE = 'free';

/** A select for each person; what is kept is left there by the next proposal. */
function ByHand({ home, lodgings, people, typed, problems }: LodgingPageProps) {
  const options = lodgings.flatMap((house) =>
    house.rooms.map((room) => ({
      value: room.id,
      label: `${room.name}, ${house.name} (${counted(room.beds, 'bed')}${room.isAccessible ? ', no steps' : ''})`,
    })),
  );
  const roomOf = ({ id, roomId }: PlacedPerson): string =>
    typed === undefined ? (roomId ?? '') : textIn(typed, `room_${id}`);
  return (
    <Form
      action={`${home}/lodging/put`}
      problems={typed === undefined ? undefined : problems}
      label="By hand"
      wide
    >
      <Table
        caption="By hand"
        note="whoever is kept stays there in the next proposal"
        columns={[
          {
            head: 'Person',
            cell: (person: PlacedPerson) => (
              <>
                <input type="hidden" name={`shown_${person.id}`} value={shownPlace(person)} />
                {person.name}
                {person.heed !== '' && <span class="quiet"> {person.heed}</span>}
              </>
            ),
          },
          { head: 'Nights', cell: ({ nights }) => nights, kind: 'date' },
          {
            head: 'Room',
            cell: (person) => (
              <SelectBox
                name={`room_${person.id}`}
                label={`Room of ${person.name}`}
                empty="No room"
                optional
                options={options}
                value={roomOf(person)}
              />
            ),
          },
          {
            head: 'Kept',
            cell: (person) => (
              <TickBox
                name={`kept_${person.id}`}
                label={`Keep ${person.name} there`}
                value="yes"
                checked={
                  typed === undefined ? person.isKept : textIn(typed, `kept_${person.id}`) === 'yes'
                }
              />
            ),
          },
        ]}
        rows={people}
        rowKey={({ id }) => id}
        empty="Nobody needs a bed."
      />
      <Actions>
        <SubmitButton weight="ordinary">Save what was changed</SubmitButton>
      </Actions>
    </Form>
  );
}

/** What a row said when it was shown, so that only what was changed in it is saved. */
export const shownPlace = ({ roomId, isKept }: Pick<PlacedPerson, 'roomId' | 'isKept'>): string =>
  `${roomId ?? FREE}|${isKept ? 'kept' : ''}`;

/** The price of a room for the night, in words. */
export const priceWords = ({ nightMinor, currency }: LodgingRoom): string =>
  nightMinor === null || currency === null
    ? '–'
    : formatMoney(nightMinor, expectCurrency(currency));
