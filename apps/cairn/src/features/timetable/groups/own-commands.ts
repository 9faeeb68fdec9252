import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import type { Self } from '../../people/rights.ts';
import { groupFor, putMember } from './member-commands.ts';
import { whyNotJoin } from './own-rules.ts';
import { voidSwaps } from './set-commands.ts';
import { type LockedGrouping, lockGrouping, settlePlaces } from './settle-commands.ts';

/** Groups that hold, locked, for somebody who comes. */
export async function lockOwnGrouping(
  tx: Tx,
  { summitId, personId }: Self,
  groupingId: string,
): Promise<Result<LockedGrouping, Problem>> {
  const locked = await lockGrouping(tx, summitId, groupingId);
  if (!locked.ok) return locked;
  if (locked.value.grouping.state !== 'set') {
    return fail(problem('no-grouping', 'There are no such groups; choose them from the list.'));
  }
  if (!(await isComing(tx, summitId, personId))) {
    return fail(problem('does-not-come', 'Groups are for those who come to this summit.'));
  }
  return locked;
}

/**
 * Joins a group that has room, and leaves the one before it. Of two who reach for the last place the
 * second is told that the group is full. Event `group.joined`.
 */
export async function joinGroup(
  tx: Tx,
  actor: Actor,
  self: Self,
  input: { readonly grouping: string; readonly group: string },
): Promise<Result<{ readonly title: string }, Problem>> {
  const locked = await lockOwnGrouping(tx, self, input.grouping);
  if (!locked.ok) return locked;
  const { summit, grouping } = locked.value;
  const wrong = whyNotJoin(grouping, self.personId, input.group);
  if (wrong !== undefined) return fail(wrong);
  const group = groupFor(grouping, input.group);
  if (group === undefined) throw new Error('whyNotJoin looks for the group');
  await putMember(tx, grouping.id, {
    personId: self.personId,
    groupId: group.id,
    isOut: false,
    isPinned: true,
    cameBy: 'self',
  });
  await voidSwaps(tx, actor, grouping.id, [self.personId]);
  await settlePlaces(tx, summit, grouping.id);
  await recordEvent(tx, actor, {
    kind: 'group.joined',
    summitId: summit.id,
    personId: self.personId,
    data: { grouping: grouping.id, group: group.id },
  });
  return ok({ title: group.title });
}

/**
 * Stays out of groups, or takes part in them again, then in none until they join one or are put into
 * one. Staying out is kept by later proposals. Event `group.opted_out` or `group.opted_in`.
 */
export async function setOut(
  tx: Tx,
  actor: Actor,
  self: Self,
  input: { readonly grouping: string; readonly isOut: boolean },
): Promise<Result<void, Problem>> {
  const locked = await lockOwnGrouping(tx, self, input.grouping);
  if (!locked.ok) return locked;
  const { summit, grouping } = locked.value;
  const before = grouping.members.find(({ personId }) => personId === self.personId);
  if ((before?.isOut ?? false) === input.isOut) return ok(undefined);
  await putMember(tx, grouping.id, {
    personId: self.personId,
    groupId: null,
    isOut: input.isOut,
    isPinned: input.isOut,
    cameBy: 'self',
  });
  await voidSwaps(tx, actor, grouping.id, [self.personId]);
  await settlePlaces(tx, summit, grouping.id);
  await recordEvent(tx, actor, {
    kind: input.isOut ? 'group.opted_out' : 'group.opted_in',
    summitId: summit.id,
    personId: self.personId,
    data: { grouping: grouping.id },
  });
  return ok(undefined);
}
