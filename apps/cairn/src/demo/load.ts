import { Temporal } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { SettableClock } from '../platform/clock/clock.ts';
import type { Db } from '../platform/db/database.ts';
import type { GitStore } from '../platform/git/store.ts';
import type { Services } from '../platform/http/env.ts';
import { demoClock, keepDemoClock } from './clock.ts';
import { MOMENT_FACTS, type Moment } from './moments.ts';
import { Stage } from './stage.ts';
import { availabilitySteps } from './story-availability.ts';
import { callSteps } from './story-calls.ts';
import { hostingSteps } from './story-hosting.ts';
import { invitationSteps } from './story-invitations.ts';
import { moneySteps } from './story-money.ts';
import { noteSteps } from './story-notes.ts';
import { openStory } from './story-opening.ts';
import { creditStory, planSteps } from './story-plan.ts';
import { planningSteps } from './story-planning.ts';
import { spendingSteps } from './story-spending.ts';
import { timetableSteps } from './story-timetable.ts';
import { followUpSteps, weekSteps } from './story-week.ts';

/** Noted before the first step of the story, so that a story cut short is known as one. */
const BEGUN = 'demo_begun';

/**
 * Whether the demo may be loaded: into an installation in which nothing was ever stored, or in
 * which nothing was stored but a demo's story that was cut short.
 */
export async function mayLoadDemo(db: Db): Promise<boolean> {
  if ((await demoClock(db)) !== undefined) return false;
  const begun = await db
    .selectFrom('installation')
    .select('key')
    .where('key', '=', BEGUN)
    .executeTakeFirst();
  const person = await db.selectFrom('person').select('id').limit(1).executeTakeFirst();
  return begun !== undefined || person === undefined;
}

/**
 * Wipes what a story left that was cut short, and its note, before real people come in: with the note
 * beside them a later start would take them for the rest of that story, and tell it anew over them.
 */
export async function clearUnfinishedDemo(db: Db, git: GitStore): Promise<void> {
  const begun = await db
    .selectFrom('installation')
    .select('key')
    .where('key', '=', BEGUN)
    .executeTakeFirst();
  if (begun === undefined || (await demoClock(db)) !== undefined) return;
  await wipe(db, git);
  await db.deleteFrom('installation').where('key', '=', BEGUN).execute();
}

/**
 * Tells the story of the founding summit, with invented people, up to a moment of its life, and
 * leaves the clock there. Whatever an earlier telling stored is wiped first: call it only where
 * `mayLoadDemo` says that nothing else is there, or into a demo.
 */
export async function loadDemo(
  { db, git }: Pick<Services, 'db' | 'git'>,
  moment: Moment,
  url: string,
): Promise<SettableClock> {
  await wipe(db, git);
  const until = MOMENT_FACTS[moment].at;
  const stage = new Stage({ db, git }, url);
  await openStory(stage);
  const steps = [
    ...invitationSteps(stage),
    ...availabilitySteps(stage),
    ...planningSteps(stage),
    ...planSteps(stage),
    ...noteSteps(stage),
    ...moneySteps(stage),
    ...hostingSteps(stage),
    ...spendingSteps(stage),
    ...timetableSteps(stage),
    ...weekSteps(stage),
    ...callSteps(stage),
    ...followUpSteps(stage),
  ]
    .filter(({ at }) => Temporal.Instant.compare(at, until) <= 0)
    .sort((a, b) => Temporal.Instant.compare(a.at, b.at));
  for (const { at, run } of steps) {
    stage.clock.set(at);
    await run();
  }
  stage.clock.set(until);
  await creditStory(stage);
  await keepDemoClock(db, stage.clock);
  return stage.clock;
}

/**
 * Empties every table of ours but the record of migrations and the installation's secret, and takes
 * away the planning repositories of its summits.
 */
async function wipe(db: Db, git: GitStore): Promise<void> {
  const summits = await db.selectFrom('summit').select('id').execute();
  const { rows } = await sql<{ name: string }>`
    select quote_ident(tablename) as name from pg_tables
    where schemaname = current_schema() and tablename not in ('cairn_migration', 'installation')
  `.execute(db);
  await db.transaction().execute(async (tx) => {
    await sql`truncate ${sql.raw(rows.map(({ name }) => name).join(', '))} cascade`.execute(tx);
    await sql`delete from graphile_worker._private_jobs`.execute(tx);
    await tx.deleteFrom('installation').where('key', '<>', 'secret').execute();
    await tx
      .insertInto('installation')
      .values({ key: BEGUN, value: JSON.stringify({ begun: true }) })
      .execute();
  });
  for (const { id } of summits) await git.plan(id).remove();
}
