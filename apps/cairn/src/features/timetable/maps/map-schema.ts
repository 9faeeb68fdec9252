import { z } from 'zod';

/** What an organiser says of a map; the picture comes as a file beside it. */
export const mapForm = z.object({
  title: z
    .string()
    .trim()
    .min(1, 'give the map a title, such as Ground floor')
    .max(120, 'shorten the title to 120 characters'),
  description: z
    .string()
    .trim()
    .min(1, 'say in words what the map shows, for those who cannot see it')
    .max(4000, 'shorten the description to 4,000 characters'),
  position: z
    .string()
    .trim()
    .regex(/^\d{0,4}$/, 'the place in the list is a whole number, such as 1')
    .transform(Number)
    .default(0),
});

export type MapSaid = z.output<typeof mapForm>;
