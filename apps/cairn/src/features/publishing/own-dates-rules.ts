/**
 * The dates that concern one person: until when they are asked to answer, until when a seat is
 * theirs to take, and their stay. These follow from what happened to the person, so the number of
 * those events is the SEQUENCE: it only ever rises, and nothing more has to be stored.
 */
import type { CalendarEntry } from '@cairn/formats/calendar-entry';
import { type Instant, Temporal, type ZoneName } from '@cairn/kernel/time';
import type { SummitDays } from '../summits/facts.ts';

/** How often something happened to a person, and when last. */
export interface Tally {
  readonly count: number;
  readonly last: Instant;
}

/** What is known of one person's part in a summit. */
export interface OwnFacts {
  readonly title: string;
  readonly place: string;
  readonly zone: ZoneName;
  readonly days: SummitDays;
  /** The week is still looked for, so the days take up nobody's time yet. */
  readonly isTentative: boolean;
  /** Changes of the summit's own days, which move the stay too. */
  readonly daysChanged: Tally;
  readonly invitation:
    | { readonly awaitsAnswer: boolean; readonly expiresAt: Instant | undefined }
    | undefined;
  readonly invitationChanged: Tally;
  readonly offer: { readonly expiresAt: Instant } | undefined;
  /** A seat was offered to them at some time. */
  readonly wasOffered: boolean;
  readonly hasSeat: boolean;
  /** They have or had a seat. */
  readonly wasSeated: boolean;
  /** Whatever happened about their seat: offers, taking, losing it. */
  readonly seatChanged: Tally;
}

/** Where the entries belong: their UIDs, and the pages that they lead to. */
export interface OwnPlaces {
  readonly uidOf: (key: string) => string;
  /** The summit's page, in full; a person's own pages stand below it. */
  readonly page: string;
}

/** A person's own entries; those that no longer hold are CANCELLED. */
export const ownEntries = (facts: OwnFacts, places: OwnPlaces): CalendarEntry[] =>
  [answerEntry(facts, places), offerEntry(facts, places), stayEntry(facts, places)].filter(
    (entry) => entry !== undefined,
  );

function answerEntry(facts: OwnFacts, { uidOf, page }: OwnPlaces): CalendarEntry | undefined {
  const { invitation, invitationChanged: changed, title, zone } = facts;
  if (invitation?.expiresAt === undefined) return undefined;
  return {
    uid: uidOf('answer'),
    ...told(changed, invitation.awaitsAnswer),
    summary: `Answer by now: ${title}`,
    description: 'Say whether you come; after this the invitation lapses.',
    url: `${page}/me/invitation`,
    categories: ['Your part'],
    time: lastHalfHour(invitation.expiresAt, zone),
    busy: false,
  };
}

function offerEntry(facts: OwnFacts, { uidOf, page }: OwnPlaces): CalendarEntry | undefined {
  const { offer, seatChanged: changed, title, zone } = facts;
  if (offer === undefined && !facts.wasOffered) return undefined;
  return {
    uid: uidOf('offer'),
    ...told(changed, offer !== undefined),
    summary: `Take your seat by now: ${title}`,
    description: 'A seat is offered to you; after this it goes to the next who waits.',
    url: `${page}/me/invitation`,
    categories: ['Your part'],
    time: lastHalfHour(offer?.expiresAt ?? changed.last, zone),
    busy: false,
  };
}

function stayEntry(facts: OwnFacts, { uidOf, page }: OwnPlaces): CalendarEntry | undefined {
  const { hasSeat, seatChanged, daysChanged, days, isTentative, title, place } = facts;
  if (!hasSeat && !facts.wasSeated) return undefined;
  const later = Temporal.Instant.compare(seatChanged.last, daysChanged.last) > 0;
  const changed: Tally = {
    count: seatChanged.count + daysChanged.count,
    last: later ? seatChanged.last : daysChanged.last,
  };
  return {
    uid: uidOf('stay'),
    ...told(changed, hasSeat),
    ...(hasSeat && isTentative ? { status: 'TENTATIVE' as const } : {}),
    summary: `Your stay: ${title}`,
    location: place,
    url: page,
    categories: ['Your part'],
    time: { kind: 'days', from: days.arrival, to: days.departure },
    busy: !isTentative,
  };
}

const told = ({ count, last }: Tally, holds: boolean) => ({
  sequence: count,
  lastModified: last,
  status: holds ? ('CONFIRMED' as const) : ('CANCELLED' as const),
});

const HALF_HOUR = 30;

/** A deadline as an appointment that ends with it, so that it is in sight before it is over. */
const lastHalfHour = (until: Instant, zone: ZoneName): CalendarEntry['time'] => ({
  kind: 'wall',
  start: {
    local: until.subtract({ minutes: HALF_HOUR }).toZonedDateTimeISO(zone).toPlainDateTime(),
    zone,
  },
  minutes: HALF_HOUR,
});
