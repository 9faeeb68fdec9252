import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { publish } from '../../../platform/live/publish.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import type { Organiser } from '../../people/rights.ts';
import { planPeople } from '../../planning/workplan/workplan-queries.ts';
import type { Summit } from '../../summits/queries.ts';
import { currentGrouping, weekGrouping } from './current-queries.ts';
import type { Grouping } from './grouping-queries.ts';
import { placeMail } from './mail-rules.ts';
import { movedBetween } from './moved-rules.ts';
import { lockGrouping } from './settle-commands.ts';
import { spanInWords } from './span-rules.ts';

/**
 * Makes a grouping the one that holds for its day, or for the week; what held there is dropped. Tells
 * by mail those whose group is another than they were told of. Event `grouping.set`.
 */
export async function setGrouping(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { id, tells = true }: { readonly id: string; readonly tells?: boolean },
): Promise<Result<{ readonly told: number }, Problem>> {
  const locked = await lockGrouping(tx, summitId, id);
  if (!locked.ok) return locked;
  const { summit, grouping } = locked.value;
  if (grouping.state === 'set') return ok({ told: 0 });
  if (grouping.members.every(({ key }) => key === null)) {
    const sentence = 'Nobody is in a group here; put people into groups before you set them.';
    return fail(problem('no-members', sentence));
  }
  const before =
    grouping.date === null
      ? await weekGrouping(tx, summitId)
      : await currentGrouping(tx, summitId, grouping.date);
  const dropped = await tx
    .updateTable('grouping')
    .set({ state: 'dropped' })
    .where('summitId', '=', summitId)
    .where('state', '=', 'set')
    .where('date', grouping.date === null ? 'is' : '=', grouping.date)
    .returning('id')
    .execute();
  for (const each of dropped) await voidSwaps(tx, actor, each.id);
  await tx
    .updateTable('grouping')
    .set({ state: 'set', setAt: actor.now })
    .where('id', '=', id)
    .execute();
  const told = tells ? await tellPlaces(tx, actor, summit, grouping, before) : 0;
  await publish(tx, `timetable:${summitId}`);
  await recordEvent(tx, actor, {
    kind: 'grouping.set',
    summitId,
    data: { grouping: id, date: grouping.date, told },
  });
  return ok({ told });
}

/**
 * Drops a grouping: a draft that is not wanted, or groups that hold, so that a day goes by those of the
 * week again. Event `grouping.dropped`.
 */
export async function dropGrouping(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { id }: { readonly id: string },
): Promise<Result<{ readonly wasSet: boolean }, Problem>> {
  const locked = await lockGrouping(tx, summitId, id);
  if (!locked.ok) return locked;
  const { grouping } = locked.value;
  await tx.updateTable('grouping').set({ state: 'dropped' }).where('id', '=', id).execute();
  await voidSwaps(tx, actor, id);
  const wasSet = grouping.state === 'set';
  if (wasSet) await publish(tx, `timetable:${summitId}`);
  await recordEvent(tx, actor, {
    kind: 'grouping.dropped',
    summitId,
    data: { grouping: id, date: grouping.date, set: wasSet },
  });
  return ok({ wasSet });
}

/** Ends the open swaps of a grouping; of these people only, where they are given. */
export async function voidSwaps(
  tx: Tx,
  actor: Actor,
  groupingId: string,
  people?: readonly string[],
): Promise<void> {
  await tx
    .updateTable('groupSwap')
    .set({ state: 'void', settledAt: actor.now })
    .where('groupingId', '=', groupingId)
    .where('state', '=', 'open')
    .$if(people !== undefined, (query) =>
      query.where((eb) =>
        eb.or([eb('askedBy', 'in', people ?? []), eb('askedOf', 'in', people ?? [])]),
      ),
    )
    .execute();
}

/**
 * Tells people their place by mail: those of whom `before` says another one, and where nothing held
 * before, everybody who is in a group. Says how many.
 */
async function tellPlaces(
  tx: Tx,
  actor: Actor,
  summit: Summit,
  grouping: Grouping,
  before: Grouping | undefined,
): Promise<number> {
  return await tellPeople(tx, actor, summit, grouping, {
    people: movedBetween(before?.members ?? [], grouping.members),
    isChanged: before !== undefined,
    key: `grouping:${grouping.id}`,
  });
}

/** Tells these people by mail where they are in a grouping. Says how many there were to tell. */
export async function tellPeople(
  tx: Tx,
  actor: Actor,
  { id: summitId, slug, definition }: Summit,
  grouping: Grouping,
  told: { readonly people: readonly string[]; readonly isChanged: boolean; readonly key: string },
): Promise<number> {
  const names = new Map((await planPeople(tx, summitId)).map(({ id, name }) => [id, name]));
  let count = 0;
  for (const personId of told.people) {
    const [name, member] = [
      names.get(personId),
      grouping.members.find((each) => each.personId === personId),
    ];
    // Who does not come any more, or did this themselves, needs no mail.
    if (name === undefined || member === undefined || personId === actor.personId) continue;
    const group = grouping.groups.find(({ key }) => key === member.key);
    const text = placeMail({
      summit: definition.title,
      span: spanInWords(grouping.date),
      name,
      group: group && {
        title: group.title,
        people: grouping.members.filter(({ key }) => key === group.key).length,
        leads: member.isLead,
      },
      isOut: member.isOut,
      isChanged: told.isChanged,
    });
    const page = `/s/${slug}/timetable/groups`;
    await notify(tx, actor, { summitId, personId, key: `${told.key}:${personId}`, ...text, page });
    count += 1;
  }
  return count;
}
