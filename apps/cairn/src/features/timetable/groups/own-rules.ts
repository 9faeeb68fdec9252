import { type Problem, problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { roomIn } from './room-rules.ts';

/** As much of a grouping as says who may go where. */
export interface GroupsNow {
  readonly least: number;
  readonly most: number;
  readonly groups: readonly {
    readonly key: string;
    readonly title: string;
    readonly least: number | null;
    readonly most: number | null;
    readonly needed: readonly string[];
  }[];
  readonly members: readonly {
    readonly personId: string;
    readonly key: string | null;
    readonly isOut: boolean;
  }[];
}

const groupOf = ({ groups }: GroupsNow, key: string | null | undefined) =>
  groups.find((group) => group.key === key);

const keyOf = ({ members }: GroupsNow, personId: string): string | null =>
  members.find((member) => member.personId === personId)?.key ?? null;

/** Why somebody cannot leave their group for another one; undefined where they can. */
function whyNotLeave(now: GroupsNow, personId: string): Problem | undefined {
  const own = groupOf(now, keyOf(now, personId));
  if (own?.needed.includes(personId) !== true) return undefined;
  const sentence = `“${own.title}” must not miss you, the organisers said; ask one of them.`;
  return problem('needed-there', sentence);
}

/**
 * Why somebody cannot join a group by themselves; undefined where they can. It has to have room, and
 * the group that they leave must not become too small for those who stay.
 */
export function whyNotJoin(now: GroupsNow, personId: string, key: string): Problem | undefined {
  const group = groupOf(now, key);
  const place = { path: 'group' };
  if (group === undefined) {
    return problem('no-such-group', 'There is no such group; choose one of the list.', place);
  }
  const own = groupOf(now, keyOf(now, personId));
  if (own?.key === key)
    return problem('there-already', `You are in “${group.title}” already.`, place);
  const room = roomIn(now, group);
  if (room.left <= 0) {
    const sentence = `“${group.title}” is full with ${room.most}; ask somebody there to change places.`;
    return problem('group-full', sentence, place);
  }
  const bound = whyNotLeave(now, personId);
  if (bound !== undefined || own === undefined) return bound;
  const left = roomIn(now, own);
  const stay = left.people - 1;
  // Where it is too small already, it may empty itself.
  if (stay === 0 || left.people !== left.least) return undefined;
  const sentence = `Without you “${own.title}” has only ${counted(stay, 'person', 'people')} and takes ${left.least}; change places with somebody instead.`;
  return problem('too-few-left', sentence, place);
}

/** Why two people cannot change places; undefined where they can. */
export function whyNotSwap(now: GroupsNow, one: string, other: string): Problem | undefined {
  const place = { path: 'person' };
  const [own, theirs] = [keyOf(now, one), keyOf(now, other)];
  if (own === null) {
    return problem('in-no-group', 'You are in no group; join one that has room.', place);
  }
  if (theirs === null) {
    return problem('other-in-no-group', 'They are in no group now; choose somebody else.', place);
  }
  if (own === theirs) {
    return problem('same-group', 'They are in your own group; choose somebody of another.', place);
  }
  const bound = whyNotLeave(now, one);
  if (bound !== undefined) return bound;
  return whyNotLeave(now, other) === undefined
    ? undefined
    : problem('other-needed', 'Their group must not miss them; choose somebody else.', place);
}
