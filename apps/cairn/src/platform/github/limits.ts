/** How much may still be asked, as GitHub said with its last answer. */
export interface Rate {
  readonly limit: number;
  readonly left: number;
  /** Milliseconds since 1970. */
  readonly resetsAt: number;
}

type Headers = Pick<globalThis.Headers, 'get'>;

/** What an answer's headers say of the rate; undefined where they say nothing. */
export function rateIn(headers: Headers): Rate | undefined {
  const [limit, left, reset] = ['limit', 'remaining', 'reset'].map((name) =>
    wholeNumber(headers.get(`x-ratelimit-${name}`)),
  );
  if (limit === undefined || left === undefined || reset === undefined) return undefined;
  return { limit, left, resetsAt: reset * 1000 };
}

/** How long to wait where GitHub does not say it, as its documentation asks. */
const UNSAID_MILLISECONDS = 60_000;
/** A clock that is wrong there or here must not silence us for days. */
const LONGEST_MILLISECONDS = 2 * 60 * 60 * 1000;

/**
 * Until when nothing may be asked, in milliseconds since 1970; undefined where an answer is no matter
 * of limits. The primary limit says 403 or 429 with nothing left, the secondary one with `retry-after`,
 * or with neither and only a message (docs.github.com, “Rate limits for the REST API”).
 */
export function limitedUntil(
  status: number,
  headers: Headers,
  said: string,
  now: number,
): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const after = wholeNumber(headers.get('retry-after'));
  if (after !== undefined) return now + Math.min(after * 1000, LONGEST_MILLISECONDS);
  const rate = rateIn(headers);
  if (rate?.left === 0) {
    return Math.min(Math.max(rate.resetsAt, now) + 1000, now + LONGEST_MILLISECONDS);
  }
  return status === 429 || /rate limit|abuse/i.test(said) ? now + UNSAID_MILLISECONDS : undefined;
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}
