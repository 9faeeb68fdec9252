import type { ConferenceBoard, Layout } from './board.ts';
import { type ConferenceSchedule, emptySchedule } from './model.ts';

/** A layout as a schedule; what is in a pool is nowhere. */
export function scheduleOf(board: ConferenceBoard, { items, count }: Layout): ConferenceSchedule {
  const { compiled, base, cells } = board;
  const { tracks, submissions } = emptySchedule(compiled.conference) as {
    tracks: number[][];
    submissions: number[][][];
  };
  for (let cell = 0; cell < cells; cell++) {
    const session = board.session[cell] as number;
    const room = board.room[cell] as number;
    const first = base[cell] as number;
    let slot = 0;
    for (const submission of items.subarray(first, first + (count[cell] as number))) {
      (tracks[session] as number[])[room] = compiled.track[submission] as number;
      for (let left = compiled.length[submission] as number; left > 0; left--) {
        (submissions[session]?.[room] as number[])[slot] = submission;
        slot += 1;
      }
    }
  }
  return { tracks, submissions };
}

/**
 * A schedule as a layout. Each cell begins with its first time slot; submissions that are not whole,
 * in several cells, or in a room of another track, are in the pools.
 */
export function layoutOf(board: ConferenceBoard, schedule: ConferenceSchedule): Layout {
  const { compiled, base, cells } = board;
  const layout = board.layout();
  const slots = new Int32Array(compiled.submissions);
  for (const submission of schedule.submissions.flat(2)) {
    if (submission !== -1) slots[submission] = (slots[submission] as number) + 1;
  }
  const isPlaced = new Uint8Array(compiled.submissions);
  const put = (submission: number, cell: number): void => {
    const count = layout.count[cell] as number;
    layout.items[(base[cell] as number) + count] = submission;
    layout.count[cell] = count + 1;
    isPlaced[submission] = 1;
  };
  for (let cell = 0; cell < cells; cell++) {
    const session = board.session[cell] as number;
    const room = board.room[cell] as number;
    const inside = schedule.submissions[session]?.[room] ?? [];
    const owner = compiled.track[inside.find((one) => one !== -1) ?? -1];
    for (const submission of new Set(inside)) {
      if (submission === -1 || compiled.track[submission] !== owner) continue;
      const length = compiled.length[submission] as number;
      const here = inside.filter((one) => one === submission).length;
      if (here === length && slots[submission] === length) put(submission, cell);
    }
  }
  for (let submission = 0; submission < compiled.submissions; submission++) {
    if (isPlaced[submission] === 0) put(submission, cells + (compiled.track[submission] as number));
  }
  return layout;
}
