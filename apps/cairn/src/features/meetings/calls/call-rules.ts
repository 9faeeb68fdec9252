/**
 * A recurring call, as it is kept between two readings of its calendar's file.
 *
 * - A call is known by its name: read again, the call of the same name is the same call, with the UID
 *   that calendar programs know. Of two calls of one name, the first of the one file is the first of
 *   the other. One whose name is new is the call that is gone if all but name and words is the same.
 * - SEQUENCE rises when time, place or name change, LAST-MODIFIED with any change.
 * - What is taken out of the file stays, cancelled; what comes back is the same call again.
 */
import { equalData } from '@cairn/formats/plain-data';
import { lastOccurrence, occurrences, type Recurrence } from '@cairn/formats/recurrence';
import type { CallEvent } from '@cairn/formats/yaml2ics';
import { expectZone, type Instant, instantOf, Temporal } from '@cairn/kernel/time';

/** A call as plain JSON: local times without a zone, and the zone's name. */
export interface CallContent {
  readonly summary: string;
  readonly description?: string;
  readonly location?: string;
  readonly url?: string;
  readonly start: { readonly local: string; readonly zone: string };
  readonly minutes: number;
  readonly isAllDay: boolean;
  /** The value of an RRULE. */
  readonly rule?: string;
  readonly except: readonly string[];
  readonly also: readonly string[];
}

/** The place of a call whose event is in the file and can no longer be read: after all others. */
export const NOT_IN_FILE = 9_999;

/** What feeds have told of a call. */
export interface KeptCall {
  readonly id: string;
  readonly uid: string;
  /** Its place in the file, from 0. */
  readonly position: number;
  readonly content: CallContent;
  /** The last time on the call's own clock; undefined where it never ends. */
  readonly runsOut: string | undefined;
  readonly sequence: number;
  readonly lastModified: Instant;
  readonly cancelledAt: Instant | undefined;
  readonly warnedFor: string | undefined;
}

/** An event of a file, as it is kept. */
export function contentOf(event: CallEvent): CallContent {
  const { summary, description, location, url, recurrence, isAllDay } = event;
  const { start, minutes, rule, except, also } = recurrence;
  return {
    summary: storable(summary),
    ...(description === undefined || description === ''
      ? {}
      : { description: storable(description) }),
    ...(location === undefined || location === '' ? {} : { location: storable(location) }),
    ...(url === undefined || url === '' ? {} : { url: storable(url) }),
    start: { local: start.local.toString(), zone: start.zone },
    minutes,
    isAllDay,
    ...(rule === undefined ? {} : { rule }),
    except: except.map(String),
    also: also.map(String),
  };
}

/** YAML can write letters that no text of the database's can hold: NUL, and halves of one. */
export const storable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

/** When a call happens. */
export function recurrenceOf({ start, minutes, rule, except, also }: CallContent): Recurrence {
  const local = (text: string) => Temporal.PlainDateTime.from(text);
  return {
    start: { local: local(start.local), zone: expectZone(start.zone) },
    minutes,
    ...(rule === undefined ? {} : { rule }),
    except: except.map(local),
    also: also.map(local),
  };
}

/** The last time of a call on its own clock; undefined where it has no end. */
export function endOf(content: CallContent): string | undefined {
  const last = lastOccurrence(recurrenceOf(content));
  if (last === 'never ends') return undefined;
  return (
    last === 'never happens' ? Temporal.PlainDateTime.from(content.start.local) : last
  ).toString();
}

/** Whether a call happens more than once, or was meant to. */
export const isRecurring = ({ rule, also }: CallContent): boolean =>
  rule !== undefined || also.length > 0;

/** What a file wants of one call: nothing to do, or the row as it is to be. */
export type CallChange =
  | { readonly kind: 'new'; readonly position: number; readonly content: CallContent }
  | {
      readonly kind: 'changed' | 'moved' | 'back' | 'cancelled';
      readonly id: string;
      readonly position: number;
      readonly content: CallContent;
      readonly sequence: number;
      readonly lastModified: Instant;
      readonly cancelledAt: Instant | undefined;
    }
  /** Only its place in the file is another; calendars are told nothing. */
  | { readonly kind: 'place'; readonly id: string; readonly position: number };

/**
 * What becomes of the calls that were told when this is what the file says now.
 *
 * @param edited the place of a call that was changed by hand: it is the same, whatever its name is now
 */
export function callChanges(
  kept: readonly KeptCall[],
  wanted: readonly CallContent[],
  at: Instant,
  edited?: number,
): CallChange[] {
  const known = sameCalls(kept, wanted, edited);
  const met = new Set([...known.values()].map(({ id }) => id));
  const gone = kept.filter(({ id, cancelledAt }) => !met.has(id) && cancelledAt === undefined);
  return [
    ...wanted.flatMap((content, position): CallChange[] => {
      const call = known.get(position);
      return call === undefined
        ? [{ kind: 'new', position, content }]
        : changeOf(call, position, content, at);
    }),
    ...gone.map(
      ({ id, position, content, sequence }): CallChange => ({
        kind: 'cancelled',
        id,
        position,
        content,
        sequence: sequence + 1,
        lastModified: at,
        cancelledAt: at,
      }),
    ),
  ];
}

