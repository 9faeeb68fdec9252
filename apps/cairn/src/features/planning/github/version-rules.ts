/** A commit that the head of a pull request was, and since when that is known. */
export interface Head {
  readonly commit: string;
  /** Milliseconds since 1970. */
  readonly firstAt: number;
}

/**
 * The commits of a pull request as versions of its proposal, the first one first: in the order in which
 * they were seen there, whatever the order in which they were heard of here. The present head is last.
 */
export function versionsOfHeads<H extends Head>(heads: readonly H[], present: string): H[] {
  return heads.toSorted((one, other) => {
    const last = Number(one.commit === present) - Number(other.commit === present);
    return last || one.firstAt - other.firstAt || (one.commit < other.commit ? -1 : 1);
  });
}
