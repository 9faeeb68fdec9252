import { ok } from '@cairn/kernel/result';
import { daysBetween, expectZone, startOfDay } from '@cairn/kernel/time';
import { sql } from 'kysely';
import { type Actor, inTransaction, jobActor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { lockSummit, summitById } from '../../summits/queries.ts';
import { reminderDay } from './answer-rules.ts';
import { type Recipient, writeAll } from './ask-commands.ts';
import { closeNow } from './poll-life-commands.ts';
import { lockPoll, openPolls, weeksOfPoll } from './poll-queries.ts';
import { type Poll, todayAt } from './poll-rules.ts';
import { offered } from './week-rules.ts';

/** Closes polls whose last day is over at the summit's place, and reminds the silent before it is. */
export const weekSweep: Sweep = {
  name: 'week-polls',
  everySeconds: 60,
  run: async (services) => {
    for (const { summitId } of await openPolls(services.db)) {
      await inTransaction(services.db, async (tx) => ok(await sweepPoll(tx, services, summitId)));
    }
  },
};

async function sweepPoll(tx: Tx, services: Services, summitId: string): Promise<void> {
  const actor = jobActor(services.clock.now());
  const { definition } = await lockSummit(tx, summitId);
  const poll = await lockPoll(tx, summitId);
  // Closed by hand, while this waited.
  if (poll?.state !== 'open' || poll.closesOn === undefined) return;
  const today = todayAt(definition, actor.now);
  if (daysBetween(poll.closesOn, today) > 0) return closeNow(tx, actor, summitId);
  const day = reminderDay(poll, today);
  if (day === undefined) return;
  const since = startOfDay(day, expectZone(definition.zone));
  const due = await silentSince(
    tx,
    poll,
    since,
    offered(await weeksOfPoll(tx, poll, today)).map(({ id }) => id),
  );
  if (due.length === 0) return;
  const summit = await summitById(tx, summitId);
  await writeAll(tx, actor, { summit, poll, url: services.url, doing: 'remind' }, due);
}

/**
 * Those who were asked, have answered none of these weeks, and got no mail of the poll since a
 * moment: whoever was asked or reminded on the day itself is left in peace.
 */
async function silentSince(
  tx: Tx,
  { summitId }: Poll,
  since: Actor['now'],
  weeks: readonly string[],
): Promise<Recipient[]> {
  const { rows } = await sql<{ personId: string; name: string; zone: string | null }>`
    select g.person_id, p.name, p.zone
    from week_guest g join person p on p.id = g.person_id and p.erased_at is null
    where g.summit_id = ${summitId} and g.withdrawn_at is null and g.disowned_at is null
      and g.asked_at < ${since} and (g.reminded_at is null or g.reminded_at < ${since})
      and not exists (
        select from week_answer a
        where a.summit_id = g.summit_id and a.person_id = g.person_id
          and a.answer is not null and a.start = any(${weeks}::date[])
      )
    order by lower(p.name), p.id`.execute(tx);
  return rows.map(({ zone, ...person }) => ({ ...person, zone: zone ?? undefined }));
}
