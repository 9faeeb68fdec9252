import { equalData, isGroup } from '@cairn/formats/plain-data';
import { formatPath, type Path } from '@cairn/formats/schema-fault';
import type { Typing } from './form-parts.ts';

/** One value that two people changed at the same time, each in another way. */
export interface Collision {
  /** The name of the field. */
  readonly path: string;
  readonly mine: Typing | undefined;
  readonly theirs: Typing | undefined;
}

/** What came of two changes to one form. */
export interface Merged {
  /** Everything that I typed, and what they changed where I typed nothing. */
  readonly typing: Typing;
  readonly collisions: readonly Collision[];
}

/**
 * Brings together what I typed and what somebody saved meanwhile, both begun from `base`. Where
 * only one of us changed a value, that change stands; where both did, mine stands and both are told.
 */
export function mergeTyping(base: Typing, mine: Typing, theirs: Typing): Merged {
  const collisions: Collision[] = [];
  const merge = (
    old: Typing | undefined,
    my: Typing | undefined,
    their: Typing | undefined,
    path: Path,
  ): Typing | undefined => {
    if (equalData(my, their) || equalData(old, their)) return my;
    if (equalData(old, my)) return their;
    if (isGroup(my) && isGroup(their) && isGroup(old)) {
      const names = [...new Set([...Object.keys(my), ...Object.keys(their)])];
      const merged = names.map((name) => [
        name,
        merge(old[name], my[name], their[name], [...path, name]),
      ]);
      return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
    }
    if (isRows(my) && isRows(their) && isRows(old)) {
      if (my.length === old.length && their.length === old.length) {
        return my.map(
          (row, index) => merge(old[index], row, their[index], [...path, index]) ?? row,
        );
      }
    }
    collisions.push({ path: formatPath(path), mine: my, theirs: their });
    return my;
  };
  return { typing: merge(base, mine, theirs, []) ?? mine, collisions };
}

const isRows = (typing: Typing | undefined): typing is readonly Typing[] => Array.isArray(typing);
