import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { formatDate, type PlainDate } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { sendWithLink } from './ask-commands.ts';
import { concernMail } from './ask-rules.ts';
import { daysOfChoice } from './choice-rules.ts';
import { mayStillCome } from './concern-queries.ts';
import { whyConcerned } from './concern-rules.ts';
import { saveDays } from './definition-commands.ts';
import { guestsOf } from './guest-queries.ts';
import { closeNow } from './poll-life-commands.ts';
import { lockedPoll } from './poll-lock-commands.ts';
import { weeksOfPoll } from './poll-queries.ts';
import { chosenDays, takesAnswers, todayAt } from './poll-rules.ts';

/** What choosing a week led to. */
export interface Chosen {
  /** Whom the week does not suit: they got a mail that asks what they want to do. */
  readonly unsuited: number;
  /** Who never said; no mail, but their page asks. */
  readonly unanswered: number;
}

/**
 * Chooses a week, in one transaction: the definition gets its days as confirmed ones, from which the
 * phase plan and the calendar follow; the other weeks and their answers are kept as they are; and
 * those who said no are asked what they want to do. An open poll is closed by it if `closing` says so.
 */
export async function chooseWeek(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  {
    start,
    closing,
    url,
  }: { readonly start: PlainDate; readonly closing: boolean; readonly url: string },
): Promise<Result<Chosen, Problem>> {
  const locked = await lockedPoll(tx, organiser);
  if (!locked.ok) return locked;
  const { summit, poll } = locked.value;
  const { summitId } = organiser;
  if (poll.state === 'chosen' && poll.chosenStart?.equals(start) === true) {
    return ok({ unsuited: 0, unanswered: 0 });
  }
  if (poll.state !== 'open' && poll.state !== 'closed') {
    return fail(
      problem(
        `poll-${poll.state}`,
        'A week is chosen from a poll that is closed; load the page again.',
      ),
    );
  }
  const today = todayAt(summit.definition, actor.now);
  if (takesAnswers(poll, today) && !closing) {
    return fail(
      problem(
        'poll-open',
        'People are still answering; tick that the poll is closed by this, or wait for its last day.',
        { path: 'closing' },
      ),
    );
  }
  const week = (await weeksOfPoll(tx, poll, today)).find((each) => each.start.equals(start));
  if (week?.isOffered !== true) {
    return fail(
      problem(
        'week-not-offered',
        `No week that was offered starts on ${formatDate(start)}; choose one of the ranking.`,
      ),
    );
  }
  if (poll.state === 'open') await closeNow(tx, actor, summitId);
  await tx
    .updateTable('weekPoll')
    .set({ state: 'chosen', chosenStart: start.toString(), chosenAt: actor.now })
    .where('summitId', '=', summitId)
    .execute();
  const saved = await saveDays(tx, actor, organiser, daysOfChoice(summit.definition, poll, start));
  if (!saved.ok) return saved;
  await recordEvent(tx, actor, {
    kind: 'weeks.chosen',
    summitId,
    data: { start: start.toString() },
  });

  const chosen = { unsuited: 0, unanswered: 0 };
  const stays = await mayStillCome(tx, organiser);
  for (const guest of await guestsOf(tx, organiser)) {
    const why = whyConcerned(guest.answers[week.id]);
    if (why === undefined || !stays.has(guest.personId)) continue;
    const opened = await tx
      .insertInto('weekConcern')
      .values({
        summitId,
        start: week.id,
        personId: guest.personId,
        why,
        askedAt: actor.now,
        reply: null,
        repliedAt: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('personId')
      .executeTakeFirst();
    // A choice that was taken back and made again asks nobody twice.
    if (opened === undefined) continue;
    chosen[why === 'no' ? 'unsuited' : 'unanswered'] += 1;
    await recordEvent(tx, actor, {
      kind: 'weeks.concern_opened',
      summitId,
      personId: guest.personId,
      data: { why },
    });
    if (why !== 'no') continue;
    await sendWithLink(tx, actor, { summitId, url }, guest, (to) =>
      concernMail(summit.definition, chosenDays(poll, start), to),
    );
  }
  return ok(chosen);
}
