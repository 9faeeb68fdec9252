/**
 * Calendars of a timetable. Programs keep what they were once told, so what was released stays in a
 * calendar: releases never change, and all of them together say what every reader was ever told.
 *
 * - SEQUENCE rises when day, time, place or title change, when something leaves and when it comes back.
 * - What leaves stays as CANCELLED (RFC 5546 §2.1.4), also where a session only left this room.
 */
import type { CalendarEntry, EntryStatus } from '@cairn/formats/calendar-entry';
import { expectZone, type Instant, Temporal } from '@cairn/kernel/time';
import { lastingMinutes, type Programme, type ProgrammeItem } from './programme-rules.ts';

/** What a calendar tells of something, and how often that changed. */
export interface KeptItem {
  readonly item: ProgrammeItem;
  /** The zone of its times. */
  readonly zone: string;
  readonly status: EntryStatus;
  readonly sequence: number;
  readonly lastModified: Instant;
}

export interface ReleasedProgramme {
  readonly programme: Programme;
  readonly releasedAt: Instant;
}

/** A session of open space with what became of it since it was claimed. */
export interface OpenItem {
  readonly item: ProgrammeItem;
  readonly isWithdrawn: boolean;
  /** It was in another place before; which one is not kept. */
  readonly hasMoved: boolean;
  /** Changes after the claim. */
  readonly changes: number;
  readonly changedAt: Instant;
}

type Belongs = (item: ProgrammeItem) => boolean;

/** What a calendar tells after all releases, by id: of everything that ever belonged to it. */
export function keptItems(
  releases: readonly ReleasedProgramme[],
  belongs: Belongs,
): ReadonlyMap<string, KeptItem> {
  const kept = new Map<string, KeptItem>();
  for (const { programme, releasedAt } of releases) {
    const { zone, items } = programme;
    const here = new Map(items.filter(belongs).map((item) => [item.id, item]));
    for (const item of here.values())
      kept.set(item.id, told(kept.get(item.id), item, zone, releasedAt));
    for (const [id, before] of kept) {
      if (here.has(id) || before.status === 'CANCELLED') continue;
      const sequence = before.sequence + 1;
      kept.set(id, { ...before, status: 'CANCELLED', sequence, lastModified: releasedAt });
    }
  }
  return kept;
}

function told(
  before: KeptItem | undefined,
  item: ProgrammeItem,
  zone: string,
  at: Instant,
): KeptItem {
  const status = 'CONFIRMED';
  if (before === undefined) return { item, zone, status, sequence: 0, lastModified: at };
  const isSame = before.status === status && saysTheSame(before.item, item) && before.zone === zone;
  // People come and go without the entry being another.
  if (isSame) return { ...before, item };
  const moves = before.status !== status || isMoved(before, { item, zone });
  return { item, zone, status, sequence: before.sequence + (moves ? 1 : 0), lastModified: at };
}

const isMoved = (before: Pick<KeptItem, 'item' | 'zone'>, now: Pick<KeptItem, 'item' | 'zone'>) =>
  before.zone !== now.zone ||
  (['title', 'date', 'starts', 'ends', 'place'] as const).some(
    (key) => before.item[key] !== now.item[key],
  );

const saysTheSame = (one: ProgrammeItem, other: ProgrammeItem): boolean =>
  (['title', 'text', 'track', 'kind', 'date', 'starts', 'ends', 'place', 'roomKey'] as const).every(
    (key) => one[key] === other[key],
  );

/** What a calendar tells of open space: of what is in it now, and of what may have been before. */
export const openItems = (
  open: readonly OpenItem[],
  zone: string,
  belongs: Belongs,
): ReadonlyMap<string, KeptItem> =>
  new Map(
    open.flatMap(({ item, isWithdrawn, hasMoved, changes, changedAt }) => {
      const isHere = belongs(item);
      if (!isHere && !hasMoved) return [];
      const status = isHere && !isWithdrawn ? ('CONFIRMED' as const) : ('CANCELLED' as const);
      return [
        [item.id, { item, zone, status, sequence: changes, lastModified: changedAt }] as const,
      ];
    }),
  );

/** Where the entries belong: their UIDs, and the pages that they lead to. */
export interface EntryFrame {
  readonly uidOf: (item: ProgrammeItem) => string;
  /** The summit's page, in full. */
  readonly page: string;
  /** The venue, for programs that look up the way. */
  readonly venue: string;
}

const WORDS: Readonly<Record<ProgrammeItem['kind'], string>> = {
  work: 'Session',
  plenary: 'Plenary',
  open: 'Open space',
  check_in: 'Check-in',
  closing: 'Closing',
  meal: 'Meal',
  break: 'Break',
  free: 'Free time',
};
const FREE_KINDS: readonly ProgrammeItem['kind'][] = ['meal', 'break', 'free'];

/** Something of a timetable as an entry of a calendar, without anybody's name. */
export function timetableEntry(
  { item, zone, status, sequence, lastModified }: KeptItem,
  { uidOf, page, venue }: EntryFrame,
): CalendarEntry {
  const named = expectZone(zone);
  return {
    ...{ uid: uidOf(item), status, sequence, lastModified },
    summary: item.title,
    ...(item.text === '' ? {} : { description: item.text }),
    location: [item.place, venue].filter(Boolean).join(', '),
    url: item.isBlock ? `${page}/timetable` : `${page}/timetable/sessions/${item.id}`,
    categories: [WORDS[item.kind], ...(item.track === '' ? [] : [item.track])],
    time: {
      kind: 'wall',
      start: { local: Temporal.PlainDateTime.from(`${item.date}T${item.starts}`), zone: named },
      minutes: lastingMinutes(item, named),
    },
    busy: !FREE_KINDS.includes(item.kind),
  };
}

/** `session.<id>` or `block.<id>`: names an entry for ever. */
export const itemKey = ({ id, isBlock }: Pick<ProgrammeItem, 'id' | 'isBlock'>): string =>
  `${isBlock ? 'block' : 'session'}.${id}`;
