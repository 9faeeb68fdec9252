import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Instant, Temporal } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type Recorded, recordEvidence } from '../../people/promises/evidence-commands.ts';
import { meetingSubject } from '../../people/promises/obligation-rules.ts';
import type { Self } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { mayJoin } from '../series/rights.ts';
import { isOver, type Meeting, meetingNamed } from '../series/series-rules.ts';
import { meetingSettings } from './attendance-settings-queries.ts';
import { checkInState, checkInWindow } from './check-in-rules.ts';

const notIn = (): Problem =>
  problem(
    'not-taking-part',
    'Attendance is kept for those who accepted their invitation; accept it first.',
  );

const noMeeting = (): Problem =>
  problem('no-such-meeting', 'There is no such planning meeting any more; look at the list.');

/** The earlier of two moments. */
export const earlier = (a: Instant, b: Instant): Instant =>
  Temporal.Instant.compare(a, b) < 0 ? a : b;

/**
 * Somebody says that they are there. Refused outside the window that the summit sets. Twice is as good
 * as once.
 */
export async function checkIn(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  key: string,
): Promise<Result<Recorded, Problem>> {
  const meeting = await joined(tx, summitId, personId, key);
  if (!meeting.ok) return meeting;
  const window = checkInWindow(meeting.value, await meetingSettings(tx, summitId));
  const state = checkInState(window, actor.now);
  if (state !== 'open') return fail(problem(`check-in-${state.replace('_', '-')}`, WHY[state]));
  return recordEvidence(tx, actor, {
    summitId,
    personId,
    kind: 'attendance',
    subject: meetingSubject(key),
    at: earlier(meeting.value.begins ?? actor.now, actor.now),
    source: 'self',
  });
}

const WHY = {
  no_time: 'This meeting has no time yet; check in when it takes place.',
  early: 'Check-in is not open yet; come back when the meeting begins.',
  late: 'Check-in is closed; ask the lead or an organiser to record you.',
} as const;

/**
 * Somebody says that they watched the recording, with a sentence about it. Counts as attendance where
 * the summit says that recordings count.
 */
export async function watchRecording(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  { meeting: key, sentence }: { readonly meeting: string; readonly sentence: string },
): Promise<Result<Recorded, Problem>> {
  const { definition } = await summitById(tx, summitId);
  const meeting = await joined(tx, summitId, personId, key);
  if (!meeting.ok) return meeting;
  if (definition.planning_meetings.recordings !== 'count') {
    const words = 'In this summit, having watched a recording does not count as attendance.';
    return fail(problem('recordings-do-not-count', words));
  }
  if (meeting.value.recording === undefined || !isOver(meeting.value, actor.now)) {
    return fail(problem('no-recording', 'There is no recording of this meeting yet.'));
  }
  const recorded = await recordEvidence(tx, actor, {
    summitId,
    personId,
    kind: 'attendance',
    subject: meetingSubject(key),
    at: earlier(meeting.value.begins ?? actor.now, actor.now),
    source: 'recording',
  });
  if (!recorded.ok || !recorded.value.isNew) return recorded;
  const written = { summitId, personId, meeting: key, sentence, at: actor.now };
  await tx
    .insertInto('recordingWatched')
    .values(written)
    .onConflict((conflict) =>
      conflict
        .columns(['summitId', 'personId', 'meeting'])
        .doUpdateSet({ sentence, at: actor.now }),
    )
    .execute();
  return recorded;
}

/** Asks to be excused from one meeting, before it or after. One open request is enough. */
export async function askForExcuse(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  { meeting: key, reason }: { readonly meeting: string; readonly reason: string },
): Promise<Result<{ readonly isNew: boolean }, Problem>> {
  const meeting = await joined(tx, summitId, personId, key);
  if (!meeting.ok) return meeting;
  const asked = await tx
    .insertInto('absenceRequest')
    .values({
      summitId,
      personId,
      meeting: key,
      reason,
      at: actor.now,
      decidedAt: null,
      decidedBy: null,
      decision: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['summitId', 'personId', 'meeting'])
        .where('decision', 'is', null)
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  if (asked === undefined) {
    const words = 'You have asked already; withdraw that request first to ask in other words.';
    return fail(problem('already-asked', words, { path: 'reason' }));
  }
  await recordEvent(tx, actor, {
    kind: 'absence.asked',
    summitId,
    personId,
    data: { request: asked.id, meeting: key },
  });
  return ok({ isNew: true });
}

/** Takes back one's own open request. Twice is as good as once. */
export async function withdrawRequest(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  meeting: string,
): Promise<Result<{ readonly wasOpen: boolean }, Problem>> {
  const gone = await tx
    .updateTable('absenceRequest')
    .set({ decision: 'withdrawn', decidedAt: actor.now, decidedBy: personId })
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('meeting', '=', meeting)
    .where('decision', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (gone === undefined) return ok({ wasOpen: false });
  await recordEvent(tx, actor, {
    kind: 'absence.request_withdrawn',
    summitId,
    personId,
    data: { request: gone.id, meeting },
  });
  return ok({ wasOpen: true });
}

/** The meeting, if it is there and the person takes part in the summit. */
async function joined(
  tx: Tx,
  summitId: string,
  personId: string,
  key: string,
): Promise<Result<Meeting, Problem>> {
  const meeting = meetingNamed(await summitById(tx, summitId), key);
  if (meeting === undefined) return fail(noMeeting());
  return (await mayJoin(tx, summitId, personId)) ? ok(meeting) : fail(notIn());
}
