import { z } from 'zod';
import { BLOCK_KINDS } from '../../timetable/frame/frame-rules.ts';

/** As long as the forms of the timetable let titles and texts be. */
export const LONGEST_TITLE = 200;
export const LONGEST_TEXT = 5000;
export const MOST_PLACES = 10_000;

/** Several values in a cell stand between semicolons. */
const several = z
  .string()
  .optional()
  .transform((cell) =>
    (cell ?? '')
      .split(';')
      .map((part) => part.replace(/\s+/g, ' ').trim())
      .filter((part) => part !== ''),
  );

const line = (what: string) =>
  z
    .string(`write ${what}`)
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, `write ${what}`)
        .max(LONGEST_TITLE, `shorten ${what} to ${LONGEST_TITLE} characters`),
    );

const whole = (what: string, least: number, most: number) => {
  const say = `write ${what} as a whole number from ${least} to ${most}`;
  return z
    .string(say)
    .regex(/^\d{1,7}$/, say)
    .transform(Number)
    .refine((value) => value >= least && value <= most, say);
};

const SAY_MINUTES = 'write how long it lasts as minutes from 5 to 1440, or as 1:30';
const minutes = z
  .string()
  .regex(/^(?:\d{1,4}|\d{1,2}:[0-5]\d)(?::00)?$/, SAY_MINUTES)
  .transform((text) => {
    const [hours = '0', rest] = text.split(':');
    return rest === undefined ? Number(hours) : Number(hours) * 60 + Number(rest);
  })
  .refine((value) => value >= 5 && value <= 1440, SAY_MINUTES);

const SAY_TIME = 'write a time of day as 09:30';
const clock = z
  .string()
  .transform((text) => text.replace(/^(\d):/, '0$1:').replace(/^(\d\d:\d\d):00$/, '$1'))
  .refine((text) => /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text), SAY_TIME);

const SAY_DATE = 'write a day as 2023-05-22';
/** A day; spreadsheets like to put the time behind it. */
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(?:[T ](?:[01]?\d|2[0-3]):[0-5]\d(?::\d\d)?)?$/, SAY_DATE)
  .refine((text) => {
    const at = new Date(`${text.slice(0, 10)}T00:00Z`);
    return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text.slice(0, 10));
  }, SAY_DATE);

const yes = z
  .string()
  .optional()
  .transform((cell) => /^(?:yes|y|true|1|x|ja|oui|si|sí)$/i.test(cell ?? ''));

/** A row of a table of sessions. Only the title is needed. */
export const sessionRowSchema = z.object({
  title: line('the title'),
  minutes: minutes.optional(),
  date: day.optional(),
  starts: clock.optional(),
  ends: clock.optional(),
  room: z.string().max(LONGEST_TITLE).optional(),
  kind: z
    .enum(['work', 'plenary', 'open', ...BLOCK_KINDS.filter((kind) => kind !== 'plenary')], {
      error: `write work, plenary, ${BLOCK_KINDS.slice(1).join(', ')}, or leave the kind out`,
    })
    .optional(),
  track: z.string().max(LONGEST_TITLE).optional(),
  group: z.string().max(LONGEST_TITLE).optional(),
  topic: whole('the number of the topic', 1, 1_000_000).optional(),
  leads: several,
  needed: several,
  needs: several,
  size: whole('how many places it needs', 1, MOST_PLACES).optional(),
  optional: yes,
  text: z.string().max(LONGEST_TEXT, `shorten the text to ${LONGEST_TEXT} characters`).optional(),
  id: z.string().max(100).optional(),
});

export const SESSION_ALIASES = {
  title: ['session', 'session title', 'summary', 'talk'],
  minutes: ['duration', 'length'],
  date: ['day', 'scheduled at', 'starts at'],
  starts: ['start', 'start time', 'time', 'begins'],
  ends: ['end', 'end time'],
  room: ['location', 'place', 'venue'],
  kind: ['type', 'session type'],
  leads: ['lead', 'speaker', 'speakers', 'persons', 'hosts', 'presenters'],
  needed: ['needed people', 'must attend'],
  needs: ['features', 'equipment', 'room needs'],
  size: ['places', 'capacity', 'people'],
  text: ['description', 'abstract'],
  id: ['guid', 'uid', 'session id'],
} as const;

/** A row of a table of rooms. Only the name is needed. */
export const roomRowSchema = z.object({
  name: line('the name of the room'),
  capacity: whole('how many people find room', 1, MOST_PLACES).optional(),
  features: several,
  directions: z.string().max(LONGEST_TEXT).optional(),
  link: z
    .url({ protocol: /^https?$/, error: 'write a whole address, such as https://…' })
    .optional(),
  key: z.string().max(100).optional(),
});

export const ROOM_ALIASES = {
  name: ['room', 'room name'],
  capacity: ['seats', 'places', 'size', 'people'],
  features: ['equipment', 'needs'],
  directions: ['description', 'how to get there', 'text'],
  link: ['url', 'video link'],
} as const;

/** What of an import was not understood. */
export const restSchema = z
  .array(
    z.object({
      /** `line 4`, or a path into the file. */
      where: z.string(),
      /** As it stands in the file. */
      raw: z.string(),
      sentence: z.string(),
      /** The rest of it was taken. */
      isTaken: z.boolean(),
      /** The row to correct, where there is one. */
      row: z.string().optional(),
    }),
  )
  .catch([]);

export type Rest = z.output<typeof restSchema>[number];

export const countsSchema = z
  .object({
    newRooms: z.int(),
    knownRooms: z.int(),
    newSessions: z.int(),
    knownSessions: z.int(),
    newBlocks: z.int(),
    knownBlocks: z.int(),
    placed: z.int(),
  })
  .catch({
    ...{ newRooms: 0, knownRooms: 0, newSessions: 0, knownSessions: 0 },
    ...{ newBlocks: 0, knownBlocks: 0, placed: 0 },
  });

export type ImportCounts = z.output<typeof countsSchema>;
