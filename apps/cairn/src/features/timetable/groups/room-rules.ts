/** Sizes of a grouping, and those of its groups that have their own. */
interface Sizes {
  readonly least: number;
  readonly most: number;
  readonly members: readonly { readonly key: string | null }[];
}

interface Sized {
  readonly key: string;
  readonly least: number | null;
  readonly most: number | null;
}

/** How full a group is. */
export interface GroupRoom {
  readonly people: number;
  readonly least: number;
  readonly most: number;
  /** Places that are left; below 0 where it is too full. */
  readonly left: number;
}

/** How full a group is, by its own sizes where it has them, else by those of the grouping. */
export function roomIn(sizes: Sizes, group: Sized): GroupRoom {
  const people = sizes.members.filter(({ key }) => key === group.key).length;
  const least = group.least ?? sizes.least;
  const most = Math.max(group.most ?? sizes.most, least);
  return { people, least, most, left: most - people };
}
