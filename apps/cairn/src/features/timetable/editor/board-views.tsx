import { counted } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { Mark } from '../../../design/mark.tsx';
import { TABLE_ROLES } from '../../../design/table-roles.ts';
import type { PossiblePlace } from '../drafts/places-rules.ts';
import type { Block, Frame } from '../frame/frame-rules.ts';
import type { BoardCell, BoardDay, BoardRow } from './board-rules.ts';
import { type Card, type EditorBoard, peopleWords, wordsOf } from './editor-rules.ts';
import { placeKey } from './place-key-rules.ts';

export interface BoardProps {
  readonly frame: Frame;
  readonly shown: EditorBoard;
  /** The session that is being moved, with what every place would mean for it, by the place's key. */
  readonly held:
    | { readonly sessionId: string; readonly places: ReadonlyMap<string, PossiblePlace> }
    | undefined;
  /** Only this day; all where undefined. */
  readonly day: string | undefined;
  readonly isCondensed: boolean;
  /** Where a session is picked up, and where it is asked what a place would mean. */
  readonly moveHref: (sessionId: string, to?: string) => string;
  /** What a clock of the reader's says at a time of the place; undefined where it is the same. */
  readonly readersTime: ((date: string, time: string) => string) | undefined;
}

/** A draft as tables of rooms and times, one for each day; on a phone each becomes a list. */
export function BoardTables(props: BoardProps) {
  const { shown, day, held, isCondensed, readersTime } = props;
  const days = shown.board.days.filter(({ date }) => day === undefined || date === day);
  const classes = [
    'draft-board',
    isCondensed && 'condensed',
    readersTime && 'two-clocks',
    held !== undefined && 'is-picking',
  ];
  return (
    <div class={classes.filter(Boolean).join(' ')}>
      {days.map((each) => (
        <DayTable key={each.date} {...props} of={each} />
      ))}
    </div>
  );
}

function DayTable(props: BoardProps & { of: BoardDay<Card> }) {
  const { frame, of, readersTime } = props;
  const words = wordsOf(frame);
  const id = `day-${of.date}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section class="board-day" aria-labelledby={id} tabIndex={0}>
      <table {...TABLE_ROLES.table} data-day={of.date}>
        <caption id={id}>{words.day(of.date)}</caption>
        <thead {...TABLE_ROLES.group}>
          <tr {...TABLE_ROLES.row}>
            <th {...TABLE_ROLES.columnHead} class="clock">
              Time
            </th>
            {of.rooms.map((roomId) => {
              const room = frame.rooms.find((each) => each.id === roomId);
              return (
                <th key={roomId ?? ''} {...TABLE_ROLES.columnHead} data-room={room?.key}>
                  {words.room(roomId)}
                  {room !== undefined && room.capacity !== null && (
                    <span class="quiet small"> {counted(room.capacity, 'place')}</span>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody {...TABLE_ROLES.group}>
          {of.rows.map((row) =>
            row.kind === 'block' ? (
              <BlockRow
                key={row.block.id}
                block={row.block}
                columns={of.rooms.length}
                {...{ frame, readersTime }}
              />
            ) : (
              <SlotRow key={row.slot.key} {...props} row={row} />
            ),
          )}
        </tbody>
      </table>
    </section>
  );
}

const Time = ({
  date,
  time,
  readersTime,
}: { date: string; time: string } & Pick<BoardProps, 'readersTime'>) => (
  <th {...TABLE_ROLES.rowHead} class="clock">
    {time}
    {readersTime !== undefined && (
      <span class="quiet small">
        {' '}
        <span class="unseen">yours: </span>
        {readersTime(date, time)}
      </span>
    )}
  </th>
);

function BlockRow({
  block,
  columns,
  frame,
  readersTime,
}: { block: Block; columns: number } & Pick<BoardProps, 'frame' | 'readersTime'>) {
  const where = block.roomId === null ? block.place : wordsOf(frame).room(block.roomId);
  return (
    <tr {...TABLE_ROLES.row} class="block-row">
      <Time date={block.date} time={block.starts} readersTime={readersTime} />
      <td {...TABLE_ROLES.cell} colSpan={columns}>
        {block.title}{' '}
        <span class="quiet small">
          until {block.ends}
          {where === '' ? '' : `, ${where}`}
        </span>
      </td>
    </tr>
  );
}

function SlotRow(props: BoardProps & { row: Extract<BoardRow<Card>, { kind: 'slot' }> }) {
  const { row, readersTime } = props;
  const { slot, cells } = row;
  const isEmpty = cells.every(({ sessions }) => sessions.length === 0);
  return (
    <tr {...TABLE_ROLES.row} data-at={slot.key} class={isEmpty ? 'slot is-empty' : 'slot'}>
      <Time date={slot.date} time={slot.starts} readersTime={readersTime} />
      {cells.map((cell) => (
        <Cell key={cell.roomId ?? ''} {...props} cell={cell} />
      ))}
    </tr>
  );
}

function Cell(
  props: BoardProps & Pick<Parameters<typeof SlotRow>[0], 'row'> & { cell: BoardCell<Card> },
) {
  const { frame, cell, row, held, moveHref } = props;
  const place = { date: row.slot.date, starts: row.slot.starts, roomId: cell.roomId };
  const key = placeKey(place, frame.rooms);
  const common = {
    ...TABLE_ROLES.cell,
    rowSpan: cell.rows === 1 ? undefined : cell.rows,
    'data-place': key,
    'data-label': wordsOf(frame).room(cell.roomId),
  };
  if (cell.sessions.length > 0) {
    return (
      <td {...common} class="taken">
        {cell.sessions.map((card) => (
          <SessionCard key={card.sessionId} {...props} card={card} />
        ))}
      </td>
    );
  }
  const possible = held?.places.get(key);
  return (
    <td
      {...common}
      class={cell.closed === undefined ? 'free' : 'free closed'}
      data-state={possible?.state}
    >
      {cell.closed !== undefined && <span class="quiet small">Closed: {cell.closed}</span>}
      {held !== undefined && possible !== undefined && (
        <a class="put" href={moveHref(held.sessionId, key)} rel="nofollow">
          {possible.state}
          <span class="unseen">
            : {wordsOf(frame).room(cell.roomId)}, {row.slot.starts}
          </span>
        </a>
      )}
    </td>
  );
}

/** A session on the board. Its title picks it up. */
export function SessionCard({
  card,
  held,
  moveHref,
  children,
}: Pick<BoardProps, 'held' | 'moveHref'> & { card: Card; children?: ComponentChildren }) {
  const { sessionId, conflicts, isOpen } = card;
  const isHeld = held?.sessionId === sessionId;
  return (
    <div
      class={isHeld ? 'card is-held' : 'card'}
      id={`s-${sessionId}`}
      data-session={isOpen ? undefined : sessionId}
    >
      {isOpen ? (
        <span class="title">{card.title}</span>
      ) : (
        <a class="title" href={moveHref(sessionId)} draggable={false}>
          {card.title}
          <span class="unseen">: move it</span>
        </a>
      )}
      <span class="about small quiet">
        {card.starts}–{card.ends}
        {card.people > 0 && ` · ${peopleWords(card.people)}`}
        {isOpen && ' · open space'}
        {card.isPinned && ' · pinned'}
        {isHeld && ' · being moved'}
      </span>
      {conflicts.length > 0 && (
        <Mark shape="cross" tone="bad">
          {counted(conflicts.length, 'conflict')}
        </Mark>
      )}
      {children}
    </div>
  );
}
