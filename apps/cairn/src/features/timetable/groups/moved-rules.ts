interface Placed {
  readonly personId: string;
  /** The key of their group; null in none. */
  readonly key: string | null;
}

/** Who is in another group than before; who was not known before is moved where they are in one now. */
export function movedBetween(before: readonly Placed[], now: readonly Placed[]): string[] {
  const was = new Map(before.map(({ personId, key }) => [personId, key]));
  return now
    .filter(({ personId, key }) => (was.get(personId) ?? null) !== key)
    .map(({ personId }) => personId);
}
