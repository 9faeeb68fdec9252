/** One attempt of GitHub's to deliver something, as its log says. */
export interface Attempt {
  /** Of the attempt. */
  readonly id: number;
  /** Of what was delivered: the same for each attempt. */
  readonly guid: string;
  readonly repositoryId: number | undefined;
  readonly status: number;
  /** Whether it was asked for again before. */
  readonly isAgain: boolean;
}

/** So many are asked for by one run: each is a change at GitHub, with a second after it. */
const MOST = 20;

/**
 * Which attempts to ask for again: those of our repository that failed and that we do not have. Each once
 * only: where GitHub cannot reach us at all, nothing is gained by more.
 */
export function missedAmong(
  attempts: readonly Attempt[],
  repositoryId: number,
  known: ReadonlySet<string>,
): Attempt[] {
  const settled = new Set(
    attempts.filter(({ status, isAgain }) => isAgain || isTaken(status)).map(({ guid }) => guid),
  );
  return attempts
    .filter(
      (attempt) =>
        attempt.repositoryId === repositoryId &&
        !isTaken(attempt.status) &&
        !settled.has(attempt.guid) &&
        !known.has(attempt.guid),
    )
    .slice(0, MOST);
}

const isTaken = (status: number): boolean => status >= 200 && status < 300;
