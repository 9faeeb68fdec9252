import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instance, Rule, Session, Slot } from '../sessions/model.ts';
import { LineText, type Word } from './line-text.ts';
import { quoted } from './place-in-text.ts';
import { checkSizes, MOST } from './sizes.ts';

/**
 * Curriculum-based course timetabling, track 3 of the second International Timetabling Competition.
 *
 * Each lecture is a session, `COURSE 1` and so on. What must hold are the competition's hard
 * constraints: a teacher is a person, a curriculum a track. Its four costs are one level: 1 for each
 * student without a seat, 5 for each day by which a course is on fewer than it should, 2 for each
 * lecture that stands alone in its curriculum's day, 1 for each room of a course beyond the first.
 *
 * Source: https://www.eeecs.qub.ac.uk/itc2007/curriculmcourse/, and Di Gaspero, McCollum, Schaerf, "The
 * Second International Timetabling Competition (ITC-2007): Curriculum-based Course Timetabling (Track
 * 3)" (2007).
 */
export const ITC2007_3_LEVELS = ['what must hold', 'soft cost'] as const;

/** Of lectures in curricula, each as often as it is in one. */
const MOST_ENTRIES = 1_000_000;

interface ListedCourse {
  readonly key: string;
  readonly teacher: string;
  readonly count: number;
  readonly days: number;
  readonly students: number;
}

interface Course extends ListedCourse {
  readonly lectures: readonly string[];
}

/** Reads a `.ctt` file. */
export function readItc2007Three(text: string, file: string): Result<Instance, Problem[]> {
  const lines = new LineText(text, file);
  const header = headerOf(lines);
  const listed = section(lines, 'COURSES:', header.courses, courseOf);
  const courses = withLectures(lines, listed);
  const rooms = section(lines, 'ROOMS:', header.rooms, (_, taken) => {
    const [name, size] = lines.words('a room');
    return {
      key: ownName(lines, name, 'room', taken),
      capacity: lines.whole(size, 'the places of the room', 0, MOST.number),
    };
  });
  const byKey = new Map(courses.map((course) => [course.key, course]));
  const curricula = section(lines, 'CURRICULA:', header.curricula, (_, taken) =>
    curriculumOf(lines, taken, byKey),
  );
  const entries = curricula
    .flatMap(({ members }) => members)
    .reduce((sum, { lectures }) => sum + lectures.length, 0);
  if (entries > MOST_ENTRIES) {
    const sentence = `The curricula have ${entries} lectures altogether, more than the ${MOST_ENTRIES} that are read.`;
    lines.refuse('too-many', sentence);
  }
  const closed = new Map<string, Set<number>>();
  section(lines, 'UNAVAILABILITY_CONSTRAINTS:', header.constraints, () => {
    const [name, day, period] = lines.words('an unavailability');
    if (name !== undefined && !byKey.has(name.text)) {
      lines.refuse('unknown-key', `There is no course ${quoted(name.text)}.`, name);
    }
    const at =
      lines.whole(day, 'the day', 0, header.days - 1) * header.periods +
      lines.whole(period, 'the period', 0, header.periods - 1);
    const slots = closed.get(name?.text ?? '') ?? new Set();
    closed.set(name?.text ?? '', slots.add(at));
  });
  lines.title('END.');
  if (lines.fault === undefined && lines.peek() !== undefined) {
    lines.refuse(
      'text-goes-on',
      'The file should end after “END.”, but more follows.',
      lines.peek()?.[0],
    );
  }
  if (lines.fault !== undefined) return fail([lines.fault]);

  const slots = weekOf(header.days, header.periods);
  const sessions = courses.flatMap(({ lectures }) => lectures);
  const problems = checkSizes({ slots, rooms, sessions: sessions.map((key) => ({ key })) }, file);
  if (problems.length > 0) return fail(problems);
  const tracksOf = new Map(courses.map(({ key }): [string, string[]] => [key, []]));
  for (const { key, members } of curricula) {
    for (const course of members) tracksOf.get(course.key)?.push(key);
  }
  return ok({
    ...(header.name === '' ? {} : { title: header.name }),
    slots,
    rooms,
    people: [...new Set(courses.map(({ teacher }) => teacher))].map((key) => ({ key })),
    sessions: courses.flatMap((course) => {
      const never = closed.get(course.key) ?? new Set();
      const open = slots.map(({ key }) => key).filter((_, slot) => !never.has(slot));
      return course.lectures.map(
        (key): Session => ({
          key,
          size: course.students,
          leads: [course.teacher],
          tracks: tracksOf.get(course.key) ?? [],
          ...(never.size === 0 ? {} : { slots: open }),
        }),
      );
    }),
    rules: [
      { kind: 'track-clash', level: 0, name: 'one lecture of a curriculum at a time' },
      { kind: 'room-size', level: 1, measure: 'seats', name: 'every student has a seat' },
      ...courses.flatMap(({ key, lectures, days }): Rule[] => [
        {
          kind: 'spread',
          level: 1,
          weight: 5,
          sessions: lectures,
          days,
          name: `${key} is on ${days} days`,
        },
        { kind: 'same-room', level: 1, sessions: lectures, name: `${key} stays in one room` },
      ]),
      ...curricula.map(
        ({ key, members }): Rule => ({
          kind: 'compact',
          level: 1,
          weight: 2,
          sessions: members.flatMap(({ lectures }) => lectures),
          name: `no lecture of ${key} stands alone`,
        }),
      ),
    ],
    levels: ITC2007_3_LEVELS,
  });
}

