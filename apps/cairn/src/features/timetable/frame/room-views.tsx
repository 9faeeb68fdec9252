import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  DateField,
  HiddenField,
  NumberField,
  TextArea,
  TextField,
  TimeField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Table } from '../../../design/table.tsx';
import type { Moment } from './closure-rules.ts';
import { AsTyped, type TypedFaults } from './contradiction-views.tsx';
import type { Closure, Frame, Room } from './frame-rules.ts';
import { dayWords } from './frame-words-rules.ts';

type Typed = Readonly<Record<string, string | readonly string[]>>;

/** Which of the page's forms was refused, and with what. */
export interface RefusedRoom {
  readonly form: 'room' | 'close' | 'close-from' | 'open-from';
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  readonly faults?: TypedFaults | undefined;
}

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};

interface RoomFormProps {
  readonly action: string;
  readonly frame: Frame;
  readonly typed: Typed;
  readonly isNew: boolean;
  readonly refused?: RefusedRoom | undefined;
}

/** What a room is. */
export function RoomForm({ action, frame, typed, isNew, refused }: RoomFormProps) {
  const known = [...new Set(frame.rooms.flatMap(({ features }) => features))].toSorted();
  return (
    <Form action={action} problems={refused?.problems} label="Room">
      <HiddenField name="do" value="save" />
      <TextField name="name" label="Name" value={text(typed, 'name')} />
      <NumberField
        name="capacity"
        label="Places"
        hint="Unknown, and large enough for everybody, while this is empty."
        optional
        value={text(typed, 'capacity')}
      />
      <TextField
        name="features"
        label="Equipment"
        hint={
          <>
            By comma. <code>video</code> is a room that people can join from afar,{' '}
            <code>quiet</code> one where nobody talks.
            {known.length > 0 && ` Other rooms have ${known.join(', ')}.`}
          </>
        }
        optional
        value={text(typed, 'features')}
      />
      <TextArea
        name="directions"
        label="How to get there"
        hint="From the entrance, in words; say whether there are steps."
        optional
        rows={3}
        value={text(typed, 'directions')}
      />
      <TextField
        name="link"
        type="url"
        label="Where people join from afar"
        hint="Only those who come see it."
        optional
        value={text(typed, 'link')}
      />
      <AsTyped check={`${action}/check`} faults={refused?.faults} />
      <Actions>
        <SubmitButton>{isNew ? 'Add the room' : 'Save the room'}</SubmitButton>
      </Actions>
    </Form>
  );
}

interface ClosingProps {
  readonly action: string;
  readonly room: Room;
  readonly closures: readonly Closure[];
  readonly now: Moment;
  readonly refused?: RefusedRoom | undefined;
}

/** When a room cannot be used: for a stretch, or from now on; and opening it again. */
export function ClosingSection({ action, room, closures, now, refused }: ClosingProps) {
  const of = (form: RefusedRoom['form']) => (refused?.form === form ? refused : undefined);
  const [close, closeFrom, openFrom] = [of('close'), of('close-from'), of('open-from')];
  const closing = close?.typed ?? {};
  const from = closeFrom?.typed ?? { from_date: now.date, from_time: now.time };
  const open = openFrom?.typed ?? { open_date: now.date, open_time: now.time };
  return (
    <>
      <h2 id="closed">When it is closed</h2>
      <p>
        Closing a room moves nothing by itself. What is in it by then is marked, and{' '}
        <a href={action.replace(/\/frame\/.*$/, '/repair')}>a repair</a> says what that breaks and
        where it can go.
      </p>
      <Table
        caption={`When ${room.name} is closed`}
        columns={[
          { head: 'Day', kind: 'date', cell: ({ date }: Closure) => dayWords(date) },
          {
            head: 'Time',
            cell: ({ starts, ends }) =>
              starts === '00:00' && ends === '24:00' ? 'the whole day' : `${starts}–${ends}`,
          },
          { head: 'Why', cell: ({ reason }) => (reason === '' ? '–' : reason) },
          {
            head: 'Mistake?',
            cell: ({ id, date }) => (
              <form class="in-cell" action={`${action}#closed`} method="post">
                <input type="hidden" name="do" value="reopen" />
                <input type="hidden" name="closure" value={id} />
                <button
                  type="submit"
                  class="plain"
                  aria-label={`Take back the closing of ${dayWords(date)}`}
                >
                  Take back
                </button>
              </form>
            ),
          },
        ]}
        rows={closures}
        rowKey={({ id }) => id}
        empty="It is open at all times."
      />
      <h3>Close it for some time</h3>
      <Form action={`${action}#closed`} problems={close?.problems} label="Close it for some time">
        <HiddenField name="do" value="close" />
        <div class="pair">
          <DateField name="date" label="Day" value={text(closing, 'date')} />
          <DateField
            name="until"
            label="Last day"
            hint="Of several, at the same times."
            optional
            value={text(closing, 'until')}
          />
        </div>
        <div class="pair">
          <TimeField name="starts" label="From" value={text(closing, 'starts')} />
          <TimeField name="ends" label="To" value={text(closing, 'ends')} />
        </div>
        <TextField
          name="reason"
          label="Why"
          hint="Only organisers see it."
          optional
          value={text(closing, 'reason')}
        />
        <AsTyped check={`${action}/check`} faults={close?.faults} />
        <Actions>
          <SubmitButton weight="ordinary">Close the room</SubmitButton>
        </Actions>
      </Form>
      <h3>Close it from a moment on</h3>
      <Form
        action={`${action}#closed`}
        problems={closeFrom?.problems}
        label="Close it from a moment on"
      >
        <HiddenField name="do" value="close-from" />
        <div class="pair">
          <DateField name="from_date" label="Day" value={text(from, 'from_date')} />
          <TimeField name="from_time" label="Time" value={text(from, 'from_time')} />
        </div>
        <TextField
          name="from_reason"
          label="Why"
          hint="Only organisers see it: the room is flooded, say."
          optional
          value={text(from, 'from_reason')}
        />
        <Actions>
          <SubmitButton weight="danger">Close it from then on</SubmitButton>
        </Actions>
      </Form>
      {closures.length > 0 && (
        <>
          <h3>Open it again</h3>
          <Form action={`${action}#closed`} problems={openFrom?.problems} label="Open it again">
            <HiddenField name="do" value="open-from" />
            <div class="pair">
              <DateField name="open_date" label="Day" value={text(open, 'open_date')} />
              <TimeField name="open_time" label="Time" value={text(open, 'open_time')} />
            </div>
            <Actions>
              <SubmitButton weight="ordinary">Open it from then on</SubmitButton>
            </Actions>
          </Form>
        </>
      )}
      <h2>Remove the room</h2>
      <p>What was released keeps it. Drafts say which sessions have lost their room.</p>
      <Form action={action} label="Remove the room">
        <HiddenField name="do" value="remove" />
        <Actions>
          <SubmitButton weight="danger">Remove {room.name}</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
