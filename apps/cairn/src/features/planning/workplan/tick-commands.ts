import { expectOk } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { readPlanDocument } from '../documents/document-rules.ts';
import { readTopic, writeTopic } from '../documents/topic-rules.ts';
import { commitToMain, type PlanServices } from '../repository/main-commands.ts';

/**
 * Ticks the line of a task in its topic's document, or unticks it, when the task was closed on a page:
 * a commit in the name of whoever did. Nothing where the line is gone or stands like that.
 */
export async function tickTopicTask(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  point: { readonly originId: string; readonly text: string; readonly isDone: boolean },
): Promise<void> {
  const row = await tx
    .selectFrom('planTopic')
    .innerJoin('planDocument', (join) =>
      join
        .onRef('planDocument.summitId', '=', 'planTopic.summitId')
        .onRef('planDocument.path', '=', 'planTopic.path'),
    )
    .select(['planTopic.summitId', 'planTopic.path', 'source'])
    .where('taskOrigin', '=', point.originId)
    .executeTakeFirst();
  const document = row && readPlanDocument(row.path, row.source);
  if (row === undefined || document === undefined) return;
  const topic = readTopic(document);
  const at = topic.firstTasks.findIndex(
    ({ text, done }) => text === point.text && done !== point.isDone,
  );
  if (at < 0) return;
  const content = writeTopic(row.source, {
    ...topic,
    firstTasks: topic.firstTasks.map((task, index) =>
      index === at ? { ...task, done: point.isDone } : task,
    ),
  });
  const verb = point.isDone ? 'Tick' : 'Untick';
  expectOk(
    await commitToMain(tx, services, actor, row.summitId, {
      changes: [{ path: row.path, content }],
      message: `${verb} a task: ${topic.title}`,
    }),
  );
}
