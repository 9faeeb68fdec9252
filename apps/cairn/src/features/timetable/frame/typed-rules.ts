import type { SavedBlock } from './block-commands.ts';
import { alikeBlocks, type Block, type Closure, type Frame, type FrameDay } from './frame-rules.ts';
import type { SavedRoom } from './room-commands.ts';

/** What stands for something that has no row yet. */
export const NEW = 'new';

const inOrder = (one: Block, other: Block): number =>
  one.date.localeCompare(other.date) || one.starts.localeCompare(other.starts);

/** The frame as it would be with a block saved. */
export function withBlock(frame: Frame, { id, dates, withAlike, ...block }: SavedBlock): Frame {
  const known = frame.blocks.find((each) => each.id === id);
  const alike = new Set(
    known !== undefined && withAlike === true
      ? alikeBlocks(frame.blocks, known).map((b) => b.id)
      : [],
  );
  const [first, ...others] = dates;
  const kept = frame.blocks
    .filter((each) => each.id !== id)
    .map((each) => (alike.has(each.id) ? { ...block, id: each.id, date: each.date } : each));
  const own = [first, ...others].flatMap((date, index) =>
    date === undefined ? [] : [{ ...block, id: index === 0 ? (id ?? NEW) : NEW, date }],
  );
  return { ...frame, blocks: [...kept, ...own].toSorted(inOrder) };
}

/** The frame as it would be with a room saved. */
export function withRoom(frame: Frame, { id = NEW, ...room }: SavedRoom): Frame {
  const saved = { key: '', ...frame.rooms.find((each) => each.id === id), ...room, id };
  const others = frame.rooms.map((each) => (each.id === id ? saved : each));
  return { ...frame, rooms: id === NEW ? [...others, saved] : others };
}

/** The frame as it would be with days and lengths saved. */
export function withDays(
  frame: Frame,
  {
    days,
    ...lengths
  }: Pick<Frame, 'slotMinutes' | 'sessionMinutes'> & { days: readonly FrameDay[] },
): Frame {
  const others = frame.days.filter(({ date }) => days.every((day) => day.date !== date));
  const all = [...others, ...days].toSorted((one, other) => one.date.localeCompare(other.date));
  return { ...frame, ...lengths, days: all };
}

/** The frame as it would be with a room closed. */
export const withClosures = (frame: Frame, closures: readonly Omit<Closure, 'id'>[]): Frame => ({
  ...frame,
  closures: [...frame.closures, ...closures.map((closure) => ({ ...closure, id: NEW }))],
});
