/**
 * A recurring call, as it is kept between two readings of its calendar's file.
 *
 * - A call is known by its name: read again, the call of the same name is the same call, with the UID
 *   that calendar programs know. Of two calls of one name, the first of the one file is the first of
 *   the other.
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
    summary,
    ...(description === undefined || description === '' ? {} : { description }),
    ...(location === undefined || location === '' ? {} : { location }),
    ...(url === undefined || url === '' ? {} : { url }),
    start: { local: start.local.toString(), zone: start.zone },
    minutes,
    isAllDay,
    ...(rule === undefined ? {} : { rule }),
    except: except.map(String),
    also: also.map(String),
  };
}

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

/** What becomes of the calls that were told when this is what the file says now. */
export function callChanges(
  kept: readonly KeptCall[],
  wanted: readonly CallContent[],
  at: Instant,
): CallChange[] {
  const byName = new Map<string, KeptCall[]>();
  // Those that are still on come first, so that a name's call is not given to its cancelled namesake.
  const inOrder = kept.toSorted(
    (one, other) =>
      Number(one.cancelledAt !== undefined) - Number(other.cancelledAt !== undefined) ||
      one.position - other.position,
  );
  for (const call of inOrder) {
    const name = nameOf(call.content);
    byName.set(name, [...(byName.get(name) ?? []), call]);
  }
  const changes: CallChange[] = [];
  const met = new Set<string>();
  for (const [position, content] of wanted.entries()) {
    const call = byName.get(nameOf(content))?.find(({ id }) => !met.has(id));
    if (call === undefined) {
      changes.push({ kind: 'new', position, content });
      continue;
    }
    met.add(call.id);
    changes.push(...changeOf(call, position, content, at));
  }
  for (const call of kept) {
    if (met.has(call.id) || call.cancelledAt !== undefined) continue;
    const { id, position, content, sequence } = call;
    changes.push({
      kind: 'cancelled',
      id,
      position,
      content,
      sequence: sequence + 1,
      lastModified: at,
      cancelledAt: at,
    });
  }
  return changes;
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
