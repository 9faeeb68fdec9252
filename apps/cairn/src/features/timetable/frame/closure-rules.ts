import type { Instant, ZoneName } from '@cairn/kernel/time';
import type { Closure, FrameDay, Stretch, TimeOfDay } from './frame-rules.ts';

/** A moment on the summit's clock. */
export interface Moment {
  /** ISO day. */
  readonly date: string;
  readonly time: TimeOfDay;
}

/** What the summit's clock says. */
export function momentIn(now: Instant, zone: ZoneName): Moment {
  const there = now.toZonedDateTimeISO(zone);
  return {
    date: there.toPlainDate().toString(),
    time: there.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
}

/** From a moment on, to the end of the last day: what a flood closes. */
export const closedFrom = (days: readonly FrameDay[], { date, time }: Moment): Stretch[] =>
  days
    .filter((day) => day.date >= date)
    .map((day) => ({
      date: day.date,
      starts: day.date === date ? time : '00:00',
      ends: '24:00',
    }));

/** What goes and what is cut when a room opens again; what has been stays as it was. */
export function closuresAfter(
  closures: readonly Closure[],
  reopening: { readonly closureId: string } | { readonly roomId: string; readonly from: Moment },
): { readonly gone: readonly Closure[]; readonly cut: readonly Closure[] } {
  if ('closureId' in reopening) {
    return { gone: closures.filter(({ id }) => id === reopening.closureId), cut: [] };
  }
  const { roomId, from } = reopening;
  const own = closures.filter((closure) => closure.roomId === roomId);
  const isToCome = ({ date, starts }: Closure): boolean =>
    date > from.date || (date === from.date && starts >= from.time);
  const runs = ({ date, starts, ends }: Closure): boolean =>
    date === from.date && starts < from.time && from.time < ends;
  return {
    gone: own.filter(isToCome),
    cut: own.filter(runs).map((closure) => ({ ...closure, ends: from.time })),
  };
}

/** Whether a room cannot be used for all of a stretch. */
export const isClosed = (
  closures: readonly Closure[],
  roomId: string,
  { date, starts, ends }: Stretch,
): boolean =>
  closures.some(
    (closure) =>
      closure.roomId === roomId &&
      closure.date === date &&
      closure.starts < ends &&
      starts < closure.ends,
  );
