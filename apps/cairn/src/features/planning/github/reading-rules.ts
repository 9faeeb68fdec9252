/** What of a list that is read by moments of change comes next. */
export interface ReadingPlace {
  /** As GitHub writes moments; undefined for the beginning of time. */
  readonly since: string | undefined;
  readonly page: number;
}

/**
 * Where to go on after a page of things in the order of their last change. The watermark moves with each
 * page, so that what is changed meanwhile moves nothing out of sight, nothing is read again after a
 * crash, and no page lies deeper than GitHub gives; only where a whole page was changed in one second
 * the next page is taken (and there what changes meanwhile may hide another). Undefined where all was read; its last moment is the watermark then.
 */
export function placeAfter(
  { since, page }: ReadingPlace,
  updated: readonly string[],
  isMore: boolean,
): ReadingPlace | undefined {
  const last = updated.at(-1);
  if (!isMore || last === undefined) return undefined;
  const isSameSecond = since !== undefined && Date.parse(last) <= Date.parse(since);
  return isSameSecond ? { since, page: page + 1 } : { since: last, page: 1 };
}

/** The watermark after a page: the last moment in it, or what it was. */
export const watermark = (
  since: string | undefined,
  updated: readonly string[],
): string | undefined => {
  const last = updated.at(-1);
  if (last === undefined) return since;
  return since !== undefined && Date.parse(since) > Date.parse(last) ? since : last;
};

/** How often GitHub is asked what is new: seldom while it says so by itself. */
const ASK_EVERY_MINUTES = { told: 30, untold: 5 } as const;

/** Whether it is time to look for what was not told. */
export function isDue(
  readAt: number | undefined,
  lastToldAt: number | undefined,
  now: number,
): boolean {
  if (readAt === undefined) return true;
  const minute = 60_000;
  const isTold = lastToldAt !== undefined && now - lastToldAt < 24 * 60 * minute;
  const every = isTold ? ASK_EVERY_MINUTES.told : ASK_EVERY_MINUTES.untold;
  return Math.abs(now - readAt) >= every * minute;
}
