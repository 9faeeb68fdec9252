/**
 * When somebody can bear a call without losing sleep or family life: minutes of their local day.
 * `until` at or before `from` means past midnight (a night owl's 14:00 to 02:00).
 */
export interface SociableHours {
  readonly from: number;
  readonly until: number;
  /** ISO weekdays (1 is Monday) that have such hours; every day when left out. */
  readonly days?: readonly number[];
}

export const DAY_MINUTES = 24 * 60;
export const WEEK_MINUTES = 7 * DAY_MINUTES;
const UNIT = 30;
const MOST = DAY_MINUTES / 2 / UNIT;
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];

/**
 * How unsociable a moment is: half hours, rounded up, to the nearest sociable time before or after
 * it; 0 within, 24 at most (twelve hours away it makes no difference any more).
 *
 * @param minuteOfWeek local minutes since Monday 00:00, below 10,080
 */
export function painOf(
  minuteOfWeek: number,
  { from, until, days = ALL_DAYS }: SociableHours,
): number {
  const length = until > from ? until - from : until - from + DAY_MINUTES;
  let nearest = MOST * UNIT;
  for (const day of days) {
    const begins = (day - 1) * DAY_MINUTES + from;
    const since = (minuteOfWeek - begins + 2 * WEEK_MINUTES) % WEEK_MINUTES;
    if (since <= length) return 0;
    nearest = Math.min(nearest, since - length, WEEK_MINUTES - since);
  }
  return Math.ceil(nearest / UNIT);
}
