import { closedCode } from '@cairn/formats/code-fences';
import { equalData } from '@cairn/formats/plain-data';
import { taskListItems } from '@cairn/formats/task-list';

/** One of the tasks with which a topic begins. */
export interface FirstTask {
  /** In Markdown, one line. */
  readonly text: string;
  readonly done: boolean;
}

/** The points of the task lists of a section. */
export const firstTasksIn = (section: string): FirstTask[] =>
  taskListItems(section).map(({ text, isDone }) => ({ text, done: isDone }));

/** Tasks as the list that a document says them in. */
export const taskListText = (tasks: readonly FirstTask[]): string => tasks.map(pointOf).join('\n');

/**
 * A section with other tasks in it. A point that stays keeps its lines, and prose around the points
 * stays where it is, as far as the tasks can then be read.
 */
export function withFirstTasks(section: string, tasks: readonly FirstTask[]): string {
  const wanted = tasks
    .map(({ text, done }) => ({ text: text.replace(/\s+/g, ' ').trim(), done }))
    .filter(({ text }) => text !== '');
  const { lines, prose } = edited(section, wanted);
  const points = taskListText(wanted);
  const candidates = [tidy(lines), tidy([closedCode(tidy(prose)), '', points])];
  return candidates.find((text) => equalData(firstTasksIn(text), wanted)) ?? points;
}

/** The lines with the points changed in their places, and those that belong to none. */
function edited(
  section: string,
  wanted: readonly FirstTask[],
): { readonly lines: readonly string[]; readonly prose: readonly string[] } {
  const items = new Map(taskListItems(section).map((item) => [item.line, item]));
  const lines = section.replace(/\r\n?/g, '\n').split('\n');
  const out: string[] = [];
  const prose: string[] = [];
  let last = -1;
  let index = 0;
  for (let at = 0; at < lines.length; ) {
    const item = items.get(at + 1);
    if (item === undefined) {
      const line = lines[at] ?? '';
      out.push(line);
      prose.push(line);
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < lines.length && goesOn(lines[end] ?? '')) end += 1;
    const task = wanted[index];
    index += 1;
    if (task !== undefined) {
      const isSame = task.text === item.text && task.done === item.isDone;
      out.push(...(isSame ? lines.slice(at, end) : [pointOf(task)]));
      last = out.length - 1;
    }
    at = end;
  }
  const more = wanted.slice(items.size).map(pointOf);
  if (last >= 0) out.splice(last + 1, 0, ...more);
  else if (more.length > 0) return { lines: [tidy(out), '', ...more], prose };
  return { lines: out, prose };
}

const tidy = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();

const pointOf = ({ text, done }: FirstTask): string => `- [${done ? 'x' : ' '}] ${text}`;

/** Whether a line goes on with the point above it and is not one of its own. */
const goesOn = (line: string): boolean =>
  /^[\s>]*(?:\t|\s{2})\s*\S/.test(line) && !/^[\s>]*(?:[-+*]|\d{1,9}[.)])\s/.test(line);
