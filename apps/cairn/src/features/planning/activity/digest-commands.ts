import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { planOf } from '../repository/main-queries.ts';
import { noPlan, noThread } from '../threads/thread-commands.ts';
import { digestBehind } from './digest-queries.ts';
import { type DigestChoice, PROPOSED_CHOICE } from './digest-rules.ts';

/** Says how somebody wants to hear of a plan. What waits and is wanted no more is not sent. Event `digest.set`. */
export async function setDigest(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  choice: DigestChoice,
): Promise<Result<void, Problem>> {
  const plan = await planOf(tx, summitId);
  if (plan === undefined) return fail(noPlan());
  await keep(tx, { summitId, personId }, choice);
  await recordEvent(tx, actor, { kind: 'digest.set', summitId, personId });
  return ok(undefined);
}

/**
 * The page on which somebody stops mails about a plan, as a path; every such mail names it. Its key
 * opens that page and nothing else, so it is kept as it is.
 */
export async function stopPageOf(
  tx: Tx,
  of: Pick<Self, 'summitId' | 'personId'>,
  slug: string,
): Promise<string> {
  await tx
    .insertInto('planDigest')
    .values({ ...of, ...PROPOSED_CHOICE })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { stopKey } = await tx
    .selectFrom('planDigest')
    .select('stopKey')
    .where('summitId', '=', of.summitId)
    .where('personId', '=', of.personId)
    .executeTakeFirstOrThrow();
  return `/s/${slug}/plan/stop/${stopKey}`;
}

/** Stops every mail about a plan, by the link of one of them. Event `digest.stopped`. */
export async function stopMails(tx: Tx, actor: Actor, key: string): Promise<Result<void, Problem>> {
  const of = await digestBehind(tx, key);
  if (of === undefined) {
    return fail(
      problem('no-such-link', 'This link leads nowhere any more; sign in and say it on your page.'),
    );
  }
  const { summitId, personId } = of;
  const never = { takingPart: 'never', mentions: 'never', everything: 'never' } as const;
  await keep(tx, of, { ...PROPOSED_CHOICE, ...never, asks: false });
  await recordEvent(tx, actor, { kind: 'digest.stopped', summitId, personId });
  return ok(undefined);
}

/** Says that somebody wants to hear of a thread, or does not. Event `thread.watched`. */
export async function setWatch(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  { number, watches }: { readonly number: number; readonly watches: boolean },
): Promise<Result<void, Problem>> {
  const thread = await tx
    .selectFrom('planThread')
    .select('number')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .executeTakeFirst();
  if (thread === undefined) return fail(noThread(number));
  const said = { watches, changedAt: actor.now };
  await tx
    .insertInto('planWatch')
    .values({ summitId, number, personId, ...said })
    .onConflict((conflict) =>
      conflict.columns(['summitId', 'number', 'personId']).doUpdateSet(said),
    )
    .execute();
  await recordEvent(tx, actor, {
    kind: 'thread.watched',
    summitId,
    personId,
    data: { number, watches },
  });
  return ok(undefined);
}

async function keep(
  tx: Tx,
  { summitId, personId }: Pick<Self, 'summitId' | 'personId'>,
  choice: DigestChoice,
): Promise<void> {
  await tx
    .insertInto('planDigest')
    .values({ summitId, personId, ...choice })
    .onConflict((conflict) => conflict.columns(['summitId', 'personId']).doUpdateSet({ ...choice }))
    .execute();
}
