import type { Reader } from '../../../platform/db/database.ts';

/** What somebody leads, asked and said in planning meetings, and which rows of lists were matched to them. */
export async function ownMeetings(db: Reader, personId: string) {
  return {
    leads: await db
      .selectFrom('trackLead')
      .innerJoin('summit', 'summit.id', 'trackLead.summitId')
      .select(['summit.slug as summit', 'trackLead.meeting', 'trackLead.track'])
      .where('trackLead.personId', '=', personId)
      .execute(),
    absenceRequests: await db
      .selectFrom('absenceRequest')
      .innerJoin('summit', 'summit.id', 'absenceRequest.summitId')
      .select(['summit.slug as summit', 'absenceRequest.meeting', 'absenceRequest.reason'])
      .select(['absenceRequest.at', 'absenceRequest.decidedAt', 'absenceRequest.decision'])
      .where('absenceRequest.personId', '=', personId)
      .orderBy('absenceRequest.at')
      .execute(),
    recordingsWatched: await db
      .selectFrom('recordingWatched')
      .innerJoin('summit', 'summit.id', 'recordingWatched.summitId')
      .select(['summit.slug as summit', 'recordingWatched.meeting'])
      .select(['recordingWatched.sentence', 'recordingWatched.at'])
      .where('recordingWatched.personId', '=', personId)
      .orderBy('recordingWatched.at')
      .execute(),
    attendanceRows: await db
      .selectFrom('attendanceRow')
      .innerJoin('summit', 'summit.id', 'attendanceRow.summitId')
      .select(['summit.slug as summit', 'attendanceRow.meeting', 'attendanceRow.name'])
      .select(['attendanceRow.email', 'attendanceRow.github', 'attendanceRow.minutes'])
      .where('attendanceRow.personId', '=', personId)
      .execute(),
  };
}