/** Which call that was told each place of the file is. */
function sameCalls(
  kept: readonly KeptCall[],
  wanted: readonly CallContent[],
  edited: number | undefined,
): ReadonlyMap<number, KeptCall> {
  // Those that are still on come first, so that a name's call is not given to its cancelled namesake.
  const left = kept.toSorted(
    (one, other) =>
      Number(one.cancelledAt !== undefined) - Number(other.cancelledAt !== undefined) ||
      one.position - other.position,
  );
  const found = new Map<number, KeptCall>();
  const match = (position: number, isSame: (call: KeptCall) => boolean): void => {
    const index = found.has(position) ? -1 : left.findIndex(isSame);
    const [call] = index < 0 ? [] : left.splice(index, 1);
    if (call !== undefined) found.set(position, call);
  };
  const isOn = ({ cancelledAt }: KeptCall): boolean => cancelledAt === undefined;
  if (edited !== undefined && edited < wanted.length) {
    match(edited, (call) => isOn(call) && call.position === edited);
  }
  for (const [position, content] of wanted.entries()) {
    match(position, (call) => nameOf(call.content) === nameOf(content));
  }
  for (const [position, content] of wanted.entries()) {
    match(
      position,
      (call) => isOn(call) && !movesReaders({ ...call.content, summary: content.summary }, content),
    );
  }
  return found;
}

function changeOf(
  { id, position: before, content: old, sequence, cancelledAt }: KeptCall,
  position: number,
  content: CallContent,
  at: Instant,
): CallChange[] {
  const isBack = cancelledAt !== undefined;
  if (!isBack && equalData(old, content)) {
    return before === position ? [] : [{ kind: 'place', id, position }];
  }
  const isMoved = movesReaders(old, content);
  return [
    {
      kind: isBack ? 'back' : isMoved ? 'moved' : 'changed',
      id,
      position,
      content,
      sequence: sequence + (isBack || isMoved ? 1 : 0),
      lastModified: at,
      cancelledAt: undefined,
    },
  ];
}

const nameOf = ({ summary }: CallContent): string =>
  summary.trim().replace(/\s+/g, ' ').toLocaleLowerCase('en');

/** Whether what people plan by is another: time, place or name. */
function movesReaders(before: CallContent, after: CallContent): boolean {
  const { description: _, ...plan } = before;
  const { description: __, ...newPlan } = after;
  return !equalData(plan, newPlan);
}

/** How soon a calendar wants to be warned before one of its calls runs out. */
export interface WarnWhen {
  readonly days: number;
  readonly times: number;
}

/** How it stands with the end of a call. */
export type Ending =
  | { readonly kind: 'open' }
  /** Not soon enough to be warned of. */
  | { readonly kind: 'later'; readonly last: Instant }
  /** `left`: how often it still happens, counted to the number that counts as soon. */
  | { readonly kind: 'soon'; readonly last: Instant; readonly left: number }
  | { readonly kind: 'over'; readonly last: Instant };

/** Whether a call has an end, and how near it is. A call that happens once is over or not, never soon. */
export function endingOf(
  { content, runsOut }: Pick<KeptCall, 'content' | 'runsOut'>,
  warn: WarnWhen,
  now: Instant,
): Ending {
  if (runsOut === undefined) return { kind: 'open' };
  const zone = expectZone(content.start.zone);
  const last = instantOf({ local: Temporal.PlainDateTime.from(runsOut), zone });
  const over = last.add({ minutes: content.minutes });
  if (Temporal.Instant.compare(over, now) <= 0) return { kind: 'over', last };
  if (!isRecurring(content)) return { kind: 'later', last };
  const between = { from: now, until: over.add({ minutes: 1 }) };
  const left = occurrences(recurrenceOf(content), between, warn.times + 1).length;
  const isNear = now.until(last).total('hours') <= warn.days * 24;
  return isNear || left <= warn.times ? { kind: 'soon', last, left } : { kind: 'later', last };
}

/**
 * Whether organisers are to be told now that a call runs out: once for each end, and never of one
 * that was over before the call came in or was last changed.
 */
export function isToBeWarned(call: KeptCall, warn: WarnWhen, now: Instant): boolean {
  if (call.cancelledAt !== undefined || call.warnedFor === call.runsOut) return false;
  if (!isRecurring(call.content)) return false;
  const ending = endingOf(call, warn, now);
  if (ending.kind === 'soon') return true;
  return ending.kind === 'over' && Temporal.Instant.compare(ending.last, call.lastModified) > 0;
}

/** One time that a call happens. */
export interface CallTime {
  readonly call: KeptCall;
  readonly begins: Instant;
  readonly ends: Instant;
}

/** What comes next of several calls, in order of time; those of one moment in order of name. */
export function nextTimes(
  calls: readonly KeptCall[],
  between: { readonly from: Instant; readonly until: Instant },
  most: number,
): CallTime[] {
  return calls
    .filter(({ cancelledAt }) => cancelledAt === undefined)
    .flatMap((call) =>
      occurrences(recurrenceOf(call.content), between, most).map(({ begins, ends }) => ({
        call,
        begins,
        ends,
      })),
    )
    .toSorted(
      (one, other) =>
        Temporal.Instant.compare(one.begins, other.begins) ||
        one.call.content.summary.localeCompare(other.call.content.summary, 'en'),
    )
    .slice(0, most);
}
