import { parseDate, type ZoneName } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { SubmitButton } from '../../../design/actions.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Day } from '../../../design/prose.tsx';
import type { Frame, Room } from '../frame/frame-rules.ts';
import type { PlacedSession } from '../release/content-schema.ts';
import { ownTime } from './own-time-rules.ts';
import type { Place } from './space-rules.ts';

/** A session in open space, as those see it who come. */
export interface ShownSession {
  readonly session: PlacedSession;
  readonly room: Room | undefined;
  /** Who put it there; undefined where that person is gone. */
  readonly by: string | undefined;
  /** Who else goes. */
  readonly goers: readonly string[];
  readonly isOwn: boolean;
  readonly goes: boolean;
  /** What it collides with, if it does. */
  readonly collision: string | undefined;
}

export const DayOf = ({ date }: { date: string }) => {
  const parsed = parseDate(date);
  return parsed.ok ? <Day date={parsed.value} /> : <span>{date}</span>;
};

/** When a place is, by the clock of the place; and by the reader’s where that differs. */
export function PlaceTime({
  place,
  frame,
  zone,
}: {
  place: Place | undefined;
  frame: Frame;
  zone: ZoneName;
}) {
  if (place === undefined) return null;
  const { date, starts, ends } = place;
  const own = ownTime(date, starts, frame.zone, zone);
  return (
    <span class="time">
      {starts}–{ends}
      {own !== undefined && <span class="quiet small"> {own}</span>}
    </span>
  );
}

/** One session of open space, with what the reader can do about it. */
export function OpenSession({
  shown,
  home,
  frame,
  zone,
  mayRemove,
}: {
  shown: ShownSession;
  /** `/s/<summit>/timetable/open-space`. */
  home: string;
  frame: Frame;
  zone: ZoneName;
  mayRemove: boolean;
}) {
  const { session, room, by, goers, isOwn, goes, collision } = shown;
  const page = `${home}/${session.id}`;
  const place = { ...session, roomId: session.roomId ?? '' };
  const count = goers.length + 1;
  return (
    <li id={`session-${session.id}`}>
      <PlaceTime place={place} frame={frame} zone={zone} />
      <div>
        <strong>
          <a href={page}>{session.title}</a>
        </strong>
        {room !== undefined && ` in ${room.name}`}
        <p class="small">
          {isOwn ? 'Yours' : (by ?? 'Somebody who has left')}
          {goers.length > 0 && `, with ${listed([...goers])}`}
          {room?.capacity != null && ` (${count} of ${counted(room.capacity, 'place')})`}
        </p>
        {room?.capacity != null && count > room.capacity && (
          <Warning>More want to come than the room has places.</Warning>
        )}
        {collision !== undefined && (
          <Warning>
            {collision} {isOwn && <a href={`${page}#move`}>Move it</a>}
          </Warning>
        )}
      </div>
      <SessionActions
        page={page}
        isOwn={isOwn}
        goes={goes}
        mayRemove={mayRemove}
        title={session.title}
      />
    </li>
  );
}

const Warning = ({ children }: { children: ComponentChildren }) => (
  <p class="small">
    <Mark shape="triangle" tone="warn">
      {children}
    </Mark>
  </p>
);

/** Come along or not; for whoever put it there, the way to change or withdraw it. */
function SessionActions({
  page,
  isOwn,
  goes,
  mayRemove,
  title,
}: {
  page: string;
  isOwn: boolean;
  goes: boolean;
  mayRemove: boolean;
  title: string;
}) {
  return (
    <div class="actions">
      {isOwn ? (
        <>
          <a href={page}>
            Change<span class="unseen"> “{title}”</span>
          </a>
          <a href={`${page}/withdraw`}>
            Withdraw<span class="unseen"> “{title}”</span>
          </a>
        </>
      ) : (
        <>
          <form method="post" action={`${page}/${goes ? 'leave' : 'join'}`}>
            <SubmitButton weight="ordinary">
              {goes ? 'I do not come after all' : 'I come'}
              <span class="unseen">: {title}</span>
            </SubmitButton>
          </form>
          {mayRemove && (
            <a href={`${page}/withdraw`}>
              Remove<span class="unseen"> “{title}”</span>
            </a>
          )}
        </>
      )}
    </div>
  );
}
