import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import type { Organiser } from '../../people/rights.ts';
import type { CameBy } from './group-schema.ts';
import type { Grouping, GroupRow } from './grouping-queries.ts';
import { roomIn } from './room-rules.ts';
import { tellPeople, voidSwaps } from './set-commands.ts';
import { lockGrouping, settlePlaces } from './settle-commands.ts';

/** Where somebody is put: into the group of a key, into none, or out of groups altogether. */
export type Target = { readonly group: string } | 'none' | 'out';

/**
 * Puts somebody elsewhere by hand; the next proposal keeps them there unless `isPinned` is false. Where
 * the groups hold, they are told. Event `group.member_moved`; where nothing changes, none.
 */
export async function moveMember(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  input: {
    readonly grouping: string;
    readonly person: string;
    readonly to: Target;
    readonly isPinned?: boolean;
  },
): Promise<Result<void, Problem>> {
  const locked = await lockGrouping(tx, summitId, input.grouping);
  if (!locked.ok) return locked;
  const { summit, grouping } = locked.value;
  if (!(await isComing(tx, summitId, input.person))) {
    const sentence = 'This person does not come; choose somebody of the list.';
    return fail(problem('does-not-come', sentence, { path: 'person' }));
  }
  const { to, isPinned = true } = input;
  const group = typeof to === 'string' ? undefined : groupFor(grouping, to.group);
  if (typeof to !== 'string' && group === undefined) return fail(noSuchGroup('to'));
  const before = grouping.members.find(({ personId }) => personId === input.person);
  const isOut = to === 'out';
  const isThere = before?.key === (group?.key ?? null) && before?.isOut === isOut;
  if (isThere && before?.isPinned === isPinned) return ok(undefined);
  if (group !== undefined && !isThere) {
    const full = roomIn(grouping, group);
    if (full.left <= 0) return fail(fullProblem(group.title, full.most, 'to'));
  }
  if (isThere) {
    await tx
      .updateTable('groupMember')
      .set({ isPinned })
      .where('groupingId', '=', grouping.id)
      .where('personId', '=', input.person)
      .execute();
  } else {
    const place = { groupId: group?.id ?? null, isOut, isPinned, cameBy: 'hand' as const };
    await putMember(tx, grouping.id, { personId: input.person, ...place });
    await voidSwaps(tx, actor, grouping.id, [input.person]);
  }
  await settlePlaces(tx, summit, grouping.id);
  const event = await recordEvent(tx, actor, {
    kind: 'group.member_moved',
    summitId,
    personId: input.person,
    data: { grouping: grouping.id, group: group?.id ?? null, out: isOut, pinned: isPinned },
  });
  if (grouping.state === 'set' && !isThere) {
    const after = await lockGrouping(tx, summitId, grouping.id);
    if (after.ok) {
      const told = { people: [input.person], isChanged: true, key: `group-moved:${event}` };
      await tellPeople(tx, actor, summit, after.value.grouping, told);
    }
  }
  return ok(undefined);
}

/** Lets the next proposal move people who were put by hand, or opted out: one, or all. Event `group.pins_released`. */
export async function releasePins(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  input: { readonly grouping: string; readonly person: string | null },
): Promise<Result<{ readonly released: number }, Problem>> {
  const locked = await lockGrouping(tx, summitId, input.grouping);
  if (!locked.ok) return locked;
  const { summit, grouping } = locked.value;
  const { person } = input;
  const released = await tx
    .updateTable('groupMember')
    .set({ isPinned: false })
    .where('groupingId', '=', grouping.id)
    .where('isPinned', '=', true)
    // Nobody who opted out is put into a group again by releasing all.
    .$if(person === null, (query) => query.where('isOut', '=', false))
    .$if(person !== null, (query) => query.where('personId', '=', person))
    .returning('personId')
    .execute();
  if (released.length === 0) return ok({ released: 0 });
  await settlePlaces(tx, summit, grouping.id);
  await recordEvent(tx, actor, {
    kind: 'group.pins_released',
    summitId,
    ...(person === null ? {} : { personId: person }),
    data: { grouping: grouping.id, people: released.length },
  });
  return ok({ released: released.length });
}

/** Says by hand that somebody leads their group, or does not. Event `group.lead_set`. */
export async function setLead(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  input: { readonly grouping: string; readonly person: string; readonly isLead: boolean },
): Promise<Result<void, Problem>> {
  const locked = await lockGrouping(tx, summitId, input.grouping);
  if (!locked.ok) return locked;
  const { summit, grouping } = locked.value;
  const member = grouping.members.find(({ personId }) => personId === input.person);
  if (member === undefined || member.key === null) {
    const sentence = 'This person is in no group; put them into one before they lead it.';
    return fail(problem('in-no-group', sentence, { path: 'person' }));
  }
  if (member.isLeadSet && member.isLead === input.isLead) return ok(undefined);
  await tx
    .updateTable('groupMember')
    .set({ isLead: input.isLead, isLeadSet: true })
    .where('groupingId', '=', grouping.id)
    .where('personId', '=', input.person)
    .execute();
  await settlePlaces(tx, summit, grouping.id);
  await recordEvent(tx, actor, {
    kind: 'group.lead_set',
    summitId,
    personId: input.person,
    data: { grouping: grouping.id, lead: input.isLead },
  });
  return ok(undefined);
}

/** Writes where somebody is; what was said by hand of their leading another group ends. */
export async function putMember(
  tx: Tx,
  groupingId: string,
  member: {
    readonly personId: string;
    readonly groupId: string | null;
    readonly isOut: boolean;
    readonly isPinned: boolean;
    readonly cameBy: CameBy;
  },
): Promise<void> {
  const row = { ...member, isLead: false, isLeadSet: false };
  await tx
    .insertInto('groupMember')
    .values({ groupingId, ...row })
    .onConflict((conflict) => conflict.columns(['groupingId', 'personId']).doUpdateSet(row))
    .execute();
}

export const groupFor = ({ groups }: Grouping, key: string): GroupRow | undefined =>
  groups.find((group) => group.key === key);

export const noSuchGroup = (path: string): Problem =>
  problem('no-such-group', 'There is no such group here; choose one of the list.', { path });

const fullProblem = (title: string, most: number, path: string): Problem =>
  problem(
    'group-full',
    `“${title}” is full with ${most}; change places with somebody, or give the group more places.`,
    { path },
  );
