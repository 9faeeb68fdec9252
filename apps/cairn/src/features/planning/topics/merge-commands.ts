import { sql } from 'kysely';
import type { Actor } from '../../../platform/db/command.ts';
import { recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { mergeInterest } from '../interest/interest-commands.ts';
import { touched } from '../threads/edit-commands.ts';
import { noteHappening } from '../threads/happening-commands.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';
import { type ActiveMerge, activeMerge, type Gained } from './merge-queries.ts';
import { leadsTo, rootOf } from './part-rules.ts';
import { readFacts } from './topic-facts-rules.ts';

/**
 * Brings merges of topics up to what their documents say: one that names another as that of which it
 * is a duplicate becomes part of it; one that does so no longer is taken out again. So it does not
 * matter through which door the document was changed.
 */
export async function followDuplicates(tx: Tx, actor: Actor, summitId: string): Promise<void> {
  const rows = await tx
    .selectFrom('planTopic')
    .select(['number', 'path', 'facts', 'duplicateOf'])
    .where('summitId', '=', summitId)
    .orderBy('number')
    .execute();
  const numbers = new Map(rows.map(({ path, number }) => [path, number]));
  const parts = new Map(rows.map(({ number, duplicateOf }) => [number, duplicateOf]));
  for (const { number, facts, duplicateOf } of rows) {
    const path = readFacts(facts).duplicateOf;
    const said = path === null ? undefined : numbers.get(path);
    if (duplicateOf !== null && (said === undefined || !leadsTo(parts, said, duplicateOf))) {
      await takeOut(tx, actor, { summitId, number });
      parts.set(number, null);
    }
    if (said === undefined || parts.get(number) !== null) continue;
    const into = rootOf(parts, said);
    // Two that name each other are no duplicates of anything.
    if (into === undefined || into === number || leadsTo(parts, into, number)) continue;
    await joinInto(tx, actor, { summitId, number }, into);
    parts.set(number, into);
  }
}

/**
 * Makes a topic part of another one: its comments show there, with where they were said; labels and
 * interest join. Nothing is lost: what came over is kept with the merge. Event `topic.merged`.
 */
async function joinInto(
  tx: Tx,
  actor: Actor,
  { summitId, number }: ThreadPlace,
  into: number,
): Promise<void> {
  const { id } = await tx
    .insertInto('planTopicMerge')
    .values({
      summitId,
      number,
      intoNumber: into,
      gained: '{}',
      mergedAt: actor.now,
      mergedBy: actor.personId ?? null,
      undoneAt: null,
      undoneBy: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const moved = await tx
    .updateTable('planComment')
    .set({ number: into, movedFrom: sql`coalesce(moved_from, ${number})` })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .returning('id')
    .execute();
  if (moved.length > 0) {
    await tx
      .insertInto('planTopicMergeComment')
      .values(moved.map((comment) => ({ mergeId: id, commentId: comment.id })))
      .execute();
  }
  const from = await saidOf(tx, summitId, number);
  const before = await saidOf(tx, summitId, into);
  await mergeInterest(tx, actor, summitId, { from: number, into });
  const interest = { from, before, after: await saidOf(tx, summitId, into) };
  const gained = { labels: await joinLabels(tx, { summitId, number }, into), interest };
  await tx
    .updateTable('planTopicMerge')
    .set({ gained: JSON.stringify(gained) })
    .where('id', '=', id)
    .execute();
  await setPart(tx, { summitId, number }, into);
  await noteHappening(
    tx,
    actor,
    { summitId, number: into },
    { kind: 'merged', data: { from: number } },
  );
  await noteHappening(tx, actor, { summitId, number }, { kind: 'merged-into', data: { into } });
  await touched(tx, actor, { summitId, number: into });
  await touched(tx, actor, { summitId, number });
  await recordEvent(tx, actor, { kind: 'topic.merged', summitId, data: { number, into } });
}

/**
 * Takes a topic out of the one that it was merged into: its comments, its interest and labels are as
 * they were, and what was said since stays where it was said. Event `topic.unmerged`.
 */
async function takeOut(tx: Tx, actor: Actor, place: ThreadPlace): Promise<void> {
  const { summitId, number } = place;
  const merge = await activeMerge(tx, place);
  await setPart(tx, place, null);
  if (merge === undefined) return;
  const { id, into, gained } = merge;
  const comments = tx
    .selectFrom('planTopicMergeComment')
    .select('commentId')
    .where('mergeId', '=', id);
  await tx
    .updateTable('planComment')
    .set({ number, movedFrom: sql`nullif(moved_from, ${number})` })
    .where('id', 'in', comments)
    .execute();
  // Where the other topic was merged further, they no longer belong to what goes back with it.
  await tx
    .deleteFrom('planTopicMergeComment')
    .where('commentId', 'in', comments)
    .where('mergeId', '<>', id)
    .where('mergeId', 'in', (eb) =>
      eb.selectFrom('planTopicMerge').select('id').where('undoneAt', 'is', null),
    )
    .execute();
  await takeBackInterest(tx, actor, { summitId, number }, into, gained);
  if (gained.labels.length > 0) {
    await tx
      .deleteFrom('planLabel')
      .where('summitId', '=', summitId)
      .where('number', '=', into)
      .where('label', 'in', gained.labels)
      .execute();
  }
  await tx
    .updateTable('planTopicMerge')
    .set({ undoneAt: actor.now, undoneBy: actor.personId ?? null })
    .where('id', '=', id)
    .execute();
  await noteHappening(
    tx,
    actor,
    { summitId, number: into },
    { kind: 'unmerged', data: { from: number } },
  );
  await noteHappening(tx, actor, place, { kind: 'unmerged-from', data: { into } });
  await touched(tx, actor, { summitId, number: into });
  await touched(tx, actor, place);
  await recordEvent(tx, actor, { kind: 'topic.unmerged', summitId, data: { number, into } });
}

const setPart = (tx: Tx, { summitId, number }: ThreadPlace, into: number | null) =>
  tx
    .updateTable('planTopic')
    .set({ duplicateOf: into })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();

const saidOf = (tx: Tx, summitId: string, number: number) =>
  tx
    .selectFrom('planInterest')
    .select(['personId', 'level', 'why'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .orderBy('personId')
    .execute();

/** Gives a topic the labels of another one; those that it had not. */
async function joinLabels(
  tx: Tx,
  { summitId, number }: ThreadPlace,
  into: number,
): Promise<string[]> {
  const rows = await tx
    .insertInto('planLabel')
    .columns(['summitId', 'number', 'label'])
    .expression((eb) =>
      eb
        .selectFrom('planLabel')
        .select(['summitId', sql<number>`${into}::integer`.as('number'), 'label'])
        .where('summitId', '=', summitId)
        .where('number', '=', number),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('label')
    .execute();
  return rows.map(({ label }) => label);
}

/** Restores what people had said of both, except where they have said something else since. */
async function takeBackInterest(
  tx: Tx,
  actor: Actor,
  { summitId, number }: ThreadPlace,
  into: number,
  { interest }: Gained,
): Promise<void> {
  const { from, before, after } = interest;
  const now = new Map((await saidOf(tx, summitId, into)).map((row) => [row.personId, row]));
  for (const said of from) {
    await tx
      .insertInto('planInterest')
      .values({ summitId, number, ...said, changedAt: actor.now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await tellInterest(tx, actor, { summitId, number }, said.personId, said.level);
    const gained = after.find(({ personId }) => personId === said.personId);
    const was = before.find(({ personId }) => personId === said.personId);
    const is = now.get(said.personId);
    const isAsGained = is !== undefined && is.level === gained?.level && is.why === gained.why;
    if (!isAsGained || (was !== undefined && was.level === is.level && was.why === is.why))
      continue;
    if (was === undefined) {
      await tx
        .deleteFrom('planInterest')
        .where('summitId', '=', summitId)
        .where('number', '=', into)
        .where('personId', '=', said.personId)
        .execute();
    } else {
      await tx
        .updateTable('planInterest')
        .set({ level: was.level, why: was.why, changedAt: actor.now })
        .where('summitId', '=', summitId)
        .where('number', '=', into)
        .where('personId', '=', said.personId)
        .execute();
    }
    await tellInterest(tx, actor, { summitId, number: into }, said.personId, was?.level ?? null);
  }
}

const tellInterest = (
  tx: Tx,
  actor: Actor,
  { summitId, number }: ThreadPlace,
  personId: string,
  level: string | null,
) =>
  recordEvent(tx, actor, {
    kind: 'interest.changed',
    summitId,
    personId,
    data: { number, level },
  });

/** Keeps with a merge what the documents gained by it. */
export async function keepGained(
  tx: Tx,
  merge: ActiveMerge,
  documents: Pick<Gained, 'people' | 'documentLabels' | 'state' | 'lead'>,
): Promise<void> {
  await tx
    .updateTable('planTopicMerge')
    .set({ gained: JSON.stringify({ ...merge.gained, ...documents }) })
    .where('id', '=', merge.id)
    .execute();
}
