import type { Problem } from '@cairn/kernel/problem';
import { problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { parseZone, type ZoneName } from '@cairn/kernel/time';
import type { Typed } from '../../../platform/http/form.ts';
import { DAYS, fieldOf, NO_HOURS, readWeek, type TypedHours } from './hours-rules.ts';

/** What somebody says of their ordinary week. */
export interface SaidWeek {
  readonly zone: ZoneName;
  /** 168 characters; see `hours-rules.ts`. */
  readonly cells: string;
}

/** Every box of the week as it was posted. */
export function typedHours(typed: Typed): TypedHours {
  const hours: Record<string, string> = {};
  for (const day of DAYS) {
    for (const level of ['yes', 'maybe'] as const) {
      const text = typed[fieldOf(level, day)];
      hours[fieldOf(level, day)] = typeof text === 'string' ? text : '';
    }
  }
  return hours;
}

/** Reads zone and hours; every field that is wrong is told. */
export function readSaidWeek(typed: Typed): Result<SaidWeek, Problem[]> {
  const zone = parseZone(typeof typed['zone'] === 'string' ? typed['zone'].trim() : '');
  const week = readWeek(typedHours(typed));
  const problems: Problem[] = [
    ...(zone.ok ? [] : [{ ...zone.error, place: { path: 'zone' } }]),
    ...(week.ok ? [] : week.error),
  ];
  if (week.ok && week.value === NO_HOURS) {
    problems.push(
      problem(
        'no-hours',
        'There is no hour in your week yet; write at least one. Who has said nothing counts as unknown, not as unable.',
        { path: 'yes_mon' },
      ),
    );
  }
  return zone.ok && week.ok && problems.length === 0
    ? ok({ zone: zone.value, cells: week.value })
    : fail(problems);
}
