/**
 * What one side said of a thing last, field by field, so that a field that did not change there takes
 * nothing back that was changed here meanwhile. Kept as text: names and short digests.
 */
export type Fingerprint = Readonly<Record<string, string>>;

/** A short digest of a text (cyrb53, public domain): equal texts have equal ones, and it tells nothing of them. */
function digestOf(text: string): string {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 2654435761);
    two = Math.imul(two ^ unit, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return (4294967296 * (2097151 & two) + (one >>> 0)).toString(36);
}

export const fingerprintOf = (fields: Readonly<Record<string, string>>): Fingerprint =>
  Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, digestOf(text)]));

export const writeFingerprint = (fingerprint: Fingerprint): string =>
  Object.entries(fingerprint)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, digest]) => `${name}=${digest}`)
    .join(' ');

export const readFingerprint = (text: string): Fingerprint =>
  Object.fromEntries(
    text
      .split(' ')
      .filter((part) => part.includes('='))
      .map((part) => part.split('=', 2) as [string, string]),
  );

/** What is known of a thing there: when it was changed last, and what it then said. */
export interface KnownState {
  /** Milliseconds since 1970; undefined where it was never told. */
  readonly at: number | undefined;
  readonly fingerprint: string;
}

/** How much a statement is worth: told at the moment of a change, or asked for just now. */
export type Source = 'told' | 'asked';

/**
 * What to do with a state that GitHub told. An older one changes nothing. GitHub's moments are whole
 * seconds, so of two states of one moment nobody knows which came last: one of them is taken, the
 * same whatever the order, and GitHub is asked how it is now. What was asked for is how it is.
 */
export function judged(
  known: KnownState | undefined,
  told: { readonly at: number; readonly fingerprint: string },
  source: Source,
): 'new' | 'newer' | 'same' | 'older' | 'doubtful-newer' | 'doubtful-older' {
  if (known?.at === undefined) return 'new';
  // Made there by us, and what it says there was never told.
  if (known.fingerprint === '' && told.at === known.at) return 'newer';
  if (told.at > known.at) return 'newer';
  if (told.at < known.at) return 'older';
  if (told.fingerprint === known.fingerprint) return 'same';
  if (source === 'asked') return 'newer';
  return told.fingerprint > known.fingerprint ? 'doubtful-newer' : 'doubtful-older';
}

/** The names of fields that say something else than before; all of them where nothing was known. */
export const changedFields = (before: Fingerprint, now: Fingerprint): ReadonlySet<string> =>
  new Set(Object.keys(now).filter((name) => now[name] !== before[name]));

/**
 * Whether a statement only tells what we said there ourselves: then it is what both sides agree on, and
 * nothing in it is news.
 */
export const isOwnEcho = (
  known: KnownState & { readonly origin: 'github' | 'cairn' },
  toldAt: number,
): boolean =>
  known.origin === 'cairn' &&
  known.fingerprint === '' &&
  (known.at === undefined || toldAt <= known.at);
