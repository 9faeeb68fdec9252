import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import {
  type EvidenceSource,
  recordEvidence,
  withdrawAttendance,
} from '../../people/promises/evidence-commands.ts';
import { excuseAbsence } from '../../people/promises/excuse-commands.ts';
import { meetingSubject } from '../../people/promises/obligation-rules.ts';
import { summitById } from '../../summits/queries.ts';
import type { AttendanceKeeper } from '../series/rights.ts';
import { isOver, type Meeting, meetingNamed, startOrMonth } from '../series/series-rules.ts';
import { mayBeRecorded } from './attendance-queries.ts';
import { earlier } from './check-in-commands.ts';

/** Who is to be recorded, and of whom it is to be taken back. */
export interface AttendanceChange {
  readonly there: readonly string[];
  readonly notThere: readonly string[];
}

/** How many facts a saving added and took back. */
export interface AttendanceSaved {
  readonly recorded: number;
  readonly withdrawn: number;
}

/**
 * Records who was at a meeting and takes back who was not, all or none. Refused before the meeting
 * begins, and for people who are not in the summit. A meeting that was dropped can still be put right.
 */
export async function saveAttendance(
  tx: Tx,
  actor: Actor,
  keeper: AttendanceKeeper,
  { there, notThere }: AttendanceChange,
  source: Extract<EvidenceSource, 'csv'> | undefined = undefined,
): Promise<Result<AttendanceSaved, Problem>> {
  const summit = await summitById(tx, keeper.summitId);
  const meeting = meetingNamed(summit, keeper.meeting);
  if (there.length > 0) {
    if (meeting === undefined) {
      const sentence = 'This meeting is not in the series any more; nobody new can be recorded.';
      return fail(problem('no-such-meeting', sentence));
    }
    if (!hasBegun(meeting, actor)) {
      const sentence = `${meeting.title} has not begun; record who was there once it has.`;
      return fail(problem('not-begun', sentence));
    }
    const known = await mayBeRecorded(tx, keeper, there);
    if (there.some((personId) => !known.has(personId))) {
      const sentence =
        'Somebody on this page does not belong to the summit any more; open the page anew.';
      return fail(problem('not-in-this-summit', sentence));
    }
  }
  let recorded = 0;
  for (const personId of there) {
    const saved = await recordEvidence(tx, actor, {
      summitId: keeper.summitId,
      personId,
      kind: 'attendance',
      subject: meetingSubject(keeper.meeting),
      at: earlier(meeting?.begins ?? actor.now, actor.now),
      source: source ?? keeper.as,
    });
    if (!saved.ok) return saved;
    if (saved.value.isNew) recorded += 1;
  }
  let withdrawn = 0;
  for (const personId of notThere) {
    const saved = await withdrawAttendance(tx, actor, keeper, personId);
    if (!saved.ok) return saved;
    if (saved.value.wasStanding) withdrawn += 1;
  }
  return ok({ recorded, withdrawn });
}

/** Whether there is something to record: a meeting without a time may have been held in its month. */
export const hasBegun = (meeting: Meeting, { now }: Pick<Actor, 'now'>): boolean =>
  isOver(meeting, now) || startOrMonth(meeting).epochMilliseconds <= now.epochMilliseconds;

/**
 * Grants a request to be excused, or declines it; the person gets a mail. Granted twice, or after they
 * were excused otherwise, it is granted once.
 */
export async function decideRequest(
  tx: Tx,
  actor: Actor,
  keeper: AttendanceKeeper,
  { request, isGranted }: { readonly request: string; readonly isGranted: boolean },
): Promise<Result<{ readonly wasOpen: boolean }, Problem>> {
  const { summitId, meeting: key, personId: by } = keeper;
  if (by === undefined) {
    const sentence = 'A request is decided by somebody, by name; sign in, or use a token of yours.';
    return fail(problem('needs-a-person', sentence));
  }
  const decision = isGranted ? ('granted' as const) : ('declined' as const);
  const decided = await tx
    .updateTable('absenceRequest')
    .set({ decision, decidedAt: actor.now, decidedBy: by })
    .where('id', '=', request)
    .where('summitId', '=', summitId)
    .where('meeting', '=', key)
    .where('decision', 'is', null)
    .returning(['personId', 'reason'])
    .executeTakeFirst();
  if (decided === undefined) return ok({ wasOpen: false });
  const { personId, reason } = decided;
  await recordEvent(tx, actor, {
    kind: 'absence.decided',
    summitId,
    personId,
    data: { request, meeting: key, granted: isGranted },
  });
  if (isGranted) {
    const excused = await excuseAbsence(tx, actor, keeper, { personId, reason });
    if (!excused.ok && excused.error.code !== 'already-excused') return excused;
  }
  const summit = await summitById(tx, summitId);
  const title = meetingNamed(summit, key)?.title ?? key;
  await notify(tx, actor, {
    summitId,
    personId,
    key: `absence:${request}`,
    subject: isGranted ? `You are excused from: ${title}` : `Not excused from: ${title}`,
    body: isGranted
      ? `You asked to be excused from ${title}, and you are. Your absence does not count as missed.\n`
      : `You asked to be excused from ${title}. The organisers could not agree to it. Your page says what you can still do to keep your promise.\n`,
    page: `/s/${summit.slug}/meetings/${key}`,
  });
  return ok({ wasOpen: true });
}
