/**
 * The calendar of a summit: what is in it now follows from the definition; what was in it before
 * is remembered, because calendar programs keep what they were once told.
 *
 * - An entry's UID is its own for ever. A meeting that is taken out and comes back is the same entry.
 * - SEQUENCE rises when time, place, title or status change; LAST-MODIFIED with any change.
 * - What is taken out stays as CANCELLED with a higher SEQUENCE (RFC 5545 §3.8.1.11, RFC 5546 §2.1.4),
 *   or programs that merge rather than replace would show it for ever.
 * - A planning meeting whose time is open is TENTATIVE and covers its whole month, taking up nobody's
 *   time. Its first day alone would look like an appointment.
 */
import type { EntryStatus } from '@cairn/formats/calendar-entry';
import { equalData } from '@cairn/formats/plain-data';
import type { Instant } from '@cairn/kernel/time';
import { dayOfLead } from '../dates/plan-rules.ts';
import { fillFacts, summitDays } from '../summits/facts.ts';
import type { PlanningMeeting, SummitDefinition } from '../summits/schema.ts';

/** When an entry is, as plain JSON: ISO days, months and local times. */
export type StoredTime =
  | { readonly kind: 'days'; readonly from: string; readonly to: string }
  | {
      readonly kind: 'wall';
      readonly local: string;
      readonly zone: string;
      readonly minutes: number;
    }
  | { readonly kind: 'month'; readonly month: string };

/** What an entry says, as it is stored. */
export interface EntryContent {
  readonly summary: string;
  readonly time: StoredTime;
  readonly location?: string;
  readonly description?: string;
  readonly categories: readonly string[];
  /** Whether it takes up a reader's time. */
  readonly busy: boolean;
  /** For participants only; no public feed shows it. */
  readonly link?: string;
}

/** An entry that should be in the calendar now. */
export interface WantedEntry {
  /** Names the entry inside its summit: `summit`, `meeting.february`, `step.planning.topics`. */
  readonly key: string;
  readonly status: 'CONFIRMED' | 'TENTATIVE';
  readonly content: EntryContent;
}

/** An entry as the calendar tells it. */
export interface KeptEntry {
  readonly uid: string;
  readonly key: string;
  readonly sequence: number;
  readonly status: EntryStatus;
  readonly content: EntryContent;
  readonly lastModified: Instant;
}

const IMPORTANT_DATE = 'Important date';

/** Everything that a definition puts into the calendar, in its order. */
export function wantedEntries(definition: SummitDefinition): WantedEntry[] {
  const days = summitDays(definition);
  const title = fillFacts(definition.title, definition);
  const { venue } = definition;
  const location = [venue.name, venue.address, venue.city, venue.country]
    .filter((part) => part !== undefined)
    .join(', ');
  // A week that is still looked for is shown as such, and nobody is invited to it.
  const week = definition.dates.status === 'tentative' ? 'TENTATIVE' : 'CONFIRMED';
  const onDay = (key: string, summary: string, date: typeof days.start, category: string) => ({
    key,
    status: 'CONFIRMED' as const,
    content: {
      summary,
      time: { kind: 'days' as const, from: date.toString(), to: date.toString() },
      categories: [category],
      busy: false,
    },
  });
  const arrival = onDay('arrival', `Arrival: ${title}`, days.arrival, 'Summit');
  const departure = onDay('departure', `Departure: ${title}`, days.departure, 'Summit');
  return [
    ...definition.planning_meetings.list.map((meeting) => meetingEntry(definition, meeting)),
    { ...arrival, status: week, content: { ...arrival.content, location } },
    {
      key: 'summit',
      status: week,
      content: {
        summary: week === 'TENTATIVE' ? `${title} (the week is not chosen yet)` : title,
        time: { kind: 'days', from: days.start.toString(), to: days.end.toString() },
        location,
        description: fillFacts(definition.summary, definition),
        categories: ['Summit'],
        busy: week === 'CONFIRMED',
      },
    },
    { ...departure, status: week, content: { ...departure.content, location } },
    ...definition.phases.flatMap((phase) =>
      phase.steps.map((step) =>
        onDay(
          `step.${phase.key}.${step.key}`,
          `Due: ${fillFacts(step.title, definition)}`,
          dayOfLead(step.due, days),
          IMPORTANT_DATE,
        ),
      ),
    ),
  ];
}

function meetingEntry(definition: SummitDefinition, meeting: PlanningMeeting): WantedEntry {
  const title = fillFacts(meeting.title, definition);
  const tracks = meeting.tracks.map((track) => fillFacts(track.title, definition)).join(', ');
  const said = {
    ...(tracks === '' ? {} : { description: `Tracks: ${tracks}` }),
    ...(meeting.link === undefined ? {} : { link: meeting.link }),
    categories: ['Planning meeting'],
  };
  const key = `meeting.${meeting.key}`;
  if (meeting.starts === undefined) {
    const time = { kind: 'month', month: meeting.month ?? '' } as const;
    const content = { summary: `${title} (time to be decided)`, time, ...said, busy: false };
    return { key, status: 'TENTATIVE', content };
  }
  const time = {
    kind: 'wall',
    local: meeting.starts,
    zone: definition.zone,
    minutes: definition.planning_meetings.minutes,
  } as const;
  return { key, status: 'CONFIRMED', content: { summary: title, time, ...said, busy: true } };
}

/** How new entries are named and dated. */
export interface Edition {
  /** The UID of an entry that was never in the calendar before. */
  readonly uidOf: (key: string) => string;
  /** When the definition that is wanted came into force. */
  readonly at: Instant;
}

/** A UID that is this entry's alone in the whole world: the host's name makes it so (RFC 7986 §5.3). */
export const entryUid = (key: string, slug: string, host: string): string =>
  `${key}@${slug}.${host}`;

/** The calendar from what was told and what is wanted now; entries that did not change are the same objects. */
export function calendarFrom(
  kept: readonly KeptEntry[],
  wanted: readonly WantedEntry[],
  { uidOf, at }: Edition,
): KeptEntry[] {
  const before = new Map(kept.map((entry) => [entry.key, entry]));
  const now = wanted.map((entry): KeptEntry => {
    const old = before.get(entry.key);
    if (old === undefined) {
      return { ...entry, uid: uidOf(entry.key), sequence: 0, lastModified: at };
    }
    if (old.status === entry.status && equalData(old.content, entry.content)) return old;
    const moves = old.status !== entry.status || isMoved(old.content, entry.content);
    const sequence = old.sequence + (moves ? 1 : 0);
    return { ...entry, uid: old.uid, sequence, lastModified: at };
  });
  const keys = new Set(wanted.map(({ key }) => key));
  const gone = kept
    .filter(({ key }) => !keys.has(key))
    .map((entry): KeptEntry => {
      if (entry.status === 'CANCELLED') return entry;
      return { ...entry, status: 'CANCELLED', sequence: entry.sequence + 1, lastModified: at };
    });
  return [...now, ...gone];
}

/** Where an entry is to be had: for a call, the room of its link. */
export const placeOf = ({ location, link }: EntryContent): string | undefined => location ?? link;

/** Whether what people plan by is another: time, place or title. */
export const isMoved = (before: EntryContent, after: EntryContent): boolean =>
  before.summary !== after.summary ||
  placeOf(before) !== placeOf(after) ||
  !equalData(before.time, after.time);
