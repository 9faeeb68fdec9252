import { parseDate } from '@cairn/kernel/time';
import { z } from '@hono/zod-openapi';
import { slugParam } from '../../summits/api-schema.ts';
import type { Contradiction } from './contradiction-rules.ts';
import { BLOCK_KINDS, type Frame } from './frame-rules.ts';
import { areFeatures, features, SAY_FEATURES } from './frame-schema.ts';

const uuidParam = (name: string) => z.uuid().openapi({ param: { name, in: 'path' } });

/** An ISO day that there is; the database refuses to compare others. */
export const day = z
  .string()
  .refine((text) => parseDate(text).ok, 'write a day that there is, as 2023-05-22')
  .openapi({ format: 'date' });
export const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as 09:30')
  .openapi({ example: '09:30', description: 'Of the summit’s zone.' });
const end = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write a time of day as 17:30, or 24:00')
  .openapi({ example: '17:30' });
const isLater = ({ starts, ends }: { starts: string; ends: string }): boolean => starts < ends;
const later = { path: ['ends'], message: 'the end comes after the start' };
export const text = (most: number) =>
  z.string().trim().max(most, `shorten it to ${most} characters`);
export const equipment = z
  .array(z.string())
  .transform(features)
  .refine(areFeatures, SAY_FEATURES)
  .openapi({ type: 'array', items: { type: 'string' }, example: ['video', 'whiteboard'] });

export const dayParams = slugParam.extend({
  date: day.openapi({ param: { name: 'date', in: 'path' } }),
});
export const blockParams = slugParam.extend({ block: uuidParam('block') });
export const roomParams = slugParam.extend({ room: uuidParam('room') });
export const closureParams = slugParam.extend({ closure: uuidParam('closure') });

const stretch = z.strictObject({ date: day, starts: time, ends: end }).refine(isLater, later);

export const daysBody = z
  .strictObject({
    slot_minutes: z.int().min(5).max(240),
    session_minutes: z.int().min(5).max(1440),
    days: z.array(stretch).max(60),
  })
  .openapi('TimetableDays');

export const copyBody = z.strictObject({ to: z.array(day).min(1).max(60) });

export const blockBody = z
  .strictObject({
    title: text(200).min(1, 'write what it is called'),
    kind: z.enum(BLOCK_KINDS, `write one of ${BLOCK_KINDS.join(', ')}`),
    meal: z.enum(['breakfast', 'lunch', 'dinner']).nullable().default(null),
    is_provided: z.boolean().default(false),
    starts: time,
    ends: end,
    dates: z
      .array(day)
      .min(1)
      .max(60)
      .openapi({ description: 'The same block on each of these days.' }),
    room: z.uuid().nullable().default(null),
    place: text(200).default(''),
    text: text(2000).default(''),
    with_alike: z.boolean().default(false).openapi({
      description: 'Change those that are the same on other days too.',
    }),
  })
  .refine(isLater, later)
  .refine(({ kind, meal }) => (kind === 'meal') === (meal !== null), {
    path: ['meal'],
    message: 'say which meal it is, of a meal and of nothing else',
  })
  .openapi('TimetableBlockInput');

export const roomBody = z
  .strictObject({
    name: text(100).min(1, 'write the name of the room'),
    capacity: z.int().min(1).max(100_000).nullable().default(null),
    features: equipment.default([]),
    directions: text(2000).default(''),
    link: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable()
      .default(null),
  })
  .openapi('TimetableRoomInput');

export const moveBody = z.strictObject({ by: z.union([z.literal(-1), z.literal(1)]) });

const reason = text(500).default('');
export const closeBody = z
  .union([
    z.strictObject({ stretches: z.array(stretch).min(1).max(60), reason }),
    z.strictObject({ from: z.strictObject({ date: day, time }), reason }),
  ])
  .openapi('RoomClosing', {
    description: 'For some stretches of days, or from a moment on to the end of the last day.',
  });
export const openBody = z.strictObject({ from: z.strictObject({ date: day, time }) });

export const idsSchema = z.object({ ids: z.array(z.uuid()) });
export const roomSavedSchema = z.object({ id: z.uuid(), key: z.string() });

const contradictionSchema = z
  .object({ code: z.string(), sentence: z.string(), about: z.array(z.string()) })
  .openapi('Contradiction');

export const frameSchema = z
  .object({
    zone: z.string(),
    revision: z.int(),
    slot_minutes: z.int(),
    session_minutes: z.int(),
    days: z.array(z.object({ date: z.string(), starts: z.string(), ends: z.string() })),
    blocks: z.array(
      z.object({
        id: z.uuid(),
        date: z.string(),
        starts: z.string(),
        ends: z.string(),
        kind: z.enum(BLOCK_KINDS),
        title: z.string(),
        meal: z.string().nullable(),
        is_provided: z.boolean(),
        room: z.uuid().nullable(),
        place: z.string(),
        text: z.string(),
      }),
    ),
    rooms: z.array(
      z.object({
        id: z.uuid(),
        key: z.string(),
        name: z.string(),
        capacity: z.int().nullable(),
        features: z.array(z.string()),
        directions: z.string(),
        link: z.string().nullable(),
      }),
    ),
    closures: z.array(
      z.object({
        id: z.uuid(),
        room: z.uuid(),
        date: z.string(),
        starts: z.string(),
        ends: z.string(),
        reason: z.string(),
      }),
    ),
    contradictions: z.array(contradictionSchema).openapi({
      description: 'Of days, rooms, people, sessions and rules alike.',
    }),
  })
  .openapi('TimetableFrame');

/** A frame as the API tells it. */
export const frameJson = (frame: Frame, contradictions: readonly Contradiction[]) => ({
  zone: frame.zone,
  revision: frame.revision,
  slot_minutes: frame.slotMinutes,
  session_minutes: frame.sessionMinutes,
  days: [...frame.days],
  blocks: frame.blocks.map(({ isProvided, roomId, ...block }) => ({
    ...block,
    is_provided: isProvided,
    room: roomId,
  })),
  rooms: frame.rooms.map((room) => ({ ...room, features: [...room.features] })),
  closures: frame.closures.map(({ roomId, ...closure }) => ({ ...closure, room: roomId })),
  contradictions: contradictions.map(({ code, sentence, about }) => ({
    code,
    sentence,
    about: [...about],
  })),
});
