import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { sql } from 'kysely';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { PlanServices } from '../../planning/repository/main-commands.ts';
import { lockSeats, releaseSeat } from '../seats/seat-commands.ts';
import { forgetMoney, MONEY_DATA, MONEY_TEXTS } from './erasure-money-commands.ts';
import { forgetPlan, lockPlans } from './erasure-plan-commands.ts';
import { dutiesOf, summitsOf, tracesOf } from './erasure-queries.ts';
import {
  ERASED_NAME,
  jsonTracePatterns,
  mayBeErased,
  type Traces,
  tracePatterns,
} from './erasure-rules.ts';
import { forgetMails, forgetWays } from './erasure-steps.ts';
import { forgetTimetable, TIMETABLE_DATA, TIMETABLE_TEXTS } from './erasure-timetable-commands.ts';
import type { Oneself } from './own-data-queries.ts';

/** A keyed hash of an address, as the sign-in log keeps it. */
export type AddressHash = (email: string) => string;

/**
 * Erases a person: everything that says who they are goes, everything that is only counted stays.
 * Their row remains without a name, so that evidence, answers and events keep their number; their
 * seat is given up and offered on. Cannot be undone. One event `person.erased`, beside those of the
 * seats given up.
 *
 * Texts of the summit's definition that name them are the organisers' publication and stay; the
 * page before this says which. Fails while they are the last to look after a summit or the
 * installation.
 */
export async function erasePerson(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { personId }: Oneself,
  addressHash: AddressHash,
): Promise<Result<void, Problem>> {
  // Summits before the person, as whoever takes a seat does: no two wait for each other.
  const summitIds = await summitsOf(tx, personId);
  const summits = [];
  for (const summitId of summitIds) summits.push(await lockSeats(tx, summitId));
  await lockPlans(tx);
  await sql`
    select 1 from person
    where id = ${personId} or (is_administrator and erased_at is null)
    order by id for update`.execute(tx);
  const allowed = mayBeErased(await dutiesOf(tx, personId));
  if (!allowed.ok) return allowed;

  const traces = await tracesOf(tx, personId);
  await withdrawOpenInvitations(tx, actor, personId);
  await tx.deleteFrom('role').where('personId', '=', personId).execute();
  await tx.deleteFrom('taskOwner').where('personId', '=', personId).execute();
  for (const summit of summits) {
    const held = await releaseSeat(tx, actor, summit, personId);
    if (!held) continue;
    await recordEvent(tx, actor, { kind: 'seat.released', summitId: summit.id, personId });
  }
  await tx.deleteFrom('attendanceRow').where('personId', '=', personId).execute();
  await forgetMails(tx, personId, traces);
  await forgetWords(tx, personId);
  await forgetTimetable(tx, personId);
  await forgetMoney(tx, actor, personId);
  const handles = await forgetPlan(tx, services, actor, personId, traces);
  await forgetWays(tx, actor, personId, traces, addressHash);
  await blotOut(tx, actor, traces, handles);
  await tx
    .updateTable('person')
    .set({
      name: ERASED_NAME,
      zone: null,
      authUserId: null,
      isAdministrator: false,
      erasedAt: actor.now,
    })
    .where('id', '=', personId)
    .execute();
  await recordEvent(tx, actor, { kind: 'person.erased', personId });
  return ok(undefined);
}

/** What still awaits an answer will get none; answers that were given stay in the count. */
const withdrawOpenInvitations = (tx: Tx, actor: Actor, personId: string) =>
  tx
    .updateTable('invitation')
    .set({ state: 'withdrawn', closedAt: actor.now })
    .where('personId', '=', personId)
    .where('state', 'in', ['drafted', 'sent', 'opened', 'unsure'])
    .execute();

/** What was written by or about the person in rows of their own. */
async function forgetWords(tx: Tx, personId: string): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ note: '', remark: '', tokenHash: null })
    .where('personId', '=', personId)
    .execute();
  await tx
    .updateTable('sendItem')
    .set({ reason: '' })
    .where('invitationId', 'in', (eb) =>
      eb.selectFrom('invitation').select('id').where('personId', '=', personId),
    )
    .execute();
  await tx
    .updateTable('excuse')
    .set({ reason: 'Erased.' })
    .where('personId', '=', personId)
    .execute();
  await tx
    .updateTable('calendarInvite')
    .set({ comment: '' })
    .where('personId', '=', personId)
    .execute();
  await tx.updateTable('listing').set({ fields: [] }).where('personId', '=', personId).execute();
  await tx.deleteFrom('weekLink').where('personId', '=', personId).execute();
  await tx.updateTable('weekGuest').set({ remark: '' }).where('personId', '=', personId).execute();
  await tx.updateTable('weekAnswer').set({ note: '' }).where('personId', '=', personId).execute();
  await tx.updateTable('weekConcern').set({ note: '' }).where('personId', '=', personId).execute();
  // When somebody is at home says where they live.
  await tx.deleteFrom('weeklyAvailability').where('personId', '=', personId).execute();
  await tx.deleteFrom('busySource').where('personId', '=', personId).execute();
  await tx.deleteFrom('trackInterest').where('personId', '=', personId).execute();
  await tx.deleteFrom('callSubscription').where('personId', '=', personId).execute();
  await tx.deleteFrom('trackLead').where('personId', '=', personId).execute();
  await tx
    .updateTable('recordingWatched')
    .set({ sentence: '' })
    .where('personId', '=', personId)
    .execute();
  await tx
    .updateTable('absenceRequest')
    .set({ reason: '' })
    .where('personId', '=', personId)
    .execute();
}

