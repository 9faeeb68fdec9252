import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Services } from '../../../platform/http/env.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import type { Summit } from '../../summits/queries.ts';
import { stopPageOf } from '../activity/digest-commands.ts';
import { newcomersOf, reviewableProposals } from './ask-queries.ts';
import { reviewsFor } from './ask-rules.ts';
import { tallies } from './ledger-rules.ts';
import { recordsOf } from './record-queries.ts';
import { ledgerSetting } from './setting-queries.ts';

/**
 * Invites each who comes and of whom nothing counts yet to one open review that is near to them: a
 * mail with one link. Not more often than the organisers set, never to the same again, and not to whoever
 * asked for no such mails. Event `review.invited` for each; gives how many.
 */
export async function inviteToReviews(
  tx: Tx,
  { git }: Pick<Services, 'git'>,
  actor: Actor,
  summit: Summit,
): Promise<Result<number, Problem>> {
  const { asks, askEveryDays, commentWords } = await ledgerSetting(tx, summit.id);
  if (!asks) return ok(0);
  // Two sweeps at once would ask twice.
  await tx
    .selectFrom('planRepository')
    .select('summitId')
    .where('summitId', '=', summit.id)
    .forUpdate()
    .execute();
  const records = await recordsOf(tx, summit.id);
  const active = new Set(
    [...tallies(records, commentWords)]
      .filter(([, tally]) => tally.contributions + tally.reviews > 0)
      .map(([personId]) => personId),
  );
  const since = actor.now.subtract({ hours: askEveryDays * 24 });
  const newcomers = await newcomersOf(tx, summit, active, since);
  if (newcomers.length === 0) return ok(0);
  const chosen = reviewsFor(newcomers, await reviewableProposals(tx, git, summit.id, records));
  for (const [personId, number] of chosen) await invite(tx, actor, summit, { personId, number });
  return ok(chosen.size);
}

async function invite(
  tx: Tx,
  actor: Actor,
  { id: summitId, slug, definition }: Summit,
  { personId, number }: { readonly personId: string; readonly number: number },
): Promise<void> {
  await tx
    .insertInto('planReviewAsk')
    .values({ summitId, number, personId, askedAt: actor.now })
    .execute();
  const { title } = await tx
    .selectFrom('planThread')
    .select('title')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  await notify(tx, actor, {
    summitId,
    personId,
    key: `review-invited:${summitId}:${number}:${personId}`,
    subject: `A proposal that may interest you: ${title} (#${number})`,
    body: [
      `Everybody who comes to ${definition.title} takes part in its plan. Nothing of yours is in it yet, so here is one open proposal that fits you: “${title}”.`,
      '',
      'Read what would change, and say what you think. Ten minutes are often enough, and your question is worth as much as your approval.',
    ].join('\n'),
    page: `/s/${slug}/plan/proposals/${number}`,
    stopPage: await stopPageOf(tx, { summitId, personId }, slug),
  });
  await recordEvent(tx, actor, { kind: 'review.invited', summitId, personId, data: { number } });
}
