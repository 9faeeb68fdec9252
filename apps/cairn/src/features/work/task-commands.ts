import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../platform/db/command.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { Organiser, Self } from '../people/rights.ts';
import type { ActionItem } from './action-rules.ts';
import { matchLines } from './match-rules.ts';

/** Where tasks come from: a text whose lines they are. */
export interface TaskOrigin {
  readonly kind: 'meeting_text' | 'topic';
  readonly id: string;
  /** How the text is called, e.g. “Notes of the February call” or “Topic: Sparse arrays”. */
  readonly title: string;
  /** Its page, below the summit's: `/meetings/february/notes`. */
  readonly page: string;
}

interface TaskRow {
  readonly id: string;
  readonly title: string;
  readonly dueOn: string | null;
  readonly state: 'open' | 'done' | 'dropped';
  readonly originTitle: string;
  readonly originText: string;
  readonly originLine: number | null;
  readonly originDone: boolean;
  readonly touchedAt: Actor['now'] | null;
}

/**
 * Makes the tasks of one text what its action items say now. A line keeps its task while it is
 * reworded and moved; ticking it closes the task and unticking opens it again. A line that is gone
 * drops its task, unless the task was changed elsewhere: then it stays and says that its line is gone.
 * One event for each task that changed. The same items again change nothing.
 */
export async function syncTasks(
  tx: Tx,
  actor: Actor,
  {
    summitId,
    origin,
    items,
  }: {
    readonly summitId: string;
    readonly origin: TaskOrigin;
    readonly items: readonly ActionItem[];
  },
): Promise<Result<{ readonly changed: number }, Problem>> {
  const rows: TaskRow[] = await tx
    .selectFrom('task')
    .select([
      'id',
      'title',
      'dueOn',
      'state',
      'originTitle',
      'originText',
      'originLine',
      'originDone',
    ])
    .select('touchedAt')
    .where('originKind', '=', origin.kind)
    .where('originId', '=', origin.id)
    .orderBy('createdAt')
    .orderBy('id')
    .forUpdate()
    .execute();
  const owners = await ownersOf(
    tx,
    rows.map(({ id }) => id),
  );
  const known = rows.map((row) => ({
    ...row,
    text: row.originText,
    line: row.originLine ?? undefined,
  }));
  const { pairs, gone, added } = matchLines(known, items);
  let changed = 0;
  for (const item of added) {
    await addTask(tx, actor, summitId, origin, item);
    changed += 1;
  }
  for (const { known: row, present } of pairs) {
    const before = owners.get(row.id) ?? [];
    changed += Number(await updateTask(tx, actor, summitId, origin, row, before, present));
  }
  for (const row of gone) changed += Number(await loseLine(tx, actor, summitId, row));
  return ok({ changed });
}

async function ownersOf(
  tx: Tx,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const owners = new Map<string, string[]>();
  if (taskIds.length === 0) return owners;
  const rows = await tx
    .selectFrom('taskOwner')
    .select(['taskId', 'personId'])
    .where('taskId', 'in', taskIds)
    .execute();
  for (const { taskId, personId } of rows) {
    owners.set(taskId, [...(owners.get(taskId) ?? []), personId]);
  }
  return owners;
}

/** What a task takes from its line. */
const fromLine = ({ title, due, text, line, isDone }: ActionItem) => ({
  title,
  dueOn: due?.toString() ?? null,
  originText: text,
  originLine: line,
  originDone: isDone,
});

