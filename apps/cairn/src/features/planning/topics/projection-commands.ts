import { createHash } from 'node:crypto';
import { expectOk } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { PlanDocument } from '../documents/document-rules.ts';
import { topicProblems } from '../documents/topic-problem-rules.ts';
import { readTopic, type TopicDocument } from '../documents/topic-rules.ts';
import type { DocumentChange, MainProjection, PlanServices } from '../repository/main-commands.ts';
import { replaceThread, touched, turnThread } from '../threads/edit-commands.ts';
import { noteHappening } from '../threads/happening-commands.ts';
import { changeLabels } from '../threads/label-commands.ts';
import { openThread } from '../threads/thread-commands.ts';
import { broughtBy } from './brought-queries.ts';
import { followDuplicates } from './merge-commands.ts';
import { factsOf, problemText, type TopicFacts } from './topic-facts-rules.ts';
import { type TopicRow, topicRowAt } from './topic-queries.ts';

interface TopicChange extends DocumentChange {
  readonly document: PlanDocument;
}

/**
 * What follows in the database from topic documents of main: a new one gets a number and a thread; its
 * title, state and labels follow what the document says; one that is taken away drops its topic. What a
 * topic lacks is told once, and no longer when it is mended.
 */
export const projectTopics: MainProjection = async (tx, services, actor, summitId, changes) => {
  const own = changes.filter(
    ({ path }) => /^topics\/[^/]+\.md$/.test(path) && !path.endsWith('/README.md'),
  );
  if (own.length === 0) return;
  const context = { tx, services, actor, summitId };
  const gone = new Map<string, TopicRow>();
  for (const { path, document } of own) {
    if (document !== undefined) continue;
    const row = await topicRowAt(tx, summitId, path);
    if (row !== undefined) gone.set(path, row);
  }
  for (const change of own) {
    if (change.document?.kind === 'topic') {
      await follow(context, { ...change, document: change.document }, gone);
    }
  }
  for (const row of gone.values()) await dropTopic(context, row);
  await followDuplicates(tx, actor, summitId);
};

interface Context {
  readonly tx: Tx;
  readonly services: PlanServices;
  readonly actor: Actor;
  readonly summitId: string;
}

async function follow(
  context: Context,
  { path, document }: TopicChange,
  gone: Map<string, TopicRow>,
): Promise<void> {
  const { tx, summitId } = context;
  const says = readTopic(document);
  const facts = factsOf(says, markOf(says));
  const known =
    (await topicRowAt(tx, summitId, path)) ?? (await moved(context, path, document, gone));
  const number =
    known === undefined
      ? await openTopicThread(context, path, document, says, facts)
      : await update(context, known, document, says, facts);
  await tell(context, number, says, document);
}

/** A file that was given another name keeps its number: the one taken away of the same title. */
async function moved(
  { tx, summitId }: Context,
  path: string,
  { title }: PlanDocument,
  gone: Map<string, TopicRow>,
): Promise<TopicRow | undefined> {
  for (const [before, row] of gone) {
    const thread = await tx
      .selectFrom('planThread')
      .select('title')
      .where('summitId', '=', summitId)
      .where('number', '=', row.number)
      .executeTakeFirst();
    if (thread?.title !== title) continue;
    gone.delete(before);
    await tx
      .updateTable('planTopic')
      .set({ path })
      .where('summitId', '=', summitId)
      .where('number', '=', row.number)
      .execute();
    return { ...row, path };
  }
  return undefined;
}

async function openTopicThread(
  context: Context,
  path: string,
  document: PlanDocument,
  says: TopicDocument,
  facts: TopicFacts,
): Promise<number> {
  const { tx, actor, summitId } = context;
  const writer = await broughtBy(tx, context, says);
  const { number } = expectOk(
    await openThread(tx, actor, {
      summitId,
      kind: 'topic',
      title: titleOf(document),
      body: '',
      ...(writer === undefined ? {} : { writer }),
    }),
  );
  await tx
    .insertInto('planTopic')
    .values({
      summitId,
      number,
      path,
      state: says.state,
      duplicateOf: null,
      facts: JSON.stringify(facts),
      problem: problemText(says),
    })
    .execute();
  await followLabels(context, number, [], facts.labels);
  if (isOver(says.state)) await turnTopicThread(context, number, says.state);
  return number;
}

