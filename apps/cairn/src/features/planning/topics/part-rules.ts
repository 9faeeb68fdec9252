/** Which topics are part of which: numbers, with the number of the whole or null. */
export type Parts = ReadonlyMap<number, number | null>;

/** The topics from one up to the whole that it is part of; a chain that goes round is followed once. */
function chainFrom(
  parts: Parts,
  start: number,
): { readonly seen: Set<number>; readonly isRound: boolean } {
  const seen = new Set<number>();
  let at: number | null = start;
  while (at !== null && !seen.has(at)) {
    seen.add(at);
    at = parts.get(at) ?? null;
  }
  return { seen, isRound: at !== null };
}

/** The topic at the end of a chain of merges; undefined for a chain that goes round. */
export function rootOf(parts: Parts, start: number): number | undefined {
  const { seen, isRound } = chainFrom(parts, start);
  return isRound ? undefined : [...seen].at(-1);
}

/** Whether a topic is another one, or part of it, or of a part of it. */
export const leadsTo = (parts: Parts, start: number, wanted: number): boolean =>
  chainFrom(parts, start).seen.has(wanted);
