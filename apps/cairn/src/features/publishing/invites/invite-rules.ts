/**
 * Who is to be written to about which entry of a summit's calendar: decided from the calendar as it
 * is, who is invited, and what each was told last. Run again without a change, it asks for nothing.
 */
import { equalData } from '@cairn/formats/plain-data';
import {
  expectZone,
  type Instant,
  instantOf,
  startOfDay,
  Temporal,
  type ZoneName,
} from '@cairn/kernel/time';
import { type EntryContent, isMoved, type KeptEntry, type StoredTime } from '../calendar-rules.ts';

/** What somebody was told last about an entry. */
export interface Told {
  readonly key: string;
  readonly personId: string;
  readonly method: 'REQUEST' | 'CANCEL';
  readonly sequence: number;
  readonly content: EntryContent;
}

/** A mail that is to be sent. */
export interface DueInvite {
  readonly entry: KeptEntry;
  readonly personId: string;
  readonly method: 'REQUEST' | 'CANCEL';
  /** Above every SEQUENCE that this person was told for this entry. */
  readonly sequence: number;
  readonly why: DueReason;
  /** What they were told last, where they were. */
  readonly before: EntryContent | undefined;
}

/** `left`: the entry stands, but they are no longer invited to it. */
export type DueReason = 'new' | 'again' | 'changed' | 'cancelled' | 'left';

/** People are invited to the week and to planning meetings; the other entries only inform. */
export const isInvitedTo = ({ key }: Pick<KeptEntry, 'key'>): boolean =>
  key === 'summit' || key.startsWith('meeting.');

/** Whether an entry has a time that people can say yes or no to. */
export const isFixed = ({ status, content }: KeptEntry): boolean =>
  status === 'CONFIRMED' && content.time.kind !== 'month';

/** When an entry is over. Days and months end with the day where the summit is. */
export function endOf(time: StoredTime, zone: ZoneName): Instant {
  switch (time.kind) {
    case 'wall': {
      const local = Temporal.PlainDateTime.from(time.local);
      return instantOf({ local, zone: expectZone(time.zone) }).add({ minutes: time.minutes });
    }
    case 'days':
      return startOfDay(Temporal.PlainDate.from(time.to).add({ days: 1 }), zone);
    case 'month': {
      const first = Temporal.PlainYearMonth.from(time.month).toPlainDate({ day: 1 });
      return startOfDay(first.add({ months: 1 }), zone);
    }
    default:
      return time satisfies never;
  }
}

/** The moment at which it is asked, and the zone of the place. */
export interface Moment {
  readonly now: Instant;
  readonly zone: ZoneName;
}

/** Whether a time lies behind us. */
export const isOver = (time: StoredTime, { now, zone }: Moment): boolean =>
  Temporal.Instant.compare(endOf(time, zone), now) <= 0;

/**
 * The mails that are due, entry by entry in the calendar's order and person by person in the order
 * given. What is over is left alone: nobody is invited to it, nor told that it is off.
 */
export function invitesDue(
  entries: readonly KeptEntry[],
  invited: ReadonlyMap<string, ReadonlySet<string>>,
  told: readonly Told[],
  moment: Moment,
): DueInvite[] {
  const last = new Map<string, Map<string, Told>>();
  for (const each of told) {
    const ofEntry = last.get(each.key) ?? new Map<string, Told>();
    const known = ofEntry.get(each.personId);
    if (known === undefined || known.sequence < each.sequence) ofEntry.set(each.personId, each);
    last.set(each.key, ofEntry);
  }
  return entries.filter(isInvitedTo).flatMap((entry) => {
    const before = last.get(entry.key) ?? new Map<string, Told>();
    const people = invited.get(entry.key) ?? new Set<string>();
    return [...new Set([...people, ...before.keys()])]
      .map((personId) => {
        const isAsked = isFixed(entry) && people.has(personId);
        return dueTo(entry, personId, isAsked, before.get(personId), moment);
      })
      .filter((due) => due !== undefined);
  });
}

function dueTo(
  entry: KeptEntry,
  personId: string,
  isAsked: boolean,
  told: Told | undefined,
  moment: Moment,
): DueInvite | undefined {
  // RFC 5546 §2.1.4: of two with one UID the higher SEQUENCE holds, so that of whoever left and came
  // back rises above the calendar's own.
  const sequence =
    told === undefined ? entry.sequence : Math.max(entry.sequence, told.sequence + 1);
  const due = (method: 'REQUEST' | 'CANCEL', why: DueReason): DueInvite => ({
    entry,
    personId,
    method,
    sequence,
    why,
    before: told?.content,
  });
  const isToCome = !isOver(entry.content.time, moment);
  if (isAsked) {
    if (told === undefined) return isToCome ? due('REQUEST', 'new') : undefined;
    if (told.method === 'CANCEL') return isToCome ? due('REQUEST', 'again') : undefined;
    // Moved into the past: whoever still has it before them must not wait for it.
    const matters = isToCome || !isOver(told.content.time, moment);
    return matters && isMoved(told.content, entry.content) ? due('REQUEST', 'changed') : undefined;
  }
  if (told?.method !== 'REQUEST' || isOver(told.content.time, moment)) return undefined;
  return due('CANCEL', isFixed(entry) ? 'left' : 'cancelled');
}

/** How many minutes a change rests before it is told, so that five edits in a row are one mail. */
const SETTLE_MINUTES = 5;
/** However long somebody goes on editing, so many minutes after the first change it is told. */
const PATIENCE_MINUTES = 30;

/**
 * When a change is told that was made now, where others since `first` wait to be told too. These are
 * the machine's manners and no rule of a summit; organisers see what waits, and may send it at once.
 */
export function sendAt(now: Instant, first: Instant): Instant {
  const settled = now.add({ minutes: SETTLE_MINUTES });
  const latest = first.add({ minutes: PATIENCE_MINUTES });
  return Temporal.Instant.compare(settled, latest) < 0 ? settled : latest;
}

/** Whether an answer that was given to one time is an answer to another: only to the very same. */
export const isAnswerTo = (answered: StoredTime | undefined, time: StoredTime): boolean =>
  answered !== undefined && equalData(answered, time);
