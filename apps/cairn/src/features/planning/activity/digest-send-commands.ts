import type { Problem } from '@cairn/kernel/problem';
import { expectOk, ok, type Result } from '@cairn/kernel/result';
import { parseZone, Temporal } from '@cairn/kernel/time';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import type { Summit } from '../../summits/queries.ts';
import { writerWords } from '../threads/writer-views.tsx';
import { activityOf } from './activity-queries.ts';
import { stopPageOf } from './digest-commands.ts';
import { digestMail } from './digest-mail-rules.ts';
import { ownDigest } from './digest-queries.ts';
import { cadenceOf, toldUntil } from './digest-rules.ts';

/**
 * Tells one person by one mail what is due to be told to them now. What is told is taken off the list in
 * the same transaction, so that nothing is told twice; what was withdrawn meanwhile is not told, and
 * where nothing is left no mail is sent.
 */
export async function sendDigest(
  tx: Tx,
  url: string,
  actor: Actor,
  summit: Summit,
  personId: string,
): Promise<Result<{ readonly told: number }, Problem>> {
  const of = { summitId: summit.id, personId };
  const person = await tx
    .selectFrom('person')
    .select(['zone', 'erasedAt'])
    .where('id', '=', personId)
    .executeTakeFirst();
  const due = await dueItems(tx, actor, summit, personId, person?.zone ?? undefined);
  if (due.length === 0) return ok({ told: 0 });
  // Whoever takes an item off the list tells it: two that run at once never tell the same.
  const taken = await tx
    .deleteFrom('planDigestItem')
    .where('personId', '=', personId)
    .where('eventId', 'in', due)
    .returning('eventId')
    .execute();
  const ids = taken.map(({ eventId }) => eventId);
  if (ids.length === 0) return ok({ told: 0 });
  // Whoever declined since, or was erased, is told nothing.
  if (
    person === undefined ||
    person.erasedAt !== null ||
    !(await isComing(tx, summit.id, personId))
  )
    return ok({ told: 0 });
  const told = (await activityOf(tx, summit.id, { ids, limit: ids.length }))
    .filter(({ isWithdrawn, number, title }) => !isWithdrawn && number !== null && title !== null)
    .toReversed();
  if (told.length === 0) return ok({ told: 0 });
  const plan = `/s/${summit.slug}/plan`;
  const mail = digestMail(
    told.map((one) => ({
      ...one,
      number: one.number ?? 0,
      title: one.title ?? '',
      by: writerWords(one.by),
    })),
    { summit: summit.definition.title, plan: `${url}${plan}` },
  );
  await notify(tx, actor, {
    ...of,
    // The last event names the mail: it is told to this person once.
    key: `plan-digest:${personId}:${Math.max(...ids)}`,
    subject: mail.subject,
    body: mail.body,
    page: mail.number === undefined ? `${plan}/activity` : `${plan}/${mail.number}`,
    stopPage: await stopPageOf(tx, of, summit.slug),
  });
  return ok({ told: told.length });
}

/** Ids of the events that are due to be told now; those wanted never are dropped. */
async function dueItems(
  tx: Tx,
  actor: Actor,
  summit: Summit,
  personId: string,
  zone: string | undefined,
): Promise<number[]> {
  const { choice } = await ownDigest(tx, { summitId: summit.id, personId });
  const items = await tx
    .selectFrom('planDigestItem')
    .innerJoin('event', 'event.id', 'planDigestItem.eventId')
    .select(['planDigestItem.eventId', 'planDigestItem.why', 'event.at'])
    .where('planDigestItem.summitId', '=', summit.id)
    .where('planDigestItem.personId', '=', personId)
    .orderBy('planDigestItem.eventId')
    .execute();
  const never = items.filter(({ why }) => cadenceOf(choice, why) === 'never');
  if (never.length > 0) {
    await tx
      .deleteFrom('planDigestItem')
      .where('personId', '=', personId)
      .where(
        'eventId',
        'in',
        never.map(({ eventId }) => eventId),
      )
      .execute();
  }
  const read = parseZone(zone ?? '');
  const wall = read.ok ? read.value : expectOk(parseZone(summit.definition.zone));
  return items
    .filter(({ why, at }) => {
      const until = toldUntil(cadenceOf(choice, why), choice, wall, actor.now);
      return until !== undefined && Temporal.Instant.compare(at, until) <= 0;
    })
    .map(({ eventId }) => eventId);
}