/** Where others may have written about somebody: columns of free text that belong to no one person. */
const OTHERS_TEXTS = [
  ['mail', ['subject', 'body']],
  ['invitation', ['note', 'remark']],
  ['waiting', ['reason']],
  ['excuse', ['reason']],
  ['send_batch', ['subject', 'body']],
  ['send_item', ['reason']],
  ['calendar_invite', ['comment']],
  ['calendar_reply', ['attendee', 'sender', 'comment']],
  ['absence_request', ['reason']],
  ['recording_watched', ['sentence']],
  ['track_interest', ['why']],
  ['meeting_text', ['body']],
  ['meeting_text_revision', ['body', 'sent']],
  ['task', ['title', 'origin_text']],
  ['week_poll', ['intro']],
  ['week_blackout', ['title']],
  ['week_window', ['note']],
  ['week_guest', ['remark']],
  ['week_answer', ['note']],
  ['week_concern', ['note']],
  ['plan_thread', ['title', 'body']],
  ['plan_comment', ['body']],
  ['plan_label', ['label']],
  ['plan_interest', ['why']],
  ['plan_review', ['body', 'dismissed_why']],
  ['plan_earlier_text', ['title', 'body']],
  ['plan_objection', ['reason', 'answer']],
  ['plan_proposal', ['merged_despite']],
  ['plan_label_meaning', ['about']],
  ['plan_line_draft', ['body']],
  ['github_link', ['base']],
  ...TIMETABLE_TEXTS,
  ...MONEY_TEXTS,
] as const;

/** Replaces the person's name, addresses and handles in texts that others wrote. */
async function blotOut(
  tx: Tx,
  actor: Actor,
  traces: Traces,
  handles: readonly string[],
): Promise<void> {
  for (const pattern of tracePatterns({ ...traces, handles })) {
    for (const [table, columns] of OTHERS_TEXTS) {
      for (const column of columns) {
        const [where, what] = [sql.table(table), sql.ref(column)];
        await sql`
          update ${where} set ${what} = regexp_replace(${what}, ${pattern}, ${ERASED_NAME}, 'gi')
          where ${what} ~* ${pattern}`.execute(tx);
      }
    }
  }
  for (const pattern of jsonTracePatterns({ ...traces, handles })) {
    for (const [table, columns] of [...TIMETABLE_DATA, ...MONEY_DATA]) {
      for (const column of columns) {
        const [where, what] = [sql.table(table), sql.ref(column)];
        await sql`
          update ${where} set ${what} = regexp_replace(${what}::text, ${pattern}, ${ERASED_NAME}, 'gi')::jsonb
          where ${what}::text ~* ${pattern}`.execute(tx);
      }
    }
  }
  await forgetListRows(tx, traces);
  await blotOutImports(tx, actor, traces);
}

/** Rows of a video tool's list that name the person say nothing else, so they go as a whole. */
async function forgetListRows(tx: Tx, traces: Traces): Promise<void> {
  const { name, emails, handles } = traces;
  const exact = [name, ...emails, ...handles].map((text) => text.toLowerCase());
  await sql`
    delete from attendance_row
    where lower(name) = any(${exact}) or lower(email) = any(${exact}) or lower(github) = any(${exact})`.execute(
    tx,
  );
  for (const pattern of tracePatterns(traces)) {
    await sql`
      delete from attendance_row
      where name ~* ${pattern} or email ~* ${pattern} or github ~* ${pattern}`.execute(tx);
  }
}

/** Rows of people's files: one that is about the person goes as a whole, others lose the mention. */
async function blotOutImports(tx: Tx, actor: Actor, traces: Traces): Promise<void> {
  const { name, emails, handles } = traces;
  const cells = [name, ...emails, ...handles, ...handles.map((handle) => `@${handle}`)];
  await sql`
    update import_row set cells = '{}', raw = '',
      settled_at = coalesce(settled_at, ${actor.now}),
      settled_how = coalesce(settled_how, 'dropped')
    where exists (
      select from jsonb_path_query(cells, 'strict $.**') cell
      where jsonb_typeof(cell) = 'string'
        and lower(trim(cell #>> '{}')) = any(${cells.map((cell) => cell.toLowerCase())})
    )`.execute(tx);
  for (const pattern of tracePatterns(traces)) {
    await sql`
      update import_row set raw = regexp_replace(raw, ${pattern}, ${ERASED_NAME}, 'gi')
      where raw ~* ${pattern}`.execute(tx);
  }
  for (const pattern of jsonTracePatterns(traces)) {
    await sql`
      update import_row set
        cells = regexp_replace(cells::text, ${pattern}, ${ERASED_NAME}, 'gi')::jsonb
      where cells::text ~* ${pattern}`.execute(tx);
  }
}
