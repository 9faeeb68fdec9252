/**
 * The forming of groups: what is given. Plain data in which things are named by their keys, as in a
 * file; `indexGroups` checks it and turns keys into numbers.
 */

/** Who could work on what with whom, and what is wished of the groups. */
export interface GroupsProblem {
  readonly title?: string;
  readonly people: readonly GroupPerson[];
  readonly topics: readonly Topic[];
  /** What must and what should hold. Kinds of `STANDING_GROUP_RULES` hold without being listed. */
  readonly rules?: readonly GroupRule[];
  /** What an interest counts that states no weight; lead 3, work 2 and learn 1 when left out. */
  readonly weights?: Readonly<Record<InterestLevel, number>>;
}

export type InterestLevel = 'lead' | 'work' | 'learn';

/** What somebody would do in a topic, or how much they would like to, or both. */
export type Interest =
  | InterestLevel
  | number
  | { readonly level?: InterestLevel; readonly weight?: number };

export interface GroupPerson {
  readonly key: string;
  readonly name?: string;
  /** Topics, the most wished first; those in one list are wished alike. */
  readonly ranks?: readonly (string | readonly string[])[];
  /**
   * By topic. Topics that are not in `ranks` come after those, the one of the greatest weight first;
   * equal weights are wished alike.
   */
  readonly interest?: Readonly<Record<string, Interest>>;
  /** The projects that they come from. */
  readonly projects?: readonly string[];
  readonly roles?: readonly string[];
  /** Topics in which they are not to be. */
  readonly refuses?: readonly string[];
  /** Set by hand: the topic in which they are. */
  readonly pinned?: string;
  /** They are in no group, at no cost. */
  readonly isOut?: boolean;
}

export interface Topic {
  readonly key: string;
  readonly title?: string;
  /** How many people a group has at least and at most; 2 and 10 when left out. */
  readonly least?: number;
  readonly most?: number;
  /** How many groups may work on it beside each other; 1 when left out. */
  readonly groups?: number;
  /** People who lead it: where it runs they are in it. */
  readonly leads?: readonly string[];
  /** People who must not be missed: where it runs they are in it. */
  readonly needed?: readonly string[];
  /** It cannot be dropped. */
  readonly mustRun?: boolean;
  readonly mix?: ProjectMix;
}

/** The projects that should meet in each group of a topic. */
export interface ProjectMix {
  /** From so many different projects. */
  readonly different?: number;
  /** By project: so many people at least. */
  readonly least?: Readonly<Record<string, number>>;
}

/** What every rule has. */
interface Named<Kind extends string> {
  readonly kind: Kind;
  /** What people call it; made from its kind when left out. */
  readonly name?: string;
  /** How important, from 0 (must hold); levels are compared in order, none outweighs an earlier one. */
  readonly level: number;
  /** What breaking it once costs inside its level, a whole number from 1; 1 when left out. */
  readonly weight?: number;
}

/** What must or should hold, as data. What one break of each costs stands beside it. */
export type GroupRule =
  /**
   * A group has at least and at most so many people, a topic at most so many groups, and a topic that
   * must run has one. 1 for each person missing or too many.
   */
  | Named<'size'>
  /** Who was put somewhere by hand is there. 1 for each. */
  | Named<'pinned'>
  /** Nobody is in a topic that they refuse. 1 for each. */
  | Named<'refused'>
  /** Who leads a topic is in it where it runs or must run. 1 for each. */
  | Named<'leads'>
  /** Who must not be missed in a topic is in it where it runs or must run. 1 for each. */
  | Named<'needed'>
  /** These people are in one group. 1 for each pair that is not (nobody in no group counts). */
  | (Named<'together'> & { readonly people: readonly string[] })
  /** No two of these people are in one group. 1 for each pair that is. */
  | (Named<'apart'> & { readonly people: readonly string[] })
  /** Everybody is in a group. 1 for each who is not. */
  | Named<'placed'>
  /** Whoever is in a group has wished for its topic, or wished for nothing at all. 1 for each. */
  | Named<'chosen'>
  /** They stay in the topic in which they were. 1 for each who does not. */
  | (Named<'unmoved'> & { readonly from: Readonly<Record<string, string>> })
  /**
   * Nobody is sacrificed for the sum (leximin by rank). Takes a level of its own, which has not one
   * value but one for each rank, the worst first: how many people have their last wish, the one
   * before it, and so on down to the second.
   */
  | Named<'wishes'>
  /** Interest by weight. What each loses: the weight of their greatest interest less the one they get. */
  | Named<'interest'>
  /** Somebody in each group leads its topic or would, if anybody does. 1 for each group. */
  | Named<'led'>
  /** The projects that a topic wishes meet. 1 for each project and person missing, in each group. */
  | Named<'mix'>;

export type GroupRuleKind = GroupRule['kind'];

/** The rules that hold where a problem does not list their kind itself, each with weight 1. */
export const STANDING_GROUP_RULES = [
  { kind: 'size', level: 0 },
  { kind: 'pinned', level: 0 },
  { kind: 'refused', level: 0 },
  { kind: 'leads', level: 0 },
  { kind: 'needed', level: 0 },
  { kind: 'placed', level: 1 },
  { kind: 'chosen', level: 2 },
  // Level 3 is left to `unmoved`.
  { kind: 'wishes', level: 4 },
  { kind: 'led', level: 5 },
  { kind: 'mix', level: 6 },
  { kind: 'interest', level: 7 },
] as const satisfies readonly GroupRule[];

/** A group: its topic, and who is in it. */
export interface Group {
  readonly topic: string;
  readonly people: readonly string[];
}

/** One value after another, each less is better, the first that differs decides. */
export type GroupValues = readonly number[];

/** Below 0 when the first is better, above 0 when the second is. */
export function compareGroupValues(one: GroupValues, other: GroupValues): number {
  for (const [at, value] of one.entries()) {
    const difference = value - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
