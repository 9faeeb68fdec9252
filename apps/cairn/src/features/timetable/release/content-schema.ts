import { z } from 'zod';
import { BLOCK_KINDS } from '../frame/frame-rules.ts';

/**
 * What a release says, as it is stored: whole, so that it stays as it was whatever becomes of drafts
 * and frame. People are ids; whoever shows it asks who may see names.
 */
export const contentSchema = z.object({
  slotMinutes: z.int(),
  zone: z.string(),
  days: z.array(z.object({ date: z.string(), starts: z.string(), ends: z.string() })),
  rooms: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      name: z.string(),
      capacity: z.int().nullable(),
      features: z.array(z.string()),
      directions: z.string(),
    }),
  ),
  blocks: z.array(
    z.object({
      id: z.string(),
      date: z.string(),
      starts: z.string(),
      ends: z.string(),
      kind: z.enum(BLOCK_KINDS),
      title: z.string(),
      meal: z.enum(['breakfast', 'lunch', 'dinner']).nullable(),
      isProvided: z.boolean(),
      roomId: z.string().nullable(),
      place: z.string(),
      text: z.string(),
    }),
  ),
  sessions: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['work', 'plenary', 'open']),
      title: z.string(),
      text: z.string(),
      topicNumber: z.int().nullable(),
      groupKey: z.string().nullable(),
      track: z.string(),
      date: z.string(),
      starts: z.string(),
      ends: z.string(),
      roomId: z.string().nullable(),
      leads: z.array(z.string()),
      /** Everybody who is expected: leads, needed, and the people of its group. */
      people: z.array(z.string()),
    }),
  ),
  /** What must hold and did not when it was released, which the organisers knew; see `brokenKeys`. */
  broken: z.array(z.string()).optional(),
});

export type TimetableContent = z.output<typeof contentSchema>;
/** A session with its place. */
export type PlacedSession = TimetableContent['sessions'][number];
export type ReleasedBlock = TimetableContent['blocks'][number];
export type ReleasedRoom = TimetableContent['rooms'][number];
