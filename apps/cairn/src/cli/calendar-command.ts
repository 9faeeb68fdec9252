import { parseArgs } from 'node:util';
import { type ReadCalendar, readCallCalendar } from '@cairn/formats/yaml2ics';
import { formatProblem, type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { exportCalendar } from './calendar-export.ts';
import { nextCalls } from './calendar-next.ts';
import { calendarReply } from './calendar-reply.ts';
import { type Command, EXIT, say } from './command.ts';
import { couldNot, printJson } from './output.ts';
import { readText } from './text-file.ts';

/** `cairn calendar check|export|next`: calendars of calls in YAML, without a server; `reply` asks one. */
export const calendarCommand: Command = async ([what, ...args]) => {
  switch (what) {
    case 'check':
      return check(args);
    case 'export':
      return exportCalendar(args, readCalendar);
    case 'next':
      return nextCalls(args, readCalendar);
    case 'reply':
      return calendarReply(args);
    default: {
      const named = what === undefined ? 'Say which' : `“${what}” is none of them`;
      say(
        `cairn calendar does check, export, next and reply. ${named}; see “cairn help calendar”.`,
      );
      return EXIT.couldNot;
    }
  }
};

/** How a calendar's file is read; fails where it is no calendar at all. */
export type ReadCalendarFile = (file: string) => Promise<Result<ReadCalendar, readonly Problem[]>>;

const readCalendar: ReadCalendarFile = async (file) => {
  const text = await readText(file);
  if (!text.ok) return fail([text.error]);
  const read = readCallCalendar(text.value, file);
  return read.ok ? ok(read.value) : fail(read.error);
};

/** `cairn calendar check FILE…`: everything that is wrong, or may not be meant, by its place. */
async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (positionals.length === 0) {
    const sentence = 'Name a file: cairn calendar check calls.yaml';
    return couldNot([problem('usage', sentence)], values.json);
  }
  const files: {
    file: string;
    calls: number;
    problems: readonly Problem[];
    notes: readonly Problem[];
  }[] = [];
  for (const file of positionals) {
    const read = await readCalendar(file);
    if (read.ok) {
      const { calendar, problems, notes } = read.value;
      files.push({ file, calls: calendar.events.length, problems, notes });
    } else if (read.error.some(({ code }) => code === 'unreadable' || code === 'not-utf8')) {
      return couldNot(read.error, values.json);
    } else {
      files.push({ file, calls: 0, problems: read.error, notes: [] });
    }
  }
  const isGood = files.every(({ problems }) => problems.length === 0);
  if (values.json) printJson({ ok: isGood, files });
  else for (const each of files) process.stdout.write(reportOf(each));
  return isGood ? EXIT.done : EXIT.badNews;
}

function reportOf({
  file,
  calls,
  problems,
  notes,
}: {
  readonly file: string;
  readonly calls: number;
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
}): string {
  const told = [
    ...problems.map((each) => ({ each, word: '' })),
    ...notes.map((each) => ({ each, word: 'note: ' })),
  ].toSorted((a, b) => (a.each.place.line ?? 0) - (b.each.place.line ?? 0));
  const lines = told.map(({ each, word }) =>
    formatProblem({ ...each, sentence: `${word}${each.sentence}` }),
  );
  const state = problems.length === 0 ? 'every call can be read' : `${problems.length} to mend`;
  return `${[...lines, `${file}: ${counted(calls, 'call')}, ${state}.`].join('\n')}\n`;
}
