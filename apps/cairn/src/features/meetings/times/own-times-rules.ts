import type { ZoneName } from '@cairn/kernel/time';
import {
  canOver,
  type Level,
  localSlots,
  minuteOf,
  painOver,
  withoutBusy,
} from '@cairn/timetable/availability-slots';
import type { SociableHours } from '@cairn/timetable/meeting-pain';
import type { BusySpan } from '../../dates/availability/busy-rules.ts';
import type { Meeting } from '../series/series-rules.ts';

/** What somebody said of their time. */
export interface OwnHours {
  readonly zone: ZoneName;
  readonly cells: string;
  readonly busy: readonly BusySpan[];
}

/** One call to come, as it lies in somebody's week. */
export interface OwnCall {
  readonly meeting: Meeting;
  readonly can: Level;
  /** Their week would allow it, and a calendar of theirs says that they are busy. */
  readonly isBusy: boolean;
  /** Half hours outside sociable hours. */
  readonly pain: number;
}

/** What somebody can of the calls that have a time and are to come. */
export function ownCalls(
  meetings: readonly Meeting[],
  { zone, cells, busy }: OwnHours,
  sociable: SociableHours,
): OwnCall[] {
  return meetings.flatMap((meeting): OwnCall[] => {
    if (meeting.begins === undefined) return [];
    const starts = [minuteOf(meeting.begins)];
    const local = localSlots(zone, starts, meeting.minutes);
    const week = canOver(cells, local);
    const can = (withoutBusy(week, starts, meeting.minutes, busy)[0] ?? 0) as Level; // 0, 1 or 2
    return [
      {
        meeting,
        can,
        isBusy: can === 0 && (week[0] ?? 0) > 0,
        pain: painOver(local, sociable)[0] ?? 0,
      },
    ];
  });
}
