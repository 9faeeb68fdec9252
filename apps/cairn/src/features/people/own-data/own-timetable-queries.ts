import type { Reader } from '../../../platform/db/database.ts';

/** When somebody is there, their groups, what they lead, mark, put into free space and wrote into worklogs. */
export async function ownTimetable(db: Reader, personId: string) {
  return {
    presence: await db
      .selectFrom('presence')
      .innerJoin('summit', 'summit.id', 'presence.summitId')
      .select(['summit.slug as summit', 'presence.arrivesOn', 'presence.arrivesAt'])
      .select(['presence.leavesOn', 'presence.leavesAt', 'presence.isRemote', 'presence.note'])
      .select('presence.saidAt')
      .where('presence.personId', '=', personId)
      .execute(),
    groups: await db
      .selectFrom('groupMember')
      .innerJoin('grouping', 'grouping.id', 'groupMember.groupingId')
      .innerJoin('summit', 'summit.id', 'grouping.summitId')
      .leftJoin('workGroup', 'workGroup.id', 'groupMember.groupId')
      .select(['summit.slug as summit', 'grouping.title as grouping', 'grouping.date'])
      .select(['workGroup.title as group', 'groupMember.isLead', 'groupMember.isOut'])
      .select('groupMember.why')
      .where('groupMember.personId', '=', personId)
      .where('grouping.state', '=', 'set')
      .execute(),
    swaps: await db
      .selectFrom('groupSwap')
      .innerJoin('grouping', 'grouping.id', 'groupSwap.groupingId')
      .select(['grouping.title as grouping', 'groupSwap.state', 'groupSwap.askedAt'])
      .select('groupSwap.settledAt')
      .where((eb) => eb.or([eb('askedBy', '=', personId), eb('askedOf', '=', personId)]))
      .execute(),
    leadSessions: await db
      .selectFrom('sessionPerson')
      .innerJoin('timetableSession', 'timetableSession.id', 'sessionPerson.sessionId')
      .innerJoin('summit', 'summit.id', 'timetableSession.summitId')
      .select(['summit.slug as summit', 'timetableSession.title', 'sessionPerson.part'])
      .where('sessionPerson.personId', '=', personId)
      .execute(),
    openSessions: await db
      .selectFrom('openSession')
      .innerJoin('timetableSession', 'timetableSession.id', 'openSession.sessionId')
      .innerJoin('summit', 'summit.id', 'openSession.summitId')
      .select(['summit.slug as summit', 'timetableSession.title', 'openSession.date'])
      .select(['openSession.starts', 'openSession.claimedAt', 'openSession.withdrawnAt'])
      .where('openSession.claimedBy', '=', personId)
      .execute(),
    agenda: await db
      .selectFrom('agendaMark')
      .innerJoin('timetableSession', 'timetableSession.id', 'agendaMark.sessionId')
      .innerJoin('summit', 'summit.id', 'timetableSession.summitId')
      .select(['summit.slug as summit', 'timetableSession.title', 'agendaMark.goes'])
      .select('agendaMark.markedAt')
      .where('agendaMark.personId', '=', personId)
      .execute(),
    worklog: await db
      .selectFrom('worklogEntry')
      .innerJoin('summit', 'summit.id', 'worklogEntry.summitId')
      .select(['summit.slug as summit', 'worklogEntry.date', 'worklogEntry.did'])
      .select(['worklogEntry.links', 'worklogEntry.blocked', 'worklogEntry.next'])
      .select('worklogEntry.writtenAt')
      .where('worklogEntry.writtenBy', '=', personId)
      .execute(),
    worklogWords: await db
      .selectFrom('worklogRevision')
      .innerJoin('worklogEntry', 'worklogEntry.id', 'worklogRevision.entryId')
      .innerJoin('summit', 'summit.id', 'worklogEntry.summitId')
      .select(['summit.slug as summit', 'worklogEntry.date', 'worklogRevision.revision'])
      .select(['worklogRevision.did', 'worklogRevision.links', 'worklogRevision.blocked'])
      .select(['worklogRevision.next', 'worklogRevision.sent', 'worklogRevision.at'])
      .where('worklogRevision.byPerson', '=', personId)
      .execute(),
    toldOfReleases: await db
      .selectFrom('releaseTold')
      .innerJoin('summit', 'summit.id', 'releaseTold.summitId')
      .select(['summit.slug as summit', 'releaseTold.version', 'releaseTold.toldAt'])
      .where('releaseTold.personId', '=', personId)
      .execute(),
  };
}
