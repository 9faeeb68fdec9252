import { type IcalComponent, propertyOf } from './ical-text.ts';
import { readOffset, readTime } from './ical-values.ts';
import type { LocalSeconds } from './local-time.ts';
import { type Effort, ruleTimes } from './recurrence-expansion.ts';
import { parseRule } from './recurrence-rule.ts';
import type { ClockChange, ZoneClock } from './zone-clock.ts';

/** A rule of every year since 1601, looked at day by day, takes less. */
const MOST_EFFORT = 500_000;

/**
 * The clock that a VTIMEZONE describes (RFC 5545 §3.6.5), up to a moment (seconds since 1970).
 * `undefined` if it describes none.
 *
 * @param effort for all the clocks of a file together
 */
export function describedClock(
  component: IcalComponent,
  until: number,
  effort: Effort = { left: MOST_EFFORT },
): ZoneClock | undefined {
  const changes: (ClockChange & { readonly before: number })[] = [];
  for (const observance of component.components) {
    const start = readTime(propertyOf(observance, 'DTSTART')?.value ?? '');
    const before = readOffset(propertyOf(observance, 'TZOFFSETFROM')?.value ?? '');
    const offset = readOffset(propertyOf(observance, 'TZOFFSETTO')?.value ?? '');
    if (!start || before === undefined || offset === undefined) return undefined;
    // Onsets are told by the clock that is about to change.
    for (const local of onsets(observance, start.local, before, until, effort)) {
      changes.push({ at: local - before, offset, before });
    }
  }
  const sorted = changes.sort((a, b) => a.at - b.at);
  const [first] = sorted;
  if (!first) return undefined;
  return [
    { at: Number.NEGATIVE_INFINITY, offset: first.before },
    ...sorted.map(({ at, offset }) => ({ at, offset })),
  ];
}

function* onsets(
  observance: IcalComponent,
  start: LocalSeconds,
  before: number,
  until: number,
  effort: Effort,
): Generator<LocalSeconds> {
  yield start;
  for (const { name, value } of observance.properties) {
    if (name === 'RDATE') {
      for (const each of value.split(',')) {
        const time = readTime(each);
        if (time) yield time.local;
      }
    }
    const rule = name === 'RRULE' ? parseRule(value) : undefined;
    if (!rule?.ok) continue;
    const end = rule.value.until;
    for (const time of ruleTimes(rule.value, start, {
      from: start + 1,
      until: until + before,
      effort,
    })) {
      if (end?.kind === 'utc' && time - before > end.seconds) break;
      if (end?.kind === 'local' && time > end.seconds) break;
      if (end?.kind === 'day' && time >= (end.day + 1) * 86_400) break;
      yield time;
    }
  }
}
