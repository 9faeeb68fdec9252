import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { openTopicFacts } from '../../planning/topics/topic-queries.ts';
import { planPeople } from '../../planning/workplan/workplan-queries.ts';
import { unusedKey } from '../../summits/key-rules.ts';
import { sizeProblem } from './asked-rules.ts';
import { type Grouping, knownKeys } from './grouping-queries.ts';
import { groupKeyFrom, keysOfTopics } from './key-rules.ts';
import { groupFor, noSuchGroup, putMember } from './member-commands.ts';
import { tellPeople, voidSwaps } from './set-commands.ts';
import { lockGrouping, settlePlaces } from './settle-commands.ts';

/** The longest title of a group, in UTF-16 units. */
const LONGEST_TITLE = 120;

const badTitle = (): Problem =>
  problem('bad-title', `Write a title of 1 to ${LONGEST_TITLE} characters.`, { path: 'title' });

const isTitle = (title: string): boolean => title !== '' && title.length <= LONGEST_TITLE;

/**
 * Adds a group by hand: of no topic, of one that has none here, or another one of a topic that has. The
 * next proposal keeps it. Event `group.added`.
 */
export async function addGroup(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  input: {
    readonly grouping: string;
    /** The topic's own where it is empty. */
    readonly title: string;
    readonly topicNumber: number | null;
  },
): Promise<Result<{ readonly key: string }, Problem>> {
  const locked = await lockGrouping(tx, summitId, input.grouping);
  if (!locked.ok) return locked;
  const { summit, grouping } = locked.value;
  const topic = (await openTopicFacts(tx, summitId)).find(
    ({ number }) => number === input.topicNumber,
  );
  if (input.topicNumber !== null && topic === undefined) {
    const sentence = 'There is no such open topic; choose one of the list, or none.';
    return fail(problem('no-such-topic', sentence, { path: 'topic' }));
  }
  const here = grouping.groups.filter(({ topicNumber }) => topicNumber === topic?.number);
  const usual =
    topic === undefined || here.length === 0
      ? (topic?.title ?? '')
      : `${topic.title} (${here.length + 1})`;
  const title = input.title === '' ? usual : input.title;
  if (!isTitle(title)) return fail(badTitle());
  const known = await knownKeys(tx, summitId);
  const keys = topic && keysOfTopics([topic], known.ofTopics, known.others);
  const base = (topic && keys?.get(topic.number)) ?? groupKeyFrom(title);
  const key = unusedKey(base, takenKeys(grouping, topic === undefined ? known.others : new Set()));
  await insertGroup(tx, grouping, { key, title, topicNumber: topic?.number ?? null });
  await settlePlaces(tx, summit, grouping.id);
  await recordEvent(tx, actor, {
    kind: 'group.added',
    summitId,
    data: { grouping: grouping.id, topic: topic?.number ?? null },
  });
  return ok({ key });
}

const takenKeys = ({ groups }: Grouping, others: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...others, ...groups.map(({ key }) => key)]);

