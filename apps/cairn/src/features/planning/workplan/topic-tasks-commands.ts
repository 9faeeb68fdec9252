import { expectOk } from '@cairn/kernel/result';
import { dateIn, expectZone } from '@cairn/kernel/time';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { summitDays } from '../../summits/facts.ts';
import { summitById } from '../../summits/queries.ts';
import { actionItems } from '../../work/action-rules.ts';
import { mentionablePeople } from '../../work/mention-queries.ts';
import { syncTasks, type TaskOrigin } from '../../work/task-commands.ts';
import { readPlanDocument } from '../documents/document-rules.ts';
import { kindOfPath } from '../documents/kind-rules.ts';
import { readTopic } from '../documents/topic-rules.ts';
import type { MainProjection } from '../repository/main-commands.ts';
import { handlesOf } from '../threads/handle-queries.ts';
import { PLANNED_STATES } from './workplan-rules.ts';

/**
 * Makes the first tasks of topics tasks like those of notes, so that their owners find them on their
 * page: of topics in the work plan. A topic that leaves it drops its tasks.
 */
export const projectTopicTasks: MainProjection = async (
  tx,
  _services,
  actor,
  summitId,
  changes,
) => {
  const paths = changes.map(({ path }) => path).filter((path) => kindOfPath(path) === 'topic');
  if (paths.length === 0) return;
  const rows = await tx
    .selectFrom('planTopic')
    .leftJoin('planDocument', (join) =>
      join
        .onRef('planDocument.summitId', '=', 'planTopic.summitId')
        .onRef('planDocument.path', '=', 'planTopic.path'),
    )
    .select(['planTopic.number', 'planTopic.path', 'taskOrigin', 'planTopic.duplicateOf', 'source'])
    .where('planTopic.summitId', '=', summitId)
    .where('planTopic.path', 'in', paths)
    .execute();
  for (const row of rows) await syncTopic(tx, actor, summitId, row);
};

interface TopicRow {
  readonly number: number;
  readonly path: string;
  readonly taskOrigin: string;
  readonly duplicateOf: number | null;
  /** Null where its document is gone. */
  readonly source: string | null;
}

async function syncTopic(tx: Tx, actor: Actor, summitId: string, row: TopicRow): Promise<void> {
  const document = row.source === null ? undefined : readPlanDocument(row.path, row.source);
  const topic = document === undefined ? undefined : readTopic(document);
  const isPlanned =
    topic !== undefined &&
    row.duplicateOf === null &&
    topic.duplicateOf === undefined &&
    PLANNED_STATES.some((state) => state === topic.state);
  const tasks = isPlanned ? topic.firstTasks : [];
  const origin: TaskOrigin = {
    kind: 'topic',
    id: row.taskOrigin,
    title: `Topic: ${topic?.title ?? row.path}`,
    page: `/plan/topics/${row.number}`,
  };
  const items = tasks.length === 0 ? [] : await itemsOf(tx, actor, summitId, tasks);
  expectOk(await syncTasks(tx, actor, { summitId, origin, items }));
}

async function itemsOf(
  tx: Tx,
  actor: Actor,
  summitId: string,
  tasks: readonly { readonly text: string; readonly done: boolean }[],
) {
  const { definition } = await summitById(tx, summitId);
  const people = await mentionablePeople(tx, summitId);
  const handles = await handlesOf(
    tx,
    people.map(({ id }) => id),
  );
  const lines = tasks.map(({ text, done }) => `- [${done ? 'x' : ' '}] ${text}`);
  return actionItems(lines.join('\n'), {
    // In a plan the handle of the plan counts first.
    people: people.map((person) => {
      const handle = handles.get(person.id);
      return handle === undefined ? person : { ...person, handles: [...person.handles, handle] };
    }),
    calledOn: dateIn(actor.now, expectZone(definition.zone)),
    summitStarts: summitDays(definition).start,
  });
}
