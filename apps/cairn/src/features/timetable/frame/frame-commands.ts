import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { lockSummit } from '../../summits/queries.ts';
import { changeFrame } from './change-commands.ts';
import { firstFrame } from './first-frame-rules.ts';
import type { FrameDay } from './frame-rules.ts';
import { dayWords } from './frame-words-rules.ts';

/** More days than any summit has. */
const MOST_DAYS = 60;

/**
 * Begins the frame of a timetable from the definition: its days, meals, check-ins and closings. Event
 * `frame.begun`. Refused with `frame-begun` the second time.
 */
export async function beginFrame(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
): Promise<Result<void, Problem>> {
  const { definition } = await lockSummit(tx, summitId);
  const first = firstFrame(definition);
  if (first.days.length > MOST_DAYS) {
    const sentence = `A timetable has at most ${counted(MOST_DAYS, 'day')}; mend the dates in the definition.`;
    return fail(problem('too-many-days', sentence));
  }
  const { slotMinutes, sessionMinutes, days, blocks } = first;
  const begun = await tx
    .insertInto('timetableFrame')
    .values({ summitId, slotMinutes, sessionMinutes })
    .onConflict((conflict) => conflict.doNothing())
    .returning('summitId')
    .executeTakeFirst();
  if (begun === undefined) {
    return fail(problem('frame-begun', 'The timetable was begun already; change its days.'));
  }
  if (days.length > 0) {
    await tx
      .insertInto('timetableDay')
      .values(days.map((day) => ({ summitId, ...day })))
      .execute();
  }
  if (blocks.length > 0) {
    await tx
      .insertInto('timetableBlock')
      .values(blocks.map((block) => ({ summitId, ...block })))
      .execute();
  }
  const data = { days: days.length, blocks: blocks.length };
  await recordEvent(tx, actor, { kind: 'frame.begun', summitId, data });
  return ok(undefined);
}

/** What the days are, and what they are cut into. */
export interface SavedDays {
  readonly slotMinutes: number;
  readonly sessionMinutes: number;
  /** Those named are added or get new hours; others stay as they are. */
  readonly days: readonly FrameDay[];
}

/** Saves hours of days, and lengths of slots and sessions. Event `frame.days_saved`. */
export const saveDays = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { slotMinutes, sessionMinutes, days }: SavedDays,
): Promise<Result<void, Problem>> =>
  changeFrame(tx, actor, organiser, async (frame) => {
    const { summitId } = organiser;
    const all = new Set([...frame.days, ...days].map(({ date }) => date));
    if (all.size > MOST_DAYS) {
      const sentence = `A timetable has at most ${counted(MOST_DAYS, 'day')}.`;
      return fail(problem('too-many-days', sentence));
    }
    await tx
      .updateTable('timetableFrame')
      .set({ slotMinutes, sessionMinutes })
      .where('summitId', '=', summitId)
      .execute();
    for (const { date, starts, ends } of days) {
      await tx
        .insertInto('timetableDay')
        .values({ summitId, date, starts, ends })
        .onConflict((conflict) =>
          conflict.columns(['summitId', 'date']).doUpdateSet({ starts, ends }),
        )
        .execute();
    }
    return ok({
      value: undefined,
      event: { kind: 'frame.days_saved', data: { days: days.length, slotMinutes, sessionMinutes } },
    });
  });

/** Removes a day with its blocks. Event `frame.day_removed`. */
export const removeDay = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { date }: { readonly date: string },
): Promise<Result<{ readonly blocks: number }, Problem>> =>
  changeFrame(tx, actor, organiser, async (frame) => {
    const { summitId } = organiser;
    if (frame.days.every((day) => day.date !== date)) return noDay(date);
    const blocks = frame.blocks.filter((block) => block.date === date).length;
    for (const table of ['timetableBlock', 'timetableDay'] as const) {
      await tx
        .deleteFrom(table)
        .where('summitId', '=', summitId)
        .where('date', '=', date)
        .execute();
    }
    return ok({ value: { blocks }, event: { kind: 'frame.day_removed', data: { date, blocks } } });
  });

/**
 * Makes other days like one: its hours and its blocks, in place of theirs. Event `frame.day_copied`.
 */
export const copyDay = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { from, to }: { readonly from: string; readonly to: readonly string[] },
): Promise<Result<{ readonly days: number }, Problem>> =>
  changeFrame(tx, actor, organiser, async (frame) => {
    const { summitId } = organiser;
    const source = frame.days.find(({ date }) => date === from);
    if (source === undefined) return noDay(from);
    const targets = [...new Set(to)].filter((date) => date !== from);
    const unknown = targets.find((date) => frame.days.every((day) => day.date !== date));
    if (unknown !== undefined) return noDay(unknown);
    if (targets.length === 0) {
      return fail(problem('no-day', 'Choose the days that are to be like it.', { path: 'to[]' }));
    }
    const { starts, ends } = source;
    await tx
      .updateTable('timetableDay')
      .set({ starts, ends })
      .where('summitId', '=', summitId)
      .where('date', 'in', targets)
      .execute();
    await tx
      .deleteFrom('timetableBlock')
      .where('summitId', '=', summitId)
      .where('date', 'in', targets)
      .execute();
    const copied = frame.blocks
      .filter(({ date }) => date === from)
      .flatMap(({ id: _, ...block }) => targets.map((date) => ({ ...block, summitId, date })));
    if (copied.length > 0) await tx.insertInto('timetableBlock').values(copied).execute();
    return ok({
      value: { days: targets.length },
      event: { kind: 'frame.day_copied', data: { from, to: targets } },
    });
  });

const noDay = (date: string) =>
  fail(problem('no-day', `${dayWords(date)} is no day of this timetable; add it first.`));