function headerOf(lines: LineText) {
  const value = (key: string): string => {
    if (lines.fault !== undefined) return '';
    const [name, ...rest] = lines.words(`“${key}:”`);
    if (name !== undefined && name.text !== `${key}:`) {
      lines.refuse('not-in-format', `“${key}:” should be here, not ${quoted(name.text)}.`, name);
    }
    return rest.map(({ text }) => text).join(' ');
  };
  const count = (key: string, least: number, most: number): number => {
    const text = value(key);
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    lines.refuse('not-a-number', `Write after “${key}:” a whole number from ${least} to ${most}.`);
    return least;
  };
  return {
    name: value('Name'),
    courses: count('Courses', 1, MOST.sessions),
    rooms: count('Rooms', 1, MOST.rooms),
    days: count('Days', 1, 70),
    periods: count('Periods_per_day', 1, 70),
    curricula: count('Curricula', 0, MOST.rules),
    constraints: count('Constraints', 0, MOST.number),
  };
}

/** The lines below a title, of which there are as many as the header promised. */
function section<T>(
  lines: LineText,
  title: string,
  count: number,
  read: (lines: LineText, taken: Set<string>) => T,
): T[] {
  lines.title(title);
  if (lines.fault === undefined && count > lines.left) {
    lines.refuse(
      'header-too-large',
      `${title} should be followed by ${count} lines, and the file has only ${lines.left} more; is it whole?`,
    );
  }
  const items: T[] = [];
  const taken = new Set<string>();
  while (items.length < count && lines.fault === undefined) items.push(read(lines, taken));
  return items;
}

function courseOf(lines: LineText, taken: Set<string>): ListedCourse {
  const [name, teacher, lectures, days, students] = lines.words('a course');
  return {
    key: ownName(lines, name, 'course', taken),
    teacher: teacher?.text ?? '',
    count: lines.whole(lectures, 'the lectures of the course', 1, MOST.sessions),
    days: lines.whole(days, 'its least days', 0, MOST.slots),
    students: lines.whole(students, 'its students', 0, MOST.number),
  };
}

/** Gives every lecture a key, if there are not too many for that. */
function withLectures(lines: LineText, courses: readonly ListedCourse[]): Course[] {
  const all = courses.reduce((sum, { count }) => sum + count, 0);
  if (all > MOST.sessions) {
    const sentence = `There are ${all} lectures, more than the ${MOST.sessions} that are read.`;
    lines.refuse('too-many', sentence);
    return [];
  }
  return courses.map((course) => ({
    ...course,
    lectures: Array.from({ length: course.count }, (_, index) => `${course.key} ${index + 1}`),
  }));
}

function curriculumOf(lines: LineText, taken: Set<string>, courses: ReadonlyMap<string, Course>) {
  const [name, count, ...members] = lines.words('a curriculum');
  const promised = lines.whole(count, 'the courses of the curriculum', 0, MOST.sessions);
  if (promised !== members.length) {
    lines.refuse(
      'wrong-count',
      `This curriculum should have ${promised} courses, and ${members.length} are named.`,
      count,
    );
  }
  const found = members.flatMap((member) => {
    const course = courses.get(member.text);
    if (course !== undefined) return [course];
    lines.refuse('unknown-key', `There is no course ${quoted(member.text)}.`, member);
    return [];
  });
  return { key: ownName(lines, name, 'curriculum', taken), members: [...new Set(found)] };
}

/** The name of something, which nothing before it has. */
function ownName(
  lines: LineText,
  name: Word | undefined,
  what: string,
  taken: Set<string>,
): string {
  const key = name?.text ?? '';
  if (taken.has(key)) lines.refuse('key-twice', `The ${what} ${quoted(key)} is there twice.`, name);
  taken.add(key);
  return key;
}

/** Periods one after another; the hours are made up. */
function weekOf(days: number, periods: number): Slot[] {
  return Array.from({ length: days * periods }, (_, slot) => {
    const day = `day ${Math.floor(slot / periods)}`;
    const key = `${day} period ${slot % periods}`;
    return { key, day, start: slot * 60, end: slot * 60 + 60 };
  });
}