async function addTask(
  tx: Tx,
  actor: Actor,
  summitId: string,
  origin: TaskOrigin,
  item: ActionItem,
): Promise<void> {
  const { id } = await tx
    .insertInto('task')
    .values({
      ...fromLine(item),
      summitId,
      state: item.isDone ? 'done' : 'open',
      originKind: origin.kind,
      originId: origin.id,
      originTitle: origin.title,
      originPage: origin.page,
      touchedAt: null,
      createdAt: actor.now,
      changedAt: actor.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await setOwners(tx, id, [], item.owners);
  await recordEvent(tx, actor, {
    kind: 'task.added',
    summitId,
    data: { task: id, owners: item.owners, due: item.due?.toString() ?? null },
  });
}

async function updateTask(
  tx: Tx,
  actor: Actor,
  summitId: string,
  origin: TaskOrigin,
  row: TaskRow,
  owners: readonly string[],
  item: ActionItem,
): Promise<boolean> {
  const wanted = fromLine(item);
  // A tick that did not change in the line says nothing about a task that was closed elsewhere.
  const hasTicked = item.isDone !== row.originDone;
  const isBack = row.state === 'dropped';
  const state = hasTicked || isBack ? (item.isDone ? 'done' : 'open') : row.state;
  const hasNewOwners = [...owners].sort().join() !== [...item.owners].sort().join();
  const isNew =
    hasNewOwners || state !== row.state || wanted.title !== row.title || wanted.dueOn !== row.dueOn;
  const isSameLine =
    wanted.originText === row.originText &&
    wanted.originLine === row.originLine &&
    !hasTicked &&
    origin.title === row.originTitle;
  if (!isNew && isSameLine) return false;
  await tx
    .updateTable('task')
    .set({
      ...wanted,
      state,
      originTitle: origin.title,
      ...(isNew ? { changedAt: actor.now } : {}),
    })
    .where('id', '=', row.id)
    .execute();
  await setOwners(tx, row.id, owners, item.owners);
  if (!isNew) return false;
  const kind =
    state === row.state ? 'task.changed' : state === 'done' ? 'task.done' : 'task.reopened';
  await recordEvent(tx, actor, {
    kind,
    summitId,
    data: { task: row.id, owners: item.owners, due: wanted.dueOn, from: 'line' },
  });
  return true;
}

async function setOwners(
  tx: Tx,
  taskId: string,
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  const left = before.filter((id) => !after.includes(id));
  if (left.length > 0) {
    await tx
      .deleteFrom('taskOwner')
      .where('taskId', '=', taskId)
      .where('personId', 'in', left)
      .execute();
  }
  const joined = after.filter((id) => !before.includes(id));
  if (joined.length === 0) return;
  await tx
    .insertInto('taskOwner')
    .values(joined.map((personId) => ({ taskId, personId, toldAt: null })))
    .execute();
}

async function loseLine(tx: Tx, actor: Actor, summitId: string, row: TaskRow): Promise<boolean> {
  if (row.originLine === null) return false;
  const isDropped = row.state === 'open' && row.touchedAt === null;
  await tx
    .updateTable('task')
    .set({
      originLine: null,
      state: isDropped ? 'dropped' : row.state,
      changedAt: actor.now,
    })
    .where('id', '=', row.id)
    .execute();
  await recordEvent(tx, actor, {
    kind: isDropped ? 'task.dropped' : 'task.line_lost',
    summitId,
    data: { task: row.id },
  });
  return true;
}

/**
 * Says of a task that it is done, or that it is not after all; whoever takes part may, as they may
 * tick its line. The text that it comes from is ticked after it. Saying it again changes nothing.
 */
export async function setTaskDone(
  tx: Tx,
  actor: Actor,
  { summitId }: Self | Organiser,
  { task, isDone }: { readonly task: string; readonly isDone: boolean },
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  const row = await tx
    .selectFrom('task')
    .select(['id', 'state', 'originLine'])
    .where('id', '=', task)
    .where('summitId', '=', summitId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined || row.state === 'dropped') {
    return fail(problem('no-such-task', 'This task is gone: its line was taken out.'));
  }
  const state = isDone ? 'done' : 'open';
  if (row.state === state) return ok({ hasChanged: false });
  await tx
    .updateTable('task')
    .set({ state, touchedAt: actor.now, changedAt: actor.now })
    .where('id', '=', task)
    .execute();
  await recordEvent(tx, actor, {
    kind: isDone ? 'task.done' : 'task.reopened',
    summitId,
    data: { task, from: 'page' },
  });
  return ok({ hasChanged: true });
}
