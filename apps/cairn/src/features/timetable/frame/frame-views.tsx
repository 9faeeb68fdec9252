import type { PlainDate } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { DateSpan } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { Contradiction } from './contradiction-rules.ts';
import { ContradictionList } from './contradiction-views.tsx';
import { type Block, type Frame, minutesOf, type Room, workOf } from './frame-rules.ts';
import {
  BLOCK_WORDS,
  dayWords,
  lengthWords,
  stretchWords,
  weekdayOf,
} from './frame-words-rules.ts';

/** What is seen before a frame was begun. */
export function BeginFrame({
  action,
  from,
  to,
  meals,
}: {
  action: string;
  from: PlainDate;
  to: PlainDate;
  meals: readonly string[];
}) {
  return (
    <>
      <p>
        A timetable begins with its days. Cairn makes them from the definition:{' '}
        <DateSpan from={from} to={to} />, nine to half past five, with a check-in each morning and a
        closing round each evening
        {meals.length > 0 && <>, and {listed(meals)}</>}. All of it can be changed afterwards.
      </p>
      <Form action={action}>
        <HiddenField name="do" value="begin" />
        <Actions>
          <SubmitButton>Begin with these days</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

interface FramePageProps {
  /** The address of the making of the timetable. */
  readonly home: string;
  readonly frame: Frame;
  readonly contradictions: readonly Contradiction[];
}

/** Days with their blocks, and rooms. */
export function FramePage({ home, frame, contradictions }: FramePageProps) {
  const base = `${home}/frame`;
  return (
    <>
      <ContradictionList home={home} contradictions={contradictions} most={20} />
      <h2 id="days">Days</h2>
      <p>
        Sessions begin every {lengthWords(frame.slotMinutes)} and last{' '}
        {lengthWords(frame.sessionMinutes)}, unless they say otherwise. Times are those of{' '}
        {frame.zone.replaceAll('_', ' ')}, where the summit is.
      </p>
      <Actions>
        <ActionLink href={`${base}/blocks/new`}>Add a block</ActionLink>
        <ActionLink href={`${base}/days`}>Change days and lengths</ActionLink>
      </Actions>
      {frame.days.map(({ date, starts, ends }) => (
        <section key={date} class="frame-day">
          <h3>
            {dayWords(date)}{' '}
            <span class="quiet">
              {starts}–{ends}
            </span>
          </h3>
          <DayList base={base} frame={frame} date={date} />
        </section>
      ))}
      <h2 id="rooms">Rooms</h2>
      <RoomTable base={base} frame={frame} />
      <Actions>
        <ActionLink href={`${base}/rooms/new`}>Add a room</ActionLink>
        <a href={`${home}/maps`}>Maps of the house</a>
      </Actions>
    </>
  );
}

/** A day from morning to evening: its blocks, and the time for sessions between them. */
function DayList({ base, frame, date }: { base: string; frame: Frame; date: string }) {
  const work = workOf(frame, date).map((stretch) => ({ ...stretch, block: undefined }));
  const blocks = frame.blocks
    .filter((block) => block.date === date)
    .map((block) => ({ ...block, block }));
  const all = [...work, ...blocks].toSorted((one, other) => one.starts.localeCompare(other.starts));
  return (
    <ol class="frame-list">
      {all.map(({ starts, ends, block }) => (
        <li key={`${starts}-${block?.id ?? ''}`} class={block === undefined ? 'work' : 'block'}>
          <span class="time">
            {starts}–{ends}
          </span>{' '}
          {block === undefined ? (
            <span class="quiet">sessions, {lengthWords(minutesOf(ends) - minutesOf(starts))}</span>
          ) : (
            <BlockLine base={base} frame={frame} block={block} />
          )}
        </li>
      ))}
    </ol>
  );
}

function BlockLine({ base, frame, block }: { base: string; frame: Frame; block: Block }) {
  const room = frame.rooms.find(({ id }) => id === block.roomId);
  const where = room?.name ?? block.place;
  const meal = block.kind === 'meal' ? (block.isProvided ? 'provided' : 'not provided') : '';
  const more = [BLOCK_WORDS[block.kind], meal, where].filter((text) => text !== '');
  return (
    <span>
      <a href={`${base}/blocks/${block.id}`}>{block.title}</a>{' '}
      <span class="quiet">{more.join(', ')}</span>
    </span>
  );
}

function RoomTable({ base, frame }: { base: string; frame: Frame }) {
  const closed = ({ id }: Room) => frame.closures.filter(({ roomId }) => roomId === id);
  return (
    <Table
      caption="Rooms"
      note={frame.rooms.length > 0 ? 'in the order in which people see them' : undefined}
      columns={[
        { head: 'Room', cell: ({ id, name }: Room) => <a href={`${base}/rooms/${id}`}>{name}</a> },
        { head: 'Places', kind: 'number', cell: ({ capacity }) => capacity ?? 'unknown' },
        { head: 'Equipment', cell: ({ features }) => listed(features) || '–' },
        {
          head: 'Closed',
          cell: (room) => {
            const [first, ...others] = closed(room);
            if (first === undefined) {
              return (
                <a href={`${base}/rooms/${room.id}#closed`} aria-label={`Close it: ${room.name}`}>
                  Close it
                </a>
              );
            }
            return (
              <a href={`${base}/rooms/${room.id}#closed`}>
                {stretchWords(first)}
                {others.length > 0 && ` and ${counted(others.length, 'more time')}`}
              </a>
            );
          },
        },
        {
          head: 'Order',
          cell: ({ id, name }) => (
            <form class="in-cell" action={base} method="post">
              <input type="hidden" name="do" value="move" />
              <input type="hidden" name="room" value={id} />
              <button
                type="submit"
                class="plain"
                name="by"
                value="-1"
                aria-label={`Move ${name} up`}
              >
                Up
              </button>{' '}
              <button
                type="submit"
                class="plain"
                name="by"
                value="1"
                aria-label={`Move ${name} down`}
              >
                Down
              </button>
            </form>
          ),
        },
      ]}
      rows={frame.rooms}
      rowKey={({ id }) => id}
      empty="There is no room yet, so sessions have nowhere to be."
    />
  );
}

/** What a page is called that is about one day of a block. */
export const blockTitle = (block: Block): string => `${block.title}, ${weekdayOf(block.date)}`;
