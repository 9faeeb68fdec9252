import { type Instant, instantOf, Temporal } from '@cairn/kernel/time';
import {
  type CallTime,
  type Ending,
  endingOf,
  type KeptCall,
  nextTimes,
  recurrenceOf,
  type WarnWhen,
} from './call-rules.ts';
import type { LinkState } from './link-rules.ts';

/** How far ahead a page looks for the next time of each call. */
const AHEAD_DAYS = 400;

/** A call with what a page says of it beside its content. */
export interface CallNow extends KeptCall {
  readonly next: CallTime | undefined;
  readonly ending: Ending;
}

/** The calls of a calendar that are on, each with its next time and its end. */
export function callsNow(
  { calls, warn }: { readonly calls: readonly KeptCall[]; readonly warn: WarnWhen },
  now: Instant,
): CallNow[] {
  return calls
    .filter(({ cancelledAt }) => cancelledAt === undefined)
    .map((call) => {
      // A call that begins in some years has a next time, too.
      const begins = instantOf(recurrenceOf(call.content).start);
      const from = Temporal.Instant.compare(begins, now) > 0 ? begins : now;
      const between = { from: now, until: from.add({ hours: AHEAD_DAYS * 24 }) };
      return {
        ...call,
        next: nextTimes([call], between, 1)[0],
        ending: endingOf(call, warn, now),
      };
    });
}

/** A link of a call, as organisers see it. */
export interface ShownLink {
  readonly callId: string;
  readonly url: string;
  readonly state: LinkState;
  readonly since: Instant | undefined;
  readonly checkedAt: Instant | undefined;
  readonly detail: string | undefined;
}

/** A calendar with what organisers know of it. */
export interface OrganisedCalendar {
  readonly key: string;
  readonly name: string;
  readonly calls: readonly CallNow[];
  readonly links: readonly ShownLink[];
  readonly followers: number;
}

export const nameOf = (calls: readonly CallNow[], callId: string): string =>
  calls.find(({ id }) => id === callId)?.content.summary ?? 'A call';
