import { z } from '@hono/zod-openapi';
import { BLOCK_KINDS } from '../frame/frame-rules.ts';
import { LONGEST_NAME, LONGEST_NOTE, TELL } from './release-schema.ts';

const day = z.string().openapi({ format: 'date', example: '2023-05-22' });
const time = z.string().openapi({ example: '09:30' });
const stretch = { date: day, starts: time, ends: time };

const blockSchema = z
  .object({
    id: z.uuid(),
    ...stretch,
    kind: z.enum(BLOCK_KINDS),
    title: z.string(),
    meal: z.enum(['breakfast', 'lunch', 'dinner']).nullable(),
    provided: z.boolean(),
    room: z.string().nullable().describe('The key of a room.'),
    place: z.string(),
    text: z.string(),
  })
  .openapi('TimetableBlock');

const sessionSchema = z
  .object({
    id: z.uuid(),
    ...stretch,
    kind: z.enum(['work', 'plenary', 'open']),
    title: z.string(),
    text: z.string(),
    room: z.string().nullable().describe('The key of a room.'),
    topic: z.number().int().nullable(),
    group: z.string().nullable(),
    track: z.string(),
    leads: z.array(z.string()).describe('Names, of those whom you may know.'),
    people: z
      .array(z.uuid())
      .describe('Everybody who is expected; empty unless you take part in the summit.'),
    affected: z
      .boolean()
      .describe('A change since the release affects it; the organisers see which.'),
  })
  .openapi('TimetableSession');

export const timetableSchema = z
  .object({
    version: z.number().int(),
    name: z.string(),
    released_at: z.string().openapi({ format: 'date-time' }),
    zone: z.string(),
    days: z.array(z.object(stretch)),
    rooms: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        capacity: z.number().int().nullable(),
        features: z.array(z.string()),
        directions: z.string(),
      }),
    ),
    blocks: z.array(blockSchema),
    sessions: z.array(sessionSchema),
  })
  .openapi('Timetable');

export const versionSchema = z
  .object({
    version: z.number().int(),
    name: z.string(),
    note: z.string(),
    released_at: z.string().openapi({ format: 'date-time' }),
  })
  .openapi('TimetableVersion');

const where = z.object({ ...stretch, room: z.string().nullable() }).nullable();

export const changedSchema = versionSchema
  .extend({
    changes: z.array(
      z.object({
        what: z.enum(['session', 'block']),
        id: z.uuid(),
        title: z.string(),
        kind: z.enum(['added', 'moved', 'changed', 'dropped']),
        from: where,
        to: where,
      }),
    ),
  })
  .openapi('TimetableVersionChanges');

export const releaseBody = z
  .strictObject({
    draft: z.uuid(),
    name: z.string().max(LONGEST_NAME),
    note: z.string().max(LONGEST_NOTE).default(''),
    tell: z.enum(TELL).default('moved'),
    seen: z
      .number()
      .int()
      .optional()
      .describe('The revision of the draft that you looked at; a later one is then refused.'),
  })
  .openapi('ReleaseTimetable');

export const previewSchema = z
  .object({
    draft: z.uuid(),
    revision: z.number().int(),
    version: z.number().int(),
    sessions: z.number().int(),
    warnings: z.array(
      z.object({ kind: z.string(), heading: z.string(), sentences: z.array(z.string()) }),
    ),
    told: z.array(
      z.object({
        person: z.uuid(),
        name: z.string(),
        by_mail: z.boolean(),
        subject: z.string(),
        body: z.string(),
      }),
    ),
  })
  .openapi('TimetablePreview');
