import { z } from '@hono/zod-openapi';
import type { Placement } from './placement-rules.ts';

export const tag = 'Timetable';

export const placeShape = {
  date: z.iso.date().openapi({ example: '2023-05-22' }),
  starts: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time such as 09:30')
    .openapi({ example: '09:30' }),
  room: z.uuid().nullable(),
};

export const placementSchema = z
  .object({ session: z.uuid(), ...placeShape, pinned: z.boolean() })
  .openapi('TimetablePlacement');

export const draftSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    revision: z.int(),
    origin: z.enum(['hand', 'search', 'repair', 'import']),
    seed: z.int().nullable(),
    created_at: z.string().openapi({ format: 'date-time' }),
    placements: z.array(placementSchema),
    /** What must hold and does not, and wishes that are not met. */
    breaks: z.array(
      z.object({
        rule: z.string(),
        must: z.boolean(),
        sentence: z.string(),
        sessions: z.array(z.string()),
        people: z.array(z.string()),
      }),
    ),
    costs: z.object({
      headline: z.string(),
      people: z.array(
        z.object({
          person: z.string(),
          percent: z.int().openapi({ description: 'Of what they care for, how much they lose.' }),
          missed: z.array(z.string()),
        }),
      ),
    }),
    proof: z.array(z.string()),
  })
  .openapi('TimetableDraft');

export const newDraftSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'give it a name').max(120),
    from: z
      .union([z.literal('none'), z.literal('release'), z.uuid()])
      .default('none')
      .openapi({ description: 'What it begins from: nothing, the last release, or a draft.' }),
  })
  .openapi('NewTimetableDraft');

export const changesSchema = z
  .strictObject({
    seen: z.int().min(0).openapi({ description: 'The revision that you have seen.' }),
    moves: z
      .array(z.strictObject({ session: z.uuid(), to: z.strictObject(placeShape).nullable() }))
      .min(1)
      .max(1000),
  })
  .openapi('TimetableMoves');

export const stepSchema = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('rename'), name: z.string().trim().min(1).max(120) }),
    z.strictObject({
      action: z.literal('pin'),
      sessions: z.array(z.uuid()).min(1).max(1000),
      pinned: z.boolean(),
    }),
    z.strictObject({ action: z.literal('undo') }),
    z.strictObject({ action: z.literal('redo') }),
  ])
  .openapi('TimetableDraftStep');

export const revisionSchema = z.object({ revision: z.int() }).openapi('TimetableRevision');

/** A placement as the API writes it. */
export const asPlacement = ({ sessionId, date, starts, roomId, isPinned }: Placement) => ({
  ...{ session: sessionId, date, starts, room: roomId, pinned: isPinned },
});
