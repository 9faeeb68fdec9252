import type { CalendarEntry } from '@cairn/formats/calendar-entry';
import { expectZone, type Instant, Temporal } from '@cairn/kernel/time';
import type { Reader } from '../../platform/db/database.ts';
import { ownInvitation } from '../people/invitations/answer-queries.ts';
import { OPEN_STATES } from '../people/invitations/invitation-rules.ts';
import type { Self } from '../people/rights.ts';
import { openOfferOf, seatOf } from '../people/seats/seat-queries.ts';
import { fillFacts, isTentative, summitDays } from '../summits/facts.ts';
import type { Summit } from '../summits/queries.ts';
import type { KeptEntry } from './calendar-rules.ts';
import { type OwnPlaces, ownEntries, type Tally } from './own-dates-rules.ts';

/**
 * A person's own entries in a summit. `since` stands for the moment of a change where none is
 * recorded: the making of the feed.
 */
export async function ownDates(
  db: Reader,
  self: Self,
  summit: Summit,
  calendar: readonly KeptEntry[],
  since: Instant,
  places: OwnPlaces,
): Promise<CalendarEntry[]> {
  const { definition } = summit;
  const invitation = await ownInvitation(db, self);
  const offer = await openOfferOf(db, summit.id, self.personId);
  const seat = await seatOf(db, summit.id, self.personId);
  const happened = await happenedTo(db, self);
  return ownEntries(
    {
      title: fillFacts(definition.title, definition),
      place: `${definition.venue.name}, ${definition.venue.city}`,
      zone: expectZone(definition.zone),
      days: summitDays(definition),
      isTentative: isTentative(definition),
      daysChanged: daysChanged(calendar, since),
      invitation: invitation && {
        awaitsAnswer: OPEN_STATES.some((state) => state === invitation.state),
        expiresAt: invitation.expiresAt,
      },
      invitationChanged: tallyOf(happened, 'invitation.', since),
      offer: offer && { expiresAt: offer.expiresAt },
      wasOffered: happened.some(({ kind }) => kind === 'seat.offered'),
      hasSeat: seat !== undefined,
      wasSeated: happened.some(({ kind }) => kind === 'seat.taken'),
      seatChanged: tallyOf(happened, 'seat.', since),
    },
    places,
  );
}

interface Happening {
  readonly kind: string;
  readonly at: Instant;
}

const happenedTo = (db: Reader, { summitId, personId }: Self): Promise<Happening[]> =>
  db
    .selectFrom('event')
    .select(['kind', 'at'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where((row) => row.or([row('kind', 'like', 'invitation.%'), row('kind', 'like', 'seat.%')]))
    .orderBy('id')
    .execute();

function tallyOf(happened: readonly Happening[], prefix: string, since: Instant): Tally {
  const own = happened.filter(({ kind }) => kind.startsWith(prefix));
  return { count: own.length, last: own.at(-1)?.at ?? since };
}

function daysChanged(calendar: readonly KeptEntry[], since: Instant): Tally {
  const ends = calendar.filter(({ key }) => key === 'arrival' || key === 'departure');
  return {
    count: ends.reduce((sum, { sequence }) => sum + sequence, 0),
    last: ends.reduce(
      (latest, { lastModified }) =>
        Temporal.Instant.compare(lastModified, latest) > 0 ? lastModified : latest,
      since,
    ),
  };
}
