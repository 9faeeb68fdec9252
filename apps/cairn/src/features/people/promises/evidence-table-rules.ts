import { folded } from './evidence-people-rules.ts';

/** How the lists of attendees of common video tools call the columns that say who it is. */
export const PERSON_ALIASES = {
  name: [
    'Name (Original Name)',
    'Full name',
    'Participant',
    'Participant name',
    'Attendee',
    'Attendee name',
    'Display name',
    'User name',
  ],
  email: ['User Email', 'E-mail', 'Mail', 'Email address', 'Attendee email', 'Participant email'],
  github: ['GitHub handle', 'GitHub login', 'GitHub user', 'Handle'],
} as const;

/** As they call the columns that say how long somebody stayed. */
export const STAY_ALIASES = {
  duration: [
    'Duration (Minutes)',
    'Duration (Seconds)',
    'Total duration (Minutes)',
    'In-Meeting Duration',
    'Meeting duration',
    'Attendance duration',
    'Time in call',
    'Online time',
    'Minutes',
  ],
  joined: ['Join Time', 'Time joined', 'First Join', 'First join time', 'Joined at', 'Join'],
  left: ['Leave Time', 'Time exited', 'Last Leave', 'Last leave time', 'Left at', 'Leave'],
  first: ['First name', 'Given name'],
  last: ['Last name', 'Family name', 'Surname'],
} as const;

const plainForm = (name: string): string => folded(name).replace(/[\s_-]/g, '');

const columnsOf = (aliases: Readonly<Record<string, readonly string[]>>): ReadonlySet<string> =>
  new Set(Object.entries(aliases).flatMap(([key, names]) => [key, ...names].map(plainForm)));

const PERSON_COLUMNS = columnsOf({ ...PERSON_ALIASES, first: STAY_ALIASES.first });
const NAME_COLUMNS = columnsOf({ name: PERSON_ALIASES.name, first: STAY_ALIASES.first });
const STAY_COLUMNS = columnsOf(STAY_ALIASES);

/** The header may stand so far down. */
const MOST_PREAMBLE = 40;

/**
 * How much a line looks like the header of a table of people. A video tool’s block about the meeting
 * has the host’s address among its columns, but no name.
 */
function headerScore(line: string): number {
  const cells = line.split(/[,;\t]/).map((name) => plainForm(name.replaceAll('"', '')));
  const people = cells.filter((cell) => PERSON_COLUMNS.has(cell)).length;
  if (people === 0) return 0;
  const named = cells.some((cell) => NAME_COLUMNS.has(cell)) ? 3 : 0;
  return people + named + cells.filter((cell) => STAY_COLUMNS.has(cell)).length;
}

/** Whether the first line that says anything names people. */
export const namesPeople = (text: string): boolean =>
  headerScore(text.split('\n').find((line) => line.trim() !== '') ?? '') > 0;

/** `3. In-Meeting Activities`: the heading of the next part of a list that has several. */
const NEXT_PART = /^"?\d+\.\s+[^,;\t]+[,;\t\s]*$/;

/**
 * Some tools write the meeting's own particulars above the table of people, and other tables below it.
 * What is above becomes empty lines, so that the lines of the table keep their numbers; what is below
 * goes.
 */
export function withoutSurroundings(text: string): string {
  const lines = text.split('\n');
  const scores = lines.slice(0, MOST_PREAMBLE).map(headerScore);
  const best = Math.max(0, ...scores);
  const header = best === 0 ? 0 : scores.indexOf(best);
  const end = lines.findIndex((line, index) => index > header && NEXT_PART.test(line));
  if (header === 0 && end === -1) return text;
  return [...Array(header).fill(''), ...lines.slice(header, end === -1 ? undefined : end)].join(
    '\n',
  );
}