async function insertGroup(
  tx: Tx,
  { id: groupingId, groups }: Grouping,
  group: {
    readonly key: string;
    readonly title: string;
    readonly topicNumber: number | null;
    readonly least?: number | null;
    readonly most?: number | null;
  },
): Promise<string> {
  const { id } = await tx
    .insertInto('workGroup')
    .values({
      least: null,
      most: null,
      ...group,
      groupingId,
      isPinned: true,
      position: groups.length,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Changes a group's title, sizes, whether it has to come about, and who must be in it. Event `group.changed`. */
export async function changeGroup(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  input: {
    readonly grouping: string;
    readonly group: string;
    readonly title: string;
    /** Those of the grouping where null. */
    readonly least: number | null;
    readonly most: number | null;
    readonly isPinned: boolean;
    readonly needed: readonly string[];
  },
): Promise<Result<void, Problem>> {
  const locked = await lockGrouping(tx, summitId, input.grouping);
  if (!locked.ok) return locked;
  const { summit, grouping } = locked.value;
  const group = groupFor(grouping, input.group);
  if (group === undefined) return fail(noSuchGroup('group'));
  if (!isTitle(input.title)) return fail(badTitle());
  const wrong = sizeProblem(input.least ?? grouping.least, input.most ?? grouping.most);
  if (wrong !== undefined) return fail(wrong);
  const comers = new Set((await planPeople(tx, summitId)).map(({ id }) => id));
  const needed = [...new Set(input.needed)];
  if (needed.some((id) => !comers.has(id))) {
    const sentence = 'Somebody of those who must not be missed does not come; choose others.';
    return fail(problem('does-not-come', sentence, { path: 'needed' }));
  }
  const { title, least, most, isPinned } = input;
  await tx
    .updateTable('workGroup')
    .set({ title, least, most, isPinned })
    .where('id', '=', group.id)
    .execute();
  await tx.deleteFrom('groupNeeded').where('groupId', '=', group.id).execute();
  if (needed.length > 0) {
    const rows = needed.map((personId) => ({ groupId: group.id, personId }));
    await tx.insertInto('groupNeeded').values(rows).execute();
  }
  await settlePlaces(tx, summit, grouping.id);
  await recordEvent(tx, actor, {
    kind: 'group.changed',
    summitId,
    data: { grouping: grouping.id, group: group.id, needed: needed.length, pinned: isPinned },
  });
  return ok(undefined);
}

/**
 * Splits a group: these of its people go into a new one of the same topic. Both are kept by the next
 * proposal; where the groups hold, those who go are told. Event `group.split`.
 */
export async function splitGroup(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  input: {
    readonly grouping: string;
    readonly group: string;
    readonly title: string;
    readonly people: readonly string[];
  },
): Promise<Result<{ readonly key: string }, Problem>> {
  const locked = await lockGrouping(tx, summitId, input.grouping);
  if (!locked.ok) return locked;
  const { summit, grouping } = locked.value;
  const group = groupFor(grouping, input.group);
  if (group === undefined) return fail(noSuchGroup('group'));
  if (!isTitle(input.title)) return fail(badTitle());
  const own = grouping.members.filter(({ key }) => key === group.key);
  const going = own.filter(({ personId }) => input.people.includes(personId));
  if (going.length === 0 || going.length === own.length) {
    const sentence = 'Choose who goes into the new group: somebody of this one, and not everybody.';
    return fail(problem('nobody-goes', sentence, { path: 'people' }));
  }
  const key = unusedKey(group.key, takenKeys(grouping, new Set()));
  const { title } = input;
  const { topicNumber, least, most } = group;
  const id = await insertGroup(tx, grouping, { key, title, topicNumber, least, most });
  await tx.updateTable('workGroup').set({ isPinned: true }).where('id', '=', group.id).execute();
  const place = { groupId: id, isOut: false, isPinned: true, cameBy: 'hand' as const };
  for (const { personId } of going) await putMember(tx, grouping.id, { ...place, personId });
  const people = going.map(({ personId }) => personId);
  await voidSwaps(tx, actor, grouping.id, people);
  await settlePlaces(tx, summit, grouping.id);
  const event = await recordEvent(tx, actor, {
    kind: 'group.split',
    summitId,
    data: { grouping: grouping.id, from: group.id, group: id, people: going.length },
  });
  if (grouping.state === 'set') {
    const after = await lockGrouping(tx, summitId, grouping.id);
    const told = { people, isChanged: true, key: `group-split:${event}` };
    if (after.ok) await tellPeople(tx, actor, summit, after.value.grouping, told);
  }
  return ok({ key });
}

/** Takes a group away; whoever is in it is in none then. Event `group.removed`. */
export async function removeGroup(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  input: { readonly grouping: string; readonly group: string },
): Promise<Result<{ readonly people: number }, Problem>> {
  const locked = await lockGrouping(tx, summitId, input.grouping);
  if (!locked.ok) return locked;
  const { summit, grouping } = locked.value;
  const group = groupFor(grouping, input.group);
  if (group === undefined) return fail(noSuchGroup('group'));
  const own = grouping.members.filter(({ key }) => key === group.key);
  const place = { groupId: null, isOut: false, isPinned: false, cameBy: 'hand' as const };
  for (const { personId } of own) await putMember(tx, grouping.id, { ...place, personId });
  await tx.deleteFrom('groupNeeded').where('groupId', '=', group.id).execute();
  await tx.deleteFrom('workGroup').where('id', '=', group.id).execute();
  const people = own.map(({ personId }) => personId);
  if (people.length > 0) await voidSwaps(tx, actor, grouping.id, people);
  await settlePlaces(tx, summit, grouping.id);
  const event = await recordEvent(tx, actor, {
    kind: 'group.removed',
    summitId,
    data: { grouping: grouping.id, topic: group.topicNumber, people: own.length },
  });
  if (grouping.state === 'set') {
    const after = await lockGrouping(tx, summitId, grouping.id);
    const told = { people, isChanged: true, key: `group-removed:${event}` };
    if (after.ok) await tellPeople(tx, actor, summit, after.value.grouping, told);
  }
  return ok({ people: own.length });
}
