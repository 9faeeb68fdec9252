/** What this installation takes and gives over Git. */
export interface GitLimits {
  /** Processes of Git that answer clients at a time; who comes later waits for a turn. */
  readonly processes: number;
  /** The largest push, in bytes as it is sent. */
  readonly largestPush: number;
  /** The largest file that a push may bring, in bytes. */
  readonly largestFile: number;
  /** After so many seconds in which nothing moves either way a client is given up. */
  readonly idleSeconds: number;
  /** After so many seconds every exchange ends, however much moves. */
  readonly longestSeconds: number;
}

export const MEGABYTE = 1_000_000;

export const DEFAULT_GIT_LIMITS: GitLimits = {
  processes: 16,
  largestPush: 50 * MEGABYTE,
  largestFile: 10 * MEGABYTE,
  idleSeconds: 90,
  longestSeconds: 1800,
};

/** A size as people read it: `50 MB`, `900 kB`. */
export const readableSize = (bytes: number): string => {
  if (bytes >= 1000 * MEGABYTE) return `${(bytes / (1000 * MEGABYTE)).toFixed(1)} GB`;
  if (bytes >= 10 * MEGABYTE) return `${Math.round(bytes / MEGABYTE)} MB`;
  if (bytes >= MEGABYTE) return `${Number((bytes / MEGABYTE).toFixed(1))} MB`;
  return bytes >= 1000 ? `${Math.round(bytes / 1000)} kB` : `${bytes} bytes`;
};
