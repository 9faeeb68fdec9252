import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import type { CallContent } from './call-rules.ts';

/** A link of a call is there, is gone, or could not be seen. Never “ok” for what was not seen. */
export type LinkState = 'ok' | 'broken' | 'unknown';

/** What was found at a link. */
export interface LinkFinding {
  readonly state: LinkState;
  /** A sentence for organisers; none where all is well. */
  readonly detail: string | undefined;
}

/** More would be a list of links and no call. */
const MOST_LINKS = 6;

/** In bytes: longer ones do not fit into the database's index, and no server takes them. */
const LONGEST_LINK = 2000;

/** The web addresses of a call: its own, and those in its place and its words; each once. */
export function linksOf({ url, location, description }: CallContent): string[] {
  const found = [url, location, description].flatMap((text) =>
    [...(text ?? '').matchAll(/https:\/\/[^\s<>"'`]+/g)].map(([link]) =>
      link.replace(/[.,;:!?)\]}’”]+$/, ''),
    ),
  );
  const isLink = (link: string): boolean =>
    URL.canParse(link) && new TextEncoder().encode(link).length <= LONGEST_LINK;
  return [...new Set(found)].filter(isLink).slice(0, MOST_LINKS);
}

/** What says that a page is gone, whatever the state of the network here. */
const GONE = new Set(['not-found', 'bad-tls', 'too-many-redirects']);
/** What may as well mean that this machine is cut off. */
const NOBODY_THERE = new Set(['unknown-host', 'refused', 'timeout']);

/**
 * What to make of several links that were asked at the same time. A name that nobody knows is broken
 * only if another server was reached meanwhile: a machine without a network finds no name at all.
 */
export function findings(answers: readonly Result<unknown, Problem>[]): LinkFinding[] {
  const isConnected = answers.some(({ ok, ...rest }) =>
    ok ? true : 'error' in rest && !NOBODY_THERE.has(rest.error.code),
  );
  return answers.map((answer): LinkFinding => {
    // More than we wanted to read: there is something.
    if (answer.ok || answer.error.code === 'too-large') return { state: 'ok', detail: undefined };
    const { code, sentence } = answer.error;
    const isBroken = GONE.has(code) || (code === 'unknown-host' && isConnected);
    return { state: isBroken ? 'broken' : 'unknown', detail: sentence };
  });
}
