import type { Instant, PlainDate, Temporal, WallTime } from '@cairn/kernel/time';
import type { Repeats } from './recurrence.ts';

export const ENTRY_STATUSES = ['TENTATIVE', 'CONFIRMED', 'CANCELLED'] as const;
export type EntryStatus = (typeof ENTRY_STATUSES)[number];

/** When an entry is: whole days, a time on a wall clock, or (not yet fixed) some time in a month. */
export type EntryTime =
  /** `to` is the last day, inclusive. */
  | { readonly kind: 'days'; readonly from: PlainDate; readonly to: PlainDate }
  | { readonly kind: 'wall'; readonly start: WallTime; readonly minutes: number }
  | { readonly kind: 'month'; readonly month: Temporal.PlainYearMonth };

export interface Party {
  /** A mail address, without `mailto:`. */
  readonly address: string;
  readonly name?: string;
}

/** Somebody who is asked, and what they answered so far. */
export interface Invitee extends Party {
  readonly partstat?: 'NEEDS-ACTION' | 'ACCEPTED' | 'DECLINED' | 'TENTATIVE';
}

/** One entry of a calendar feed. */
export interface CalendarEntry {
  /** The same for the life of the entry and for no other entry, in the whole world (RFC 7986 §5.3). */
  readonly uid: string;
  /** From 0; higher whenever time, place or status changes, or readers keep the old (RFC 5546 §2.1.4). */
  readonly sequence: number;
  readonly status: EntryStatus;
  readonly lastModified: Instant;
  readonly created?: Instant;
  readonly summary: string;
  readonly description?: string;
  readonly location?: string;
  readonly url?: string;
  readonly categories?: readonly string[];
  readonly time: EntryTime;
  /** When it happens again; of an entry by days, the dates count. A month does not repeat. */
  readonly repeats?: Repeats;
  /** Who calls the meeting, and who is asked: for invitations, never for feeds (RFC 5546). */
  readonly organizer?: Party;
  readonly attendee?: Invitee;
  /** Whether it takes up the reader's time. Default: entries with a clock time do, days do not. */
  readonly busy?: boolean;
}

export interface Calendar {
  /** Names the program and the feed, the same for the life of the feed: `-//Cairn//summit 1//EN`. */
  readonly prodId: string;
  /** Left out of what is sent: programs would take it for a calendar to subscribe to. */
  readonly name?: string;
  /** How often readers should ask again, in minutes. */
  readonly refresh?: number;
  /** A CSS colour name, e.g. `royalblue` (RFC 7986 §5.9). */
  readonly color?: string;
  /** Only for calendars that are sent, never for feeds (RFC 5546). */
  readonly method?: 'PUBLISH' | 'REQUEST' | 'CANCEL';
  readonly entries: readonly CalendarEntry[];
}
