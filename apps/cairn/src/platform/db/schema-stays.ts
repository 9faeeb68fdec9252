import type { Instant } from '@cairn/kernel/time';
import type { ColumnType, Generated } from 'kysely';

type JsonWithDefault = ColumnType<unknown, string | undefined, string>;
type JsonOrNull = ColumnType<unknown, string | null | undefined, string | null>;

/** The tables of stays, rooms to sleep in, journeys and letters for visas. */
export interface StayTables {
  stay: {
    summitId: string;
    personId: string;
    fromCity: Generated<string>;
    fromCountry: string | null;
    fromAirport: string | null;
    arrivesOn: string | null;
    leavesOn: string | null;
    extraReason: Generated<string>;
    extraPaidBy: 'grant' | 'self' | 'sponsor' | null;
    extraState: Generated<'none' | 'asked' | 'agreed' | 'declined'>;
    extraAnswer: Generated<string>;
    extraNights: Generated<string[]>;
    room: Generated<'shared' | 'single' | 'own'>;
    singleReason: Generated<string>;
    singleState: Generated<'none' | 'asked' | 'agreed' | 'declined'>;
    singleAnswer: Generated<string>;
    sharesWith: Generated<'anyone' | 'women' | 'men'>;
    habits: Generated<string[]>;
    note: Generated<string>;
    revision: Generated<number>;
    saidBy: string | null;
    saidAt: Instant;
  };
  roomWish: {
    summitId: string;
    personId: string;
    otherId: string;
    wish: 'with' | 'not_with';
    saidAt: Instant;
  };
  lodging: {
    id: Generated<string>;
    summitId: string;
    name: string;
    address: Generated<string>;
    link: string | null;
    text: Generated<string>;
    position: Generated<number>;
    removedAt: Instant | null;
  };
  lodgingRoom: {
    id: Generated<string>;
    lodgingId: string;
    name: string;
    beds: number;
    isAccessible: Generated<boolean>;
    nightMinor: number | null;
    currency: string | null;
    position: Generated<number>;
    removedAt: Instant | null;
  };
  rooming: {
    id: Generated<string>;
    summitId: string;
    state: Generated<'draft' | 'set' | 'dropped'>;
    seed: number;
    statement: JsonWithDefault;
    madeAt: Instant;
    madeBy: string | null;
    setAt: Instant | null;
  };
  roomingPlace: {
    roomingId: string;
    personId: string;
    roomId: string | null;
    isKept: Generated<boolean>;
    asksMove: Generated<boolean>;
  };
  journeyLeg: {
    id: Generated<string>;
    summitId: string;
    personId: string;
    direction: 'there' | 'back';
    position: number;
    mode: 'air' | 'rail' | 'road' | 'sea';
    fromPlace: string;
    toPlace: string;
    carrier: Generated<string>;
    number: Generated<string>;
    departsAt: string | null;
    arrivesAt: string | null;
    wantsRide: Generated<boolean>;
    note: Generated<string>;
  };
  visaLetter: {
    id: Generated<string>;
    summitId: string;
    personId: string;
    state: Generated<'requested' | 'returned' | 'issued' | 'withdrawn'>;
    fullName: string;
    bornOn: string | null;
    citizenship: string;
    affiliation: Generated<string>;
    consulate: Generated<string>;
    note: Generated<string>;
    answer: Generated<string>;
    requestedAt: Instant;
    issuedAt: Instant | null;
    issuedBy: string | null;
    signedAs: Generated<string>;
    outcome: 'granted' | 'refused' | 'not_needed' | null;
    outcomeAt: Instant | null;
    saysMoney: Generated<boolean>;
    content: JsonOrNull;
    clearedAt: Instant | null;
  };
  letterSetting: {
    summitId: string;
    letterhead: Generated<string>;
    signedAs: Generated<string>;
    contact: Generated<string>;
    daysKept: Generated<number>;
  };
}
