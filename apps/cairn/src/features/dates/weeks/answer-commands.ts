import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { ownPart } from './answer-queries.ts';
import { answerProblems, type GivenAnswers, whyNoAnswers } from './answer-rules.ts';
import { lockPoll, weeksOfPoll } from './poll-queries.ts';
import { todayAt } from './poll-rules.ts';

/** What a person is told who is not among those who are asked. */
export const NOT_ASKED = problem(
  'not-asked',
  'You are not among those who are asked for a week of this summit; ask its organisers.',
);

/**
 * Saves what somebody says of weeks: those in `weeks`, and no others, so that a part of the answers
 * can be saved now and the rest later. A week of which nothing is said is unanswered again. Only
 * weeks that are offered can be answered. Returns how many weeks changed.
 */
export async function saveAnswers(
  tx: Tx,
  actor: Actor,
  self: Self,
  given: GivenAnswers,
): Promise<Result<number, Problem>> {
  const { summitId, personId } = self;
  const poll = await lockPoll(tx, summitId, 'share');
  if (poll === undefined) return fail(NOT_ASKED);
  // Two tabs of the same person take turns.
  await tx
    .selectFrom('weekGuest')
    .select('personId')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .forUpdate()
    .execute();
  const part = await ownPart(tx, self);
  if (part === undefined) return fail(NOT_ASKED);
  const { definition } = await summitById(tx, summitId);
  const today = todayAt(definition, actor.now);
  const closed = whyNoAnswers(poll, today);
  if (closed !== undefined) return fail(closed);
  const weeks = await weeksOfPoll(tx, poll, today);
  const [wrong] = answerProblems(given.weeks.keys(), weeks);
  if (wrong !== undefined) return fail(wrong);

  let changed = 0;
  for (const [start, { answer, note }] of given.weeks) {
    const before = part.weeks.get(start);
    if (before?.answer === answer && (before?.note ?? '') === note) continue;
    changed += 1;
    if (answer === undefined && note === '') {
      await tx
        .deleteFrom('weekAnswer')
        .where('summitId', '=', summitId)
        .where('start', '=', start)
        .where('personId', '=', personId)
        .execute();
      continue;
    }
    const said = { answer: answer ?? null, note, answeredAt: actor.now };
    await tx
      .insertInto('weekAnswer')
      .values({ summitId, start, personId, ...said })
      .onConflict((conflict) =>
        conflict.columns(['summitId', 'start', 'personId']).doUpdateSet(said),
      )
      .execute();
  }
  if (changed === 0 && given.remark === part.remark) return ok(0);
  await tx
    .updateTable('weekGuest')
    .set({ remark: given.remark, answeredAt: actor.now, disownedAt: null })
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();
  await recordEvent(tx, actor, { kind: 'weeks.answered', summitId, personId, data: { changed } });
  return ok(changed);
}

/**
 * Notes that a link reached somebody else than the person it was made for, and closes it. What was
 * answered by it stays, for the organisers to look at.
 */
export async function disownLink(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  linkId: string,
): Promise<Result<void, Problem>> {
  await tx
    .updateTable('weekLink')
    .set({ revokedAt: actor.now })
    .where('id', '=', linkId)
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .execute();
  await tx
    .updateTable('weekGuest')
    .set({ disownedAt: actor.now })
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'weeks.link_disowned',
    summitId,
    personId,
    data: { link: linkId },
  });
  return ok(undefined);
}

/** Notes once that somebody looked at their form: their browser says so, a mail scanner does not. */
export async function noteOpened(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
): Promise<Result<void, Problem>> {
  const noted = await tx
    .updateTable('weekGuest')
    .set({ openedAt: actor.now })
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('openedAt', 'is', null)
    .returning('personId')
    .execute();
  if (noted.length > 0)
    await recordEvent(tx, actor, { kind: 'weeks.link_opened', summitId, personId });
  return ok(undefined);
}
