import type { Branded } from '@cairn/kernel/id';
import type { Reader } from '../../../platform/db/database.ts';
import type { SignedIn } from '../../../platform/http/env.ts';
import { ownCalls } from './own-calls-queries.ts';
import { ownMeetings } from './own-meetings-queries.ts';
import { ownMoney, ownStays } from './own-money-queries.ts';
import { ownPlan } from './own-plan-queries.ts';
import { ownTimetable } from './own-timetable-queries.ts';
import { ownWeeks } from './own-weeks-queries.ts';
import { ownWords } from './own-words-queries.ts';

/** Proof that somebody asks about themselves, over all summits. */
export type Oneself = Branded<{ readonly personId: string }, 'Oneself'>;

/** Whoever has signed in may ask about themselves. */
export const oneself = ({ personId }: Pick<SignedIn, 'personId'>): Oneself =>
  ({ personId }) as Oneself; // minted here only

/** Rises when the shape of the export changes in a way that a program would notice. */
const OWN_DATA_SCHEMA = 'cairn/own-data/1';

/**
 * Everything that Cairn holds about one person, in all summits, as plain data; moments are in UTC.
 * Secrets are not in it: of links, feeds and tokens only hashes are kept, and those stay here.
 */
export async function ownData(db: Reader, { personId }: Oneself) {
  const person = await db
    .selectFrom('person')
    .select(['id', 'name', 'zone', 'isAdministrator', 'authUserId', 'createdAt'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  return {
    schema: OWN_DATA_SCHEMA,
    person,
    identities: await db
      .selectFrom('personIdentity')
      .select(['kind', 'value', 'isPrimary', 'verifiedAt'])
      .where('personId', '=', personId)
      .orderBy('kind')
      .orderBy('value')
      .execute(),
    roles: await db
      .selectFrom('role')
      .innerJoin('summit', 'summit.id', 'role.summitId')
      .select(['summit.slug as summit', 'role.role', 'role.grantedAt', 'role.grantedBy'])
      .where('role.personId', '=', personId)
      .execute(),
    communities: await db
      .selectFrom('personCommunity')
      .innerJoin('summit', 'summit.id', 'personCommunity.summitId')
      .select(['summit.slug as summit', 'personCommunity.community'])
      .where('personCommunity.personId', '=', personId)
      .execute(),
    ...(await partIn(db, personId)),
    ...(await calendarOf(db, personId)),
    ...(await promisesIn(db, personId)),
    ...(await ownWeeks(db, personId)),
    ...(await hoursOf(db, personId)),
    ...(await ownWords(db, personId)),
    ...(await ownMeetings(db, personId)),
    ...(await ownCalls(db, personId)),
    ...(await ownPlan(db, personId)),
    ...(await ownTimetable(db, personId)),
    ...(await ownMoney(db, personId)),
    ...(await ownStays(db, personId)),
    mails: await db
      .selectFrom('mail')
      .leftJoin('summit', 'summit.id', 'mail.summitId')
      .select([
        'summit.slug as summit',
        'mail.recipient',
        'mail.subject',
        'mail.body',
        'mail.attachments',
        'mail.state',
        'mail.createdAt',
        'mail.sentAt',
      ])
      .where('mail.personId', '=', personId)
      .orderBy('mail.createdAt')
      .execute(),
    ...(await doorsOf(db, personId, person.authUserId)),
    /** What happened to them and what they did; the events hold ids only. */
    events: await db
      .selectFrom('event')
      .leftJoin('summit', 'summit.id', 'event.summitId')
      .select(['event.at', 'event.kind', 'summit.slug as summit', 'event.door', 'event.data'])
      .select(['event.personId as to', 'event.actorId as by'])
      .where((eb) => eb.or([eb('personId', '=', personId), eb('actorId', '=', personId)]))
      .orderBy('event.id')
      .execute(),
  };
}

/** Invitations, seats, waiting and offers. */
async function partIn(db: Reader, personId: string) {
  return {
    invitations: await db
      .selectFrom('invitation')
      .innerJoin('summit', 'summit.id', 'invitation.summitId')
      .select([
        'summit.slug as summit',
        'invitation.state',
        'invitation.seatKind',
        'invitation.note',
        'invitation.remark',
        'invitation.draftedAt',
        'invitation.sentAt',
        'invitation.openedAt',
        'invitation.answeredAt',
        'invitation.expiresAt',
        'invitation.reminders',
        'invitation.remindedAt',
        'invitation.closedAt',
      ])
      .where('invitation.personId', '=', personId)
      .execute(),
    seats: await db
      .selectFrom('seat')
      .innerJoin('summit', 'summit.id', 'seat.summitId')
      .select(['summit.slug as summit', 'seat.number', 'seat.kind', 'seat.takenAt'])
      .where('seat.personId', '=', personId)
      .execute(),
    waiting: await db
      .selectFrom('waiting')
      .innerJoin('summit', 'summit.id', 'waiting.summitId')
      .select([
        'summit.slug as summit',
        'waiting.position',
        'waiting.reason',
        'waiting.seatKind',
        'waiting.noticeDays',
        'waiting.joinedAt',
      ])
      .where('waiting.personId', '=', personId)
      .execute(),
    offers: await db
      .selectFrom('seatOffer')
      .innerJoin('summit', 'summit.id', 'seatOffer.summitId')
      .select([
        'summit.slug as summit',
        'seatOffer.state',
        'seatOffer.offeredAt',
        'seatOffer.expiresAt',
        'seatOffer.closedAt',
      ])
      .where('seatOffer.personId', '=', personId)
      .execute(),
  };
}

/** Calendar invitations: what was asked, and what they answered. */
const calendarOf = async (db: Reader, personId: string) => ({
  calendarInvitations: await db
    .selectFrom('calendarInvite')
    .innerJoin('summit', 'summit.id', 'calendarInvite.summitId')
    .leftJoin('calendarTold', 'calendarTold.inviteId', 'calendarInvite.id')
    .select(['summit.slug as summit', 'calendarInvite.key as entry', 'calendarTold.method'])
    .select(['calendarTold.sequence', 'calendarTold.at as toldAt', 'calendarInvite.answer'])
    .select(['calendarInvite.answeredAt', 'calendarInvite.answeredBy', 'calendarInvite.comment'])
    .where('calendarInvite.personId', '=', personId)
    .orderBy('calendarTold.at')
    .execute(),
});

/** Agreements, evidence, excuses, and what the public sees. */
async function promisesIn(db: Reader, personId: string) {
  return {
    acceptances: await db
      .selectFrom('agreementAcceptance')
      .innerJoin('summit', 'summit.id', 'agreementAcceptance.summitId')
      .innerJoin('agreementVersion', (join) =>
        join
          .onRef('agreementVersion.summitId', '=', 'agreementAcceptance.summitId')
          .onRef('agreementVersion.version', '=', 'agreementAcceptance.version'),
      )
      .select([
        'summit.slug as summit',
        'agreementAcceptance.version',
        'agreementAcceptance.acceptedAt',
        'agreementAcceptance.signInMethod',
        'agreementVersion.text',
      ])
      .where('agreementAcceptance.personId', '=', personId)
      .execute(),
    evidence: await db
      .selectFrom('evidence')
      .innerJoin('summit', 'summit.id', 'evidence.summitId')
      .select([
        'summit.slug as summit',
        'evidence.kind',
        'evidence.subject',
        'evidence.at',
        'evidence.source',
        'evidence.recordedAt',
        'evidence.withdrawnAt',
      ])
      .where('evidence.personId', '=', personId)
      .orderBy('evidence.recordedAt')
      .execute(),
    excuses: await db
      .selectFrom('excuse')
      .innerJoin('summit', 'summit.id', 'excuse.summitId')
      .select([
        'summit.slug as summit',
        'excuse.obligation',
        'excuse.occasion',
        'excuse.reason',
        'excuse.at',
        'excuse.withdrawnAt',
      ])
      .where('excuse.personId', '=', personId)
      .execute(),
    listings: await db
      .selectFrom('listing')
      .innerJoin('summit', 'summit.id', 'listing.summitId')
      .select(['summit.slug as summit', 'listing.fields', 'listing.updatedAt'])
      .where('listing.personId', '=', personId)
      .execute(),
  };
}

/** Their ordinary week, and when their calendars say that they are busy. */
async function hoursOf(db: Reader, personId: string) {
  return {
    weeklyAvailability: await db
      .selectFrom('weeklyAvailability')
      .select(['zone', 'cells', 'updatedAt'])
      .where('personId', '=', personId)
      .executeTakeFirst(),
    trackInterests: await db
      .selectFrom('trackInterest')
      .innerJoin('summit', 'summit.id', 'trackInterest.summitId')
      .select(['summit.slug as summit', 'trackInterest.track', 'trackInterest.level'])
      .select(['trackInterest.why', 'trackInterest.saidAt'])
      .where('trackInterest.personId', '=', personId)
      .orderBy('trackInterest.track')
      .execute(),
    /** `busy`: pairs of minutes since 1970-01-01T00:00Z, begin and end. */
    busySources: await db
      .selectFrom('busySource')
      .select(['name', 'coversFrom', 'coversUntil', 'busy', 'events', 'skipped', 'readAt'])
      .where('personId', '=', personId)
      .orderBy('name')
      .execute(),
  };
}

/** Every way in: feeds, tokens, sign-ins, sessions, passkeys and accounts elsewhere. */
async function doorsOf(db: Reader, personId: string, authUserId: string | null) {
  const userId = authUserId ?? '';
  return {
    feeds: await db
      .selectFrom('feed')
      .innerJoin('summit', 'summit.id', 'feed.summitId')
      .select(['summit.slug as summit', 'feed.name', 'feed.createdAt'])
      .select(['feed.lastReadAt', 'feed.revokedAt'])
      .where('feed.personId', '=', personId)
      .execute(),
    tokens: await db
      .selectFrom('apiToken')
      .select(['name', 'scopes', 'createdAt', 'expiresAt', 'lastUsedAt', 'revokedAt'])
      .where('personId', '=', personId)
      .execute(),
    signInAttempts: await db
      .selectFrom('signInAttempt')
      .select(['at', 'method', 'outcome', 'network'])
      .where('personId', '=', personId)
      .orderBy('id')
      .execute(),
    account: await db
      .selectFrom('authUser')
      .select(['name', 'email', 'emailVerified', 'image', 'createdAt', 'updatedAt'])
      .where('id', '=', userId)
      .executeTakeFirst(),
    sessions: await db
      .selectFrom('authSession')
      .select(['method', 'createdAt', 'expiresAt', 'ipAddress', 'userAgent'])
      .where('userId', '=', userId)
      .execute(),
    accountsElsewhere: await db
      .selectFrom('authAccount')
      .select(['providerId', 'accountId', 'createdAt'])
      .where('userId', '=', userId)
      .execute(),
    passkeys: await db
      .selectFrom('authPasskey')
      .select(['name', 'createdAt'])
      .where('userId', '=', userId)
      .execute(),
  };
}
