import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isId } from '../../../platform/db/id.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import type { Self } from '../../people/rights.ts';
import { planPeople } from '../../planning/workplan/workplan-queries.ts';
import type { Summit } from '../../summits/queries.ts';
import { swapMail, swapSettledMail } from './mail-rules.ts';
import { groupFor, putMember } from './member-commands.ts';
import { lockOwnGrouping } from './own-commands.ts';
import { whyNotSwap } from './own-rules.ts';
import { voidSwaps } from './set-commands.ts';
import { settlePlaces } from './settle-commands.ts';
import { ownSwaps, type Swap } from './swap-queries.ts';

/** So often somebody may ask the same person, who is told by mail each time. */
const MOST_ASKED = 3;

/** Asks somebody of another group to change places, and tells them by mail. Event `group.swap_asked`. */
export async function askSwap(
  tx: Tx,
  actor: Actor,
  self: Self,
  input: { readonly grouping: string; readonly person: string },
): Promise<Result<{ readonly id: string }, Problem>> {
  const locked = await lockOwnGrouping(tx, self, input.grouping);
  if (!locked.ok) return locked;
  const { summit, grouping } = locked.value;
  const wrong = whyNotSwap(grouping, self.personId, input.person);
  if (wrong !== undefined) return fail(wrong);
  const open = await ownSwaps(tx, self);
  if (
    open.some(({ groupingId, askedOf }) => groupingId === grouping.id && askedOf === input.person)
  ) {
    const sentence = 'You asked them already; wait for their answer, or take it back.';
    return fail(problem('asked-already', sentence, { path: 'person' }));
  }
  const { asked } = await tx
    .selectFrom('groupSwap')
    .select(({ fn }) => fn.countAll<string>().as('asked'))
    .where('groupingId', '=', grouping.id)
    .where('askedBy', '=', self.personId)
    .where('askedOf', '=', input.person)
    .executeTakeFirstOrThrow();
  if (Number(asked) >= MOST_ASKED) {
    const sentence = 'You asked them often enough, and each time they got a mail; speak with them.';
    return fail(problem('asked-often', sentence, { path: 'person' }));
  }
  const { id } = await tx
    .insertInto('groupSwap')
    .values({
      groupingId: grouping.id,
      askedBy: self.personId,
      askedOf: input.person,
      askedAt: actor.now,
      settledAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const titleOf = (personId: string): string => {
    const key = grouping.members.find((member) => member.personId === personId)?.key ?? '';
    return groupFor(grouping, key)?.title ?? '';
  };
  const groups = { own: titleOf(input.person), other: titleOf(self.personId) };
  await tell(tx, actor, summit, input.person, `group-swap:${id}:asked`, (name) =>
    swapMail(summit.definition.title, name, groups),
  );
  await recordEvent(tx, actor, {
    kind: 'group.swap_asked',
    summitId: summit.id,
    personId: input.person,
    data: { grouping: grouping.id, swap: id },
  });
  return ok({ id });
}

/**
 * Agrees to change places, or declines, as the one who was asked. Both change at once; what else was
 * asked of or by them ends. Event `group.swapped` or `group.swap_declined`.
 */
export async function answerSwap(
  tx: Tx,
  actor: Actor,
  self: Self,
  input: { readonly swap: string; readonly agrees: boolean },
): Promise<Result<{ readonly swapped: boolean }, Problem>> {
  const found = await openSwap(tx, self, input.swap, 'askedOf');
  if (!found.ok) return found;
  const locked = await lockOwnGrouping(tx, self, found.value.groupingId);
  if (!locked.ok) return locked;
  const { summit, grouping } = locked.value;
  // Asked for again behind the lock: it may have ended meanwhile.
  const again = await openSwap(tx, self, input.swap, 'askedOf');
  if (!again.ok) return again;
  const { id, askedBy } = again.value;
  const wrong = input.agrees ? whyNotSwap(grouping, self.personId, askedBy) : undefined;
  if (wrong !== undefined) return fail(wrong);
  await settle(tx, actor, id, input.agrees ? 'agreed' : 'declined');
  let title: string | undefined;
  if (input.agrees) {
    const groupOf = (personId: string) => {
      const key = grouping.members.find((member) => member.personId === personId)?.key ?? '';
      return groupFor(grouping, key);
    };
    const [own, theirs] = [groupOf(self.personId), groupOf(askedBy)];
    if (own === undefined || theirs === undefined) throw new Error('whyNotSwap looks at both');
    const place = { isOut: false, isPinned: true, cameBy: 'swap' as const };
    await putMember(tx, grouping.id, { ...place, personId: self.personId, groupId: theirs.id });
    await putMember(tx, grouping.id, { ...place, personId: askedBy, groupId: own.id });
    await voidSwaps(tx, actor, grouping.id, [self.personId, askedBy]);
    await settlePlaces(tx, summit, grouping.id);
    title = own.title;
  }
  await tell(tx, actor, summit, askedBy, `group-swap:${id}:settled`, (name) =>
    swapSettledMail(summit.definition.title, name, title),
  );
  await recordEvent(tx, actor, {
    kind: input.agrees ? 'group.swapped' : 'group.swap_declined',
    summitId: summit.id,
    personId: askedBy,
    data: { grouping: grouping.id, swap: id },
  });
  return ok({ swapped: input.agrees });
}

/** Takes back that somebody asked to change places. Event `group.swap_withdrawn`. */
export async function withdrawSwap(
  tx: Tx,
  actor: Actor,
  self: Self,
  input: { readonly swap: string },
): Promise<Result<void, Problem>> {
  const found = await openSwap(tx, self, input.swap, 'askedBy');
  if (!found.ok) return found;
  const locked = await lockOwnGrouping(tx, self, found.value.groupingId);
  if (!locked.ok) return locked;
  const again = await openSwap(tx, self, input.swap, 'askedBy');
  if (!again.ok) return again;
  await settle(tx, actor, again.value.id, 'withdrawn');
  await recordEvent(tx, actor, {
    kind: 'group.swap_withdrawn',
    summitId: self.summitId,
    personId: again.value.askedOf,
    data: { grouping: again.value.groupingId, swap: again.value.id },
  });
  return ok(undefined);
}

async function openSwap(
  tx: Tx,
  self: Self,
  id: string,
  mine: 'askedBy' | 'askedOf',
): Promise<Result<Swap, Problem>> {
  const open = isId(id) ? await ownSwaps(tx, self) : [];
  const swap = open.find((each) => each.id === id && each[mine] === self.personId);
  const sentence =
    'This is not asked any more: one of you moved, it was taken back, or other groups hold now.';
  return swap === undefined ? fail(problem('swap-over', sentence)) : ok(swap);
}

const settle = (
  tx: Tx,
  actor: Actor,
  id: string,
  state: 'agreed' | 'declined' | 'withdrawn',
): Promise<unknown> =>
  tx.updateTable('groupSwap').set({ state, settledAt: actor.now }).where('id', '=', id).execute();

async function tell(
  tx: Tx,
  actor: Actor,
  { id: summitId, slug }: Summit,
  personId: string,
  key: string,
  text: (name: string) => { readonly subject: string; readonly body: string },
): Promise<void> {
  const name = (await planPeople(tx, summitId)).find(({ id }) => id === personId)?.name;
  if (name === undefined) return;
  const page = `/s/${slug}/timetable/groups`;
  await notify(tx, actor, { summitId, personId, key, ...text(name), page });
}
