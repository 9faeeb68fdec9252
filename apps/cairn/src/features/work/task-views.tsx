import { daysBetween, type PlainDate, type ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { SubmitButton } from '../../design/actions.tsx';
import { EmptyState } from '../../design/empty.tsx';
import { Mark } from '../../design/mark.tsx';
import { Day, DayOf } from '../../design/prose.tsx';
import { type Column, Table } from '../../design/table.tsx';
import type { Task } from './task-queries.ts';

interface TasksProps {
  readonly tasks: readonly Task[];
  /** `/s/<summit>`. */
  readonly home: string;
  /** Where “Done” is posted to: this page. */
  readonly href: string;
  readonly today: PlainDate;
}

/** How a task stands to its day. */
function Due({ due, today }: { due: PlainDate | undefined; today: PlainDate }) {
  if (due === undefined) return <span class="quiet">no day</span>;
  const late = daysBetween(due, today);
  if (late <= 0) return <Day date={due} />;
  return (
    <Mark shape="diamond" tone="bad">
      <Day date={due} />, late by {counted(late, 'day')}
    </Mark>
  );
}

const Origin = ({ task: { origin }, home }: { task: Task; home: string }) => (
  <>
    <a href={`${home}${origin.page}`}>{origin.title}</a>
    {origin.isGone && ' (its line was taken out there)'}
  </>
);

const DoneButton = ({ task, href }: { task: Task; href: string }) => (
  <form method="post" action={href}>
    <input type="hidden" name="task" value={task.id} />
    <SubmitButton weight="plain" name="done" value={task.state === 'open' ? 'yes' : 'no'}>
      {task.state === 'open' ? 'Done' : 'Not done after all'}
      <span class="unseen">: {task.title}</span>
    </SubmitButton>
  </form>
);

/** What one person is to do, and what they have done. */
export function OwnTasks({ tasks, home, href, today, zone }: TasksProps & { zone: ZoneName }) {
  const open = lateFirst(
    tasks.filter(({ state }) => state === 'open'),
    today,
  );
  const done = tasks
    .filter(({ state }) => state === 'done')
    .sort((a, b) => b.changedAt.epochMilliseconds - a.changedAt.epochMilliseconds);
  const [task, from, press] = columnsOf({ home, href });
  return (
    <>
      {open.length === 0 ? (
        <EmptyState next={{ href: `${home}/tasks`, label: 'All open tasks of this summit' }}>
          Nothing is to be done by you. A line such as “- [ ] @you write the page by Friday” in the
          notes of a meeting, or in the first tasks of a planned topic, becomes a task.
        </EmptyState>
      ) : (
        <>
          <Table
            caption="To do"
            rows={open}
            rowKey={({ id }) => id}
            empty=""
            wide
            columns={[task, dueColumn(today), from, press]}
          />
          <p>
            <a href={`${home}/tasks`}>All open tasks of this summit</a>
          </p>
        </>
      )}
      {done.length > 0 && (
        <Table
          caption="Done"
          rows={done}
          rowKey={({ id }) => id}
          empty=""
          wide
          columns={[
            task,
            {
              head: 'Done on',
              kind: 'date',
              cell: ({ changedAt }) => <DayOf instant={changedAt} zone={zone} />,
            },
            from,
            press,
          ]}
        />
      )}
    </>
  );
}

/** Everything that is still to be done in a summit, by whomever. */
export function AllTasks({ tasks, home, href, today }: TasksProps) {
  if (tasks.length === 0) {
    return (
      <EmptyState next={{ href: `${home}/meetings`, label: 'The meetings and their notes' }}>
        No task is open. A line such as “- [ ] @ada write the page by Friday” in the notes of a
        meeting becomes one.
      </EmptyState>
    );
  }
  const [task, from, press] = columnsOf({ home, href });
  return (
    <Table
      caption="Open tasks"
      note={`${tasks.length}`}
      rows={lateFirst(tasks, today)}
      rowKey={({ id }) => id}
      empty=""
      wide
      columns={[
        task,
        {
          head: 'Whose',
          cell: ({ owners }) =>
            owners.length === 0 ? (
              <Mark shape="ring" tone="warn">
                nobody’s yet
              </Mark>
            ) : (
              owners.map(({ name }) => name).join(', ')
            ),
        },
        dueColumn(today),
        from,
        press,
      ]}
    />
  );
}

const dueColumn = (today: PlainDate): Column<Task> => ({
  head: 'By',
  kind: 'date',
  cell: ({ due }) => <Due due={due} today={today} />,
});

const columnsOf = ({
  home,
  href,
}: Pick<TasksProps, 'home' | 'href'>): [Column<Task>, Column<Task>, Column<Task>] => [
  { head: 'Task', cell: ({ title }) => title },
  { head: 'From', cell: (task) => <Origin task={task} home={home} /> },
  { head: 'Tick', cell: (task) => <DoneButton task={task} href={href} /> },
];

/** Those that are late first, the latest on top; the others stay in the order of their days. */
function lateFirst(tasks: readonly Task[], today: PlainDate): Task[] {
  const isLate = ({ due }: Task) => due !== undefined && daysBetween(due, today) > 0;
  return [...tasks.filter(isLate), ...tasks.filter((task) => !isLate(task))];
}
