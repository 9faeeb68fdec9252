import type { TextRevision } from './text-queries.ts';

/** States of a text that one person brought about in one go, told as one change. */
export interface Sitting {
  /** Its last state. */
  readonly revision: TextRevision;
  /** The text before it; undefined where that is not among the states at hand. */
  readonly before: string | undefined;
  /** How many states it comprises. */
  readonly saves: number;
}

/** A pause longer than this ends a sitting. In minutes. */
const PAUSE = 10;

/**
 * Puts the states of a text together that one person made without a long pause: a page that saves by
 * itself makes one every few seconds. Newest first, as given; the last may be cut off, since what was
 * before it is not at hand, unless it is the text's first.
 */
export function sittingsOf(revisions: readonly TextRevision[]): Sitting[] {
  const sittings: {
    revision: TextRevision;
    first: TextRevision;
    saves: number;
    before?: string;
  }[] = [];
  for (const revision of revisions) {
    const last = sittings.at(-1);
    const isSame =
      last !== undefined &&
      last.first.by?.id === revision.by?.id &&
      revision.at.until(last.first.at).total('minutes') <= PAUSE;
    if (last !== undefined && isSame) {
      last.first = revision;
      last.saves += 1;
      continue;
    }
    if (last !== undefined) last.before = revision.body;
    sittings.push({ revision, first: revision, saves: 1 });
  }
  return sittings.map(({ revision, first, saves, before }) => ({
    revision,
    saves,
    before: before ?? (first.revision === 1 ? '' : undefined),
  }));
}
