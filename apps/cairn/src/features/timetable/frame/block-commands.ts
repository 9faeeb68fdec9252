import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { changeFrame } from './change-commands.ts';
import type { NewBlock } from './first-frame-rules.ts';
import { alikeBlocks, type Block } from './frame-rules.ts';
import { dayWords } from './frame-words-rules.ts';

/** More blocks than anybody reads. */
const MOST_BLOCKS = 1000;

/** What a block is to be. */
export interface SavedBlock extends Omit<NewBlock, 'date'> {
  /** The block that is changed; new ones are made where there is none. */
  readonly id?: string | undefined;
  /** The days that it is on: one block on each. A block that is changed moves to the first. */
  readonly dates: readonly string[];
  /** Blocks that are the same on other days are changed with it, each on its day. */
  readonly withAlike?: boolean | undefined;
}

/**
 * Saves a block, or the same block on several days. Event `frame.block_saved`. It may contradict
 * others: `contradictionsIn` says how. Refused where a day is none of the timetable's, or the room none.
 */
export const saveBlock = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { id, dates, withAlike = false, ...block }: SavedBlock,
): Promise<Result<{ readonly ids: readonly string[] }, Problem>> =>
  changeFrame(tx, actor, organiser, async (frame) => {
    const { summitId } = organiser;
    const [first, ...others] = [...new Set(dates)];
    if (first === undefined) {
      return fail(problem('no-day', 'Choose at least one day.', { path: 'dates[]' }));
    }
    const unknown = [first, ...others].find((date) => frame.days.every((day) => day.date !== date));
    if (unknown !== undefined) {
      const sentence = `${dayWords(unknown)} is no day of this timetable; add the day first.`;
      return fail(problem('no-day', sentence, { path: 'dates[]' }));
    }
    if (block.roomId !== null && frame.rooms.every((room) => room.id !== block.roomId)) {
      return fail(problem('no-room', 'This room is gone; choose another.', { path: 'room' }));
    }
    const known = frame.blocks.find((each) => each.id === id);
    if (id !== undefined && known === undefined) return goneBlock();
    if (frame.blocks.length + dates.length > MOST_BLOCKS) {
      const sentence = `A timetable has at most ${counted(MOST_BLOCKS, 'block')}; remove some first.`;
      return fail(problem('too-many-blocks', sentence));
    }
    const values = { ...block, meal: block.kind === 'meal' ? block.meal : null };
    const changed: string[] = [];
    if (known !== undefined) {
      await change(tx, known, { ...values, date: first });
      const alike = withAlike ? alikeBlocks(frame.blocks, known) : [];
      for (const each of alike) await change(tx, each, { ...values, date: each.date });
      changed.push(known.id, ...alike.map((each) => each.id));
    }
    const added = known === undefined ? [first, ...others] : others;
    if (added.length > 0) {
      const rows = await tx
        .insertInto('timetableBlock')
        .values(added.map((date) => ({ ...values, summitId, date })))
        .returning('id')
        .execute();
      changed.push(...rows.map((row) => row.id));
    }
    return ok({
      value: { ids: changed },
      event: { kind: 'frame.block_saved', data: { blocks: changed } },
    });
  });

const change = (tx: Tx, { id }: Block, values: NewBlock) =>
  tx.updateTable('timetableBlock').set(values).where('id', '=', id).execute();

/** Removes a block; with `withAlike` those that are the same on other days too. Event `frame.block_removed`. */
export const removeBlock = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { id, withAlike = false }: { readonly id: string; readonly withAlike?: boolean },
): Promise<Result<{ readonly blocks: number }, Problem>> =>
  changeFrame(tx, actor, organiser, async (frame) => {
    const known = frame.blocks.find((each) => each.id === id);
    if (known === undefined) return goneBlock();
    const gone = [known, ...(withAlike ? alikeBlocks(frame.blocks, known) : [])];
    const blocks = gone.map((each) => each.id);
    await tx.deleteFrom('timetableBlock').where('id', 'in', blocks).execute();
    return ok({
      value: { blocks: blocks.length },
      event: { kind: 'frame.block_removed', data: { blocks } },
    });
  });

const goneBlock = () =>
  fail(problem('no-block', 'This block is gone; look at the days again before you change one.'));
