import { z } from '@hono/zod-openapi';
import { slugParam } from '../../summits/api-schema.ts';

/** The heading under which the document lists what is about planning meetings. */
export const tag = 'Planning meetings';

const key = z
  .string()
  .max(100)
  .openapi({ param: { name: 'meeting', in: 'path' } });
/** The summit and the meeting of an address. */
export const meetingParams = slugParam.extend({ meeting: key });

/** Words of so many characters at most, and at least one. */
export const text = (most: number) => z.string().trim().min(1).max(most);

/** A time, or only a month. */
export const timeFields = {
  starts: z.string().max(40).optional().openapi({
    description: 'On the wall of the summit’s zone: 2023-02-27T09:00.',
  }),
  month: z.string().max(20).optional().openapi({ description: 'While the time is open: 2023-02.' }),
  has_taken_place: z.boolean().default(false),
};

/** A meeting with its reader's own part in it. */
export const meetingSchema = z
  .object({
    key: z.string(),
    title: z.string(),
    month: z.string().nullable(),
    starts: z.string().nullable().openapi({ description: 'On the wall of `zone`.' }),
    zone: z.string(),
    minutes: z.number().int(),
    begins: z.string().nullable().openapi({ format: 'date-time' }),
    link: z.string().nullable().openapi({ description: 'For those who have accepted.' }),
    recording: z.string().nullable(),
    tracks: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        topics: z.array(z.string()),
        lead: z.string().nullable(),
        link: z.string().nullable(),
      }),
    ),
    you: z.object({
      was_there: z.boolean(),
      source: z.string().nullable(),
      is_excused: z.boolean(),
      has_asked: z.boolean(),
    }),
  })
  .openapi('Meeting');
