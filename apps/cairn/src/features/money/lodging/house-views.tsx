import { amountText, expectCurrency } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  HiddenField,
  NumberField,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import { Table } from '../../../design/table.tsx';
import { type Typed, textIn } from '../typed-rules.ts';
import type { Lodging, LodgingRoom } from './lodging-queries.ts';
import { priceWords } from './lodging-views.tsx';

interface HousePageProps {
  readonly action: string;
  readonly house: Lodging | undefined;
  readonly typed: Typed;
  /** Which of the forms was refused. */
  readonly refused?: { readonly form: string; readonly problems: readonly Problem[] } | undefined;
}

/** A house and its rooms. */
export function HousePage({ action, house, typed, refused }: HousePageProps) {
  const problemsOf = (form: string) => (refused?.form === form ? refused.problems : undefined);
  const inHouse = refused === undefined || refused.form === 'house';
  const text = (name: string, stored: string): string =>
    inHouse && refused !== undefined ? textIn(typed, name) : stored;
  return (
    <>
      <Form action={action} problems={problemsOf('house')} label="House">
        <HiddenField name="form" value="house" />
        <TextField name="name" label="Name" value={text('name', house?.name ?? '')} />
        <TextArea
          name="address"
          label="Address"
          optional
          rows={2}
          value={text('address', house?.address ?? '')}
        />
        <TextField name="link" label="Web page" optional value={text('link', house?.link ?? '')} />
        <TextArea
          name="text"
          label="What guests should know"
          hint="The way there, until when one can arrive, breakfast. Those see it who sleep there."
          optional
          rows={3}
          value={text('text', house?.text ?? '')}
        />
        <Actions>
          <SubmitButton>{house === undefined ? 'Add the house' : 'Save the house'}</SubmitButton>
        </Actions>
      </Form>
      {house !== undefined && (
        <>
          <h2>Rooms</h2>
          <Table
            caption="Rooms"
            columns={[
              {
                head: 'Room',
                cell: (room: LodgingRoom) => <a href={`${action}/rooms/${room.id}`}>{room.name}</a>,
              },
              { head: 'Beds', cell: ({ beds }) => beds, kind: 'number' },
              { head: 'Without steps', cell: ({ isAccessible }) => (isAccessible ? 'yes' : '–') },
              { head: 'A night', cell: priceWords, kind: 'number' },
            ]}
            rows={house.rooms}
            rowKey={({ id }) => id}
            empty="No room yet."
          />
          <Form action={action} scope="add" problems={problemsOf('rooms')} label="Add rooms">
            <HiddenField name="form" value="rooms" />
            <Fieldset legend="Add rooms that are alike">
              <TextArea
                name="names"
                label="Names or numbers, by comma"
                rows={2}
                value={refused?.form === 'rooms' ? textIn(typed, 'names') : ''}
              />
              <RoomFields typed={refused?.form === 'rooms' ? typed : { beds: '2' }} />
              <Actions>
                <SubmitButton weight="ordinary">Add the rooms</SubmitButton>
              </Actions>
            </Fieldset>
          </Form>
          <Form
            action={action}
            scope="gone"
            problems={problemsOf('remove')}
            label="Remove the house"
          >
            <HiddenField name="form" value="remove" />
            <Actions>
              <SubmitButton weight="plain">Remove this house and its rooms</SubmitButton>
            </Actions>
          </Form>
        </>
      )}
    </>
  );
}

function RoomFields({ typed }: { typed: Typed }) {
  return (
    <>
      <NumberField name="beds" label="Beds" value={textIn(typed, 'beds')} />
      <Checkbox
        name="accessible"
        label="No steps on the way, and room to turn"
        checked={textIn(typed, 'accessible') === 'yes'}
      />
      <div class="pair">
        <TextField
          name="price"
          label="Price of the room for a night"
          optional
          width="tiny"
          inputmode="decimal"
          value={textIn(typed, 'price')}
        />
        <TextField
          name="currency"
          label="Currency"
          hint="Three letters, such as USD."
          optional
          width="tiny"
          value={textIn(typed, 'currency')}
        />
      </div>
    </>
  );
}

interface RoomPageProps {
  readonly action: string;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
}

/** One room. */
export const RoomPage = ({ action, typed, problems }: RoomPageProps) => (
  <>
    <Form action={action} problems={problems} label="Room">
      <HiddenField name="form" value="room" />
      <TextField name="name" label="Name or number" value={textIn(typed, 'name')} />
      <RoomFields typed={typed} />
      <Actions>
        <SubmitButton>Save the room</SubmitButton>
      </Actions>
    </Form>
    <Form action={action} scope="gone" label="Remove the room">
      <HiddenField name="form" value="remove" />
      <Actions>
        <SubmitButton weight="plain">Remove this room</SubmitButton>
      </Actions>
    </Form>
  </>
);

/** A room as the fields of its form. */
export const roomAsTyped = (room: LodgingRoom): Typed => ({
  name: room.name,
  beds: String(room.beds),
  ...(room.isAccessible ? { accessible: 'yes' } : {}),
  ...(room.nightMinor === null || room.currency === null
    ? {}
    : {
        price: amountText(room.nightMinor, expectCurrency(room.currency)),
        currency: room.currency,
      }),
});
