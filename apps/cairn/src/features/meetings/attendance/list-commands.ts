import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { AttendanceKeeper } from '../series/rights.ts';
import { saveAttendance } from './attendance-commands.ts';
import type { Attendee, MatchedList } from './list-match-rules.ts';

/** What recording a list came to. */
export interface ListRecorded {
  readonly recorded: number;
  /** Rows that are kept because nobody could say who it was, or who stayed too short; new ones only. */
  readonly kept: number;
}

/** Rows in one insert: the database takes 65,535 values at once. */
const CHUNK = 1000;

/**
 * Records who a video tool's list says was there, and keeps the rows of all others until somebody has
 * said who they are. The same list again changes nothing. `anyway` are people who stayed too short and
 * count all the same.
 */
export async function recordList(
  tx: Tx,
  actor: Actor,
  keeper: AttendanceKeeper,
  list: MatchedList,
  anyway: ReadonlySet<string> = new Set(),
): Promise<Result<ListRecorded, Problem>> {
  const counted = list.tooShort.filter(({ person }) => anyway.has(person.personId));
  const short = list.tooShort.filter(({ person }) => !anyway.has(person.personId));
  const matched = [...list.matched, ...counted];
  const saved = await saveAttendance(
    tx,
    actor,
    keeper,
    { there: matched.map(({ person }) => person.personId), notThere: [] },
    'csv',
  );
  if (!saved.ok) return saved;
  await settleKnown(tx, actor, keeper, matched);
  const rows = [
    ...list.unmatched.map((attendee) => rowOf(actor, keeper, attendee, 'unknown')),
    ...list.doubtful.map((attendee) => rowOf(actor, keeper, attendee, 'doubtful')),
    ...short.flatMap(({ attendees, minutes }) =>
      attendees.map((attendee) => rowOf(actor, keeper, { ...attendee, minutes }, 'too_short')),
    ),
  ];
  let kept = 0;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const added = await tx
      .insertInto('attendanceRow')
      .values(rows.slice(start, start + CHUNK))
      .onConflict((conflict) => conflict.columns(['summitId', 'meeting', 'who']).doNothing())
      .returning('id')
      .execute();
    kept += added.length;
  }
  const { recorded } = saved.value;
  if (recorded > 0 || kept > 0) {
    await recordEvent(tx, actor, {
      kind: 'attendance.list_read',
      summitId: keeper.summitId,
      data: { meeting: keeper.meeting, recorded, kept },
    });
  }
  return ok({ recorded, kept });
}

const rowOf = (
  { now, personId }: Actor,
  { summitId, meeting }: AttendanceKeeper,
  { who, name, email, github, minutes }: Attendee,
  reason: 'unknown' | 'doubtful' | 'too_short',
) => ({
  summitId,
  meeting,
  who,
  name,
  email,
  github,
  minutes: minutes ?? null,
  reason,
  addedAt: now,
  addedBy: personId ?? null,
  settledAt: null,
  settledHow: null,
  personId: null,
});

/** Rows kept from an earlier list, of people who have been found since. */
async function settleKnown(
  tx: Tx,
  { now }: Actor,
  { summitId, meeting }: AttendanceKeeper,
  matched: MatchedList['matched'],
): Promise<void> {
  for (const { person, attendees } of matched) {
    await tx
      .updateTable('attendanceRow')
      .set({ settledAt: now, settledHow: 'matched', personId: person.personId })
      .where('summitId', '=', summitId)
      .where('meeting', '=', meeting)
      .where(
        'who',
        'in',
        attendees.map(({ who }) => who),
      )
      .where('settledAt', 'is', null)
      .execute();
  }
}

/**
 * Says who a kept row is, which records that they were there; or that it is nobody of the summit.
 * Somebody else may have said so already: then nothing changes.
 */
export async function settleRow(
  tx: Tx,
  actor: Actor,
  keeper: AttendanceKeeper,
  { row, personId }: { readonly row: string; readonly personId: string | undefined },
): Promise<Result<{ readonly wasOpen: boolean }, Problem>> {
  const settled = await tx
    .updateTable('attendanceRow')
    .set({
      settledAt: actor.now,
      settledHow: personId === undefined ? 'dropped' : 'matched',
      personId: personId ?? null,
    })
    .where('id', '=', row)
    .where('summitId', '=', keeper.summitId)
    .where('meeting', '=', keeper.meeting)
    .where('settledAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (settled === undefined) return ok({ wasOpen: false });
  if (personId !== undefined) {
    const there = { there: [personId], notThere: [] };
    const saved = await saveAttendance(tx, actor, keeper, there, 'csv');
    if (!saved.ok) {
      const { code, sentence } = saved.error;
      return fail(problem(code, sentence, { path: 'person' }));
    }
  }
  await recordEvent(tx, actor, {
    kind: 'attendance.row_settled',
    summitId: keeper.summitId,
    data: { row, matched: personId !== undefined },
  });
  return ok({ wasOpen: true });
}
