import type { PlainDate } from '@cairn/kernel/time';
import { Temporal } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../platform/db/database.ts';
import type { Self } from '../people/rights.ts';

/** Something that is to be done, or was. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly due: PlainDate | undefined;
  readonly state: 'open' | 'done';
  readonly owners: readonly { readonly id: string; readonly name: string }[];
  /** Where it was written down; its page is below the summit's. */
  readonly origin: {
    readonly title: string;
    readonly page: string;
    /** Its line was taken out there. */
    readonly isGone: boolean;
  };
  /** When it last changed; of one that is done, when it was closed. */
  readonly changedAt: Temporal.Instant;
}

const tasksWhere = async (
  db: Reader,
  condition: ReturnType<typeof sql<boolean>>,
): Promise<Task[]> => {
  const { rows } = await sql<{
    id: string;
    title: string;
    dueOn: string | null;
    state: 'open' | 'done';
    originTitle: string;
    originPage: string;
    originLine: number | null;
    changedAt: Temporal.Instant;
    owners: { id: string; name: string }[];
  }>`
    select task.id, task.title, task.due_on, task.state, task.origin_title, task.origin_page,
      task.origin_line, task.changed_at,
      coalesce((
        select json_agg(json_build_object('id', person.id, 'name', person.name) order by person.name)
        from task_owner join person on person.id = task_owner.person_id
        where task_owner.task_id = task.id
      ), '[]') as owners
    from task where task.state <> 'dropped' and ${condition}
    order by task.due_on nulls last, task.created_at, task.origin_line, task.id`.execute(db);
  return rows.map(({ originTitle, originPage, originLine, dueOn, ...row }) => ({
    ...row,
    due: dueOn === null ? undefined : Temporal.PlainDate.from(dueOn),
    origin: { title: originTitle, page: originPage, isGone: originLine === null },
  }));
};

/** The tasks of one person in a summit: open ones by their day, and those that are done. */
export const tasksOf = (db: Reader, { summitId, personId }: Self): Promise<Task[]> =>
  tasksWhere(
    db,
    sql<boolean>`task.summit_id = ${summitId}
      and exists (select from task_owner where task_id = task.id and person_id = ${personId})`,
  );

/** Every open task of a summit, by its day. For those who take part. */
export const openTasks = (db: Reader, summitId: string): Promise<Task[]> =>
  tasksWhere(db, sql<boolean>`task.summit_id = ${summitId} and task.state = 'open'`);

/** The tasks of one text, open and done, in the order of its lines. */
export async function tasksFrom(
  db: Reader,
  origin: { readonly kind: 'meeting_text' | 'topic'; readonly id: string },
): Promise<Task[]> {
  return tasksWhere(
    db,
    sql<boolean>`task.origin_kind = ${origin.kind} and task.origin_id = ${origin.id}`,
  );
}

/** The line that a task stands on, as it was when it was last read; undefined once it is gone. */
export async function lineOfTask(
  db: Reader,
  task: string,
): Promise<
  | {
      readonly originKind: 'meeting_text' | 'topic';
      readonly originId: string;
      readonly text: string;
      readonly line: number;
      readonly isDone: boolean;
    }
  | undefined
> {
  const row = await db
    .selectFrom('task')
    .select(['originKind', 'originId', 'originText', 'originLine', 'state'])
    .where('id', '=', task)
    .executeTakeFirst();
  if (row === undefined || row.originLine === null || row.state === 'dropped') return undefined;
  return {
    originKind: row.originKind,
    originId: row.originId,
    text: row.originText,
    line: row.originLine,
    isDone: row.state === 'done',
  };
}
