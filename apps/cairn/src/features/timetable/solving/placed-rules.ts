import type * as library from '@cairn/timetable/sessions/model';
import type { Placement } from '../drafts/placement-rules.ts';
import type { TimetableProblem } from './instance-rules.ts';

/** Placements as a timetable of the library; who has no room or no slot is nowhere. */
export function timetableOf(
  { sessionIds, slots, roomIds, open }: TimetableProblem,
  placements: readonly Placement[],
): { slot: number[]; room: number[] } {
  const slotNumbers = new Map(slots.map(({ key }, number) => [key, number]));
  const roomNumbers = new Map(roomIds.map((id, number) => [id, number]));
  const numbers = new Map(sessionIds.map((id, number) => [id, number]));
  const slot = sessionIds.map(() => -1);
  const room = sessionIds.map(() => -1);
  for (const { sessionId, date, starts, roomId } of placements) {
    const number = numbers.get(sessionId);
    const at = slotNumbers.get(`${date}T${starts}`);
    const where = roomNumbers.get(roomId ?? '');
    if (number === undefined || at === undefined || where === undefined) continue;
    slot[number] = at;
    room[number] = where;
  }
  for (const each of open) {
    slot[each.number] = each.slot;
    room[each.number] = each.room;
  }
  return { slot, room };
}

/** A timetable of the library as placements, without open sessions; pinned are those that were. */
export function placementsIn(
  {
    sessionIds,
    slots,
    roomIds,
    open,
  }: Pick<TimetableProblem, 'sessionIds' | 'slots' | 'roomIds' | 'open'>,
  { slot, room }: library.Timetable,
  pinned: readonly Placement[] = [],
): Placement[] {
  const isOpen = new Set(open.map(({ number }) => number));
  const pins = new Set(pinned.filter(({ isPinned }) => isPinned).map(({ sessionId }) => sessionId));
  return sessionIds.flatMap((sessionId, number) => {
    const at = slots[slot[number] ?? -1];
    const roomId = roomIds[room[number] ?? -1];
    if (isOpen.has(number) || at === undefined || roomId === undefined) return [];
    const { date, starts } = at;
    return [{ sessionId, date, starts, roomId, isPinned: pins.has(sessionId) }];
  });
}
