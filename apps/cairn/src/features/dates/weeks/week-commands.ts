import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { editablePoll } from './poll-lock-commands.ts';
import { weekWordsOf } from './poll-queries.ts';
import type { WeekWord } from './week-rules.ts';

/**
 * Says what organisers say of single weeks: offered all the same, taken out, extra cost, a note. No
 * answer is touched by it: those to a week that is taken out come back with it. Weeks that are not
 * in the list stay as they are.
 */
export async function sayOfWeeks(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  words: readonly WeekWord[],
): Promise<Result<number, Problem>> {
  const locked = await editablePoll(tx, organiser);
  if (!locked.ok) return locked;
  const { summitId } = organiser;
  const before = new Map(
    (await weekWordsOf(tx, summitId)).map((word) => [word.start.toString(), word]),
  );
  let changed = 0;
  for (const word of words) {
    const start = word.start.toString();
    if (isSame(before.get(start), word)) continue;
    const said = {
      offeredAnyway: word.offeredAnyway,
      removed: word.removed,
      extraCost: word.extraCost ?? null,
      note: word.note,
    };
    await tx
      .insertInto('weekWindow')
      .values({ summitId, start, ...said })
      .onConflict((conflict) => conflict.columns(['summitId', 'start']).doUpdateSet(said))
      .execute();
    await recordEvent(tx, actor, {
      kind: 'weeks.week_changed',
      summitId,
      data: { start, offered_anyway: word.offeredAnyway, removed: word.removed },
    });
    changed += 1;
  }
  return ok(changed);
}

const isSame = (before: WeekWord | undefined, after: WeekWord): boolean =>
  (before?.offeredAnyway ?? false) === after.offeredAnyway &&
  (before?.removed ?? false) === after.removed &&
  before?.extraCost === after.extraCost &&
  (before?.note ?? '') === after.note;