async function update(
  context: Context,
  row: TopicRow,
  document: PlanDocument,
  says: TopicDocument,
  facts: TopicFacts,
): Promise<number> {
  const { tx, actor, summitId } = context;
  const { number } = row;
  const place = { summitId, number };
  await tx
    .updateTable('planTopic')
    .set({ facts: JSON.stringify(facts), problem: problemText(says), state: says.state })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  expectOk(await replaceThread(tx, actor, place, { title: titleOf(document), body: '' }));
  await followLabels(context, number, row.facts.labels, facts.labels);
  if (row.facts.texts !== facts.texts) {
    const { head } = await tx
      .selectFrom('planRepository')
      .select('head')
      .where('summitId', '=', summitId)
      .executeTakeFirstOrThrow();
    const data = { path: row.path, commit: head };
    await noteHappening(tx, actor, place, { kind: 'document', data });
  }
  if (row.state !== says.state) {
    const data = { from: row.state, to: says.state };
    await noteHappening(tx, actor, place, { kind: 'state', data });
    await turnTopicThread(context, number, says.state);
    await recordEvent(tx, actor, {
      kind: 'topic.changed',
      summitId,
      data: { number, state: says.state },
    });
  }
  await touched(tx, actor, place);
  return number;
}

/** A topic whose document was taken away is dropped; what was said about it stays. */
async function dropTopic(context: Context, { number, path, state }: TopicRow): Promise<void> {
  const { tx, actor, summitId } = context;
  const place = { summitId, number };
  await noteHappening(tx, actor, place, { kind: 'document-gone', data: { path } });
  await tx
    .deleteFrom('planTopicTold')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await touched(tx, actor, place);
  if (state === 'dropped') return;
  await tx
    .updateTable('planTopic')
    .set({ state: 'dropped' })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await turnTopicThread(context, number, 'dropped');
  const data = { number, state: 'dropped' };
  await recordEvent(tx, actor, { kind: 'topic.changed', summitId, data });
}

const isOver = (state: TopicDocument['state']): boolean => state === 'done' || state === 'dropped';

/** A topic's thread is closed while the topic is done or dropped. Events `thread.closed`, `thread.reopened`. */
async function turnTopicThread(
  { tx, actor, summitId }: Context,
  number: number,
  state: TopicDocument['state'],
): Promise<void> {
  const closes = isOver(state);
  const isNew = await turnThread(tx, actor, { summitId, number }, closes ? 'closed' : 'open');
  if (!isNew) return;
  const kind = closes ? 'thread.closed' : 'thread.reopened';
  await recordEvent(tx, actor, { kind, summitId, data: { number } });
}

/**
 * Labels of a thread follow those of its document: what the document gained is added, what it lost is
 * taken off. Others, set in the conversation, stay.
 */
const followLabels = (
  { tx, actor, summitId }: Context,
  number: number,
  before: readonly string[],
  now: readonly string[],
): Promise<void> =>
  changeLabels(
    tx,
    actor,
    { summitId, number },
    {
      added: now.filter((label) => !before.includes(label) && label.trim() !== ''),
      removed: before.filter((label) => !now.includes(label)),
    },
  );

/** Says once what a topic lacks, and nothing any more when it lacks nothing. */
async function tell(
  { tx, actor, summitId }: Context,
  number: number,
  says: TopicDocument,
  document: PlanDocument,
): Promise<void> {
  const problems = [...document.problems, ...topicProblems(says)];
  if (problems.length === 0) {
    await tx
      .deleteFrom('planTopicTold')
      .where('summitId', '=', summitId)
      .where('number', '=', number)
      .execute();
    return;
  }
  const told = JSON.stringify(problems);
  await tx
    .insertInto('planTopicTold')
    .values({ summitId, number, problems: told, toldAt: actor.now })
    .onConflict((conflict) =>
      conflict.columns(['summitId', 'number']).doUpdateSet({ problems: told }),
    )
    .execute();
}

/** By what two states of the texts of a topic are told apart. */
const markOf = (says: TopicDocument): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        says.problem,
        says.goal,
        says.doneWhen,
        says.firstTasks,
        says.rest,
        says.links,
        says.projects,
        says.effort ?? null,
      ]),
    )
    .digest('hex')
    .slice(0, 16);

/** A thread's title is one line that is not too long, whatever the document says. */
const titleOf = ({ title, path }: PlanDocument): string =>
  title.replaceAll('\0', '').replace(/\s+/g, ' ').trim().slice(0, 200).trim() || path;
